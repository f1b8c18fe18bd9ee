"""Somebody looks whether the delivery stands still: written down once, told once, and only when nothing moves."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot import scheduler
from bot.housekeeper import Housekeeper
from jobs import DRAWS, Stale
from models import Notification, Person, Priority
from sandbox import Visitor
from services.notifications import overdue
from tests.support.house import House
from tests.support.notices import Rows, enrolled

LATE = overdue.OVERDUE_AFTER


@pytest.fixture
async def vera(house: House) -> Visitor:
    """The administrator."""
    (visitor,) = await enrolled(house, "Вера")
    async with house.db.write() as session:
        now = house.clock.now()
        await session.execute(update(Person).where(Person.telegram_id == visitor.id).values(administrator_at=now))
    return visitor


@pytest.fixture
def keeper(house: House) -> Housekeeper:
    return Housekeeper(house.db, house.clock, asyncio.Event(), keep_days=90)


async def watched(keeper: Housekeeper, house: House, times: int = 1) -> list[dict[str, Any]]:
    """The lines written in so many minutes."""
    with capture_logs() as logs:
        for _ in range(times):
            house.passes(timedelta(minutes=1))
            await keeper.watch()
    return [dict(line) for line in logs]


async def test_what_nobody_takes_is_written_down_once_and_told_to_administrators(
    house: House, anna: Visitor, vera: Visitor, keeper: Housekeeper, rows: Rows
) -> None:
    for _ in range(3):
        await rows.put(anna, "раз")
    assert await watched(keeper, house, 9) == []
    (line,) = await watched(keeper, house, 20)
    assert (line["event"], line["log_level"], line["waiting"]) == ("delivery-stands-still", "error", 3)
    assert line["kinds"] == {"test-kind": 3}
    before = len(vera.messages)
    await house.sender.send_due()  # it moves again, but hers goes first only to her
    assert "⏳ Отправка стоит" in vera.sees
    assert "2 сообщения ждут" in vera.sees or "3 сообщения ждут" in vera.sees
    assert "раз" not in vera.sees
    assert len(vera.messages) == before + 1
    await house.delivers()
    assert await watched(keeper, house, 5) == []
    await rows.put(anna, "два")
    assert len(await watched(keeper, house, 15)) == 1, "another time is written down anew"
    await house.delivers()
    assert len(vera.messages) == before + 1, "but told once a day"


async def test_nothing_is_told_when_it_moves_again_meanwhile(
    house: House, anna: Visitor, vera: Visitor, keeper: Housekeeper, rows: Rows
) -> None:
    await rows.put(anna, "раз")
    assert await watched(keeper, house, 15)
    before = len(vera.messages)
    async with house.db.write() as session:  # somebody else has sent it
        await session.execute(update(Notification).where(Notification.kind == "test-kind").values(state="sent"))
    await house.delivers()
    assert len(vera.messages) == before


async def test_a_long_announcement_that_moves_is_no_trouble(
    house: House, vera: Visitor, keeper: Housekeeper, rows: Rows
) -> None:
    for visitor in await enrolled(house, *(f"П{n}" for n in range(8))):
        await rows.put(visitor, "всем", priority=Priority.ANNOUNCEMENT)
    house.passes(timedelta(minutes=30))
    for _ in range(8):
        assert await watched(keeper, house) == []
        async with house.db.write() as session:  # one a minute goes out
            first = select(Notification.id).where(Notification.state == "pending").order_by(Notification.id).limit(1)
            await session.execute(
                update(Notification).where(Notification.id.in_(first)).values(state="sent"),
                execution_options={"synchronize_session": False},
            )


async def test_what_waits_for_the_morning_or_for_telegram_is_not_overdue(
    house: House, anna: Visitor, vera: Visitor, keeper: Housekeeper, rows: Rows
) -> None:
    house.passes(timedelta(hours=12))  # 22:00 in the centre
    await rows.put(anna, "раз")
    await house.delivers()
    assert await watched(keeper, house, 30) == []
    later = await rows.put(anna, "потом", due_at=house.clock.now() + timedelta(hours=1))
    assert await watched(keeper, house, 30) == []
    assert (await rows.get(later)).attempts == 0


async def test_two_processes_tell_it_once(house: House, anna: Visitor, vera: Visitor, rows: Rows) -> None:
    await rows.put(anna, "раз")
    keepers = [Housekeeper(house.db, house.clock, asyncio.Event(), keep_days=90) for _ in range(2)]
    house.passes(LATE)
    for _ in range(2):
        await asyncio.gather(*(keeper.watch() for keeper in keepers))
    async with house.db.read() as session:
        told = list(await session.scalars(select(Notification).where(Notification.kind == overdue.KIND)))
    assert len(told) == 1


async def test_what_came_too_late_is_counted_in_the_log(
    house: House, anna: Visitor, keeper: Housekeeper, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def passed(*arguments: object) -> Stale:
        return Stale()

    monkeypatch.setitem(DRAWS, "event-reminder", passed)
    for _ in range(2):
        await rows.put(anna, kind="event-reminder")
    await rows.put(anna, "раз")
    await house.delivers()
    (line,) = await watched(keeper, house)
    assert (line["event"], line["number"], line["kinds"]) == ("stale-not-sent", 2, {"event-reminder": 2})
    assert await watched(keeper, house) == [], "each is counted once"


async def test_nights_come_in_the_centres_zone_and_missed_ones_are_done_once() -> None:
    ran: list[str] = []

    async def watch() -> None:
        ran.append("watch")

    async def tidy() -> None:
        ran.append("tidy")

    zone = ZoneInfo("Asia/Yekaterinburg")
    clock = scheduler.make_scheduler(lambda: None)
    scheduler.add_housekeeping(clock, watch=watch, tidy=tidy, zone=zone)
    jobs = {job.id: job for job in clock.get_jobs()}
    assert jobs.keys() == {"tick", "watch", "tidy"}
    night = jobs["tidy"].trigger
    assert isinstance(night, CronTrigger)
    after = datetime(2026, 11, 20, 12, tzinfo=zone)
    assert night.get_next_fire_time(None, after) == datetime(2026, 11, 21, 3, 30, tzinfo=zone)
    clock.start()
    try:
        for job in jobs.values():
            made = clock.get_job(job.id)
            assert (made.coalesce, made.max_instances, made.misfire_grace_time) == (True, 1, None)
        clock.modify_job("tidy", next_run_time=datetime.now(zone) - timedelta(days=3))  # the machine slept for days
        deadline = asyncio.get_running_loop().time() + 3
        while not ran:
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert ran == ["tidy"]
    finally:
        clock.shutdown(wait=False)
