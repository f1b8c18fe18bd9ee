"""APScheduler is the clock: one tick that wakes whoever does what is due. The memory is the database (docs/adr, telegram.md trap 6)."""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 5


def make_scheduler(wake: Callable[[], None]) -> AsyncIOScheduler:
    """A scheduler, not started, whose only job calls `wake()` every few seconds."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        wake, "interval", seconds=TICK_SECONDS, id="tick", max_instances=1, coalesce=True, misfire_grace_time=None
    )
    return scheduler
