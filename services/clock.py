"""What time it is: the demo and the tests can move it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Gives the present moment. `shift` moves it (the demo's «время» control, tests); 0 in real life."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC) + self.shift
