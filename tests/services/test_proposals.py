"""A proposed organisation is decided about once, whoever decides at the same moment, on every database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Database, Notification, Organisation, OrganisationKind, Person, RegistryEntry
from services import organisations, proposals
from services.errors import DomainError, NotAdministrator, NotFound, ProposalDecided
from tests.support.people import put_people

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


async def does(db: Database, deed: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
    """A deed in a transaction of its own; a refusal comes back as what it is."""
    try:
        async with db.write() as session:
            return await deed(session)
    except DomainError as refusal:
        return refusal


async def set_scene(db: Database) -> tuple[Person, Person, Person, int, int]:
    """Two administrators, Anna of a proposed organisation, and one of the registry, with Anna in the lists of that one."""
    vera, vasily, anna = await put_people(db, 3, administrators=2)
    async with db.write() as session:
        known = await organisations.add(
            session, None, title="Гимназия", kind=OrganisationKind.SCHOOL, address=None, confirmed_at=NOW, now=NOW
        )
        proposed = await organisations.propose(session, anna, title="Первая", now=NOW)
        row = await session.get_one(Person, anna.id)
        row.organisation_id, row.full_name = proposed.id, "Иванова Анна"
        session.add(
            RegistryEntry(
                full_name="Иванова Анна",
                name_key="анна иванова",
                surname="иванова",
                organisation_id=known.id,
                created_at=NOW,
                updated_at=NOW,
            )
        )
    return vera, vasily, anna, proposed.id, known.id


async def told(db: Database) -> list[tuple[str, int]]:
    """What people are told about their organisations."""
    async with db.read() as session:
        kinds = Notification.kind.like("organisation-%")
        rows = await session.execute(select(Notification.kind, Notification.person_id).where(kinds))
        return [(kind, person_id) for kind, person_id in rows]


async def test_two_who_decide_differently_decide_once(each_db: Database) -> None:
    vera, vasily, anna, proposed, _ = await set_scene(each_db)
    accepted, declined = await asyncio.gather(
        does(each_db, lambda s: proposals.accept(s, vera, proposed, now=NOW)),
        does(each_db, lambda s: proposals.decline(s, vasily, proposed, reason="Нет такой", now=NOW)),
    )
    async with each_db.read() as session:
        left = await session.get(Organisation, proposed)
        organisation_id = (await session.get_one(Person, anna.id)).organisation_id
    if isinstance(accepted, Organisation):
        assert isinstance(declined, ProposalDecided)
        assert (left is not None, organisation_id) == (True, proposed)
        assert await told(each_db) == [("organisation-accepted", anna.id)]
    else:
        assert isinstance(accepted, NotFound)
        assert declined == "Первая"
        assert (left, organisation_id) == (None, None)
        assert await told(each_db) == [("organisation-declined", anna.id)]


async def test_whoever_goes_over_is_recognised_there(each_db: Database) -> None:
    vera, _, anna, proposed, known = await set_scene(each_db)
    await does(each_db, lambda s: proposals.replace(s, vera, proposed, known, now=NOW))
    async with each_db.read() as session:
        assert (await session.get_one(Person, anna.id)).organisation_id == known
        assert (await session.scalars(select(RegistryEntry.person_id))).one() == anna.id
    assert await told(each_db) == [("organisation-replaced", anna.id)]
    again = await does(each_db, lambda s: proposals.replace(s, vera, proposed, known, now=NOW))
    assert isinstance(again, NotFound)


@pytest.mark.parametrize("deed", ["accept", "accept_as", "replace", "decline"])
async def test_only_administrators_decide(each_db: Database, deed: str) -> None:
    _, _, anna, proposed, known = await set_scene(each_db)
    deeds: dict[str, Callable[[AsyncSession], Awaitable[Any]]] = {
        "accept": lambda s: proposals.accept(s, anna, proposed, now=NOW),
        "accept_as": lambda s: proposals.accept_as(s, anna, proposed, title="Моя", now=NOW),
        "replace": lambda s: proposals.replace(s, anna, proposed, known, now=NOW),
        "decline": lambda s: proposals.decline(s, anna, proposed, reason="Так", now=NOW),
    }
    assert isinstance(await does(each_db, deeds[deed]), NotAdministrator)
    assert await told(each_db) == []
