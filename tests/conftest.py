"""Fixtures for all: a migrated database (SQLite always, PostgreSQL where its binaries are found) and the whole house."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import migrations
from models import Database
from tests.support.house import House, make_house, sqlite_url
from tests.support.missing import skip_or_fail
from tests.support.postgres import PostgresMissing, PostgresServer, create_database, drop_database, postgres_server


async def _migrate(url: str) -> None:
    db = Database(url)
    await migrations.upgrade(db)
    await db.close()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    asyncio.run(_migrate(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private PostgreSQL."""
    try:
        yield from postgres_server()
    except PostgresMissing as missing:
        skip_or_fail(missing)


@pytest.fixture(scope="session")
def empty_postgres(postgres: PostgresServer) -> str:
    """A migrated PostgreSQL database to copy."""
    url = create_database(postgres)
    asyncio.run(_migrate(url))
    return url


@pytest.fixture
async def db(empty_sqlite: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty SQLite database."""
    path = tmp_path / "test.sqlite3"
    shutil.copyfile(empty_sqlite, path)
    database = Database(sqlite_url(path), synchronous="NORMAL")
    yield database
    await database.close()


def empty_database(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of the kind `request.param`; SQLite's file is `path`. Dropped in the end.

    Not async: the templates are made by a loop of their own.
    """
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        yield sqlite_url(path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = create_database(server, request.getfixturevalue("empty_postgres"))
    yield url
    drop_database(server, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def each_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of each kind."""
    yield from empty_database(request, tmp_path / "each.sqlite3")


@pytest.fixture
async def each_db(each_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database of each kind."""
    database = Database(each_url, synchronous="NORMAL")
    yield database
    await database.close()


@pytest.fixture
def house(db: Database) -> House:
    """The whole house in one process."""
    return make_house(db)
