"""No update is lost: it is confirmed to Telegram only when its handler has finished or it stands in `inbox_updates`.

aiogram's own polling confirms a batch before its handlers have begun; a kill then loses it. Here each update starts at
once; those that have not finished within a moment are stored, only then the next request confirms them (or the answer to
the post, where there is a webhook: `bot.webhook`). What a dead process left there is served first at the start, in order;
handlers bear being served the same update twice, and are told by `replayed` that it may be so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy import delete, select, update as sql_update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.patience import answering, next_pause, reason
from bot.stopping import rest, unless_stopped
from models import DATABASE_ERRORS, Database, InboxUpdate

log = structlog.get_logger("bot.inbox")

MOMENT_SECONDS = 0.05
"""How long an update may take before it is stored: most handlers finish sooner and cost no write."""

MOST_IN_FLIGHT = 200
MOST_ATTEMPTS = 3
SUSPECT_SECONDS = 5.0
"""How long an update that was in flight at two crashes is served alone."""

MOST_RECENT = 10_000
"""How many of the last updates are remembered by number: more than come within the two minutes after which Telegram posts
one again whose confirmation was lost."""

KEPT_ASIDE = timedelta(days=2)
"""How long an update that was put aside is kept: Telegram itself gives nothing older than a day again."""

POLL_SECONDS = 30


class Inbox:
    """Takes updates until `stop`, keeps them safe, hands each to the dispatcher once it is its turn."""

    def __init__(self, db: Database, bot: Bot, dispatcher: Dispatcher, stop: asyncio.Event) -> None:
        self._db = db
        self._bot = bot
        self._dispatcher = dispatcher
        self._stop = stop
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._unfinished: set[int] = set()
        self._stored: set[int] = set()
        self._recent: dict[int, None] = {}
        self._served: set[int] = set()
        """Stored, finished, and about to be removed."""
        self._is_forgetting = False
        self._offset: int | None = None
        self._is_first_batch = True

    @property
    def remembered(self) -> int:
        """How many updates it knows anything of."""
        return len(self._tasks.keys() | self._unfinished | self._stored | self._served)

    @property
    def allowed_updates(self) -> list[str]:
        """The kinds of updates that somebody handles."""
        return self._dispatcher.resolve_used_update_types()

    async def replay(self) -> int:
        """Begin to serve what a dead process left, in order. Gives how many there were.

        Those that were in flight at an earlier crash too are served one at a time, so that only the culprit is counted
        again: an update that took the process down in `MOST_ATTEMPTS` replays is put aside with an error in the log.
        """
        async with self._db.write() as session:
            await forget_put_aside(session, now=datetime.now(UTC))
            rows = list(await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id)))
            await session.execute(
                sql_update(InboxUpdate).where(InboxUpdate.attempts == 0).values(attempts=1),
                execution_options={"synchronize_session": False},  # `rows` keep telling how it was
            )
        await self._confirm_stored(rows)
        served = 0
        for row in rows:
            if self._stop.is_set():
                break
            served += await self._serve_again(row)
        return served

    async def _confirm_stored(self, rows: list[InboxUpdate]) -> None:
        """Perhaps the dead process did not come to that, and Telegram would give them again.

        Whatever came in one batch with a stored update was finished before that was stored. Of older ones Telegram has none
        left, and after a quiet week it counts from a random number, below which nothing may be confirmed. What came by a
        webhook came one by one: Telegram may still have others from before.
        """
        yesterday = datetime.now(UTC) - timedelta(days=1)
        recent = [row.update_id for row in rows if row.received_at > yesterday]
        if recent and await self._is_polled():
            self._offset = max(recent) + 1
            await self._confirm()

    async def _is_polled(self) -> bool:
        """Whether Telegram keeps updates for polling; also false while it does not tell."""
        try:
            return not (await self._bot.get_webhook_info(request_timeout=5)).url
        except AiogramError as error:
            log.warning("not-confirmed", reason=_reason(error))
            return False

    async def _serve_again(self, row: InboxUpdate) -> bool:
        if row.attempts >= MOST_ATTEMPTS:
            log.error("update-put-aside", update_id=row.update_id, attempts=row.attempts)
            return False
        try:
            update = Update.model_validate_json(row.payload, context={"bot": self._bot})
        except ValidationError as error:
            log.error("update-put-aside", update_id=row.update_id, faults=error.error_count())  # its text stays unsaid
            await self._count([row.update_id], MOST_ATTEMPTS)
            return False
        if row.attempts:
            await self._count([row.update_id], row.attempts + 1)
        self._stored.add(row.update_id)
        task = self._start(update, replayed=True)
        if row.attempts:
            await unless_stopped(task, self._stop, SUSPECT_SECONDS)
        return True

    async def _count(self, update_ids: Collection[int], attempts: int) -> None:
        async with self._db.write() as session:
            await session.execute(
                sql_update(InboxUpdate).where(InboxUpdate.update_id.in_(update_ids)).values(attempts=attempts)
            )

    async def poll(self) -> None:
        """Take updates until `stop`, and retry with growing pauses while Telegram is out of reach.

        Raises TelegramUnauthorizedError: the token was revoked.
        """
        pause = 0.0
        allowed = self.allowed_updates
        while not self._stop.is_set():
            try:
                # After a failure the first question is a short one: its answer tells that all is well again.
                updates = await self._ask(allowed, seconds=0 if pause else POLL_SECONDS)
            except TelegramUnauthorizedError:
                raise
            except AiogramError as error:
                pause = next_pause(pause, error)
                log.warning("no-updates", reason=_reason(error), retry_in_seconds=round(pause, 1))
                await self._make_way(error)
                await rest(self._stop, pause)
                continue
            if pause:
                log.info("updates-again")
                pause = 0.0
            if updates is not None:
                await self.take(updates)
            await self._room()
        await self._confirm()

    async def _ask(self, allowed: list[str], *, seconds: int) -> list[Update] | None:
        """The next updates; None when the bot is told to stop first."""
        asked = asyncio.ensure_future(
            self._bot.get_updates(
                offset=self._offset, timeout=seconds, allowed_updates=allowed, request_timeout=seconds + 10
            )
        )
        if await unless_stopped(asked, self._stop):
            return asked.result()
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        return None

    async def take(self, updates: list[Update]) -> None:
        """Start the handlers of `updates`; when this returns, each has finished or is stored, so it may be confirmed.

        Two kinds of batches are stored and confirmed before they are served. The first one of a process: the batch in which
        the last process died comes again with it, and an update that kills at once would be given again at every start; of
        each person's updates in it the first one may have been served before. And one with several updates of one person:
        the same update again just after itself does nothing, but after a later one an answer would meet another question.
        """
        fresh = [update for update in updates if update.update_id not in self._tasks]
        people = {person_of(update) for update in fresh}
        if (self._is_first_batch or len(people) < len(fresh)) and not await self._secure_first(fresh):
            return
        doubtful = people if self._is_first_batch else set()
        self._is_first_batch = False
        started = []
        for update in fresh:
            started.append(self._start(update, replayed=person_of(update) in doubtful))
            doubtful.discard(person_of(update))
        if started:
            await asyncio.wait(started, timeout=MOMENT_SECONDS)
        if await self._secure(fresh):
            self._pass(updates)

    async def take_posted(self, update: Update, *, store_first: bool, doubtful: bool) -> bool:
        """Serve an update that came by itself; True once it has finished or is stored, so that it may be confirmed.

        One that this process has begun already is only confirmed: it came again because the confirmation was lost. With
        `store_first` it is stored before it is served, like the first batch of polling. Others of the same person must wait
        until this returns. False when told to stop.
        """
        await self._room()
        if self._stop.is_set():
            return False
        if update.update_id not in self._recent:
            if store_first:
                self._unfinished.add(update.update_id)
                if not await self._secure([update]):
                    self._unfinished.discard(update.update_id)
                    return False
            await asyncio.wait({self._start(update, replayed=doubtful)}, timeout=MOMENT_SECONDS)
        return await self._secure([update])

    async def _secure_first(self, updates: list[Update]) -> bool:
        self._unfinished.update(update.update_id for update in updates)
        if not await self._secure(updates):
            self._unfinished.difference_update(update.update_id for update in updates)
            return False
        if updates:
            self._pass(updates)
            await self._confirm()
        return True

    def _pass(self, updates: list[Update]) -> None:
        """The next request may confirm these."""
        if updates:
            self._offset = max(update.update_id for update in updates) + 1

    async def finish(self, timeout_seconds: float = 25.0) -> int:
        """Let the handlers in flight finish. Gives how many did not; those are stored and will be served at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=timeout_seconds)
        left = list(self._tasks.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        unfinished = self._unfinished & self._stored
        if unfinished:
            with suppress(*DATABASE_ERRORS):  # they stay counted, as after a crash
                await self._count(unfinished, 0)  # they did not take the process down
        return len(self._unfinished)

    async def _confirm(self) -> None:
        """Tell Telegram how far we are, or a restart would be served the last batch again."""
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, request_timeout=5)
        except AiogramError as error:
            log.warning("not-confirmed", reason=_reason(error))

    def _start(self, update: Update, *, replayed: bool) -> asyncio.Task[None]:
        update_id = update.update_id
        task = asyncio.create_task(self._serve(update, replayed), name=f"update-{update_id}")
        self._tasks[update_id] = task
        self._unfinished.add(update_id)
        self._recent[update_id] = None
        if len(self._recent) > MOST_RECENT:
            del self._recent[next(iter(self._recent))]
        task.add_done_callback(lambda _: self._tasks.pop(update_id, None))
        return task

    async def _serve(self, update: Update, replayed: bool) -> None:
        try:
            with answering():
                await self._dispatcher.feed_update(self._bot, update, replayed=replayed)
        except Exception:  # the last net: one update's fault must not stop the others
            log.exception("update-failed", update_id=update.update_id)
        # A cancelled one does not come here: it is not finished, its row waits for the next start.
        self._unfinished.discard(update.update_id)
        if update.update_id in self._stored:
            await self._forget([update.update_id])

    async def _secure(self, updates: list[Update]) -> bool:
        """Wait until each has finished or is stored, whatever the database says meanwhile; False when told to stop first."""
        pause = 0.0
        while True:
            loose = [
                update
                for update in updates
                if update.update_id in self._unfinished and update.update_id not in self._stored
            ]
            if not loose:
                return True
            try:
                await self._store(loose)
            except DATABASE_ERRORS as error:
                pause = next_pause(pause, error)
                log.error("not-stored", updates=len(loose), reason=reason(error), retry_in_seconds=round(pause, 1))
                if not await rest(self._stop, pause):
                    return False

    async def _store(self, updates: list[Update]) -> None:
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
        add = sqlite_insert if self._db.is_sqlite else postgresql_insert
        async with self._db.write() as session:
            await session.execute(add(InboxUpdate).on_conflict_do_nothing(), rows)
        self._stored.update(update.update_id for update in updates)
        # Those that finished while the rows were being written had nothing to remove yet.
        await self._forget([update.update_id for update in updates if update.update_id not in self._unfinished])

    async def _forget(self, update_ids: Collection[int]) -> None:
        """Remove what is served. One task at a time is at it and takes along what others finish meanwhile: when hundreds

        are served at once, a transaction for each would take as long as many an answer.
        """
        self._stored.difference_update(update_ids)
        self._served.update(update_ids)
        if self._is_forgetting:
            return
        self._is_forgetting = True
        try:
            while self._served:
                served = sorted(self._served)
                self._served.clear()
                await self._remove(served)
        finally:
            self._is_forgetting = False

    async def _remove(self, update_ids: list[int]) -> None:
        try:
            async with self._db.write() as session:
                await session.execute(
                    delete(InboxUpdate).where(InboxUpdate.update_id.in_(update_ids)),
                    execution_options={"synchronize_session": False},  # the session holds none
                )
        except DATABASE_ERRORS as error:
            log.error("not-forgotten", update_ids=update_ids, reason=reason(error))  # served again at the next start

    async def _make_way(self, error: AiogramError) -> None:
        """A webhook somebody set once keeps polling out: this process was started to poll, so it goes."""
        if not isinstance(error, TelegramConflictError) or "webhook" not in error.message:
            return
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except AiogramError as refusal:
            log.warning("webhook-stays", reason=reason(refusal))
        else:
            log.warning("webhook-removed")

    async def _room(self) -> None:
        """Take no more while too many handlers are in flight."""
        stopped = asyncio.ensure_future(self._stop.wait())
        while len(self._tasks) >= MOST_IN_FLIGHT and not self._stop.is_set():
            await asyncio.wait([*self._tasks.values(), stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()


async def forget_put_aside(session: AsyncSession, *, now: datetime) -> int:
    """Delete the updates that were put aside longer ago than somebody would still look at them. Gives how many."""
    gone = await session.execute(
        delete(InboxUpdate).where(InboxUpdate.attempts >= MOST_ATTEMPTS, InboxUpdate.received_at < now - KEPT_ASIDE),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE's result counts its rows


def person_of(update: Update) -> int | None:
    """Who did it, where that is known."""
    return UserContextMiddleware.resolve_event_context(update).user_id


def _reason(error: AiogramError) -> str:
    if isinstance(error, TelegramConflictError) and "webhook" not in error.message:
        return "another process takes the updates of this bot: stop it, one token serves one process"
    return reason(error)
