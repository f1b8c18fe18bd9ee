"""What a bot called, with what result, and what it did wrong in people's eyes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

KEPT = 10_000
MOST_CALLS = 2 * KEPT
"""No journal is longer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API. `summary` says in a line what it was about; `person_id` is whom it concerned."""

    method: str
    at: datetime
    seconds: float
    ok: bool
    error_code: int | None = None
    description: str | None = None
    summary: str = ""
    person_id: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a person would hold against the bot, such as a button that keeps spinning."""

    text: str
    at: datetime


class Journal:
    """The last calls and all faults of a world."""

    def __init__(self, now: Callable[[], datetime], emit: Callable[..., None]) -> None:
        self._now = now
        self._emit = emit
        self._number = 0
        self.calls: list[Call] = []
        self.faults: list[Fault] = []

    def call(
        self,
        method: str,
        seconds: float,
        *,
        error_code: int | None = None,
        description: str | None = None,
        summary: str = "",
        person_id: int | None = None,
    ) -> None:
        """Write a call down; the list keeps the last 10 000 or so."""
        self._number += 1
        call = Call(
            method,
            self._now(),
            seconds,
            error_code is None,
            error_code,
            description,
            summary,
            person_id,
            self._number,
        )
        self.calls.append(call)
        if len(self.calls) > MOST_CALLS:
            del self.calls[:KEPT]
        self._emit("call", call=call)

    def fault(self, text: str) -> None:
        """Write a fault down."""
        fault = Fault(text, self._now())
        self.faults.append(fault)
        self._emit("fault", fault=fault)
