"""Moderators: they see a network's members and decide about its applications. Its coordinators appoint and dismiss them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import Appointment, MembershipState, Network, Person, Role
from services import audit, memberships, notifications, policy, roles
from services.deciders import hand_over
from services.errors import NetworkArchived, NotAMember, NotFound
from services.notifications import Notice

APPOINTED = "moderator-appointed"
"""The kind of notice to whoever moderates a network now."""


@dataclass(frozen=True, slots=True)
class Team:
    """Who has a role in a network: all its coordinators, a page of its `total` moderators, and how many topics its branch watches over."""

    network: Network
    coordinators: Sequence[Person]
    moderators: Sequence[Person]
    total: int
    topics: int


async def appoint(session: AsyncSession, actor: Person, person_id: int, network_id: int, *, now: datetime) -> Network:
    """A coordinator of the branch makes a member of the network its moderator; twice is once. They are told.

    A moderator has this very network, nothing below it. Raises NotAllowed, NotFound, NetworkArchived, NotAMember.
    """
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    person = await session.get(Person, person_id)
    if network is None or person is None or not policy.is_registered(person):
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    # Locked: whoever leaves at this very moment is a moderator no longer by that.
    membership = await memberships.of(session, person_id, network_id)
    if membership is None or membership.state is not MembershipState.MEMBER:
        raise NotAMember(title=network.title)
    appointment = Appointment(
        person_id=person_id,
        network_id=network_id,
        role=Role.MODERATOR,
        appointed_by_id=actor.id,
        appointed_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(appointment)
    except IntegrityError:
        return network  # appointed already: that is what was wanted
    audit.record(session, actor, "moderator.appoint", "network", network_id, now=now, new={"person_id": person_id})
    notice = Notice(APPOINTED, f"{APPOINTED}:{appointment.id}", person_id, network_id, now)
    await notifications.put(session, [notice], now=now)
    await hand_over(session, network_id, told=person_id, now=now)
    return network


async def dismiss(session: AsyncSession, actor: Person, person_id: int, network_id: int, *, now: datetime) -> None:
    """A coordinator of the branch ends a moderator's appointment; twice is once. They are told. Raises NotAllowed."""
    await policy.require_coordinator(session, actor, network_id)
    await roles.end_moderator(session, actor, person_id, network_id, now=now)


async def team(session: AsyncSession, actor: Person, network_id: int, *, offset: int, limit: int) -> Team:
    """Who has a role in the network, for the coordinators of the branch. Raises NotAllowed, NotFound."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    standing = (Appointment.network_id == network_id, *policy.standing(Role.MODERATOR))
    total = await session.scalar(select(func.count()).select_from(Appointment).where(*standing)) or 0
    moderators = await session.scalars(
        select(Person)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(*standing)
        .order_by(Person.full_name, Person.id)
        .offset(offset)
        .limit(limit)
    )
    _, topics = await roles.topics(session, with_experts=False, network_id=network_id, offset=0, limit=0)
    coordinators = await roles.coordinators(session, network_id)
    return Team(network, coordinators, moderators.all(), total, topics)
