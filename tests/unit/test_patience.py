"""An answer to a person is repeated until it is out; everything else passes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, SendMessage, TelegramMethod
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from structlog.testing import capture_logs

from bot import patience
from bot.patience import NoBotApi, NotNow, Patience, answering, name_errors, next_pause

CALL = SendMessage(chat_id=1, text="Здравствуйте")
NETWORK = TelegramNetworkError(method=CALL, message="ClientConnectorError: refused\nmore")
SERVER = TelegramServerError(method=CALL, message="Bad Gateway")


class Telegram:
    """Fails with these errors, one after another, and then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    async def __call__(self, bot: Bot, method: TelegramMethod[Any]) -> Response[Any]:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return Response(ok=True, result=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE_SECONDS", 0.001)


@pytest.fixture
def bot() -> Bot:
    return Bot("42:secret")


def later(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(method=CALL, message="Too Many Requests", retry_after=seconds)


async def test_an_answer_is_repeated_until_it_is_out(bot: Bot) -> None:
    telegram = Telegram(NETWORK, SERVER, later(0), NETWORK)
    with answering(), capture_logs() as logs:
        assert (await Patience(asyncio.Event())(telegram, bot, CALL)).ok
    assert telegram.calls == 5
    assert {log["event"] for log in logs} == {"not-answered-yet"}
    assert logs[0]["reason"] == "ClientConnectorError: refused"
    assert len(logs) == 4
    assert "Здравствуйте" not in str(logs)


async def test_what_nobody_waits_for_fails_at_once(bot: Bot) -> None:
    telegram = Telegram(NETWORK)
    with pytest.raises(TelegramNetworkError):
        await Patience(asyncio.Event())(telegram, bot, CALL)
    assert telegram.calls == 1


@pytest.mark.parametrize(
    "error",
    [
        TelegramBadRequest(method=CALL, message="Bad Request: chat not found"),
        TelegramEntityTooLarge(method=CALL, message="Request Entity Too Large"),
        later(3600),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_what_will_not_get_better_is_not_repeated(error: Exception, bot: Bot) -> None:
    telegram = Telegram(error)
    with answering(), pytest.raises(type(error)):
        await Patience(asyncio.Event())(telegram, bot, CALL)
    assert telegram.calls == 1


@pytest.mark.parametrize(
    ("limit", "error"), [("NETWORK_PATIENCE_SECONDS", NETWORK), ("SERVER_PATIENCE_SECONDS", SERVER)]
)
async def test_patience_ends(limit: str, error: Exception, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, limit, 0.05)
    telegram = Telegram(*[error] * 100)
    with answering(), capture_logs(), pytest.raises(type(error)):
        await Patience(asyncio.Event())(telegram, bot, CALL)
    assert 2 < telegram.calls < 10


async def test_told_to_stop_it_gives_the_update_back(bot: Bot) -> None:
    stop = asyncio.Event()
    telegram = Telegram(later(60))

    async def answer() -> None:
        with answering():
            await Patience(stop)(telegram, bot, CALL)

    task = asyncio.create_task(answer())
    await asyncio.sleep(0.01)
    stop.set()
    with pytest.raises(NotNow):
        async with asyncio.timeout(1):
            await task


def test_pauses_double_up_to_a_bound_unless_telegram_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    pauses = [0.0]
    for _ in range(9):
        pauses.append(next_pause(pauses[-1], NETWORK))
    assert pauses[1:] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    assert next_pause(30.0, later(7)) == 7.0


@pytest.mark.parametrize(
    ("foreign", "named"),
    [
        (lambda: ProxyConnectionError("no proxy"), TelegramNetworkError),
        (lambda: ProxyTimeoutError("slow proxy"), TelegramNetworkError),
        (lambda: ProxyError("proxy says no"), TelegramNetworkError),
        (lambda: ConnectionResetError(), TelegramNetworkError),
        (lambda: ClientDecodeError("Failed to decode object", ValueError("?"), "<h1>secret page</h1>"), NoBotApi),
    ],
)
async def test_foreign_errors_get_aiograms_names(
    foreign: Callable[[], Exception], named: type[Exception], bot: Bot
) -> None:
    with pytest.raises(named) as raised:
        await name_errors(Telegram(foreign()), bot, CALL)
    assert "secret page" not in str(raised.value)
    assert str(raised.value).strip()
