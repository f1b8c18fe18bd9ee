"""How fast the city is told something: the write of the rows, and the sending at Telegram's own limit."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy import func, select

from bench.table import Line
from bot import app, migrations
from bot.limiter import Limiter
from bot.sender import Sender
from bot.settings import Settings
from demo import build
from models import Announcement, Database, Network, Notification, NotificationState, Person
from sandbox import InProcessSession, Limits, World
from services import announcements
from services.clock import Clock
from services.copies import Copies

RATE = 30
MEASURED = 300
"""So many deliveries are watched: ten seconds."""


async def measure(folder: Path) -> list[Line]:
    """Two lines."""
    db = Database(f"sqlite+aiosqlite:///{folder / 'delivery.sqlite3'}")
    await migrations.upgrade(db)
    clock = Clock()
    async with db.write() as session:
        await build(session, copies=Copies(folder / "files"), now=clock.now())
    clock.move(clock.now().replace(hour=7) - clock.now())  # noon in the centre: no quiet hours
    announcement, seconds = await _announce(db, clock)
    confirmed = f"{announcement.recipients} in {seconds * 1000:.0f} ms"
    lines = [Line("an announcement confirmed: its rows in one commit", confirmed)]

    world = World(now=clock.now, limits=Limits())
    account = world.add_bot("bench_bot", "Bench")
    async with db.read() as session:
        ids = list(await session.scalars(select(Person.telegram_id).where(Person.telegram_id.is_not(None))))
    for telegram_id in ids:
        world.visitor("Участник", id=telegram_id, started=True)
    bot = app.make_bot(account.token, InProcessSession(world), limiter=Limiter(RATE))
    sender = Sender(db, bot, clock, zone=Settings(_env_file=None).zone)
    stop = asyncio.Event()
    begun, cpu = time.monotonic(), time.process_time()
    running = asyncio.create_task(sender.run(stop))
    while await _sent(db, announcement) < MEASURED:  # noqa: ASYNC110  # the figure stands in the database
        await asyncio.sleep(0.02)
    sent, spent, cpu = await _sent(db, announcement), time.monotonic() - begun, time.process_time() - cpu
    stop.set()
    await running
    refused = sum(call.error_code == 429 for call in world.calls)
    await db.close()
    lines.append(
        Line(f"deliveries a second at {RATE}/s", f"{sent / spent:.1f} ({refused} refused, {cpu / spent:.0%} of a core)")
    )
    return lines


async def _announce(db: Database, clock: Clock) -> tuple[Announcement, float]:
    async with db.read() as session:
        root = (await session.scalars(select(Network).where(Network.parent_id.is_(None)))).one()
        administrator = (await session.scalars(select(Person).where(Person.administrator_at.is_not(None)))).one()
    begun = time.perf_counter()
    async with db.write() as session:
        seen = await announcements.announce(
            session,
            administrator,
            root.id,
            with_branch=True,
            texts=[{"text": "Завтра в 15:00.", "html": "Завтра в 15:00."}],
            said_files=[],
            now=clock.now(),
        )
    return seen.announcement, time.perf_counter() - begun


async def _sent(db: Database, announcement: Announcement) -> int:
    async with db.read() as session:
        query = select(func.count()).where(
            Notification.kind == announcements.KIND,
            Notification.subject_id == announcement.id,
            Notification.state == NotificationState.SENT,
        )
        return await session.scalar(query) or 0
