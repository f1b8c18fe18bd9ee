"""The sender at work: woken, ticking, full, and told to stop."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

import bot.sender
from bot import scheduler
from bot.limiter import Limiter
from bot.sender import AT_ONCE, NEWS
from models import NotificationState, Priority
from sandbox import Visitor
from services import notifications
from services.notifications import Notice
from tests.support.house import House
from tests.support.notices import KIND, Held, Rows, enrolled, heard, running, until

SENT, PENDING = NotificationState.SENT, NotificationState.PENDING


async def test_a_commit_wakes_the_sender_without_a_tick(house: House, anna: Visitor, rows: Rows) -> None:
    async with running(house.sender):
        await rows.put(anna, "раз")
        await until(lambda: heard(anna) == ["раз"])


async def test_nobody_is_woken_by_what_is_rolled_back_or_due_later(house: House, anna: Visitor, rows: Rows) -> None:
    woken: list[int] = []
    house.db.after_commit(lambda notes: woken.append(1) if notes.get(notifications.DUE_SOON) else None)
    await rows.put(anna, "завтра", due_at=house.clock.now() + timedelta(days=1))
    person, now = await rows.person(anna), house.clock.now()
    with suppress(ZeroDivisionError):
        async with house.db.write() as session:
            await notifications.put(session, [Notice(KIND, "key", person.id, 7, now)], now=now)
            raise ZeroDivisionError
    assert woken == []
    await rows.put(anna, "сейчас")
    assert woken == [1]


async def test_the_tick_brings_what_has_become_due_meanwhile(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.1)
    ticking: AsyncIOScheduler = scheduler.make_scheduler(house.sender.wake)
    ticking.start()
    try:
        async with running(house.sender):
            await rows.put(anna, "раз", due_at=house.clock.now() + timedelta(seconds=0.3))
            assert heard(anna) == []
            await until(lambda: heard(anna) == ["раз"])
    finally:
        ticking.shutdown(wait=False)


async def test_at_most_so_many_are_in_flight_and_places_are_kept_for_a_reply(
    house: House, anna: Visitor, rows: Rows
) -> None:
    (olga,) = await enrolled(house, "Ольга")
    people = await enrolled(house, *(f"П{n}" for n in range(AT_ONCE + 10)))
    held = Held()
    house.bot.session.middleware(held)
    for person in people:
        await rows.put(person, "объявление", priority=Priority.ANNOUNCEMENT)
    async with running(house.sender):
        await until(lambda: held.reached == AT_ONCE - NEWS)
        first = await rows.put(anna, "ответ")
        await until(lambda: held.reached == AT_ONCE)
        assert (await rows.get(first)).state is NotificationState.SENDING
        second = await rows.put(olga, "ответ")
        await asyncio.sleep(0.1)
        assert held.reached == AT_ONCE
        assert (await rows.get(second)).state is PENDING
        held.open.set()
        await until(lambda: heard(anna) == heard(olga) == ["ответ"])
        await until(lambda: all(person.sees == "объявление" for person in people))


async def test_whoever_has_a_backlog_holds_up_nobody(house: House, anna: Visitor, rows: Rows) -> None:
    """Olga's chat bears twenty messages at once, then one a second: her other sixty would take a minute."""
    (olga,) = await enrolled(house, "Ольга")
    house.bot.session.middleware(Limiter(1000))
    for number in range(80):
        await rows.put(olga, str(number))
    async with running(house.sender):
        await until(lambda: len(heard(olga)) == 20)
        began = asyncio.get_running_loop().time()
        await rows.put(anna, "раз")
        await until(lambda: heard(anna) == ["раз"])
        assert asyncio.get_running_loop().time() - began < 0.5
        assert heard(olga) == [str(number) for number in range(len(heard(olga)))]
        assert len(heard(olga)) <= 21


async def test_the_next_one_goes_out_as_soon_as_the_one_before_without_a_tick(
    house: House, anna: Visitor, rows: Rows
) -> None:
    for number in range(10):
        await rows.put(anna, str(number))
    async with running(house.sender):
        await until(lambda: heard(anna) == [str(number) for number in range(10)])


async def test_who_waits_for_their_chat_does_not_keep_free_places_empty(
    house: House, anna: Visitor, rows: Rows
) -> None:
    """More than half of the places wait, for whatever reason: the others are used at once."""
    held = Held()
    house.bot.session.middleware(held)
    slow = await enrolled(house, *(f"П{n}" for n in range(10)))
    slow += await enrolled(house, *(f"Р{n}" for n in range(10)))
    for person in slow:
        await rows.put(person, "объявление", priority=Priority.ANNOUNCEMENT)
    async with running(house.sender):
        await until(lambda: held.reached == len(slow))
        await rows.put(anna, "раз")
        await until(lambda: held.reached == len(slow) + 1, timeout=1)
        held.open.set()


async def test_leases_of_what_is_long_in_flight_are_renewed(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.sender, "RENEW_SECONDS", 0.05)
    held = Held()
    house.bot.session.middleware(held)
    notification_id = await rows.put(anna, "раз")
    async with running(house.sender):
        await until(lambda: held.reached == 1)
        before = (await rows.get(notification_id)).lease_until
        assert before is not None
        await asyncio.sleep(0.2)
        after = (await rows.get(notification_id)).lease_until
        assert after is not None
        assert after > before
        held.open.set()


async def test_told_to_stop_it_finishes_what_is_in_flight_and_takes_nothing_new(
    house: House, anna: Visitor, rows: Rows
) -> None:
    held = Held()
    house.bot.session.middleware(held)
    first = await rows.put(anna, "раз")
    async with running(house.sender) as stop:
        await until(lambda: held.reached == 1)
        stop.set()
        second = await rows.put(anna, "два")
        await asyncio.sleep(0.05)
        held.open.set()
    assert (await rows.get(first)).state is SENT
    row = await rows.get(second)
    assert (row.state, row.attempts) == (PENDING, 0)
    assert heard(anna) == ["раз"]


async def test_what_does_not_finish_in_time_is_given_back(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a call nobody knows; whoever still waited for a turn was surely not heard."""
    monkeypatch.setattr(bot.sender, "STOP_SECONDS", 0.1)
    (boris,) = await enrolled(house, "Борис")
    limiter, held = Limiter(0.0001), Held()  # after its burst it lets nobody go today
    house.bot.session.middleware(limiter)
    house.bot.session.middleware(held)
    spent = [asyncio.create_task(house.bot.send_message(anna.id, "прежде")) for _ in range(2)]
    await until(lambda: held.reached == 2)
    calling = await rows.put(anna, "раз")
    async with running(house.sender):
        await until(lambda: held.reached == 3)
        waiting = await rows.put(boris, "два")
        await asyncio.sleep(0.05)
    calling_row, waiting_row = await rows.get(calling), await rows.get(waiting)
    assert (calling_row.state, calling_row.maybe_twice) == (PENDING, True)
    assert (waiting_row.state, waiting_row.maybe_twice, waiting_row.attempts) == (PENDING, False, 0)
    held.open.set()
    await asyncio.gather(*spent)
