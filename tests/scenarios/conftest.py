"""Stories are told in a watched house; the demo city is built once and read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from models import Database
from tests.support.demo_city import opened, put_city
from tests.support.house import House, make_house
from tests.support.stories import Watch


@pytest.fixture
def watched(db: Database) -> Iterator[House]:
    """The house, in which no screen breaks the rules of product.md, no button is left spinning and nothing goes wrong unexpectedly."""
    house = make_house(db)
    watch = Watch(house)
    with capture_logs() as logs:
        yield house
    surprises = [entry.get("exc_info") for entry in logs if entry["event"] == "surprise"]
    assert not surprises, surprises
    watch.end()


@pytest.fixture(scope="session")
def built_city(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a demo city that tests only read."""
    path = tmp_path_factory.mktemp("built") / "city.sqlite3"

    async def put() -> None:
        async with opened(path, template=empty_sqlite) as db:
            await put_city(db)

    asyncio.run(put())
    return path


@pytest.fixture
async def city(built_city: Path) -> AsyncIterator[AsyncSession]:
    """A session that reads the built city."""
    async with opened(built_city) as db, db.read() as session:
        yield session
