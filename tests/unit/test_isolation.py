"""One person's updates one after another, everybody else's beside them, and no lock left over."""

from __future__ import annotations

import asyncio
import gc

from aiogram import Dispatcher
from aiogram.fsm.storage.base import StorageKey

from bot.isolation import WeakIsolation


def key_of(person: int) -> StorageKey:
    return StorageKey(bot_id=1, chat_id=person, user_id=person)


async def test_one_persons_updates_keep_their_order_and_do_not_overlap() -> None:
    isolation = WeakIsolation()
    done: dict[int, list[int]] = {}
    inside: set[int] = set()

    async def serve(person: int, update: int) -> None:
        async with isolation.lock(key_of(person)):
            assert person not in inside
            inside.add(person)
            for _ in range(update % 3):
                await asyncio.sleep(0)
            inside.discard(person)
            done.setdefault(person, []).append(update)

    async with asyncio.TaskGroup() as group:
        for update in range(5):
            for person in range(200):
                group.create_task(serve(person, update))
        await asyncio.sleep(0)
        assert isolation.held == 200
    assert done == {person: [0, 1, 2, 3, 4] for person in range(200)}
    gc.collect()
    assert isolation.held == 0


async def test_a_slow_person_keeps_nobody_else_waiting() -> None:
    isolation = WeakIsolation()
    async with isolation.lock(key_of(1)), asyncio.timeout(1), isolation.lock(key_of(2)):
        assert isolation.held == 2


async def test_a_fault_and_a_cancelled_wait_let_the_next_one_in() -> None:
    isolation = WeakIsolation()
    served: list[str] = []

    async def serve(name: str, *, fails: bool = False) -> None:
        async with isolation.lock(key_of(1)):
            await asyncio.sleep(0.01)
            if fails:
                raise ValueError(name)
            served.append(name)

    first = asyncio.create_task(serve("first", fails=True))
    second = asyncio.create_task(serve("second"))
    third = asyncio.create_task(serve("third"))
    await asyncio.sleep(0)
    second.cancel()
    results = await asyncio.gather(first, second, third, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, asyncio.CancelledError, type(None)]
    assert served == ["third"]
    del first, second, third, results
    await asyncio.sleep(0)  # the loop lets go of the tasks that ended just now
    gc.collect()
    assert isolation.held == 0


def test_aiogram_takes_it() -> None:
    """`events_isolation or DisabledEventIsolation()` in aiogram: one that is false would be thrown away in silence."""
    isolation = WeakIsolation()
    assert Dispatcher(events_isolation=isolation).fsm.events_isolation is isolation
