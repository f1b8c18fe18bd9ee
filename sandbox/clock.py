"""Two times: the world's wall clock, which a person may move, and real seconds, which nobody moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_EPOCH = time.time() - time.monotonic()


def real_seconds() -> float:
    """Seconds since 1970 that never jump within a process and can still be compared after a restart.

    Life times of callback queries, the rate limiter and long polls use these: as on the real Telegram, they do not
    care what a visitor does with the «⏩ время» control.
    """
    return _EPOCH + time.monotonic()


def system_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class WorldClock:
    """Wall time of the world: some source of aware moments plus a shift that visitors move."""

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source or system_now
        self.offset = timedelta()

    def now(self) -> datetime:
        """The world's wall time; raises ValueError if the source gives a naive moment."""
        moment = self._source()
        if moment.tzinfo is None:
            raise ValueError("the world's clock must give aware moments")
        return moment.astimezone(UTC) + self.offset

    def timestamp(self) -> int:
        """The same in Telegram's whole Unix seconds."""
        return int(self.now().timestamp())
