"""One queue for everything the bot sends: the platform's limits are kept before it has to say «too many requests».

About 30 messages a second for one bot, about one a second in one chat after a short burst (telegram.md). Replies overtake reminders,
reminders overtake announcements; no capacity lies idle in reserve.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, SendMediaGroup, TelegramMethod

from models import Priority

log = structlog.get_logger("bot.limiter")

CHAT_BURST = 20
CHAT_RATE = 1.0
SMOOTHING = 3
"""How many sends may go at once: small, so that our second and Telegram's never add up to more than the rate."""

LONGEST_WAIT_SECONDS = 30
MOST_TRIES = 3
_LIMITED = ("send", "edit", "copy", "forward", "delete", "pin")
_FREE = ("sendChatAction",)

_priority: ContextVar[Priority] = ContextVar("priority", default=Priority.REPLY)


@contextmanager
def sending(priority: Priority) -> Iterator[None]:
    """Everything sent inside has this priority; outside, everything is a reply."""
    token = _priority.set(priority)
    try:
        yield
    finally:
        _priority.reset(token)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float

    def refill(self, now: float, rate: float, most: float) -> float:
        self.tokens = min(most, self.tokens + (now - self.at) * rate)
        self.at = now
        return self.tokens


@dataclass(order=True, slots=True)
class _Waiter:
    priority: int
    number: int
    chat_id: int | str | None = field(compare=False)
    cost: int = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class Limiter(BaseRequestMiddleware):
    """A session middleware. `rate` is messages a second over all chats.

    A 429 all the same holds everybody for as long as Telegram says and tries the same call again; one that asks for more than half
    a minute, or comes for the third time, is raised.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._all: _Bucket | None = None
        self._chats: dict[int | str, _Bucket] = {}
        self._waiting: list[_Waiter] = []
        self._number = 0
        self._held_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Wait for the turn, then call."""
        name = method.__api_method__
        if name in _FREE or not name.startswith(_LIMITED):
            return await make_request(bot, method)
        cost = len(method.media) if isinstance(method, SendMediaGroup) else 1
        for attempt in range(1, MOST_TRIES + 1):
            await self._turn(getattr(method, "chat_id", None), cost)
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                self._hold(refusal.retry_after)
                log.warning("too-many-requests", method=name, retry_after=refusal.retry_after)
                if refusal.retry_after > LONGEST_WAIT_SECONDS or attempt == MOST_TRIES:
                    raise
        raise AssertionError("the last try either gave an answer or raised")

    def _hold(self, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._held_until = max(self._held_until, now + seconds)

    async def _turn(self, chat_id: int | str | None, cost: int) -> None:
        loop = asyncio.get_running_loop()
        self._number += 1
        waiter = _Waiter(int(_priority.get()), self._number, chat_id, cost, loop.create_future())
        heapq.heappush(self._waiting, waiter)
        self._pump()
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if not waiter.turn.done():
                waiter.turn.cancel()
            raise

    def _pump(self) -> None:
        """Let go whoever's turn it is; come back when the next token falls in."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._all = self._all or _Bucket(SMOOTHING, now)
        self._all.refill(now, self._rate, SMOOTHING)
        aside: list[_Waiter] = []
        next_at = self._held_until if self._held_until > now else None
        while self._waiting and next_at is None:
            if self._all.tokens < 1:
                next_at = now + (1 - self._all.tokens) / self._rate
                break
            waiter = heapq.heappop(self._waiting)
            if waiter.turn.done():
                continue
            chat = self._chat(waiter.chat_id, now)
            if chat is not None and chat.tokens < 1:
                aside.append(waiter)
                continue
            self._all.tokens -= waiter.cost
            if chat is not None:
                chat.tokens -= waiter.cost
            waiter.turn.set_result(None)
        if aside:
            soonest = min(
                now + (1 - chat.tokens) / CHAT_RATE for w in aside if (chat := self._chat(w.chat_id, now)) is not None
            )
            next_at = min(next_at, soonest) if next_at is not None else soonest
            for waiter in aside:
                heapq.heappush(self._waiting, waiter)
        if self._waiting and next_at is not None:
            self._timer = loop.call_at(next_at, self._pump)
        self._forget_full(now)

    def _chat(self, chat_id: int | str | None, now: float) -> _Bucket | None:
        if chat_id is None:
            return None
        bucket = self._chats.setdefault(chat_id, _Bucket(CHAT_BURST, now))
        bucket.refill(now, CHAT_RATE, CHAT_BURST)
        return bucket

    def _forget_full(self, now: float) -> None:
        if len(self._chats) > 2000:
            self._chats = {
                chat_id: bucket
                for chat_id, bucket in self._chats.items()
                if bucket.refill(now, CHAT_RATE, CHAT_BURST) < CHAT_BURST
            }
