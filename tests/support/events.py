"""A network with its coordinator and members, and an event in it, for tests about events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Database,
    Event,
    EventKind,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Person,
    Role,
    Visibility,
)
from sandbox import Visitor
from services import events
from tests.support.house import House, register

NETWORK = "Учителя математики"


async def person_of(session: AsyncSession, visitor: Visitor) -> Person:
    """Who the visitor is in the database."""
    return (await session.scalars(select(Person).where(Person.telegram_id == visitor.id))).one()


async def make_network(
    session: AsyncSession, *, title: str = NETWORK, now: datetime, visibility: Visibility = Visibility.EVERYONE
) -> Network:
    """A network without people."""
    form_id = (await session.scalars(select(NetworkForm.id).order_by(NetworkForm.id))).first()
    assert form_id is not None
    network = Network(title=title, form_id=form_id, visibility=visibility, created_at=now)
    session.add(network)
    await session.flush()
    return network


async def put_in(session: AsyncSession, network: Network, *people: Person, now: datetime) -> None:
    """Make people members."""
    for person in people:
        session.add(Membership(network_id=network.id, person_id=person.id, state=MembershipState.MEMBER, state_at=now))
    await session.flush()


async def lead(session: AsyncSession, network: Network, person: Person, *, now: datetime) -> None:
    """Make a person the coordinator."""
    session.add(Appointment(network_id=network.id, person_id=person.id, role=Role.COORDINATOR, appointed_at=now))
    await session.flush()


async def network_of(house: House, coordinator: Visitor, *members: Visitor, title: str = NETWORK) -> int:
    """A network with these registered people in it. Gives its id."""
    now = house.clock.now()
    async with house.db.write() as session:
        network = await make_network(session, title=title, now=now)
        await lead(session, network, await person_of(session, coordinator), now=now)
        await put_in(session, network, *[await person_of(session, member) for member in members], now=now)
        return network.id


async def people_of(db: Database, count: int, *, now: datetime) -> list[Person]:
    """Registered people who never open their phones."""
    async with db.write() as session:
        people = [
            Person(telegram_id=10_000 + number, full_name=f"Участник {number:03d}", created_at=now, registered_at=now)
            for number in range(count)
        ]
        session.add_all(people)
        await session.flush()
        return people


async def plan_event(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    *,
    starts_at: datetime,
    now: datetime,
    seats: int | None = None,
    title: str = "Дроби без слёз",
    place: str = "Лицей № 1, кабинет 12",
) -> Event:
    """A published event."""
    card = await events.create(
        session,
        actor,
        network_id=network_id,
        kind=EventKind.MASTER_CLASS,
        title=title,
        starts_at=starts_at,
        place=place,
        seats=seats,
        now=now,
    )
    return card.event


async def crew(house: House, *names: str) -> list[Visitor]:
    """Registered visitors by their first names; each has the surname of an own letter."""
    visitors = []
    for number, name in enumerate(names):
        visitor = house.visitor(name)
        await register(visitor, f"{'АБВГДЕЖЗИК'[number]}лова {name} Петровна")
        visitors.append(visitor)
    return visitors
