"""The card of a network: everything that one person sees of it, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from models import (
    Application,
    Appointment,
    Membership,
    MembershipState,
    Network,
    NetworkDocument,
    NetworkFollower,
    Person,
    Role,
)
from services import applications, coverage, followers, policy
from services.coverage import NO_PARTS, Parts
from services.errors import NotFound
from services.visibility import is_member, visible

MOST_COORDINATORS = 5


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who leads the network, and by which order of the centre (Yurga, §3.2.2), where one was named."""

    name: str
    order_number: str | None
    order_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card of a network shows to one person. `parent` is the network above, if they may see it.

    `is_waiting`: an application of theirs waits; `application` is the newest one of whoever is no member. `must_agree`: a member who
    has not accepted the agreement in force. `may_edit`: they coordinate its branch, and it is not closed.
    """

    network: Network
    parent: Network | None
    members: int
    below: int
    coordinators: list[Coordinator]
    is_member: bool
    may_join: bool
    is_muted: bool = False
    may_apply: bool = False
    is_waiting: bool = False
    must_agree: bool = False
    application: Application | None = None
    parts: Parts = NO_PARTS
    documents: int = 0
    followers: int = 0
    is_following: bool = False
    may_follow: bool = False
    may_edit: bool = False


def members() -> ColumnElement[int]:
    """How many members the network of the query has."""
    return (
        select(func.count())
        .select_from(Membership)
        .where(Membership.network_id == Network.id, Membership.state == MembershipState.MEMBER)
        .correlate(Network)
        .scalar_subquery()
    )


def below(actor: Person) -> ColumnElement[int]:
    """How many networks right below the one of the query the actor sees."""
    child = aliased(Network)
    return (
        select(func.count())
        .select_from(child)
        .where(child.parent_id == Network.id, child.archived_at.is_(None), visible(actor, child))
        .correlate(Network)
        .scalar_subquery()
    )


def _muted_at(actor: Person) -> ColumnElement[datetime | None]:
    return (
        select(Membership.muted_at)
        .where(Membership.network_id == Network.id, Membership.person_id == actor.id)
        .correlate(Network)
        .scalar_subquery()
    )


def _number_of(table: type[NetworkDocument] | type[NetworkFollower]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.network_id == Network.id)
        .correlate(Network)
        .scalar_subquery()
    )


async def card(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> Card:
    """The card of a network. Raises NotFound, also for one that only its members see."""
    row = (
        await session.execute(
            select(
                Network,
                members().label("members"),
                below(actor).label("below"),
                is_member(actor).label("is_member"),
                _muted_at(actor).label("muted_at"),
                _number_of(NetworkDocument).label("documents"),
                _number_of(NetworkFollower).label("followers"),
                followers.is_following(actor).label("is_following"),
            )
            .where(Network.id == network_id, visible(actor))
            .options(selectinload(Network.form), selectinload(Network.subjects))
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    network: Network = row.Network
    parent = None
    if network.parent_id is not None:
        parent = await session.scalar(select(Network).where(Network.id == network.parent_id, visible(actor)))
    mine = application = None
    if row.is_member:
        mine = await session.scalar(
            select(Membership).where(Membership.person_id == actor.id, Membership.network_id == network_id)
        )
    elif policy.is_registered(actor):
        application = await applications.last(session, actor.id, network_id)
    parts = await coverage.on_card(session, actor, network)
    may_enter = not row.is_member and policy.is_registered(actor)
    is_waiting = application is not None and applications.waits(application, now)
    return Card(
        network=network,
        parent=parent,
        members=row.members,
        below=row.below,
        coordinators=await _coordinators(session, network_id),
        is_member=row.is_member,
        may_join=may_enter and policy.may_join_at_once(network),
        may_apply=may_enter and policy.may_apply(network) and not is_waiting,
        is_waiting=is_waiting,
        parts=parts,
        must_agree=mine is not None
        and not parts.is_covered
        and network.archived_at is None
        and network.agreement_version not in (None, mine.agreement_version),
        application=application,
        is_muted=row.muted_at is not None,
        documents=row.documents,
        followers=row.followers,
        is_following=row.is_following and not row.is_member,
        may_follow=may_enter and not row.is_following and policy.may_be_followed(network),
        may_edit=network.archived_at is None and await policy.may_coordinate(session, actor, network_id),
    )


async def _coordinators(session: AsyncSession, network_id: int) -> list[Coordinator]:
    rows = await session.execute(
        select(Person.full_name, Appointment.order_number, Appointment.order_on)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.network_id == network_id, *policy.standing(Role.COORDINATOR), Person.full_name.is_not(None))
        .order_by(Person.full_name, Person.id)
        .limit(MOST_COORDINATORS)
    )
    return [Coordinator(row.full_name or "", row.order_number, row.order_on) for row in rows]
