"""One way to SQLite's thread and back for each statement."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from models import Base, Database, InboxUpdate
from models.one_hop import OneHopConnection
from tests.support.people import NOW

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """A database in a file, with tables."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path / 'one.sqlite3'}")
    async with made.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield made
    await made.close()


@pytest.fixture
def crossings(db: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to a thread, in order."""
    handed: list[str] = []
    execute = OneHopConnection._execute

    async def note(connection: OneHopConnection, call: Any, *args: Any, **kwargs: Any) -> Any:
        handed.append(" ".join(filter(None, call.args[1:3])) if isinstance(call, partial) else call.__name__)
        return await execute(connection, call, *args, **kwargs)  # type: ignore[no-untyped-call]  # aiosqlite gives it no types

    monkeypatch.setattr(OneHopConnection, "_execute", note)
    return handed


def row(update_id: int) -> InboxUpdate:
    """Something to write."""
    return InboxUpdate(update_id=update_id, payload="{}", received_at=NOW, attempts=0)


async def test_a_look_crosses_once_for_each_statement_and_once_to_end(db: Database, crossings: list[str]) -> None:
    async with db.read() as session:
        await session.execute(text("SELECT 1"))
        await session.execute(text("SELECT 2"))
    assert crossings == ["BEGIN DEFERRED SELECT 1", "SELECT 2", "rollback"]


async def test_a_session_that_asks_nothing_crosses_nothing(db: Database, crossings: list[str]) -> None:
    async with db.read() as session:
        await session.connection()
    async with db.write() as session:
        await session.connection()
    assert crossings == []


async def test_a_write_takes_the_lock_with_its_first_statement(db: Database, crossings: list[str]) -> None:
    async with db.write() as session:
        await session.execute(text("SELECT 1"))
        with sqlite3.connect(db.url.database or "", timeout=0) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
    assert crossings == ["BEGIN IMMEDIATE SELECT 1", "commit"]


async def test_rows_ids_and_counts_come_back(db: Database) -> None:
    async with db.write() as session:
        session.add_all(row(number) for number in range(1, 4))
    async with db.write() as session:
        changed = await session.execute(text("UPDATE inbox_updates SET attempts = 1 WHERE update_id > 1"))
        assert changed.rowcount == 2  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
    async with db.read() as session:
        assert list(await session.scalars(select(InboxUpdate.attempts).order_by(InboxUpdate.update_id))) == [0, 1, 1]


async def test_a_refused_statement_leaves_the_transaction_usable(db: Database) -> None:
    async with db.write() as session:
        session.add(row(1))
    async with db.write() as session:
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                session.add(row(1))
        session.add(row(2))
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 2


async def test_a_broken_first_statement_ends_its_transaction(db: Database) -> None:
    async def fail() -> None:
        async with db.write() as session:
            await session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(OperationalError, match="no such table"):
        await fail()
    async with db.write() as session:  # the same connection of the pool: nothing is left begun
        session.add(row(1))
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 1


async def test_what_was_written_before_a_fault_is_gone(db: Database) -> None:
    async def fail() -> None:
        async with db.write() as session:
            session.add(row(1))
            await session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 0


async def test_a_cancelled_statement_is_rolled_back_too(db: Database, crossings: list[str]) -> None:
    async def ask() -> None:
        async with db.write() as session:
            await session.execute(text(SLOW))

    task = asyncio.create_task(ask())
    for _ in range(100):
        if not crossings:
            await asyncio.sleep(0)
    assert crossings == [f"BEGIN IMMEDIATE {SLOW}"]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as session:
        session.add(row(1))
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 1
