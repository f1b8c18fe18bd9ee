"""Sends what is due: claims rows, draws them anew, sends outside any transaction, settles each with its outcome.

APScheduler is the clock (`bot/scheduler.py` wakes it), the database is the memory: a crash is healed by the leases.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.types import Message

from bot.limiter import sending
from handlers.show import send_screens, update_screen
from jobs import DRAWS, UNREACHED, Later, Redraw
from models import Database, Notification, Person, Priority
from screens.l10n import L10n, language_of
from screens.screen import Screen
from services import notifications
from services.clock import Clock

log = structlog.get_logger("bot.sender")

AT_ONCE = 30
"""How many notifications are claimed, and in flight, together: well under the 100 connections of a session."""

_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class Sender:
    """One sender a process; several processes share the rows."""

    def __init__(self, db: Database, bot: Bot, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._woken = asyncio.Event()
        db.after_commit(self._after_commit)

    def wake(self) -> None:
        """Something may be due: look."""
        self._woken.set()

    def _after_commit(self, notes: dict[str, Any]) -> None:
        if notes.get(notifications.DUE_SOON):
            self.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; what is in flight then is finished."""
        stopped = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._woken.clear()
                try:
                    busy = await self.send_due()
                except Exception:  # the last net: the next tick tries again, nothing is lost
                    log.exception("sender-failed")
                    busy = 0
                if busy:
                    continue
                woken = asyncio.ensure_future(self._woken.wait())
                await asyncio.wait({woken, stopped}, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stopped.cancel()

    async def send_due(self) -> int:
        """Send one batch of what is due now. Gives how many rows were claimed."""
        async with self._db.write() as session:
            claimed = await notifications.claim(
                session, now=self._clock.now(), leased_at=datetime.now(UTC), limit=AT_ONCE
            )
        if claimed:
            await asyncio.gather(*(self._deliver_in_order(rows) for rows in _by_person(claimed)))
        return len(claimed)

    async def _deliver_in_order(self, notifications_of_one: Sequence[Notification]) -> None:
        """What is said to one person arrives in the order in which it was said."""
        for notification in notifications_of_one:
            await self._deliver(notification)

    async def _deliver(self, notification: Notification) -> None:
        try:
            with sending(Priority(notification.priority)):
                await self._try(notification)
        except Exception as error:  # one row's fault must not stop the others; it is retried, then failed
            log.exception("notification-failed", notification_id=notification.id, kind=notification.kind)
            await self._trouble(notification, type(error).__name__)

    async def _try(self, notification: Notification) -> None:
        now = self._clock.now()
        async with self._db.read() as session:
            person = await session.get(Person, notification.person_id)
            if person is None or person.telegram_id is None:
                drawn = None
            else:
                zone = ZoneInfo(person.time_zone) if person.time_zone else self._zone
                quiet = None if notification.urgent else notifications.quiet_until(now, zone)
                t = L10n(language_of(person.language_code, person.telegram_language), zone)
                draw = DRAWS[notification.kind]
                drawn = None if quiet else await draw(session, notification, person, t, now)
        if person is None or person.telegram_id is None:
            await self._cancelled(notification)
        elif quiet is not None:
            async with self._db.write() as session:
                await notifications.postpone(session, notification, until=quiet)
        elif person.blocked_at is not None:
            await self._blocked(notification)
        elif drawn is None:
            await self._cancelled(notification)
        elif isinstance(drawn, Later):
            async with self._db.write() as session:
                await notifications.postpone(session, notification, until=drawn.until)
        else:
            await self._send(notification, person.telegram_id, drawn)

    async def _send(self, notification: Notification, chat_id: int, drawn: list[Screen] | Redraw) -> None:
        try:
            messages = await self._say(chat_id, drawn)
        except TelegramForbiddenError:
            await self._blocked(notification)
        except TelegramRetryAfter as refusal:
            until = self._clock.now() + timedelta(seconds=refusal.retry_after)
            async with self._db.write() as session:
                await notifications.postpone(session, notification, until=until)
        except TelegramBadRequest as refusal:
            if any(words in refusal.message.lower() for words in _GONE):
                await self._blocked(notification)
            else:
                log.error("notification-refused", notification_id=notification.id, reason=refusal.message)
                await self._trouble(notification, refusal.message)
        except TelegramAPIError as error:
            log.warning("notification-delayed", notification_id=notification.id, reason=str(error))
            await self._trouble(notification, str(error))
        else:
            async with self._db.write() as session:
                pairs = [(message.chat.id, message.message_id) for message in messages]
                await notifications.settle_sent(session, notification, pairs, now=self._clock.now())

    async def _say(self, chat_id: int, drawn: list[Screen] | Redraw) -> Sequence[Message]:
        if isinstance(drawn, Redraw):
            await update_screen(self._bot, drawn.chat_id, drawn.message_id, drawn.screen)
            return ()
        return await send_screens(self._bot, chat_id, drawn)

    async def _blocked(self, notification: Notification) -> None:
        now = self._clock.now()
        async with self._db.write() as session:
            await notifications.settle_blocked(session, notification, now=now)
            tell = UNREACHED.get(notification.kind)
            if tell is not None:
                await tell(session, notification, now)

    async def _cancelled(self, notification: Notification) -> None:
        async with self._db.write() as session:
            await notifications.settle_cancelled(session, notification, now=self._clock.now())

    async def _trouble(self, notification: Notification, error: str) -> None:
        async with self._db.write() as session:
            again = await notifications.settle_trouble(session, notification, error, now=self._clock.now())
        if not again:
            log.error("notification-given-up", notification_id=notification.id, kind=notification.kind, reason=error)


def _by_person(claimed: Sequence[Notification]) -> list[list[Notification]]:
    rows: dict[int, list[Notification]] = {}
    for notification in claimed:
        rows.setdefault(notification.person_id, []).append(notification)
    return list(rows.values())
