"""One queue for everything the bot sends: the platform's limits are kept before it has to say «too many requests».

About 30 messages a second for one bot, about one a second in one chat after a short burst, 20 a minute in a group (telegram.md).
Replies overtake reminders, reminders overtake announcements; no capacity lies idle in reserve.
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

from bot.shared_budget import SharedBudget, SharedTokens
from models import Priority

log = structlog.get_logger("bot.limiter")

BURST = 3
"""How many sends may go at once: enough to make up for timers that come late, little beside what Telegram lets pass."""

CHAT_BURST, CHAT_RATE = 20.0, 1.0
GROUP_RATE = 20 / 60
KNOWN_CHATS = 2000
"""So many chats are remembered before those that have been silent for a while are forgotten."""
SWEEP_SECONDS = 1.0

LONGEST_WAIT_SECONDS = 30
MOST_TRIES = 3
_LIMITED = ("send", "edit", "copy", "forward", "deleteMessage", "pin")
_FREE = ("sendChatAction",)
_ROUNDING = 1e-9

_priority: ContextVar[Priority] = ContextVar("priority", default=Priority.REPLY)


class NotSent(asyncio.CancelledError):
    """Cancelled while it waited for its turn: Telegram has not heard of it."""


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
    """Tokens that come back at `rate` a second up to `most`. It may be overdrawn: then it takes as much longer."""

    rate: float
    most: float
    tokens: float
    at: float

    def refill(self, now: float) -> float:
        self.tokens = min(self.most, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens

    def full_enough_at(self, tokens: float) -> float:
        """When there will be so many tokens."""
        return self.at + (tokens - self.tokens) / self.rate


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
        self._all: _Bucket | SharedTokens | None = None
        self._chats: dict[int | str, _Bucket] = {}
        self._waiting: list[_Waiter] = []
        self._number = 0
        self._held_until = 0.0
        self._sweep_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def share(self, budget: SharedBudget) -> None:
        """From now on the rate is that of all processes of the bot together."""
        self._all = SharedTokens(self._rate, budget, self._pump)

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Wait for the turn, then call. Raises NotSent when cancelled before that."""
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
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
        if isinstance(self._all, SharedTokens):
            self._all.hold(seconds)

    async def _turn(self, chat_id: int | str | None, cost: int) -> None:
        self._number += 1
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, _Waiter(int(_priority.get()), self._number, chat_id, cost, turn))
        self._pump()
        try:
            await turn
        except asyncio.CancelledError as cancelled:
            raise NotSent(*cancelled.args) from cancelled

    def _pump(self) -> None:
        """Let go whoever's turn it is; come back when the next token falls in."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._all is None:
            self._all = _Bucket(self._rate, BURST, BURST, now)
        self._all.refill(now)
        aside: list[_Waiter] = []
        next_at = self._let_go(now, self._all, aside)
        for waiter in aside:
            heapq.heappush(self._waiting, waiter)
            next_at = min(next_at, self._chat(waiter.chat_id, now).full_enough_at(_needed(waiter)))
        if isinstance(self._all, SharedTokens):
            self._all.want(len(self._waiting))
        if self._waiting and next_at < float("inf"):
            self._timer = loop.call_at(next_at, self._pump)
        self._forget_full(now)

    def _let_go(self, now: float, everyone: _Bucket | SharedTokens, aside: list[_Waiter]) -> float:
        """Let go in order as long as there are tokens; whoever's chat must rest is put `aside`. Gives when there will be more."""
        if self._held_until > now:
            return self._held_until
        while self._waiting:
            if everyone.tokens < 1 - _ROUNDING:
                return everyone.full_enough_at(1)
            waiter = heapq.heappop(self._waiting)
            if waiter.turn.done():  # cancelled meanwhile
                continue
            if waiter.chat_id is not None:
                chat = self._chat(waiter.chat_id, now)
                if chat.tokens < _needed(waiter) - _ROUNDING:
                    aside.append(waiter)
                    continue
                chat.tokens -= waiter.cost
            everyone.tokens -= waiter.cost
            waiter.turn.set_result(None)
        return float("inf")

    def _chat(self, chat_id: int | str | None, now: float) -> _Bucket:
        if chat_id is None:
            raise ValueError("no chat has no limit of its own")
        bucket = self._chats.get(chat_id)
        if bucket is None:
            rate = GROUP_RATE if isinstance(chat_id, int) and chat_id < 0 else CHAT_RATE
            bucket = self._chats[chat_id] = _Bucket(rate, CHAT_BURST, CHAT_BURST, now)
        bucket.refill(now)
        return bucket

    def _forget_full(self, now: float) -> None:
        """A chat that has all its tokens again is like one never heard of."""
        if len(self._chats) > KNOWN_CHATS and now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            self._chats = {
                chat_id: bucket for chat_id, bucket in self._chats.items() if bucket.refill(now) < bucket.most
            }


def _needed(waiter: _Waiter) -> float:
    """An album goes when the chat bears all of it."""
    return min(float(waiter.cost), CHAT_BURST)
