"""An announcement to five thousand people through a Telegram on a bad day, its bots killed again and again: nobody is missed.

Random 429, 500 and broken connections, before and after the message was taken; some have blocked the bot. On SQLite by one process,
on PostgreSQL by two, which is done with webhooks: only one process may ask for updates.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, insert, select

from bot.sender import AT_ONCE
from models import (
    Appointment,
    Database,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    Person,
    Role,
)
from sandbox.weather import Mishap
from services import announcements
from tests.e2e.conftest import StartBot
from tests.support.processes import Forged
from tests.support.telegram import Telegram

PEOPLE = 5000
BLOCKED_EACH = 20
"""Each such one has blocked the bot before."""

FIRST_ID = 5_000_000_000
WORDS = "Завтра в 15:00 встречаемся в городском центре."
KILLS = 3
RATE = 1000
"""Messages a second, the most that is allowed: at 30 the test would take three minutes."""

BAD_DAY: dict[Mishap, float] = {429: 0.002, 500: 0.01, "drop": 0.01, "break": 0.01}
"""Each 429 holds everybody for a second, so there are a few; each other one has a row tried again ten seconds later."""


class Told(NamedTuple):
    """The announcement, and who it is for."""

    announcement_id: int
    head: Person
    ids: list[int]


async def announced(db: Database, telegram: Telegram) -> Told:
    """The whole city in one network is told something."""
    now = datetime.now(UTC)
    ids = [FIRST_ID + number for number in range(PEOPLE)]
    async with db.write() as session:
        network = (await session.scalars(select(Network))).one()
        head = Person(telegram_id=9_999, full_name="Совина Нина Львовна", created_at=now, registered_at=now)
        session.add(head)
        await session.flush()
        person = {"full_name": "Участник", "created_at": now, "registered_at": now}
        await session.execute(insert(Person), [{**person, "telegram_id": telegram_id} for telegram_id in ids])
        people = await session.scalars(select(Person.id).where(Person.telegram_id.in_(ids)))
        member = {"network_id": network.id, "state": MembershipState.MEMBER, "state_at": now}
        await session.execute(insert(Membership), [{**member, "person_id": person_id} for person_id in people])
        session.add(Appointment(network_id=network.id, person_id=head.id, role=Role.COORDINATOR, appointed_at=now))
        await session.flush()
        seen = await announcements.announce(
            session,
            head,
            network.id,
            with_branch=False,
            texts=[{"text": WORDS, "html": WORDS}],
            said_files=[],
            now=now,
        )
    for telegram_id in ids:
        visitor = telegram.world.visitor("Участник", id=telegram_id, started=True)
        if telegram_id % BLOCKED_EACH == 0:
            telegram.world.state.dialogues.put(replace(visitor.dialogue, blocked=True))
    return Told(seen.announcement.id, head, ids)


def messages_of(telegram: Telegram) -> dict[int, int]:
    """How often each one got it."""
    counts: dict[int, int] = {}
    for message in telegram.world.state.messages:
        if WORDS in (message.text or ""):
            counts[message.chat_id] = counts.get(message.chat_id, 0) + 1
    return counts


async def waiting(db: Database) -> int:
    """How many rows have no outcome yet."""
    async with db.read() as session:
        open_ = Notification.state.in_((NotificationState.PENDING, NotificationState.SENDING))
        query = select(func.count()).where(Notification.kind == announcements.KIND, open_)
        return await session.scalar(query) or 0


async def until(condition: Callable[[], Awaitable[bool]], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"in vain: {what}"
        await asyncio.sleep(0.05)


async def lives_through(telegram: Telegram, db: Database, start: Callable[[], Forged], processes: int) -> None:
    """Kill one of `processes` at random moments, start it again, and look at everybody in the end."""
    told = await announced(db, telegram)
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(100, PEOPLE - PEOPLE // BLOCKED_EACH - 500), KILLS))
    print("seed", seed, "kills after", moments)
    telegram.world.fail_at_random("sendMessage", BAD_DAY, seed=seed)
    begun = time.monotonic()
    bots = [start() for _ in range(processes)]
    for moment in moments:

        async def is_there(moment: int = moment) -> bool:
            return sum(1 for _ in telegram.world.state.messages) >= moment

        await until(is_there, 180, f"{moment} messages")
        victim = chance.randrange(processes)
        await bots[victim].dies()
        bots[victim] = start()

    async def is_done() -> bool:
        return await waiting(db) == 0

    await until(is_done, 240, "an outcome for everybody")
    print(f"{PEOPLE} people, {KILLS} kills, {processes} process(es): {time.monotonic() - begun:.1f} s")

    got = messages_of(telegram)
    blocked = {telegram_id for telegram_id in told.ids if telegram_id % BLOCKED_EACH == 0}
    reachable = set(told.ids) - blocked
    assert got.keys() == reachable, "everybody who can be reached has it, nobody else"
    async with db.read() as session:
        rows = {
            row.telegram_id: row
            for row in await session.execute(
                select(Person.telegram_id, Person.blocked_at, Notification.state, Notification.maybe_twice)
                .join(Notification, Notification.person_id == Person.id)
                .where(Notification.kind == announcements.KIND)
            )
        }
        report = await announcements.report(session, told.head, told.announcement_id, now=datetime.now(UTC))
    assert {one for one, row in rows.items() if row.blocked_at is not None} == blocked
    assert {one for one, row in rows.items() if row.state is NotificationState.BLOCKED} == blocked
    assert {row.state for one, row in rows.items() if one in reachable} == {NotificationState.SENT}
    doubled = {one for one, count in got.items() if count > 1}
    owned_up = {one for one, row in rows.items() if row.maybe_twice and one in reachable}
    weather = telegram.world.weather
    assert weather is not None
    print("doubled", len(doubled), "owned up to", len(owned_up), "weather", dict(weather.happened))
    assert doubled <= owned_up, "the report owns up to every double"
    extra = sum(got.values()) - len(got)
    assert extra <= KILLS * AT_ONCE + weather.happened["drop"], (
        "those in flight at a kill, and those whose answer was lost"
    )
    assert (report.outcomes.sent, report.outcomes.blocked) == (len(reachable), len(blocked))
    assert report.outcomes.maybe_twice == len(owned_up)
    assert report.outcomes.total == PEOPLE
    assert all(weather.happened[mishap] for mishap in BAD_DAY), "it was a bad day"
    for bot in bots:
        assert bot.exit_code is None
        assert "event=surprise" not in bot.said
        assert "event=notification-failed" not in bot.said
        assert "event=part-failed" not in bot.said


async def test_one_process_on_sqlite(telegram: Telegram, city: Database, start_bot: StartBot, noon: str) -> None:
    await lives_through(telegram, city, lambda: start_bot(SEND_RATE=str(RATE), TIMEZONE=noon), 1)


@pytest.mark.parametrize("city_url", ["postgresql"], indirect=True)
async def test_two_processes_on_postgresql(
    telegram: Telegram,
    city: Database,
    start_bot: StartBot,
    noon: str,
    unused_tcp_port_factory: Callable[[], int],
    tmp_path: Path,
) -> None:
    """Two replicas behind one address, as a balancer would have it; here nobody writes to the bot."""
    ports = itertools.cycle([unused_tcp_port_factory() for _ in range(2 + KILLS)])
    address = f"http://127.0.0.1:{unused_tcp_port_factory()}/telegram"

    def start() -> Forged:
        port = str(next(ports))
        return start_bot(WEBHOOK_URL=address, HTTP_PORT=port, SEND_RATE=str(RATE), TIMEZONE=noon)

    await lives_through(telegram, city, start, 2)
