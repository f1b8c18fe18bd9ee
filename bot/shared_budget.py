"""Several processes of one bot share Telegram's thirty a second: each takes a few sends at a time from a row of the database.

Only PostgreSQL and only behind a webhook, where there can be several (docs/adr/0016). An idle process takes nothing, so that nothing
lies in reserve.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import structlog
from sqlalchemy import text

from models import DATABASE_ERRORS, Database

log = structlog.get_logger("bot.shared_budget")

CHUNK_SECONDS = 1 / 6
"""A process takes so much of a second at a time: a reply of another process waits no longer than two such pieces."""

KEPT = 3.0
"""What was taken and not used at once may be used later up to so many: as the burst of a process that is alone."""

AWAY_SECONDS = 1.0
"""While the database is away, so long is each piece that a process grants itself."""

_TAKE = text(
    "UPDATE send_budget SET given_until = greatest(given_until, clock_timestamp()) + make_interval(secs => :seconds)"
    " RETURNING extract(epoch FROM given_until - clock_timestamp())"
)
_HOLD = text(
    "UPDATE send_budget SET given_until = greatest(given_until, clock_timestamp() + make_interval(secs => :seconds))"
)


class SharedBudget:
    """The row, as one process sees it."""

    def __init__(self, db: Database) -> None:
        if db.is_sqlite:
            raise ValueError("SQLite serves one process: there is nobody to share with")
        self._db = db

    async def take(self, seconds: float) -> float:
        """Take the next sends, as many as go in `seconds`. Gives how many seconds from now the last of this time is over."""
        async with self._db.write() as session:
            return float((await session.execute(_TAKE, {"seconds": seconds})).scalar_one())

    async def hold(self, seconds: float) -> None:
        """Telegram said «too many requests»: nobody takes any for so long."""
        async with self._db.write() as session:
            await session.execute(_HOLD, {"seconds": seconds})


class SharedTokens:
    """Tokens for the limiter, taken from a `SharedBudget` in pieces. `kick()` is called when new ones have come.

    The same face as the limiter's own bucket. A token may be overdrawn: then as many more are taken.
    """

    def __init__(self, rate: float, budget: SharedBudget, kick: Callable[[], None]) -> None:
        self.rate = rate
        self.tokens = 0.0
        self.at = 0.0
        self._budget = budget
        self._kick = kick
        self._ripe_at: deque[float] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._holding = set[asyncio.Task[None]]()

    def refill(self, now: float) -> float:
        """The tokens that may be used at `now` (the loop's time)."""
        while self._ripe_at and self._ripe_at[0] <= now:
            self._ripe_at.popleft()
            self.tokens = min(KEPT, self.tokens + 1)
        self.at = now
        return self.tokens

    def full_enough_at(self, tokens: float) -> float:
        """When there will be so many; infinity when they are not taken yet: `kick()` tells."""
        missing = int(tokens - self.tokens + 0.999)
        return self._ripe_at[missing - 1] if 0 < missing <= len(self._ripe_at) else float("inf")

    def want(self, waiting: int) -> None:
        """So many messages wait. Takes the next piece when half of the last one is used up."""
        piece = max(1, round(self.rate * CHUNK_SECONDS))
        at_hand = self.tokens + len(self._ripe_at)
        if waiting <= at_hand or at_hand > piece / 2 or self._taking is not None:
            return
        number = min(piece, waiting - int(at_hand))
        self._taking = asyncio.get_running_loop().create_task(self._take(number), name="send-budget")

    def hold(self, seconds: float) -> None:
        """Tell the other processes to hold for so long too."""
        task = asyncio.get_running_loop().create_task(self._hold(seconds), name="send-budget-hold")
        self._holding.add(task)
        task.add_done_callback(self._holding.discard)

    async def _take(self, number: int) -> None:
        seconds = number / self.rate
        try:
            over_in = await self._budget.take(seconds)
        except DATABASE_ERRORS as error:  # better a little too fast for Telegram than silent
            log.warning("budget-not-shared", reason=type(error).__name__)
            number = max(1, round(AWAY_SECONDS * self.rate))
            seconds = over_in = AWAY_SECONDS
        finally:
            self._taking = None
        last = self._ripe_at[-1] if self._ripe_at else 0.0
        begin = asyncio.get_running_loop().time() + over_in - seconds
        self._ripe_at.extend(max(last, begin + place / self.rate) for place in range(number))
        self._kick()

    async def _hold(self, seconds: float) -> None:
        with suppress(*DATABASE_ERRORS):  # this process holds anyway, and the others hear the same from Telegram
            await self._budget.hold(seconds)
