"""Sends what is due: claims rows, draws them anew, sends outside any transaction, settles each with its outcome.

APScheduler is the clock (`bot/scheduler.py` wakes it), the database is the memory: a crash is healed by the leases. Claiming, drawing
(`bot/drawer.py`) and settling (`bot/settler.py`) are done for many rows at a time; between them each row goes its own way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
)
from aiogram.types import Message

from bot.commands import ROLE_NOTICES, suit
from bot.drawer import Drawer, Drawing
from bot.limiter import NotSent, Passage, TooLate, sending
from bot.outcomes import Outcomes, pairs_of
from bot.pace import Pace
from bot.settler import Settler
from bot.supervisor import GIVE_BACK_SECONDS, STOP_SECONDS, keep_running
from handlers.changing import remove_messages, rewrite_messages
from handlers.show import send_screens, update_screen
from jobs import DRAWS, Later, Redraw, Remove, Rewrite, Stale
from jobs.notices import Then
from models import DATABASE_ERRORS, Database, Notification, Priority
from screens.screen import Screen
from services import notifications
from services.clock import Clock

log = structlog.get_logger("bot.sender")

AT_ONCE = 250
"""How many notifications are claimed together at most, each for another person: sent, on their way, or waiting for their turn."""

FEW = 15
"""With no more than so many in flight, the next are looked for as soon as one is done."""

GATHER_SECONDS = 0.45
"""With more in flight, places that become free are gathered for so long: a claim is not for one row, and who waits for their chat's
turn holds up nobody else."""

NEWS = 5
"""So many of these places are kept for what has just become due: it may be more pressing than all that waits."""

FRESH_SECONDS = 1.0
"""What was drawn longer ago than this when its turn comes is drawn anew: it may have been taken back meanwhile."""

WORTH_IT = 0.8
"""So much of what may wait is claimed at a time: a claim costs as much for ten rows as for one."""

RENEW_SECONDS = notifications.LEASE.total_seconds() / 3


@dataclass(slots=True, eq=False)
class _Delivery:
    """A claimed row on its way. It may be drawn again when its turn comes too late."""

    notification: Notification
    passage: Passage
    has_left: bool = False
    is_late: bool = False


class Sender:
    """One sender a process; several processes share the rows."""

    def __init__(self, db: Database, bot: Bot, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._drawer = Drawer(db, clock, zone=zone)
        self._settler = Settler(db, clock, in_flight=lambda: len(self._in_flight))
        self._outcomes = Outcomes(self._settler, clock)
        self._pace = Pace()
        self._woken = asyncio.Event()
        self._has_news = False
        self._gathering: asyncio.TimerHandle | None = None
        self._is_short = True  # there was less than was asked for: nothing waits but what is still in flight
        self._in_flight: dict[int, _Delivery] = {}  # by person: one at a time, so that all arrive as they were said
        self._waiting = 0  # so many of them have not left for Telegram yet
        self._late: list[Notification] = []
        db.after_commit(self._after_commit)

    def wake(self) -> None:
        """Something may be due: look at once, however few places are free."""
        self._has_news = True
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
                self._stop_gathering()
                tasks = {task for task in tasks if not task.done()}
                rows = self._late_again()
                room = max(self._room(), self._room_for_news())
                if room > 0:
                    self._has_news = False
                    claimed = await self._claim_safely(room)
                    self._is_short = len(claimed) < room
                    rows += claimed
                async for drawing in self._drawer.draw(rows):
                    tasks.add(self._start(drawing))
                woken = asyncio.ensure_future(self._woken.wait())
                await asyncio.wait({woken, stopped}, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stopped.cancel()
            self._stop_gathering()
            if tasks:
                _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
                for task in late:
                    task.cancel()
                if late:
                    await asyncio.wait(late, timeout=GIVE_BACK_SECONDS)
            for notification in self._late_again():  # nobody draws it anew any more
                del self._in_flight[notification.person_id]
                await self._give_back(notification, (), perhaps_sent=False)
            await self._settler.close()
            renewing.cancel()

    def _stop_gathering(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    async def send_due(self) -> int:
        """Send one batch of what is due now, at most one row a person, and wait for it. Gives how many rows were claimed."""
        claimed = await self._claim(AT_ONCE)
        rows = list(claimed)
        while rows:
            await asyncio.gather(*[self._start(drawing) async for drawing in self._drawer.draw(rows)])
            rows = self._late_again()
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
            rows = [delivery.notification for delivery in self._in_flight.values()]
            try:
                async with self._db.write() as session:
                    await notifications.renew(session, rows, leased_at=datetime.now(UTC))
            except DATABASE_ERRORS as error:
                log.warning("leases-not-renewed", reason=type(error).__name__)

    def _room(self) -> int:
        """How many more may be claimed now."""
        ahead = self._pace.ahead(asyncio.get_running_loop().time())
        return min(AT_ONCE - NEWS - len(self._in_flight), ahead - self._waiting)

    def _room_for_news(self) -> int:
        """How many may be claimed because something has become due."""
        return min(NEWS, AT_ONCE - len(self._in_flight)) if self._has_news else 0

    def _is_worth_a_claim(self) -> bool:
        """Whether so many places are free that it pays to look now."""
        if self._is_short:
            return len(self._in_flight) <= FEW
        return self._room() >= WORTH_IT * self._pace.ahead(asyncio.get_running_loop().time())

    def _has_room(self) -> None:
        """A place has become free: fill it, with others that become free meanwhile."""
        if self._has_news or self._is_worth_a_claim():
            self._woken.set()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._woken.set)

    def _late_again(self) -> list[Notification]:
        """What must be drawn anew; its people are still held."""
        late, self._late = self._late, []
        return late

    def _start(self, drawing: Drawing) -> asyncio.Task[None]:
        """Deliver a claimed row; when that is done its person's next one may be claimed."""
        notification = drawing.notification
        delivery = self._in_flight.get(notification.person_id)
        if delivery is None:
            delivery = self._in_flight[notification.person_id] = _Delivery(
                notification, Passage(Priority(notification.priority))
            )
        passage = delivery.passage
        passage.fresh_until = asyncio.get_running_loop().time() + FRESH_SECONDS
        passage.leaves = lambda: self._leaves(delivery)
        if not delivery.has_left:  # else it left once, was refused («too many requests») and is drawn anew
            self._waiting += 1
        task = asyncio.create_task(self._deliver(delivery, drawing), name=f"notification-{notification.id}")
        task.add_done_callback(lambda _: self._done(delivery))
        return task

    def _leaves(self, delivery: _Delivery) -> None:
        """Its first request goes to Telegram now."""
        if not delivery.has_left:
            delivery.has_left = True
            self._waiting -= 1
            self._pace.leaves()
            self._has_room()

    def _done(self, delivery: _Delivery) -> None:
        if not delivery.has_left:
            self._waiting -= 1
        if delivery.is_late:
            delivery.is_late = False
            self._late.append(delivery.notification)
            self.wake()
        else:
            del self._in_flight[delivery.notification.person_id]
            self._has_room()

    async def _deliver(self, delivery: _Delivery, drawing: Drawing) -> None:
        notification = drawing.notification
        structlog.contextvars.bind_contextvars(notification_id=notification.id, kind=notification.kind)
        sent = list[Message]()
        try:
            with sending(delivery.passage.priority, delivery.passage):
                await self._conclude(drawing, sent)
        except TooLate:
            delivery.is_late = True
        except asyncio.CancelledError as cancelled:
            await self._give_back(notification, sent, perhaps_sent=not isinstance(cancelled, NotSent))
            raise
        except (
            Exception
        ) as error:  # one row's fault (a drawer that fails) must not stop the others; retried, then failed
            log.exception("notification-failed")
            await self._outcomes.trouble(notification, type(error).__name__)

    async def _give_back(self, notification: Notification, sent: Sequence[Message], *, perhaps_sent: bool) -> None:
        """The bot stops: the row waits for the next start, which goes on after the messages that are out."""
        with suppress(*DATABASE_ERRORS):  # its lease runs out by itself
            async with self._db.write() as session:
                await notifications.keep_parts(session, notification, pairs_of(sent))
                began = bool(sent) or perhaps_sent
                await notifications.postpone(
                    session, notification, until=notification.next_at, began=began, perhaps_sent=perhaps_sent
                )

    async def _conclude(self, drawing: Drawing, sent: list[Message]) -> None:
        notification, drawn, then = drawing.notification, drawing.drawn, drawing.then
        if drawing.fault is not None:
            raise drawing.fault
        if drawing.is_blocked:
            await self._outcomes.blocked(notification)
        elif isinstance(drawn, Later):
            await self._outcomes.postpone(notification, drawn.until, then=then)
        elif drawing.chat_id is None or drawn is None or isinstance(drawn, Stale):
            await self._outcomes.dropped(notification, then, is_stale=isinstance(drawn, Stale))
        else:
            await self._send(notification, drawing.chat_id, drawn, then, drawing.already, sent)

    async def _send(
        self,
        notification: Notification,
        chat_id: int,
        drawn: list[Screen] | Redraw | Rewrite | Remove,
        then: Then | None,
        already: int,
        sent: list[Message],
    ) -> None:
        is_there = True
        try:
            match drawn:
                case Redraw():
                    is_there = await update_screen(self._bot, drawn.chat_id, drawn.message_id, drawn.screen)
                case Rewrite():
                    await rewrite_messages(
                        self._bot,
                        drawn.chat_id,
                        drawn.message_ids,
                        drawn.below,
                        drawn.screens,
                        files=drawn.files,
                        spare=drawn.spare,
                        already=already,
                        sent=sent,
                    )
                case Remove():
                    await remove_messages(self._bot, drawn.chat_id, drawn.message_ids, otherwise=drawn.otherwise)
                case _:
                    await send_screens(self._bot, chat_id, drawn, already=already, sent=sent)
        except TelegramAPIError as error:
            await self._outcomes.not_sent(notification, error, sent)
        else:
            await self._outcomes.sent(notification, sent, then if is_there else None)
            if notification.kind in ROLE_NOTICES:
                await suit(self._bot, self._db, notification.person_id)
