"""No update is lost: it is confirmed to Telegram only when its handler has finished or it stands in `inbox_updates`.

aiogram's own polling confirms a batch before its handlers have begun; a kill then loses it. Here each update starts at
once; those that have not finished within a moment are stored, only then the next request confirms them. What a dead
process left there is served first at the start, in order; handlers bear being served the same update twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from sqlalchemy import delete, insert, select
from sqlalchemy import update as sql_update

from models import Database, InboxUpdate

log = structlog.get_logger("bot.inbox")

MOMENT_SECONDS = 0.05
"""How long an update may take before it is stored: most handlers finish sooner and cost no write."""

MOST_IN_FLIGHT = 200
MOST_ATTEMPTS = 3
POLL_SECONDS = 30
LONGEST_PAUSE_SECONDS = 30.0

Feed = Callable[[Update, bool], Awaitable[None]]


class Inbox:
    """Takes updates, keeps them safe, hands each to the dispatcher once it is its turn."""

    def __init__(self, db: Database, bot: Bot, dispatcher: Dispatcher) -> None:
        self._db = db
        self._bot = bot
        self._dispatcher = dispatcher
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._stored: set[int] = set()
        self._replayed: set[int] = set()
        self._offset: int | None = None

    async def replay(self) -> int:
        """Serve what a dead process left, in order, and wait for it. Gives how many there were.

        An update that took the process down `MOST_ATTEMPTS` times is put aside with an error in the log.
        """
        async with self._db.read() as session:
            rows = list(await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id)))
        for row in rows:
            if row.attempts >= MOST_ATTEMPTS:
                log.error("update-put-aside", update_id=row.update_id, attempts=row.attempts)
                await self._forget([row.update_id])
                continue
            async with self._db.write() as session:
                await session.execute(
                    sql_update(InboxUpdate)
                    .where(InboxUpdate.update_id == row.update_id)
                    .values(attempts=InboxUpdate.attempts + 1)
                )
            self._stored.add(row.update_id)
            self._replayed.add(row.update_id)  # perhaps not confirmed before the crash: Telegram would give it again
            self._start(Update.model_validate_json(row.payload, context={"bot": self._bot}), replayed=True)
        await self._settled()
        return len(rows)

    async def poll(self, stop: asyncio.Event) -> None:
        """Take updates until `stop`, and retry with growing pauses while Telegram is out of reach.

        Raises TelegramUnauthorizedError: the token was revoked.
        """
        pause = 0.0
        allowed = self._dispatcher.resolve_used_update_types()
        stopped = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                asked = asyncio.ensure_future(self._ask(allowed))
                await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not asked.done():
                    asked.cancel()
                    await asyncio.gather(asked, return_exceptions=True)
                    break
                try:
                    updates = asked.result()
                except TelegramUnauthorizedError:
                    raise
                except (TelegramNetworkError, TelegramServerError, TelegramConflictError, TelegramRetryAfter) as error:
                    pause = _longer(pause, error)
                    log.warning("no-updates", reason=_reason(error), retry_in_seconds=round(pause, 1))
                    await asyncio.wait({stopped}, timeout=pause)
                    continue
                if pause:
                    log.info("updates-again")
                    pause = 0.0
                await self.take(updates)
        finally:
            stopped.cancel()
        await self._confirm()

    async def _ask(self, allowed: list[str]) -> list[Update]:
        return await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=allowed, request_timeout=POLL_SECONDS + 10
        )

    async def take(self, updates: list[Update]) -> None:
        """Start the handlers of `updates`; when this returns, each has finished or is stored, so it may be confirmed."""
        fresh = [
            update
            for update in updates
            if update.update_id not in self._flying and update.update_id not in self._replayed
        ]
        started = [self._start(update) for update in fresh]
        if started:
            await asyncio.wait(started, timeout=MOMENT_SECONDS)
        await self._store([update for update in fresh if update.update_id in self._flying])
        if updates:
            self._offset = max(update.update_id for update in updates) + 1
        while len(self._flying) >= MOST_IN_FLIGHT:
            await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)

    async def finish(self, timeout_seconds: float = 25.0) -> int:
        """Let the handlers in flight finish. Gives how many did not; those are stored and will be served at the next start."""
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=timeout_seconds)
        left = len(self._flying)
        for task in list(self._flying.values()):
            task.cancel()
        return left

    async def _confirm(self) -> None:
        """Tell Telegram how far we are, or a restart would be served the last batch again."""
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, request_timeout=5)
        except (TelegramNetworkError, TelegramServerError, TelegramConflictError, TelegramRetryAfter) as error:
            log.warning("not-confirmed", reason=_reason(error))

    def _start(self, update: Update, *, replayed: bool = False) -> asyncio.Task[None]:
        task = asyncio.create_task(self._serve(update, replayed), name=f"update-{update.update_id}")
        self._flying[update.update_id] = task
        return task

    async def _serve(self, update: Update, replayed: bool) -> None:
        finished = False
        try:
            await self._dispatcher.feed_update(self._bot, update, replayed=replayed)
            finished = True
        except Exception:  # the last net: one update's fault must not stop the others
            log.exception("update-failed", update_id=update.update_id)
            finished = True
        finally:
            self._flying.pop(update.update_id, None)
            if finished and update.update_id in self._stored:
                await self._forget([update.update_id])

    async def _store(self, updates: list[Update]) -> None:
        if not updates:
            return
        now = datetime.now(UTC)
        rows = [
            {
                "update_id": update.update_id,
                "payload": update.model_dump_json(exclude_unset=True),
                "received_at": now,
                "attempts": 0,
            }
            for update in updates
        ]
        self._stored.update(update.update_id for update in updates)
        async with self._db.write() as session:
            await session.execute(insert(InboxUpdate), rows)
        # Those that finished while the rows were being written had nothing to remove yet.
        await self._forget([update.update_id for update in updates if update.update_id not in self._flying])

    async def _forget(self, update_ids: list[int]) -> None:
        if not update_ids:
            return
        async with self._db.write() as session:
            await session.execute(delete(InboxUpdate).where(InboxUpdate.update_id.in_(update_ids)))
        self._stored.difference_update(update_ids)

    async def _settled(self) -> None:
        while self._flying:
            await asyncio.wait(self._flying.values())


def _longer(pause: float, error: Exception) -> float:
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    return min(LONGEST_PAUSE_SECONDS, pause * 2 or 0.5)


def _reason(error: Exception) -> str:
    if isinstance(error, TelegramConflictError):
        return "another process takes the updates of this bot: stop it, one token serves one process"
    return str(error)
