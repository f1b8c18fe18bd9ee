"""One person's updates one after another, in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from aiogram.fsm.storage.base import BaseEventIsolation, StorageKey


class WeakIsolation(BaseEventIsolation):
    """A lock a person that lives only while somebody holds or awaits it (aiogram's own keeps every lock for ever).

    It has no `__len__`: an empty one would be false, and aiogram takes `events_isolation or DisabledEventIsolation()`.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[StorageKey, asyncio.Lock] = WeakValueDictionary()

    @property
    def held(self) -> int:
        """How many locks are alive."""
        return len(self._locks)

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        """Hold this person's lock."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield

    async def close(self) -> None:
        """Nothing to close."""
