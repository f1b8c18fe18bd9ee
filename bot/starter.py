"""Begins the announcements whose time has come, and ends the groups whose last day is over.

APScheduler is the clock (`bot/scheduler.py` wakes it), the database the memory.
"""

from __future__ import annotations

import asyncio

import structlog

from models import DATABASE_ERRORS, Database
from services import announcement_drafts, closing
from services.clock import Clock

log = structlog.get_logger("bot.starter")


class Starter:
    """One starter a process; several processes share the rows, and none is begun twice."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A time may have come: look."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Begin what is due until `stop`."""
        stopped = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._woken.clear()
                if await self._start_safely():
                    continue  # there may be more than one transaction takes
                woken = asyncio.ensure_future(self._woken.wait())
                await asyncio.wait({woken, stopped}, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stopped.cancel()

    async def _start_safely(self) -> int:
        try:
            return await self.start_due()
        except DATABASE_ERRORS:  # the database is away: the next tick tries again, nothing is lost
            log.exception("nothing-begun")
            return 0

    async def start_due(self) -> int:
        """Begin some of the announcements, and end some of the temporary groups, that are due now. Gives how many there were."""
        now, zone = self._clock.now(), self._clock.zone
        async with self._db.read() as session:
            begins = await announcement_drafts.is_due(session, now=now)
            ends = await closing.is_due(session, now=now, zone=zone)
        done = 0
        if begins:
            async with self._db.write() as session:
                done += await announcement_drafts.start_due(session, now=now)
        if ends:
            async with self._db.write() as session:
                done += await closing.end_due(session, now=now, zone=zone)
        return done
