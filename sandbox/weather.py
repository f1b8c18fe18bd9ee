"""Faults that come by chance: shares of a method's calls that fail, the same ones each time for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Literal

Mishap = int | Literal["drop", "break"]
"""An HTTP status of a refusal; «drop»: the deed is done and the answer lost; «break»: the connection breaks before the deed."""


class Weather:
    """What becomes of the calls of one method: `shares` says how often each mishap happens, the rest goes well.

    Raises ValueError when the shares are no shares.
    """

    def __init__(self, method: str, shares: Mapping[Mishap, float], *, seed: int, retry_after: int = 1) -> None:
        if any(not 0 <= share <= 1 for share in shares.values()) or sum(shares.values()) > 1:
            raise ValueError("shares lie between 0 and 1, all of them together too")
        self.method = method.lower()
        self.retry_after = retry_after
        self.happened: Counter[Mishap] = Counter()
        """How often each mishap came so far."""
        self._shares = dict(shares)
        self._random = Random(seed)  # chance for a test, not for a secret

    def mishap(self, method: str) -> Mishap | None:
        """What happens to this call."""
        if method.lower() != self.method:
            return None
        point = self._random.random()
        for mishap, share in self._shares.items():
            point -= share
            if point < 0:
                self.happened[mishap] += 1
                return mishap
        return None
