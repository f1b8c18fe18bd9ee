"""What goes wrong is logged once and told to the person in their language, whatever it was."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.fsm import DialogStorage
from handlers import start
from tests.support.house import House


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

    def fail(*_: object) -> None:
        raise ValueError("a surprise")

    monkeypatch.setattr(start, "draw_home", fail)
    anna = house.visitor("Анна")
    with capture_logs() as logs:
        await anna.says("/start")
        await anna.says("/start")
    codes = [log["code"] for log in logs if log["event"] == "surprise"]
    assert len(codes) == 2
    assert codes[1] in anna.sees
    assert len(vera.messages) == before + 1
    assert codes[0] in vera.sees
