"""What is told about organisations in networks, due as the bot goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import Head, Organisation, OrganisationKind, Participation, Person
from services import heads, participations
from tests.support.events import make_network

if TYPE_CHECKING:
    from tests.support.away import City


async def parts_due(city: City) -> None:
    """Olga heads a gymnasium, Anna no longer; it takes part where there is an agreement to accept, and elsewhere no longer."""
    now = city.house.clock.now()
    async with city.house.db.write() as session:
        gymnasium = Organisation(title="Гимназия", kind=OrganisationKind.SCHOOL, confirmed_at=now, created_at=now)
        former = await make_network(session, title="Учителя биологии", now=now)
        session.add(gymnasium)
        await session.flush()
        (await session.get_one(Person, city.olga.id)).organisation_id = gymnasium.id
        session.add(Head(organisation_id=gymnasium.id, person_id=city.olga.id, appointed_at=now))
        there = {"organisation_id": gymnasium.id, "began_at": now}
        here = Participation(**there, network_id=city.network_id)
        ended = Participation(**there, network_id=former.id, ended_at=now)
        session.add_all([here, ended])
        await session.flush()
    await city.due(heads.APPOINTED, city.olga, gymnasium.id)
    await city.due(heads.DISMISSED, city.anna, gymnasium.id)
    await city.due(heads.ASKED, city.olga, here.id)
    await city.due(participations.BEGAN, city.olga, here.id)
    await city.due(participations.ENDED, city.olga, ended.id)
    await city.due(participations.CHANGED, city.olga, here.id, {"what": "came"})
