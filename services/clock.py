"""What time it is: the demo and the tests can move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo


class Clock:
    """Gives the present moment. The demo's «время» control and the tests move it by `shift`; in real life it is 0.

    `zone` is where the centre's own clock hangs: working days begin and end by it.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.zone = zone
        self.shift = timedelta()
        self._on_move: list[Callable[[], None]] = []

    def move(self, shift: timedelta) -> None:
        """From now on the time is the real one plus `shift`; whoever waits for a moment is told."""
        self.shift = shift
        for call in self._on_move:
            call()

    def on_move(self, call: Callable[[], None]) -> None:
        """Have `call()` run whenever the time is moved."""
        self._on_move.append(call)

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC) + self.shift
