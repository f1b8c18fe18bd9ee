"""kill -9, twice, while the whole city is being announced to and reminded: everybody hears everything, hardly anybody twice."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from bot.sender import AT_ONCE
from models import (
    Appointment,
    Database,
    EventKind,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    Person,
    Registration,
    RegistrationState,
    Role,
)
from sandbox import Limits
from services import announcements, events
from services.events.signing import remind
from tests.support.demo_city import opened, put_city
from tests.support.processes import Forge, Forged
from tests.support.telegram import Telegram

RATE = 400
"""Messages a second, for the bot and for Telegram: at 30 the test would take a minute."""

WORDS = "Завтра в 15:00 встречаемся в городском центре."
EVENT = "Городской методический день"
KINDS = (announcements.KIND, "event-reminder")


async def everybody_is_to_hear(db: Database) -> list[int]:
    """The city in one network: an announcement to all and a reminder of an event for all, due at once. Gives the Telegram ids."""
    await put_city(db)
    now = datetime.now(UTC)
    async with db.write() as session:
        people = list(await session.scalars(select(Person).order_by(Person.id)))
        form_id = (await session.scalars(select(NetworkForm.id).limit(1))).one()
        network = Network(title="Весь город", form_id=form_id, created_at=now)
        session.add(network)
        await session.flush()
        member = {"network_id": network.id, "state": MembershipState.MEMBER, "state_at": now}
        await session.execute(insert(Membership), [{**member, "person_id": person.id} for person in people])
        session.add(Appointment(network_id=network.id, person_id=people[0].id, role=Role.COORDINATOR, appointed_at=now))
        await session.flush()
        text = {"text": WORDS, "html": WORDS}
        await announcements.announce(
            session, people[0], network.id, with_branch=False, texts=[text], said_files=[], now=now
        )
        card = await events.create(
            session,
            people[0],
            network_id=network.id,
            kind=EventKind.SEMINAR,
            title=EVENT,
            starts_at=now + timedelta(minutes=60, seconds=1),
            place="Городской центр",
            seats=None,
            now=now,
        )
        signed = {
            "event_id": card.event.id,
            "state": RegistrationState.REGISTERED,
            "state_at": now,
            "created_at": now,
        }
        await session.execute(
            insert(Registration),
            [{**signed, "person_id": person.id, "turn": turn} for turn, person in enumerate(people, start=1)],
        )
        await remind(session, card.event, [person.id for person in people], now=now)
        return [person.telegram_id for person in people if person.telegram_id is not None]


async def left(db: Database) -> int:
    async with db.read() as session:
        waiting = Notification.state.in_((NotificationState.PENDING, NotificationState.SENDING))
        due = Notification.due_at <= datetime.now(UTC)
        query = select(func.count()).where(Notification.kind.in_(KINDS), waiting, due)
        return await session.scalar(query) or 0


async def perhaps_twice(db: Database, since: datetime) -> int:
    """Of what was written down since then: the invented city has a report of its own."""
    async with db.read() as session:
        query = select(func.count()).where(
            Notification.kind.in_(KINDS), Notification.maybe_twice, Notification.created_at >= since
        )
        return await session.scalar(query) or 0


def heard(telegram: Telegram, telegram_id: int) -> Counter[str]:
    """What somebody got, by its words."""
    chat = telegram.world.state.messages.chat((telegram.account.id, telegram_id))
    texts = [message.text for message in chat if message.sender_id == telegram.account.id]
    return Counter(words for text in texts for words in (WORDS, EVENT) if words in text)


async def until(condition: Callable[[], bool], timeout: float = 60.0) -> None:
    deadline = asyncio.get_running_loop().time() + timeout
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "in vain"
        await asyncio.sleep(0.01)


async def test_everybody_hears_everything_though_the_bot_is_killed_twice(
    forge: Forge, telegram: Telegram, empty_sqlite: Path, tmp_path: Path, noon: str
) -> None:
    path = tmp_path / "city.sqlite3"
    shutil.copyfile(empty_sqlite, path)
    numbers = itertools.count(1)
    begun = datetime.now(UTC)

    def start() -> Forged:
        settings = {
            "DATABASE_URL": f"sqlite+aiosqlite:///{path}",
            "SQLITE_SYNCHRONOUS": "NORMAL",
            "SEND_RATE": str(RATE),
            "TIMEZONE": noon,
        }
        log = tmp_path / f"bot-{next(numbers)}.log"
        return forge.start("bot", ["run"], folder=tmp_path, log=log, settings=telegram.settings | settings)

    async with opened(path) as db:
        people = await everybody_is_to_hear(db)
        assert len(people) == 863
        for telegram_id in people:
            telegram.world.visitor("Участник", id=telegram_id, started=True)
        telegram.world.limiter.change(Limits(global_burst=RATE, global_rate=RATE))

        def sent() -> int:
            return sum(call.method == "sendMessage" for call in telegram.world.calls)

        seed = random.randrange(10**6)
        print("seed", seed)
        moments = sorted(random.Random(seed).sample(range(50, 1500), 2))
        for moment in moments:
            bot = start()
            await until(lambda moment=moment: sent() >= moment)  # type: ignore[misc]  # mypy infers no lambda with a default
            await bot.dies()
        last = start()
        deadline = asyncio.get_running_loop().time() + 60
        while await left(db):
            assert asyncio.get_running_loop().time() < deadline, f"{await left(db)} wait for ever"
            await asyncio.sleep(0.1)

        chats = {telegram_id: heard(telegram, telegram_id) for telegram_id in people}
        missed = [telegram_id for telegram_id, got in chats.items() if not (got[WORDS] and got[EVENT])]
        doubled = sum(count - 1 for got in chats.values() for count in got.values())
        assert missed == []
        assert doubled <= len(moments) * AT_ONCE
        assert doubled <= await perhaps_twice(db, begun) <= len(moments) * AT_ONCE, "the report owns up to every double"
        assert [call for call in telegram.world.calls if call.error_code == 429] == [], "the limits were kept"
        assert "event=surprise" not in last.said
        assert "event=notification-failed" not in last.said
