"""What is done when nobody asks: at night what is old is deleted, each minute somebody looks whether the delivery stands still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from bot.inbox import forget_put_aside
from models import DATABASE_ERRORS, Database
from services import announcements, consultations, events, notifications, sayings
from services.clock import Clock
from services.notifications import overdue

log = structlog.get_logger("bot.housekeeper")

AT_ONCE = 200
"""So many rows are deleted in one transaction: some milliseconds, which no tap notices."""

PAUSE_SECONDS = 0.05
"""Between two of them everybody else has their turn."""

COUNTED = (announcements.KIND,)
"""Kinds whose numbers a report shows for ever."""


class Housekeeper:
    """One a process; several processes may do the same at once, and each row is deleted once."""

    def __init__(self, db: Database, clock: Clock, stop: asyncio.Event, *, keep_days: int) -> None:
        self._db = db
        self._clock = clock
        self._stop = stop
        self._kept_for = timedelta(days=keep_days)
        self._first: set[int] = set()
        self._is_told = False
        self._watched_at = clock.now()

    async def tidy(self) -> None:
        """Delete what ended longer ago than the settings keep it, little by little, unless the process is to stop."""
        before = self._clock.now() - self._kept_for
        try:
            deleted = await self._delete_notifications(before)
            said = await self._delete_sayings(before)
            async with self._db.write() as session:
                put_aside = await forget_put_aside(session, now=datetime.now(UTC))
        except DATABASE_ERRORS as error:  # the next night tries again, and what is deleted is deleted
            log.warning("not-tidied", reason=type(error).__name__)
        else:
            log.info("tidied", notifications=deleted, sayings=said, updates=put_aside)

    async def _delete_notifications(self, before: datetime) -> int:
        needed = consultations.is_needed(before) | events.is_needed(before)
        deleted = after_id = 0
        while not self._stop.is_set():
            async with self._db.read() as session:
                ids = await notifications.old_ones(
                    session, before=before, needed=needed, after_id=after_id, limit=AT_ONCE
                )
            if not ids:
                break
            async with self._db.write() as session:
                deleted += await notifications.delete_old(session, ids, before=before, counted=COUNTED)
            after_id = ids[-1]
            await asyncio.sleep(PAUSE_SECONDS)
        return deleted

    async def _delete_sayings(self, before: datetime) -> int:
        deleted = 0
        while not self._stop.is_set():
            async with self._db.write() as session:
                gone = await sayings.delete_old(session, before=before, limit=AT_ONCE)
            deleted += gone
            if gone < AT_ONCE:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        return deleted

    async def watch(self) -> None:
        """Write down, once as long as it lasts, that nothing moves, and have the administrators told; count what came too late."""
        now = self._clock.now()
        try:
            async with self._db.read() as session:
                lags = await overdue.lagging(session, now=now)
                stale = await notifications.stale(session, since=self._watched_at)
            stuck = overdue.stuck(lags, self._first)
            if stuck and not self._is_told:
                for lag in stuck:
                    log.error(
                        "delivery-stands-still",
                        priority=lag.priority.name,
                        since=lag.since,
                        waiting=lag.number,
                        kinds=lag.kinds,
                    )
                async with self._db.write() as session:
                    await overdue.tell_administrators(session, now=now)
        except DATABASE_ERRORS as error:  # the sender says the same
            log.warning("not-watched", reason=type(error).__name__)
            return
        if stale:
            log.info("stale-not-sent", number=sum(stale.values()), kinds=stale)
        self._first = {lag.first_id for lag in lags}
        self._is_told = bool(stuck)
        self._watched_at = now
