"""How far ahead to claim: as much as leaves in the next moment, whoever sets the speed (our limiter, Telegram, the network)."""

from __future__ import annotations

AHEAD_SECONDS = 0.7
"""What is claimed and has not left is in doubt after a crash, and is no longer taken back at a stroke: so it is little."""

LEAST, MOST = 10, 200

PERIOD_SECONDS = 0.25


class Pace:
    """Counts those that leave. Moments are the loop's."""

    def __init__(self) -> None:
        self._since = 0.0
        self._left = 0
        self._rate = 0.0

    def leaves(self) -> None:
        """One more has left."""
        self._left += 1

    def ahead(self, now: float) -> int:
        """How many may wait for their turn."""
        passed = now - self._since
        if passed >= PERIOD_SECONDS:
            self._since, self._left, self._rate = now, 0, self._left / passed
        rate = max(self._rate, self._left / PERIOD_SECONDS)
        return max(LEAST, min(MOST, round(rate * AHEAD_SECONDS)))
