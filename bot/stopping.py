"""Waits that end at once when the bot is told to stop."""

from __future__ import annotations

import asyncio
from typing import Any


async def unless_stopped(task: asyncio.Future[Any], stop: asyncio.Event, seconds: float | None = None) -> bool:
    """Wait for `task`, at most so long; False when `stop` is set, or the time is over, first."""
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopped}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    return task.done()


async def rest(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long; False when `stop` is set."""
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({stopped}, timeout=seconds)
    stopped.cancel()
    return not stop.is_set()
