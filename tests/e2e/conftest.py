"""A Telegram on HTTP, a database file with one open network, and bots as processes over both."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Base, Database, InboxUpdate, NetworkForm, Person
from services import networks
from tests.support.house import sqlite_url
from tests.support.processes import Forge, Forged
from tests.support.telegram import Telegram

NETWORK = "Школьные химики"

StartBot = Callable[..., Forged]


@pytest.fixture(scope="session")
def session_forge() -> Forge:
    """Where processes come from."""
    return Forge()


@pytest.fixture
async def forge(session_forge: Forge) -> AsyncIterator[Forge]:
    """The same, leaving nothing behind."""
    yield session_forge
    await session_forge.end_all()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A Telegram."""
    telegram = Telegram()
    await telegram.open()
    yield telegram
    await telegram.close()


@pytest.fixture
async def city(db: Database) -> Database:
    """The database with one open network."""
    now = datetime.now(UTC)
    async with db.write() as session:
        administrator = Person(telegram_id=1, full_name="Орлова Вера Ивановна", created_at=now, administrator_at=now)
        session.add(administrator)
        await session.flush()
        form = (await session.scalars(select(NetworkForm).order_by(NetworkForm.id).limit(1))).one()
        await networks.create(
            session, administrator, title=NETWORK, form_id=form.id, parent_id=None, subject_ids=[], goal=None, now=now
        )
    return db


@pytest.fixture
def start_bot(forge: Forge, telegram: Telegram, city: Database, tmp_path: Path) -> StartBot:
    """Starts `python -m bot run` on the database and the Telegram of the test; each start has a log of its own."""
    numbers = itertools.count(1)

    def start(**settings: str) -> Forged:
        log = tmp_path / f"bot-{next(numbers)}.log"
        database = {"DATABASE_URL": sqlite_url(tmp_path / "test.sqlite3"), "SQLITE_SYNCHRONOUS": "NORMAL"}
        return forge.start("bot", ["run"], folder=tmp_path, log=log, settings=telegram.settings | database | settings)

    return start


async def settled(telegram: Telegram, city: Database, timeout: float = 20.0) -> None:
    """Wait until a bot started just now has served everything that waited for it."""
    deadline = asyncio.get_running_loop().time() + timeout
    polls = telegram.polls
    while telegram.waiting or telegram.polls == polls or await count(city, InboxUpdate):
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError("the bot has not come to rest")
        await asyncio.sleep(0.01)


async def count(city: Database, table: type[Base]) -> int:
    """The rows of a table."""
    async with city.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0
