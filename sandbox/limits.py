"""Telegram's sending limits as token buckets on real time.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second over
different chats, one a second in one chat with short bursts, 20 a minute in a group.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import real_seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send before 429; bursts are whole messages, rates are messages a second."""

    global_burst: float = 30
    global_rate: float = 30
    chat_burst: float = 20
    chat_rate: float = 1
    group_burst: float = 20
    group_rate: float = 20 / 60


@dataclass(slots=True)
class _Bucket:
    level: float
    seen: float


def _wait(lacking: float, rate: float) -> float:
    """Seconds until the lacking tokens are there; an hour from a bucket that never fills."""
    if lacking <= 1e-9:
        return 0.0
    return lacking / rate if rate > 0 else 3600.0


class Limiter:
    """Buckets of one world: one per bot and one per chat."""

    def __init__(self, limits: Limits | None, seconds: Callable[[], float] = real_seconds) -> None:
        self.limits = limits
        self._seconds = seconds
        self._buckets: dict[tuple[int, int], _Bucket] = {}

    def change(self, limits: Limits | None) -> None:
        """Set other limits (None: none at all) and start with full buckets."""
        self.limits = limits
        self._buckets.clear()

    def take(self, bot_id: int, chat_id: int, messages: int = 1) -> int:
        """Take tokens for `messages` to one chat; 0 if they may go, else whole seconds to wait (nothing is taken)."""
        if self.limits is None:
            return 0
        limits = self.limits
        group = chat_id < 0
        chat = (limits.group_burst, limits.group_rate) if group else (limits.chat_burst, limits.chat_rate)
        pairs = (
            self._filled((bot_id, 0), limits.global_burst, limits.global_rate),
            self._filled((bot_id, chat_id), *chat),
        )
        wait = max(_wait(messages - bucket.level, rate) for bucket, rate in pairs)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket, _ in pairs:
            bucket.level -= messages
        return 0

    def _filled(self, key: tuple[int, int], burst: float, rate: float) -> tuple[_Bucket, float]:
        now = self._seconds()
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        bucket.level = min(burst, bucket.level + (now - bucket.seen) * rate)
        bucket.seen = now
        return bucket, rate
