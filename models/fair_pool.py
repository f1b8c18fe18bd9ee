"""Connections are lent in the order they were asked for.

In SQLAlchemy's own asynchronous pool whoever asks at the right moment takes a returned connection before the one it has woken,
who then stands at the end of the line again. With hundreds waiting some stood there for ten seconds when most waited for
two, and after thirty seconds a wait ends in an error.
"""

from __future__ import annotations

import asyncio
from collections import deque

from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry
from sqlalchemy.util import await_
from sqlalchemy.util.queue import Empty, Full, QueueCommon


class FairQueue(QueueCommon[ConnectionPoolEntry]):
    """What the pool keeps its idle connections in. An item that comes is given to whoever waits longest; it is never up for grabs."""

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:
        self.maxsize = maxsize
        self.use_lifo = use_lifo
        self._items: deque[ConnectionPoolEntry] = deque()
        self._waiting: deque[asyncio.Future[ConnectionPoolEntry]] = deque()

    def empty(self) -> bool:
        """Whether none is idle."""
        return not self._items

    def full(self) -> bool:
        """Whether one more would be too many."""
        return 0 < self.maxsize <= len(self._items)

    def qsize(self) -> int:
        """How many are idle."""
        return len(self._items)

    def put_nowait(self, item: ConnectionPoolEntry) -> None:
        """Take an item back. Raises Full."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(item)
                return
        if self.full():
            raise Full
        self._items.append(item)

    def put(self, item: ConnectionPoolEntry, block: bool = True, timeout: float | None = None) -> None:
        """The same: the pool never waits to give a connection back."""
        self.put_nowait(item)

    def get_nowait(self) -> ConnectionPoolEntry:
        """An idle one. Raises Empty."""
        if not self._items:
            raise Empty
        return self._items.pop() if self.use_lifo else self._items.popleft()

    def get(self, block: bool = True, timeout: float | None = None) -> ConnectionPoolEntry:
        """An idle one, or with `block` the next that comes back when it is one's turn. Raises Empty after `timeout` seconds."""
        if self._items or not block:
            return self.get_nowait()
        return await_(self._next(timeout))

    async def _next(self, timeout: float | None) -> ConnectionPoolEntry:
        waiter: asyncio.Future[ConnectionPoolEntry] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            await asyncio.wait({waiter}, timeout=timeout)
        except asyncio.CancelledError:
            self._leave(waiter)
            raise
        if not waiter.done():
            self._leave(waiter)
            raise Empty
        return waiter.result()

    def _leave(self, waiter: asyncio.Future[ConnectionPoolEntry]) -> None:
        """Wait no more; what was given meanwhile goes to the next."""
        if waiter.done():
            self.put_nowait(waiter.result())
        else:
            waiter.cancel()
            self._waiting.remove(waiter)


class FairPool(AsyncAdaptedQueuePool):
    """SQLAlchemy's pool with this line in front of it."""

    _queue_class = FairQueue
