"""The registry and the members of a network, as rows to be printed or handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import Membership, MembershipState, Network, Organisation, Person, RegistryDoubt, RegistryEntry
from services import audit, policy
from services.errors import NotFound


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that stands in the registry; with each organisation how many of its people are registered."""

    entries: Sequence[RegistryEntry]
    organisations: Sequence[tuple[Organisation, int]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What stands in the registry, and what waits in it."""

    organisations: int
    proposed: int
    people: int
    recognised: int
    doubts: int


async def numbers(session: AsyncSession, actor: Person) -> Numbers:
    """How much there is. Raises NotAdministrator."""
    policy.require_administrator(actor)
    organisations = await session.execute(
        select(func.count(Organisation.confirmed_at), func.count()).select_from(Organisation)
    )
    confirmed, all_of_them = organisations.one()
    people, recognised = (
        await session.execute(select(func.count(), func.count(RegistryEntry.person_id)).select_from(RegistryEntry))
    ).one()
    doubts = await session.scalar(
        select(func.count())
        .select_from(RegistryDoubt)
        .join(Person, Person.id == RegistryDoubt.person_id)
        .where(RegistryDoubt.decided_at.is_(None), Person.registered_at.is_not(None))
    )
    return Numbers(confirmed, all_of_them - confirmed, people, recognised, doubts or 0)


async def contents(session: AsyncSession, actor: Person, *, now: datetime) -> Contents:
    """All of it, by title and name; that somebody took it out is written down. Raises NotAdministrator."""
    policy.require_administrator(actor)
    registered = (
        select(Person.organisation_id, func.count().label("people"))
        .where(Person.registered_at.is_not(None))
        .group_by(Person.organisation_id)
        .subquery()
    )
    organisations = await session.execute(
        select(Organisation, func.coalesce(registered.c.people, 0))
        .outerjoin(registered, registered.c.organisation_id == Organisation.id)
        .where(Organisation.confirmed_at.is_not(None))
        .order_by(Organisation.title)
    )
    entries = await session.scalars(
        select(RegistryEntry)
        .options(selectinload(RegistryEntry.organisation))
        .order_by(RegistryEntry.full_name, RegistryEntry.id)
    )
    audit.record(session, actor, "registry.export", "registry", 0, now=now)
    return Contents(list(entries), [(organisation, people) for organisation, people in organisations])


async def members(
    session: AsyncSession, actor: Person, network_id: int, *, now: datetime
) -> tuple[Network, Sequence[Membership]]:
    """The members of a network by name, with their organisations and subjects; that somebody took the list out is written down.

    Raises NotFound, NotAllowed.
    """
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    await policy.require_coordinator(session, actor, network_id)
    rows = await session.scalars(
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.network_id == network_id, Membership.state == MembershipState.MEMBER)
        .options(
            selectinload(Membership.person).selectinload(Person.organisation),
            selectinload(Membership.person).selectinload(Person.subjects),
        )
        .order_by(Person.full_name, Person.id)
    )
    audit.record(session, actor, "network.export", "network", network_id, now=now)
    return network, list(rows)
