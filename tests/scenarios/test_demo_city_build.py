"""The invented city is built: quickly, the same every time, in an empty database only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from demo import ADMINISTRATOR_ID, NEWCOMER_ID, City, CityNotEmpty, WordMissing
from demo.plan import inhabitants
from models import Base, Database, Found, Network, NetworkView, Organisation, Person, Subject
from services import applications, networks, persons, policy, search
from tests.support.demo_city import NOW, PLAYERS, opened, player, put_city
from tests.support.postgres import PostgresServer, create_database, drop_database


@pytest.fixture
async def postgres_db(postgres: PostgresServer, empty_postgres: str) -> AsyncIterator[Database]:
    """A migrated, empty PostgreSQL database."""
    url = create_database(postgres, empty_postgres)
    database = Database(url)
    yield database
    await database.close()
    drop_database(postgres, url)


async def _all_rows(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with db.read() as session:
        return {
            table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


async def test_the_same_every_time(empty_sqlite: Path, tmp_path: Path) -> None:
    built = []
    for name in ("one.sqlite3", "two.sqlite3"):
        async with opened(tmp_path / name, template=empty_sqlite) as db:
            await put_city(db)
            built.append(await _all_rows(db))
    assert built[0] == built[1]
    assert len(built[0]["persons"]) == 863


def test_the_same_in_every_process() -> None:
    """Nothing hangs on the order of hashes, which differs from process to process."""
    program = "from demo.plan import inhabitants; print(inhabitants())"
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "20"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert other.stdout.strip() == str(inhabitants())


async def test_the_words_are_those_that_the_search_would_write(db: Database) -> None:
    await put_city(db)
    before = await _all_rows(db)
    assert before["search_words"]
    async with db.write() as session:
        for network in list(await session.scalars(select(Network))):
            await search.index(session, Found.NETWORK, network.id, network.title)
        for organisation in list(await session.scalars(select(Organisation))):
            await search.index(session, Found.ORGANISATION, organisation.id, organisation.title)
        for person in list(await session.scalars(select(Person).where(Person.id % 11 == 0))):
            await search.index(session, Found.PERSON, person.id, person.full_name)
    assert await _all_rows(db) == before


async def test_built_quickly(db: Database) -> None:
    started = time.process_time()
    counted = await put_city(db)
    assert time.process_time() - started < 3
    assert counted == City(
        organisations=28, people=863, networks=26, memberships=847, appointments=counted.appointments
    )


async def test_the_administrator_may_be_somebody_real(db: Database) -> None:
    await put_city(db, administrator_telegram_id=42)
    async with db.read() as session:
        administrator = await persons.find(session, 42)
        assert administrator is not None
        assert policy.may_administer(administrator)
        assert await persons.find(session, ADMINISTRATOR_ID) is None


async def test_an_inhabitant_is_not_taken_for_the_administrator(db: Database) -> None:
    before = await _all_rows(db)
    with pytest.raises(ValueError, match="another inhabitant"):
        await put_city(db, administrator_telegram_id=PLAYERS["expert"].telegram_id)
    assert await _all_rows(db) == before


@pytest.mark.parametrize(
    "something",
    [
        Person(telegram_id=1, created_at=NOW),
        Organisation(title="Лицей № 1", created_at=NOW),
        Network(title="Учителя химии", form_id=1, created_at=NOW),
    ],
    ids=["person", "organisation", "network"],
)
async def test_refused_where_something_is(db: Database, something: Person | Organisation | Network) -> None:
    async with db.write() as session:
        session.add(something)
    before = await _all_rows(db)
    with pytest.raises(CityNotEmpty):
        await put_city(db)
    assert await _all_rows(db) == before


async def test_refused_where_a_word_was_taken_away(db: Database) -> None:
    async with db.write() as session:
        subject = (await session.scalars(select(Subject).where(Subject.title == "Химия"))).one()
        await session.delete(subject)
    before = await _all_rows(db)
    with pytest.raises(WordMissing, match="«Химия»"):
        await put_city(db)
    assert await _all_rows(db) == before


async def test_life_goes_on_in_the_built_city(db: Database) -> None:
    await _live_on(db)


async def test_life_goes_on_in_the_built_city_on_postgresql(postgres_db: Database) -> None:
    await _live_on(postgres_db)


async def _live_on(db: Database) -> None:
    await put_city(db)
    async with db.write() as session:
        newcomer = await persons.meet(
            session, telegram_id=NEWCOMER_ID, telegram_language="ru", administrator=False, now=NOW
        )
        assert newcomer.registered_at is None
        teacher = await player(session, "teacher")
        (line,) = (
            await networks.page_of(session, teacher, NetworkView.FOUND, query="робототехника", offset=0, limit=5)
        ).lines
        card = await networks.enter(session, teacher, line.network.id, agreed=1, now=NOW, zone=UTC)
        assert (card.is_waiting, card.members) == (True, 17)
        assert card.application is not None
        coordinator = await player(session, "coordinator")
        await applications.approve(session, coordinator, card.application.id, now=NOW)
        card = await networks.card(session, teacher, line.network.id, now=NOW)
        assert (card.is_member, card.must_agree, card.members) == (True, False, 18)
        assert len(card.coordinators) == 1
