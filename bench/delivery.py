"""How fast an announcement to the city is written down. How it is sent: `bench.limited`, `bench.unlimited`."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import select

from bench.table import Line
from bot import migrations
from demo import build
from models import Announcement, Database, Network, Person
from services import announcements
from services.clock import Clock
from services.copies import Copies


async def measure(folder: Path) -> list[Line]:
    """One line."""
    db = Database(f"sqlite+aiosqlite:///{folder / 'delivery.sqlite3'}")
    await migrations.upgrade(db)
    clock = Clock()
    async with db.write() as session:
        await build(session, copies=Copies(folder / "files"), now=clock.now())
    clock.move(clock.now().replace(hour=7) - clock.now())  # noon in the centre: no quiet hours
    announcement, seconds = await _announce(db, clock)
    confirmed = f"{announcement.recipients} in {seconds * 1000:.0f} ms"
    await db.close()
    return [Line("an announcement confirmed: its rows in one commit", confirmed)]


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
