"""How a pressed button is answered: at once, once, and never in vain."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.methods import AnswerCallbackQuery, EditMessageText, Response, TelegramMethod
from structlog.testing import capture_logs

from tests.support.house import House, register

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NO_SUCH_EVENT = "em:999"


class Held:
    """A session middleware under which screens wait until `let_go`, as they do when hundreds are drawn at once."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()
        self.reached = asyncio.Event()
        self.answered = asyncio.Event()

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Hold redraws, let all else pass."""
        if isinstance(method, EditMessageText):
            self.reached.set()
            await self.let_go.wait()
        response = await make_request(bot, method)
        if isinstance(method, AnswerCallbackQuery):
            self.answered.set()
        return response


async def test_a_button_is_answered_while_its_screen_waits(house: House) -> None:
    anna = house.visitor("Анна")
    await anna.says("/start")
    held = Held()
    house.bot.session.middleware(held)
    tap = asyncio.create_task(anna.taps("Прочитать полностью"))
    await asyncio.wait_for(held.reached.wait(), 5)
    await asyncio.wait_for(held.answered.wait(), 5)
    assert "Здравствуйте" in anna.sees
    held.let_go.set()
    await tap
    assert "Согласие" in anna.sees
    assert house.world.faults == []


async def test_a_refusal_too_late_for_a_window_is_a_message(house: House) -> None:
    """After a downtime nobody waits at the button any more, and silence would look like success."""
    anna = house.visitor("Анна")
    await register(anna)
    card = anna.screen
    await anna.presses(card, NO_SUCH_EVENT)
    refusal = anna.alert or ""
    assert "больше нет" in refusal
    assert anna.screen.message_id == card.message_id, "while somebody waits, the window is enough"

    house.world.fail_next("answerCallbackQuery", 400, description=TOO_OLD)
    await anna.presses(card, NO_SUCH_EVENT)
    assert refusal in anna.sees
    assert anna.screen.message_id > card.message_id
    assert anna.buttons == ["☰ Меню"]


async def test_a_surprise_behind_an_answered_button_is_a_message(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = house.visitor("Анна")
    await register(anna)
    house.world.fail_next("editMessageText", 400, description="Bad Request: can't parse entities: no such tag")
    with capture_logs() as logs:
        await anna.taps("Сети")
    (code,) = [log["code"] for log in logs if log["event"] == "surprise"]
    assert code in anna.sees
    assert house.world.faults == []
