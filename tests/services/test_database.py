"""The two doors to the data."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import delete, func, select

from models import Audit, Database, InboxUpdate
from models.database import NestedWrite
from tests.support.people import NOW

INCREMENTS = 400
READERS = 50


async def put_counter(db: Database) -> None:
    """A row to count in."""
    async with db.write() as session:
        session.add(InboxUpdate(update_id=1, payload="{}", received_at=NOW, attempts=0))


async def counted(db: Database) -> int:
    """What it shows."""
    async with db.read() as session:
        return (await session.get_one(InboxUpdate, 1)).attempts


async def test_no_increment_is_lost_beside_readers(each_db: Database) -> None:
    await put_counter(each_db)
    seen: list[int] = []

    async def increment() -> None:
        async with each_db.write() as session:
            row = await session.get_one(InboxUpdate, 1, with_for_update=True)
            value = row.attempts
            await asyncio.sleep(0)  # whoever reads before writing meets the others here
            row.attempts = value + 1

    async def read() -> None:
        seen.append(await counted(each_db))

    await asyncio.gather(
        *(increment() for _ in range(INCREMENTS)), *(read() for _ in range(READERS)), return_exceptions=False
    )
    assert await counted(each_db) == INCREMENTS
    assert len(seen) == READERS
    assert all(0 <= value <= INCREMENTS for value in seen)


async def test_a_write_inside_a_write_fails_at_once(each_db: Database) -> None:
    async with each_db.write() as session:
        with pytest.raises(NestedWrite):
            async with each_db.write():
                pytest.fail("a write inside a write was let in")
        async with each_db.read() as reader:  # looking is allowed, and sees what was before
            assert await reader.scalar(select(func.count()).select_from(InboxUpdate)) == 0
        session.add(InboxUpdate(update_id=2, payload="{}", received_at=NOW))
    async with each_db.read() as reader:
        assert await reader.scalar(select(func.count()).select_from(InboxUpdate)) == 1


async def test_the_reading_door_refuses_to_write(each_db: Database) -> None:
    async with each_db.read() as session:
        session.add(InboxUpdate(update_id=3, payload="{}", received_at=NOW))
        with pytest.raises(RuntimeError, match="do not write"):
            await session.scalars(select(InboxUpdate))
    await put_counter(each_db)
    async with each_db.read() as session:
        (await session.get_one(InboxUpdate, 1)).attempts = 5
        with pytest.raises(RuntimeError, match="do not write"):
            await session.commit()
    assert await counted(each_db) == 0


async def test_an_error_undoes_everything_and_wakes_nobody(each_db: Database) -> None:
    woken: list[str] = []
    each_db.after_commit(lambda _notes: woken.append("commit"))

    async def fail_halfway() -> None:
        async with each_db.write() as session:
            session.add(InboxUpdate(update_id=4, payload="{}", received_at=NOW))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_halfway()
    assert woken == []
    async with each_db.write() as session:  # the door is open again
        assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 0
        await session.execute(delete(Audit))
    assert woken == ["commit"]
