"""Every list asks the same number of statements however long it is: nothing is read row by row."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from bench.region import fill
from bench.region.shape import FEWEST, Region
from bench.screens import Served
from bench.sights import sights
from models import Database
from screens import addresses
from tests.support.house import sqlite_url
from tests.support.statements import listening

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
SIZES = (FEWEST, FEWEST * 2)


async def _statements(path: Path, participants: int) -> dict[str, list[str]]:
    db = Database(sqlite_url(path), synchronous="NORMAL")
    try:
        region = await fill(db, participants, now=NOW)
        served = Served(db, region)
        with listening(db) as statements:
            found = {}
            for sight in sights(region):
                await served.look(sight, sight.who[0], statements)
                found[sight.what] = list(statements.texts)
        return found
    finally:
        await db.close()


async def test_twice_the_people_are_not_one_statement_more(empty_sqlite: Path, tmp_path: Path) -> None:
    seen = []
    for size in SIZES:
        path = tmp_path / f"{size}.sqlite3"
        shutil.copyfile(empty_sqlite, path)
        seen.append(await _statements(path, size))
    small, large = seen
    assert all(statements for statements in small.values())
    assert small.keys() == large.keys()
    grown = {what: (len(small[what]), len(large[what])) for what in small if len(small[what]) != len(large[what])}
    assert grown == {}


def test_every_list_is_among_the_sights() -> None:
    """A list that nobody looks at in a large region would be found slow by its people: add it to bench/sights.py."""
    region = Region(100_000, 2_000, 1_600, NOW)
    seen = {type(step) for sight in sights(region) for step in sight.steps}
    lists = {kind for name, kind in vars(addresses).items() if name.startswith("List")}
    assert {kind.__name__ for kind in lists - seen} == set()
