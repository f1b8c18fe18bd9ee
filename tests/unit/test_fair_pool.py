"""Connections, and turns at one row, are given in the order they were asked for."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn
from sqlalchemy.util.queue import Empty, Full

from models import Database
from models.fair_pool import FairPool, FairQueue


def connection() -> Any:
    """The queue does not look into what it keeps."""
    return object()


async def asked(queue: FairQueue, timeout: float | None = 5.0) -> asyncio.Task[Any]:
    """Somebody who stands in the line by now."""
    task = asyncio.create_task(greenlet_spawn(queue.get, True, timeout))
    await asyncio.sleep(0)
    return task


async def test_who_comes_later_does_not_overtake_who_was_woken() -> None:
    queue = FairQueue(5)
    first, second = await asked(queue), await asked(queue)
    one, two = connection(), connection()
    queue.put(one, False)
    with pytest.raises(Empty):  # in the queue of asyncio it would lie there for whoever asks next
        queue.get(False)
    third = await asked(queue)
    queue.put(two, False)
    assert await first is one
    assert await second is two
    queue.put(one, False)
    assert await third is one


async def test_what_was_given_to_somebody_who_left_goes_to_the_next() -> None:
    queue = FairQueue(5)
    gone, leaving, staying = await asked(queue), await asked(queue), await asked(queue)
    gone.cancel()
    await asyncio.wait({gone})
    one = connection()
    queue.put(one, False)
    leaving.cancel()
    assert await staying is one
    assert gone.cancelled()
    assert leaving.cancelled()
    assert queue.empty()


async def test_one_waits_no_longer_than_told() -> None:
    queue = FairQueue(1)
    with pytest.raises(Empty):
        await greenlet_spawn(queue.get, True, 0.01)
    queue.put(connection(), False)
    assert queue.qsize() == 1
    with pytest.raises(Full):
        queue.put(connection(), False)


@pytest.mark.parametrize("lifo", [True, False])
async def test_idle_ones_are_lent_at_once(lifo: bool) -> None:
    queue = FairQueue(2, use_lifo=lifo)
    one, two = connection(), connection()
    queue.put(one, False)
    queue.put(two, False)
    assert [queue.get(), queue.get()] == ([two, one] if lifo else [one, two])


async def test_every_engine_lends_in_order(each_db: Database) -> None:
    engine = few_connections(each_db)
    order: list[int] = []

    async def look(number: int) -> None:
        for _ in range(3):
            async with engine.connect() as lent:
                await lent.execute(text("SELECT 1"))
        order.append(number)

    async with AsyncExitStack() as lent:
        for _ in range(2):
            await lent.enter_async_context(engine.connect())
        crowd = [asyncio.create_task(look(number)) for number in range(40)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await asyncio.gather(*crowd)
    await engine.dispose()
    assert max(abs(place - number) for place, number in enumerate(order)) <= 2, order
    assert isinstance(each_db.engine.pool, FairPool)


def few_connections(db: Database) -> AsyncEngine:
    """The same database through two connections."""
    return create_async_engine(db.url, poolclass=FairPool, pool_size=1, max_overflow=1)


async def test_those_who_want_one_row_stand_in_line_and_others_pass(each_db: Database) -> None:
    order: list[str] = []
    begun = asyncio.Event()
    over = asyncio.Event()

    async def hold() -> None:
        async with each_db.write("event:1"):
            begun.set()
            await over.wait()

    async def want(row: str, name: str) -> None:
        async with each_db.write(row):
            order.append(name)

    holder = asyncio.create_task(hold())
    await begun.wait()
    waiting = [asyncio.create_task(want("event:1", str(number))) for number in range(50)]
    other = asyncio.create_task(want("event:2", "other"))
    if not each_db.is_sqlite:  # which has one writer at a time anyway
        await asyncio.wait_for(other, 5)
        assert order == ["other"]
    await asyncio.sleep(0.05)
    assert each_db.engine.pool.checkedout() <= 1  # type: ignore[attr-defined]  # of a QueuePool; no one waits on a connection
    over.set()
    await asyncio.gather(holder, other, *waiting)
    assert [name for name in order if name != "other"] == [str(number) for number in range(50)]
    assert not each_db._lines
