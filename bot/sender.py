"""Sends what is due: claims rows, draws them anew, sends outside any transaction, settles each with its outcome.

APScheduler is the clock (`bot/scheduler.py` wakes it), the database is the memory: a crash is healed by the leases.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import ROLE_NOTICES, suit
from bot.limiter import NotSent, sending
from bot.patience import reason
from bot.supervisor import GIVE_BACK_SECONDS, STOP_SECONDS, keep_running
from handlers.show import send_screens, update_screen
from jobs import DRAWS, UNREACHED, Later, Redraw, Stale
from jobs.notices import Drawn
from models import DATABASE_ERRORS, Database, Notification, Person, Priority
from screens.l10n import L10n, language_of
from screens.screen import Screen
from services import notifications, policy
from services.clock import Clock

log = structlog.get_logger("bot.sender")

AT_ONCE = 30
"""How many notifications are in flight together, each to another person: well under the 100 connections of a session."""

LOW_WATER = AT_ONCE // 2
"""So few in flight, and the next are claimed at once: the limiter always has somebody waiting."""

GATHER_SECONDS = 0.2
"""With more in flight, places that become free are gathered for so long: a claim is not for one row, and who waits for their chat's
turn holds up nobody else."""

RENEW_SECONDS = notifications.LEASE.total_seconds() / 3

SETTLE_PAUSES = (0.1, 0.5, 2.0, 5.0)
"""A message that is out must be settled, or it goes out again: the database gets another chance after these seconds."""

_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
_NEVER_CONNECTED = ("clientconnectorerror", "proxyconnectionerror", "clientconnectordnserror")

Settle = Callable[[AsyncSession, datetime], Awaitable[Any]]


class Sender:
    """One sender a process; several processes share the rows."""

    def __init__(self, db: Database, bot: Bot, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._woken = asyncio.Event()
        self._in_flight: dict[int, Notification] = {}  # by person: one at a time, so that all arrive as they were said
        db.after_commit(self._after_commit)

    def wake(self) -> None:
        """Something may be due: look."""
        self._woken.set()

    def _after_commit(self, notes: dict[str, Any]) -> None:
        if notes.get(notifications.DUE_SOON):
            self.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; what is in flight then gets `STOP_SECONDS` to finish, the rest is given back."""
        await self._tell_unknown_kinds()
        tasks: set[asyncio.Task[None]] = set()
        stopped = asyncio.ensure_future(stop.wait())
        renewing = asyncio.create_task(keep_running("leases", self._renew_leases, asyncio.Event()), name="leases")
        try:
            while not stop.is_set():
                self._woken.clear()
                tasks = {task for task in tasks if not task.done()}
                if len(tasks) < AT_ONCE:
                    claimed = await self._claim_safely(AT_ONCE - len(tasks))
                    tasks |= {self._start(notification) for notification in claimed}
                # Something has become due, or somebody has got theirs: there may be a next one, for them or in their place.
                woken = asyncio.ensure_future(self._woken.wait())
                await asyncio.wait({woken, stopped}, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
                if len(self._in_flight) > LOW_WATER:
                    await asyncio.wait({stopped}, timeout=GATHER_SECONDS)
        finally:
            stopped.cancel()
            if tasks:
                _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
                for task in late:
                    task.cancel()
                if late:
                    await asyncio.wait(late, timeout=GIVE_BACK_SECONDS)
            renewing.cancel()

    async def send_due(self) -> int:
        """Send one batch of what is due now, at most one row a person, and wait for it. Gives how many rows were claimed."""
        claimed = await self._claim(AT_ONCE)
        await asyncio.gather(*(self._start(notification) for notification in claimed))
        return len(claimed)

    async def _claim(self, limit: int) -> Sequence[Notification]:
        async with self._db.write() as session:
            return await notifications.claim(
                session,
                now=self._clock.now(),
                leased_at=datetime.now(UTC),
                limit=limit,
                kinds=DRAWS.keys(),
                besides=self._in_flight.keys(),
            )

    async def _claim_safely(self, limit: int) -> Sequence[Notification]:
        try:
            return await self._claim(limit)
        except DATABASE_ERRORS:  # the database is away: the next tick tries again, nothing is lost
            log.exception("nothing-claimed")
            return ()

    async def _tell_unknown_kinds(self) -> None:
        with suppress(*DATABASE_ERRORS):  # only a note for the operator
            async with self._db.read() as session:
                unknown = await notifications.unknown_kinds(session, DRAWS.keys())
            if unknown:
                log.warning("notifications-of-unknown-kinds", kinds=unknown)

    async def _renew_leases(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if not self._in_flight:
                continue
            try:
                async with self._db.write() as session:
                    await notifications.renew(session, self._in_flight.values(), leased_at=datetime.now(UTC))
            except DATABASE_ERRORS as error:
                log.warning("leases-not-renewed", reason=type(error).__name__)

    def _start(self, notification: Notification) -> asyncio.Task[None]:
        """Deliver a claimed row; when that is done its person's next one may be claimed."""
        self._in_flight[notification.person_id] = notification
        task = asyncio.create_task(self._deliver(notification), name=f"notification-{notification.id}")

        def forget(_: asyncio.Task[None]) -> None:
            del self._in_flight[notification.person_id]
            self.wake()

        task.add_done_callback(forget)
        return task

    async def _deliver(self, notification: Notification) -> None:
        structlog.contextvars.bind_contextvars(notification_id=notification.id, kind=notification.kind)
        sent = list[Message]()
        try:
            with sending(Priority(notification.priority)):
                await self._try(notification, sent)
        except asyncio.CancelledError as cancelled:
            await self._give_back(notification, sent, perhaps_sent=not isinstance(cancelled, NotSent))
            raise
        except (
            Exception
        ) as error:  # one row's fault (a drawer that fails) must not stop the others; retried, then failed
            log.exception("notification-failed")
            await self._trouble(notification, type(error).__name__)

    async def _give_back(self, notification: Notification, sent: Sequence[Message], *, perhaps_sent: bool) -> None:
        """The bot stops: the row waits for the next start, which goes on after the messages that are out."""
        with suppress(*DATABASE_ERRORS):  # its lease runs out by itself
            async with self._db.write() as session:
                await notifications.keep_parts(session, notification, _pairs(sent))
                began = bool(sent) or perhaps_sent
                await notifications.postpone(
                    session, notification, until=notification.next_at, began=began, perhaps_sent=perhaps_sent
                )

    async def _try(self, notification: Notification, sent: list[Message]) -> None:
        now = self._clock.now()
        drawn: Drawn = None
        quiet: datetime | None = None
        already = 0
        async with self._db.read() as session:
            person = await session.get(Person, notification.person_id)
            if person is not None and person.telegram_id is not None and policy.may_be_told(person):
                zone = ZoneInfo(person.time_zone) if person.time_zone else self._zone
                quiet = None if notification.urgent else notifications.quiet_until(now, zone)
                if quiet is None:
                    t = L10n(language_of(person.language_code, person.telegram_language), zone)
                    drawn = await DRAWS[notification.kind](session, notification, person, t, now)
                    already = await notifications.get_parts(session, notification) if notification.attempts > 1 else 0
        if person is not None and person.blocked_at is not None:
            await self._blocked(notification)
        elif quiet is not None:
            await self._postpone(notification, quiet)
        elif person is None or person.telegram_id is None or drawn is None:
            await self._settle(lambda session, now: notifications.settle_cancelled(session, notification, now=now))
        elif isinstance(drawn, Stale):
            log.info("notification-stale", due_at=notification.due_at)
            await self._settle(
                lambda session, now: notifications.settle_cancelled(session, notification, now=now, is_stale=True)
            )
        elif isinstance(drawn, Later):
            await self._postpone(notification, drawn.until)
        else:
            await self._send(notification, person.telegram_id, drawn, already, sent)

    async def _send(
        self,
        notification: Notification,
        chat_id: int,
        drawn: list[Screen] | Redraw,
        already: int,
        sent: list[Message],
    ) -> None:
        try:
            if isinstance(drawn, Redraw):
                await update_screen(self._bot, drawn.chat_id, drawn.message_id, drawn.screen)
            else:
                await send_screens(self._bot, chat_id, drawn, already=already, sent=sent)
        except TelegramAPIError as error:
            await self._not_sent(notification, error, sent)
        else:
            pairs = _pairs(sent)
            await self._settle(lambda session, now: notifications.settle_sent(session, notification, pairs, now=now))
            if notification.kind in ROLE_NOTICES:
                await suit(self._bot, self._db, notification.person_id)

    async def _not_sent(self, notification: Notification, error: TelegramAPIError, sent: Sequence[Message]) -> None:
        """Telegram said no, later, or nothing. What went out before is kept, so that it is not sent again."""
        await self._keep(notification, sent)
        match error:
            case TelegramForbiddenError():
                await self._blocked(notification)
            case TelegramRetryAfter(retry_after=seconds):
                await self._postpone(notification, self._clock.now() + timedelta(seconds=seconds), began=bool(sent))
            case TelegramBadRequest() if any(words in error.message.lower() for words in _GONE):
                await self._blocked(notification)
            case TelegramNetworkError() | TelegramServerError() if not isinstance(error, TelegramEntityTooLarge):
                log.warning("notification-delayed", reason=reason(error))
                await self._trouble(
                    notification,
                    reason(error),
                    most_attempts=notifications.NETWORK_ATTEMPTS,
                    perhaps_sent=not any(words in reason(error).lower() for words in _NEVER_CONNECTED),
                )
            case _:
                log.error("notification-refused", reason=reason(error))
                await self._trouble(notification, reason(error), most_attempts=notifications.REFUSED_ATTEMPTS)

    async def _keep(self, notification: Notification, sent: Sequence[Message]) -> None:
        pairs = _pairs(sent)
        if pairs:
            await self._settle(lambda session, now: notifications.keep_parts(session, notification, pairs))

    async def _postpone(self, notification: Notification, until: datetime, *, began: bool = False) -> None:
        await self._settle(lambda session, now: notifications.postpone(session, notification, until=until, began=began))

    async def _blocked(self, notification: Notification) -> None:
        """Whoever else this concerns hears of it in the same transaction."""

        async def settle(session: AsyncSession, now: datetime) -> None:
            tell = UNREACHED.get(notification.kind)
            if await notifications.settle_blocked(session, notification, now=now) and tell is not None:
                await tell(session, notification, now)

        await self._settle(settle)

    async def _trouble(
        self,
        notification: Notification,
        error: str,
        *,
        most_attempts: int = notifications.MOST_ATTEMPTS,
        perhaps_sent: bool = False,
    ) -> None:
        again = await self._settle(
            lambda session, now: notifications.settle_trouble(
                session, notification, error, now=now, most_attempts=most_attempts, perhaps_sent=perhaps_sent
            )
        )
        if again is False:
            log.error("notification-given-up", reason=error)

    async def _settle(self, settle: Settle) -> Any:
        """Write the outcome down, whatever the database says meanwhile; at last the lease is left to run out."""
        for pause in (*SETTLE_PAUSES, None):
            try:
                async with self._db.write() as session:
                    return await settle(session, self._clock.now())
            except DATABASE_ERRORS as error:
                log.error("notification-not-settled", reason=type(error).__name__, retry_in_seconds=pause)
                if pause is not None:
                    await asyncio.sleep(pause)
        return None


def _pairs(messages: Sequence[Message]) -> list[tuple[int, int]]:
    return [(message.chat.id, message.message_id) for message in messages]
