"""The invented city in a database file, for tests."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import ADMINISTRATOR_ID, Account, City, accounts, build
from models import Database, Person
from services.copies import Copies
from tests.support.house import beside, sqlite_url

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
"""A Tuesday: when the city is built in tests."""

_KEYS = ("newcomer", "teacher", "expert", "coordinator", "administrator", "english-speaker")
PLAYERS: dict[str, Account] = dict(zip(_KEYS, (one for one in accounts() if one.pinned), strict=True))
"""The pinned accounts by what they are."""


async def put_city(db: Database, *, administrator_telegram_id: int = ADMINISTRATOR_ID) -> City:
    """Build the city in `db` as of NOW, its files beside an SQLite database."""
    copies = Copies(beside(db))
    async with db.write() as session:
        return await build(session, copies=copies, now=NOW, administrator_telegram_id=administrator_telegram_id)


async def player(session: AsyncSession, key: str) -> Person:
    """The player with this key, as remembered in the database."""
    return (await session.scalars(select(Person).where(Person.telegram_id == PLAYERS[key].telegram_id))).one()


@asynccontextmanager
async def opened(path: Path, *, template: Path | None = None) -> AsyncIterator[Database]:
    """The SQLite database in this file, a copy of `template` if that is given; closed in the end."""
    if template is not None:
        shutil.copyfile(template, path)
    db = Database(sqlite_url(path), synchronous="NORMAL")
    try:
        yield db
    finally:
        await db.close()
