"""Told to stop, all parts of the process finish side by side, within the time that operators are asked to give it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import bot.sender
from bot import serve, supervisor
from models import NotificationState
from sandbox import Visitor
from tests.support.house import House
from tests.support.notices import Held, Rows, until

OPERATORS = Path(__file__).parents[3] / "docs" / "operators.md"
LAST_WORD_SECONDS = 5.0
"""`Inbox._confirm`, before the handlers' time begins."""


async def _given_back(rows: Rows, notification_id: int) -> None:
    async with asyncio.timeout(15):
        while (await rows.get(notification_id)).state is not NotificationState.PENDING:  # noqa: ASYNC110  # it stands in the database
            await asyncio.sleep(0.01)


async def test_deliveries_finish_while_handlers_do(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after them: their times would add up to more than the manager of the services waits."""
    monkeypatch.setattr(bot.sender, "STOP_SECONDS", 0.05)
    stop, held = asyncio.Event(), Held()
    house.bot.session.middleware(held)
    async with serve.doing_what_is_due(house.db, house.bot, house.clock, house.kept, house.settings, stop):
        notification_id = await rows.put(anna, "раз")
        await until(lambda: held.reached == 1)
        stop.set()
        await _given_back(rows, notification_id)


async def test_a_database_away_does_not_keep_the_process(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.sender, "STOP_SECONDS", 0.05)
    monkeypatch.setattr(bot.sender, "GIVE_BACK_SECONDS", 0.05)
    stop, held = asyncio.Event(), Held()
    house.bot.session.middleware(held)
    notification_id = await rows.put(anna, "раз")
    sending = asyncio.create_task(house.sender.run(stop))
    await until(lambda: held.reached == 1)
    async with house.db.write():  # somebody holds the only writer
        stop.set()
        await asyncio.wait_for(sending, 3)
        assert (await rows.get(notification_id)).state is NotificationState.SENDING, "its lease would run out by itself"
    await _given_back(rows, notification_id)


def test_operators_are_told_to_give_it_enough() -> None:
    whole = LAST_WORD_SECONDS + supervisor.STOP_SECONDS + supervisor.GIVE_BACK_SECONDS
    assert whole < supervisor.GRACE_SECONDS
    words = OPERATORS.read_text(encoding="utf-8")
    assert f"wait {supervisor.GRACE_SECONDS} seconds" in words
    assert f"after {supervisor.STOP_SECONDS:.0f} seconds" in words
