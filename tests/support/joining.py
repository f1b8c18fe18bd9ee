"""People who join: a network, its coordinator, applicants."""

from __future__ import annotations

from models import Appointment, Database, Network, Person, Role
from sandbox import Visitor
from tests.support.house import House
from tests.support.people import NOW
from tests.support.stories import person_of


async def appoint(house: House, visitor: Visitor, network: Network) -> Person:
    """Make somebody coordinator of a network, as the administrator would, and silently."""
    person = await person_of(house, visitor)
    await put_appointment(house.db, person, network)
    return person


async def put_appointment(db: Database, person: Person, network: Network) -> None:
    """An appointment in force."""
    async with db.write() as session:
        session.add(Appointment(person_id=person.id, network_id=network.id, role=Role.COORDINATOR, appointed_at=NOW))
