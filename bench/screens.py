"""How long the database works for each screen, at growing sizes of a region: `python -m bench.screens [participants …]`.

Whole updates go through the whole dispatcher, with Telegram left out; what is counted is the time that SQLite works for all statements
of a screen. The promise is 20 ms at the 95th of a hundred. With `--slow` the slowest statement of each screen above it is told too,
with `--quick` a handful of looks must do.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
import uvloop
from aiogram.types import Update

from bench.null import TOKEN, NullSession
from bench.region import fill
from bench.region.shape import ADMINISTRATOR, Region, telegram_id
from bench.sights import Sight, sights
from bot import app, migrations
from bot.settings import Settings
from models import Database
from services.clock import Clock
from tests.support.statements import Statements, listening

SIZES = (1_000, 10_000, 100_000)
ROUNDS, QUICK = 20, 4
PROMISED = 0.020


@dataclass
class Seen:
    """A sight with what it took: seconds of the database, and how many statements."""

    sight: Sight
    seconds: list[float] = field(default_factory=list)
    statements: set[int] = field(default_factory=set)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def p95(self) -> float:
        """The 95th of a hundred."""
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


class Served:
    """A region behind a dispatcher."""

    def __init__(self, db: Database, region: Region) -> None:
        self.region = region
        clock = Clock()
        clock.move(region.now - clock.now())
        settings = Settings(_env_file=None, admin_ids={telegram_id(ADMINISTRATOR)})
        self._bot = app.make_bot(TOKEN, NullSession())
        self._dispatcher = app.make_dispatcher(settings, db, clock)

    async def look(self, sight: Sight, person_id: int, statements: Statements) -> None:
        """Go there; afterwards `statements` are those of the last step."""
        for update in sight.updates(person_id):
            statements.clear()
            parsed = Update.model_validate(update, context={"bot": self._bot})
            await self._dispatcher.feed_update(self._bot, parsed)


async def measure(path: Path, participants: int, *, now: datetime, rounds: int = ROUNDS) -> list[Seen]:
    """Every sight of a region of this size, made in a file as safe as in life."""
    db = Database(f"sqlite+aiosqlite:///{path}")
    try:
        await migrations.upgrade(db)
        region = await fill(db, participants, now=now)
        served = Served(db, region)
        found = []
        with listening(db) as statements:
            for sight in sights(region):
                seen = Seen(sight)
                for turn in range(rounds + 1):
                    await served.look(sight, sight.who[turn % len(sight.who)], statements)
                    if turn:  # the first one compiles the statements
                        seen.seconds.append(statements.seconds)
                        seen.statements.add(len(statements.texts))
                        seen.slowest = max(seen.slowest, statements.slowest)
                found.append(seen)
        return found
    finally:
        await db.close()


def drawn(by_size: dict[int, list[Seen]], *, slow: bool = False) -> str:
    """A line a sight; what breaks the promise is marked, and counted at the end."""
    sizes = list(by_size)
    lines = [f"{'database time of a screen, ms at p95':64}" + "".join(f"{size:>10}" for size in sizes) + "  statements"]
    for same in zip(*by_size.values(), strict=True):
        last = same[-1]
        mark = " !" if last.p95 > PROMISED and not last.sight.report else "  "
        counts = sorted(set().union(*(seen.statements for seen in same)))
        figures = "".join(f"{seen.p95 * 1000:10.1f}" for seen in same)
        lines.append(f"{last.sight.what:64}{figures}{mark}{'…'.join(map(str, {counts[0], counts[-1]}))}")
        if slow and last.p95 > PROMISED:
            seconds, text = last.slowest
            lines.append(f"    {seconds * 1000:.1f} ms: {' '.join(text.split())}")
    promised = [seen for seen in by_size[sizes[-1]] if not seen.sight.report]
    worst = max(promised, key=lambda seen: seen.p95)
    late = sum(seen.p95 > PROMISED for seen in promised)
    lines.append(
        f"{len(promised)} screens; the slowest {worst.p95 * 1000:.1f} ms ({worst.sight.what});"
        f" {late} above {PROMISED * 1000:.0f} ms; reports of announcements are apart"
    )
    return "\n".join(lines)


async def main(sizes: Sequence[int], *, slow: bool, rounds: int) -> None:
    """Measure all, then tell."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))  # only errors
    now, by_size = Clock().now(), {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            by_size[size] = await measure(Path(name) / "region.sqlite3", size, now=now, rounds=rounds)
    print(drawn(by_size, slow=slow))


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rounds = QUICK if "--quick" in sys.argv else ROUNDS
        runner.run(main(asked or SIZES, slow="--slow" in sys.argv, rounds=rounds))
