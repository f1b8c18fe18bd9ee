"""What goes wrong is logged once and told to the person in their language, whatever it was."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import Update
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.fsm import DialogStorage
from handlers import start
from handlers.show import show
from models import Database
from sandbox import Visitor
from screens.addresses import OpenNetwork
from tests.support.house import House, make_house, register


def fail_at_home(*_: object) -> None:
    """In place of `draw_home`."""
    raise ValueError("a surprise")


async def test_a_broken_database_is_apologized_for_in_the_persons_language(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks before anything is known of the person."""

    async def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    anna, john = house.visitor("Анна"), house.visitor("John", language="en")
    monkeypatch.setattr(DialogStorage, "get_state", fail)
    with capture_logs() as logs:
        await anna.says("/start")
        await john.says("/start")
    surprises = [log for log in logs if log["event"] == "surprise"]
    assert len(surprises) == 2
    assert surprises[0]["code"] in anna.sees
    assert surprises[1]["code"] in john.sees
    assert anna.sees.replace(surprises[0]["code"], "") != john.sees.replace(surprises[1]["code"], "")


async def test_an_answer_that_telegram_never_took_is_told_in_a_line(house: House) -> None:
    anna = house.visitor("Анна")
    house.world.fail_next("sendMessage", "drop")
    with capture_logs() as logs:
        await anna.says("/start")
    assert [(log["event"], log["log_level"]) for log in logs] == [("not-answered", "warning")]
    assert "exc_info" not in logs[0]


async def test_administrators_are_told_of_surprises_but_not_of_each(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera = await house.administrator()
    before = len(vera.messages)

    monkeypatch.setattr(start, "draw_home", fail_at_home)
    anna = house.visitor("Анна")
    with capture_logs() as logs:
        await anna.says("/start")
        await anna.says("/start")
    codes = [log["code"] for log in logs if log["event"] == "surprise"]
    assert len(codes) == 2
    assert codes[1] in anna.sees
    assert len(vera.messages) == before + 1
    assert codes[0] in vera.sees


async def test_an_administrator_who_cannot_be_told_keeps_no_other_from_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does a person to whom nobody can apologize."""
    house = make_house(db, administrators=frozenset({901, 902, 903}))
    told = [house.world.visitor("Вера", id=901 + number, started=number != 0) for number in range(3)]
    await told[1].blocks()
    monkeypatch.setattr(start, "draw_home", fail_at_home)
    anna = house.visitor("Анна")
    house.world.fail_next("sendMessage", 400, description="Bad Request: nobody there")
    with capture_logs() as logs:
        await anna.says("/start")
    (code,) = (log["code"] for log in logs if log["event"] == "surprise")
    assert [log["event"] for log in logs] == ["surprise", "no-apology", *["administrator-not-told"] * 2]
    assert anna.sees == ""
    assert code in told[2].sees


async def refused(house: House) -> Visitor:
    """Somebody who presses a button of a network that is gone."""
    anna = house.visitor("Анна")
    await register(anna)
    await anna.presses(anna.screen, OpenNetwork(network_id=9999).pack())
    return anna


async def test_a_refusal_of_a_press_too_old_for_a_window_comes_as_a_message(db: Database) -> None:
    async def late(house: House, update: Update) -> None:
        if update.callback_query and "9999" in (update.callback_query.data or ""):
            house.world.expire_callbacks()
        await house.dispatcher.feed_update(house.bot, update)

    anna = await refused(make_house(db, late))
    assert anna.alert is None
    assert "Этого здесь больше нет" in anna.sees
    assert anna.buttons == ["☰ Меню"]


async def test_a_refusal_of_a_press_in_time_is_a_window_alone(house: House) -> None:
    anna = await refused(house)
    assert "Этого здесь больше нет" in (anna.alert or "")
    assert "Этого здесь больше нет" not in anna.sees
    assert house.world.faults == []


async def test_an_apology_for_a_press_that_has_its_answer_comes_as_a_message(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It broke after the button was answered: a second answer would be heard by nobody."""

    async def answer_and_fail(*event: Any, **how: Any) -> None:
        await show(*event, **how)
        raise ValueError("a surprise")

    anna = house.visitor("Анна")
    await register(anna)
    await anna.says("/menu")
    monkeypatch.setattr("handlers.networks.show", answer_and_fail)
    with capture_logs() as logs:
        await anna.taps("Сети")
    (code,) = (log["code"] for log in logs if log["event"] == "surprise")
    assert code in anna.sees
    assert house.world.faults == []
