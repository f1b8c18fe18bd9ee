"""Organisations with their people, for tests of services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models import Database, Head, Organisation, OrganisationKind, Person
from sandbox import Visitor
from tests.support.house import House
from tests.support.people import NOW
from tests.support.stories import person_of

SCAN: list[dict[str, Any]] = [
    {"kind": "document", "file_id": "scan-1", "unique_id": "scan-u1", "name": "соглашение.pdf", "size": 1000},
    {"kind": "photo", "file_id": "scan-2", "unique_id": "scan-u2", "name": None, "size": 500},
]
"""Two pages of a signed paper, as the dialogs give files."""


async def put_organisation(
    db: Database, title: str = "Лицей № 1", *, people: Sequence[Person] = (), head: Person | None = None
) -> Organisation:
    """An organisation of the registry where these people work, the head among them."""
    async with db.write() as session:
        organisation = Organisation(title=title, kind=OrganisationKind.SCHOOL, confirmed_at=NOW, created_at=NOW)
        session.add(organisation)
        await session.flush()
        for one in (*people, *([head] if head is not None else [])):
            person = await session.get_one(Person, one.id)
            person.organisation_id = one.organisation_id = organisation.id
        if head is not None:
            session.add(Head(organisation_id=organisation.id, person_id=head.id, appointed_at=NOW))
    return organisation


async def make_head(house: House, visitor: Visitor) -> Organisation:
    """The visitor heads the organisation they named, which is in the registry by that; silently."""
    person = await person_of(house, visitor)
    async with house.db.write() as session:
        organisation = await session.get_one(Organisation, person.organisation_id)
        organisation.confirmed_at = organisation.confirmed_at or house.clock.now()
        session.add(Head(organisation_id=organisation.id, person_id=person.id, appointed_at=house.clock.now()))
    return organisation
