"""APScheduler is the clock: one tick that wakes whoever does what is due, a look each minute, a night. The memory is the database.

Why so: docs/adr, telegram.md trap 6.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 5
WATCH_SECONDS = 60
NIGHT_HOUR, NIGHT_MINUTE = 3, 30
"""When the city sleeps."""

_ONCE: dict[str, Any] = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
"""One at a time; what was missed while the machine slept is done once, however late."""


def make_scheduler(wake: Callable[[], None]) -> AsyncIOScheduler:
    """A scheduler, not started, whose only job calls `wake()` every few seconds."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(wake, "interval", seconds=TICK_SECONDS, id="tick", **_ONCE)
    return scheduler


def add_housekeeping(
    scheduler: AsyncIOScheduler,
    *,
    watch: Callable[[], Awaitable[None]],
    tidy: Callable[[], Awaitable[None]],
    zone: tzinfo,
) -> None:
    """Have `watch()` run each minute and `tidy()` each night in `zone`."""
    scheduler.add_job(watch, "interval", seconds=WATCH_SECONDS, id="watch", **_ONCE)
    scheduler.add_job(tidy, "cron", hour=NIGHT_HOUR, minute=NIGHT_MINUTE, timezone=zone, id="tidy", **_ONCE)
