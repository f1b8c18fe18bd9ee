"""One queue for everything the bot sends: the platform's limits are kept before it has to say «too many requests».

About 30 messages a second for one bot, about one a second in one chat after a short burst, 20 a minute in a group (telegram.md).
Replies overtake what is told of consultations, that overtakes reminders, reminders overtake announcements; no capacity lies idle
in reserve. The limits are not written down anywhere and vary: after a «too many requests» everybody waits as long as it says, then
goes on slower, and gains the old speed again little by little.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, SendMediaGroup, TelegramMethod

from bot.shared_budget import SharedBudget, SharedTokens
from models import Priority

log = structlog.get_logger("bot.limiter")

BURST, BURST_SECONDS = 3, 0.02
"""How many sends may go at once, or what the rate gives in so short a time: enough to make up for timers that come late, little
beside what Telegram lets pass."""

CHAT_BURST, CHAT_RATE = 20.0, 1.0
GROUP_RATE = 20 / 60
KNOWN_CHATS = 2000
"""So many chats are remembered before those that have been silent for a while are forgotten."""
SWEEP_SECONDS = 1.0

SLOWER = 0.7
"""What remains of the rate after a «too many requests»: those that were refused together slow it down once."""
SLOWEST = 0.1
"""It never falls below this share of the whole rate."""
RECOVERY_SECONDS = 60.0
"""How long it would take from nothing to the whole rate: what one refusal took is back after a third of this."""

LONGEST_WAIT_SECONDS = 30
MOST_TRIES = 3
_LIMITED = ("send", "edit", "copy", "forward", "deleteMessage", "pin")
_FREE = ("sendChatAction",)
_ROUNDING = 1e-9


class NotSent(asyncio.CancelledError):
    """Cancelled while it waited for its turn: Telegram has not heard of it."""


class TooLate(Exception):
    """Its turn has come too late for what it says (`Passage.fresh_until`): Telegram has not heard of it, its place in the line is kept."""


@dataclass(slots=True)
class Passage:
    """One delivery on its way out: `priority`, and the place in the line, which is kept when a call is tried again.

    What it says is as the world was; it may go out until `fresh_until` (in the loop's time; None: whenever its turn comes). The
    first message that is out settles that: what follows belongs to it. `leaves` is called when a request goes to Telegram.
    """

    priority: Priority
    fresh_until: float | None = None
    leaves: Callable[[], None] | None = None
    place: int | None = None


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


@contextmanager
def sending(priority: Priority, passage: Passage | None = None) -> Iterator[None]:
    """Everything sent inside has this priority (or is part of this passage); outside, everything is a reply."""
    token = _passage.set(passage or Passage(priority))
    try:
        yield
    finally:
        _passage.reset(token)


async def note_leaving(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """A session middleware behind the limiter: from here on nobody knows whether Telegram has heard of it until it answers."""
    passage = _passage.get()
    if passage is not None and passage.leaves is not None:
        passage.leaves()
    return await make_request(bot, method)


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


@dataclass(slots=True)
class _Waiter:
    chat_id: int | str | None
    cost: int
    fresh_until: float | None
    turn: asyncio.Future[None]


_Place = tuple[int, int, int, _Waiter]
"""Priority, place in the line, a number that is never equal, and who waits there: compared from the left, so never as far as the last."""


class Limiter(BaseRequestMiddleware):
    """A session middleware. `rate` is messages a second over all chats.

    A 429 all the same holds everybody for as long as Telegram says, slows everybody down for a while and tries the same call again,
    at its old place in the line; one that asks for more than half a minute, or comes for the third time, is raised.
    """

    def __init__(self, rate: float) -> None:
        self._whole_rate = rate
        self._all: _Bucket | SharedTokens | None = None
        self._chats: dict[int | str, _Bucket] = {}
        self._waiting: list[_Place] = []
        self._numbers = itertools.count(1)
        self._held_until = 0.0
        self._slowed_at = -inf
        self._sweep_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def share(self, budget: SharedBudget) -> None:
        """From now on the rate is that of all processes of the bot together."""
        self._all = SharedTokens(self._whole_rate, budget, self._pump)

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Wait for the turn, then call. Raises NotSent when cancelled before that, TooLate when the turn comes too late."""
        name = method.__api_method__
        if name in _FREE or not name.startswith(_LIMITED):
            return await make_request(bot, method)
        loop = asyncio.get_running_loop()
        cost = len(method.media) if isinstance(method, SendMediaGroup) else 1
        passage = _passage.get() or Passage(Priority.REPLY)
        for attempt in range(1, MOST_TRIES + 1):
            await self._turn(passage, getattr(method, "chat_id", None), cost)
            left_at = loop.time()
            try:
                answer = await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                self._hold(left_at, refusal.retry_after)
                log.warning("too-many-requests", method=name, retry_after=refusal.retry_after, rate=self.rate)
                if refusal.retry_after > LONGEST_WAIT_SECONDS or attempt == MOST_TRIES:
                    raise
            else:
                passage.fresh_until = passage.place = None
                return answer
        raise AssertionError("the last try either gave an answer or raised")

    @property
    def rate(self) -> float:
        """Messages a second as things stand."""
        return self._whole_rate if self._all is None else self._all.rate

    def _hold(self, left_at: float, seconds: float) -> None:
        """Nobody goes for so long, then slower; what left before the last such refusal tells nothing new about the rate."""
        now = asyncio.get_running_loop().time()
        everyone = self._refilled(now)
        if left_at > self._slowed_at:
            self._slowed_at = now
            everyone.rate = max(self._whole_rate * SLOWEST, everyone.rate * SLOWER)
        self._held_until = max(self._held_until, now + seconds)
        if isinstance(everyone, SharedTokens):
            everyone.hold(seconds)

    async def _turn(self, passage: Passage, chat_id: int | str | None, cost: int) -> None:
        loop = asyncio.get_running_loop()
        number = next(self._numbers)
        if passage.place is None:
            passage.place = number
        if not self._waiting and self._goes_at_once(loop.time(), chat_id, cost):
            return
        turn: asyncio.Future[None] = loop.create_future()
        waiter = _Waiter(chat_id, cost, passage.fresh_until, turn)
        heapq.heappush(self._waiting, (int(passage.priority), passage.place, number, waiter))
        self._pump()
        try:
            await turn
        except asyncio.CancelledError as cancelled:
            raise NotSent(*cancelled.args) from cancelled

    def _goes_at_once(self, now: float, chat_id: int | str | None, cost: int) -> bool:
        """Nobody waits, and there are tokens: the usual case, and a cheap one."""
        everyone = self._refilled(now)
        if self._held_until > now or everyone.tokens < 1 - _ROUNDING or not self._takes(now, chat_id, cost):
            return False
        everyone.tokens -= cost
        self._forget_full(now)
        return True

    def _takes(self, now: float, chat_id: int | str | None, cost: int) -> bool:
        """Take the chat's own tokens, if it has enough."""
        if chat_id is None:
            return True
        chat = self._chat(chat_id, now)
        if chat.tokens < _needed(cost) - _ROUNDING:
            return False
        chat.tokens -= cost
        return True

    def _refilled(self, now: float) -> _Bucket | SharedTokens:
        """Everybody's bucket as it is now; its rate grows back once a hold is over."""
        everyone = self._all
        if everyone is None:
            burst = max(float(BURST), self._whole_rate * BURST_SECONDS)
            everyone = self._all = _Bucket(self._whole_rate, burst, burst, now)
            return everyone
        since = max(everyone.at, self._held_until)
        everyone.refill(now)
        if everyone.rate < self._whole_rate and now > since:
            gained = (now - since) * self._whole_rate / RECOVERY_SECONDS
            everyone.rate = min(self._whole_rate, everyone.rate + gained)
        return everyone

    def _pump(self) -> None:
        """Let go whoever's turn it is; come back when the next token falls in."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        aside: list[_Place] = []
        next_at = self._let_go(now, self._refilled(now), aside)
        for place in aside:
            heapq.heappush(self._waiting, place)
            waiter = place[-1]
            next_at = min(next_at, self._chat(waiter.chat_id, now).full_enough_at(_needed(waiter.cost)))
        if isinstance(self._all, SharedTokens):
            self._all.want(len(self._waiting))
        if self._waiting and next_at < float("inf"):
            self._timer = loop.call_at(next_at, self._pump)
        self._forget_full(now)

    def _let_go(self, now: float, everyone: _Bucket | SharedTokens, aside: list[_Place]) -> float:
        """Let go in order as long as there are tokens; whoever's chat must rest is put `aside`. Gives when there will be more."""
        if self._held_until > now:
            return self._held_until
        while self._waiting:
            if everyone.tokens < 1 - _ROUNDING:
                return everyone.full_enough_at(1)
            place = heapq.heappop(self._waiting)
            waiter = place[-1]
            if waiter.turn.done():  # cancelled meanwhile
                continue
            if waiter.fresh_until is not None and waiter.fresh_until < now:
                waiter.turn.set_exception(TooLate())
            elif not self._takes(now, waiter.chat_id, waiter.cost):
                aside.append(place)
            else:
                everyone.tokens -= waiter.cost
                waiter.turn.set_result(None)
        return inf

    def _chat(self, chat_id: int | str | None, now: float) -> _Bucket:
        if chat_id is None:
            raise ValueError("no chat has no limit of its own")
        bucket = self._chats.get(chat_id)
        if bucket is None:
            rate = GROUP_RATE if isinstance(chat_id, int) and chat_id < 0 else CHAT_RATE
            bucket = self._chats[chat_id] = _Bucket(rate, CHAT_BURST, CHAT_BURST, now)
        else:
            bucket.refill(now)
        return bucket

    def _forget_full(self, now: float) -> None:
        """A chat that has all its tokens again is like one never heard of."""
        if len(self._chats) > KNOWN_CHATS and now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            self._chats = {
                chat_id: bucket for chat_id, bucket in self._chats.items() if bucket.refill(now) < bucket.most
            }


def _needed(cost: int) -> float:
    """An album goes when the chat bears all of it."""
    return min(float(cost), CHAT_BURST)
