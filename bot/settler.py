"""Writes down what became of notifications: the outcomes of a moment go together, each still guarded by its own attempt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from models import DATABASE_ERRORS, Database, Notification
from services import notifications
from services.clock import Clock
from services.notifications import Messages

log = structlog.get_logger("bot.settler")

GATHER_SECONDS = 0.3
"""For so long outcomes are gathered while others are on their way. What is out and not written down is said again after a crash."""

ENOUGH = 100
"""So many are written at once."""

SETTLE_PAUSES = (0.1, 0.5, 2.0, 5.0)
"""A message that is out must be settled, or it goes out again: the database gets another chance after these seconds."""

Settle = Callable[[AsyncSession, datetime], Awaitable[Any]]


@dataclass(slots=True, eq=False)
class _Outcome:
    """What is to be written of one row: its messages, or whatever `settle` writes; `written` gives what that gave."""

    notification: Notification
    messages: Messages = ()
    settle: Settle | None = None
    written: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Settler:
    """`in_flight` tells how many rows have no outcome in the database yet: when all of them are here, nobody is waited for."""

    def __init__(self, db: Database, clock: Clock, *, in_flight: Callable[[], int]) -> None:
        self._db = db
        self._clock = clock
        self._in_flight = in_flight
        self._gathered: list[_Outcome] = []
        self._being_written = 0
        self._is_enough = asyncio.Event()
        self._gathering: asyncio.Task[None] | None = None
        self._alone: set[asyncio.Task[None]] = set()

    async def sent(self, notification: Notification, messages: Messages) -> None:
        """It reached the person."""
        await self._add(_Outcome(notification, messages))

    async def settle(self, notification: Notification, settle: Settle) -> Any:
        """Have `settle` write another outcome, whatever the database says meanwhile; gives what it gave.

        At last the lease is left to run out: None.
        """
        return await self._add(_Outcome(notification, settle=settle))

    async def close(self) -> None:
        """What is not written by now stays as it is."""
        tasks = [task for task in (self._gathering, *self._alone) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _add(self, outcome: _Outcome) -> Any:
        self._gathered.append(outcome)
        if len(self._gathered) >= min(ENOUGH, self._in_flight() - self._being_written):
            self._is_enough.set()
        if self._gathering is None:
            # In no context of anybody's: it writes for all of them.
            self._gathering = asyncio.create_task(self._gather(), name="settling", context=Context())
        return await outcome.written

    async def _gather(self) -> None:
        try:
            while self._gathered:
                with suppress(TimeoutError):  # the usual case
                    await asyncio.wait_for(self._is_enough.wait(), GATHER_SECONDS)
                self._is_enough.clear()
                batch, self._gathered = [one for one in self._gathered if not one.written.done()], []
                self._being_written = len(batch)
                if batch:
                    await self._write(batch)
                self._being_written = 0
        finally:
            self._gathering = None
            self._being_written = 0

    async def _write(self, batch: Sequence[_Outcome]) -> None:
        """All in one transaction; when that fails each in its own, so that no row's fault is another's.

        Those are not waited for: a row that cannot be written holds up nobody.
        """
        if len(batch) > 1:
            try:
                await self._write_together(batch)
            except Exception:  # told apart below: only whoever fails alone has failed
                log.warning("notifications-not-settled-together", rows=len(batch), exc_info=True)
            else:
                return
        for outcome in batch:
            task = asyncio.create_task(self._write_alone(outcome), context=Context())
            self._alone.add(task)
            task.add_done_callback(partial(self._end_alone, outcome))

    def _end_alone(self, outcome: _Outcome, task: asyncio.Task[None]) -> None:
        self._alone.discard(task)
        error = None if task.cancelled() else task.exception()
        if outcome.written.done():
            return
        if error is None:
            outcome.written.set_result(None)
        else:
            outcome.written.set_exception(error)

    async def _write_together(self, batch: Sequence[_Outcome]) -> None:
        async with self._db.write() as session:
            now = self._clock.now()
            sent = [(one.notification, one.messages) for one in batch if one.settle is None]
            if sent:
                await notifications.settle_all_sent(session, sent, now=now)
            given = [None if one.settle is None else await one.settle(session, now) for one in batch]
        for one, gave in zip(batch, given, strict=True):
            if not one.written.done():
                one.written.set_result(gave)

    async def _write_alone(self, outcome: _Outcome) -> None:
        structlog.contextvars.bind_contextvars(notification_id=outcome.notification.id, kind=outcome.notification.kind)
        for pause in (*SETTLE_PAUSES, None):
            try:
                await self._write_together([outcome])
            except DATABASE_ERRORS as error:
                log.error("notification-not-settled", reason=type(error).__name__, retry_in_seconds=pause)
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                return
