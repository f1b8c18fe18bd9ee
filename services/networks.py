"""Networks: the catalogue, the card, joining and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Found,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    NetworkPosition,
    NetworkSubject,
    NetworkView,
    Person,
    PersonSubject,
    Position,
)
from services import agreements, applications, audit, followers, memberships, persons, policy, roles, search
from services.cards import Card as Card, below, card as card, members
from services.errors import NetworkArchived, NetworkNotOpen, NotFound
from services.tree import create as create
from services.visibility import coordinated, is_member as is_member, visible as visible


@dataclass(frozen=True, slots=True)
class Line:
    """A network in a list: with its members and the networks below it counted."""

    network: Network
    members: int
    below: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list and how many there are in all. `place` is the network or form whose list it is."""

    lines: list[Line]
    total: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of networks and how many networks have it."""

    form: NetworkForm
    networks: int


async def page_of(
    session: AsyncSession, actor: Person, view: NetworkView, *, arg: int = 0, query: str = "", offset: int, limit: int
) -> Page:
    """A page of a list by title. `arg` is the parent of a TREE (0: the top) or the form of a FORM; `query` is what was typed for FOUND.

    Raises NotFound when the parent or the form is gone.
    """
    place: str | None = None
    condition: ColumnElement[bool] = Network.archived_at.is_(None) & visible(actor)
    match view:
        case NetworkView.CLOSED:
            condition = _closed(actor)
        case NetworkView.TREE:
            if arg:
                parent = await _get_visible(session, actor, arg)
                place = parent.title
                condition &= Network.parent_id == arg
            else:
                condition &= Network.parent_id.is_(None)
        case NetworkView.FORM:
            form = await session.get(NetworkForm, arg)
            if form is None:
                raise NotFound
            place = form.title
            condition &= Network.form_id == arg
        case NetworkView.MINE:
            condition &= is_member(actor)
        case NetworkView.FOR_ME:
            condition &= _suits(actor) & ~is_member(actor)
        case NetworkView.FOLLOWED:
            condition &= followers.is_following(actor)
        case NetworkView.FOUND:
            found = search.matching(Found.NETWORK, query)
            if found is None:
                return Page([], 0)
            condition &= Network.id.in_(found)
    total = await session.scalar(select(func.count()).select_from(Network).where(condition)) or 0
    rows = await session.execute(
        select(Network, members().label("members"), below(actor).label("below"))
        .where(condition)
        .order_by(Network.title, Network.id)
        .offset(offset)
        .limit(limit)
    )
    lines = [Line(row.Network, row.members, row.below) for row in rows]
    return Page(lines, total, place)


def _closed(actor: Person) -> ColumnElement[bool]:
    """What is only read any more, and by whom: its members and whoever coordinates its branch; the administrator reads all."""
    mine = is_member(actor) | Network.id.in_(coordinated(actor))
    return Network.archived_at.is_not(None) & (Network.id.is_not(None) if policy.may_administer(actor) else mine)


def _suits(actor: Person) -> ColumnElement[bool]:
    """«Для вас»: networks of my subjects, for my position; the School of the Young Teacher for the young specialist."""
    subjects = exists().where(
        NetworkSubject.network_id == Network.id,
        NetworkSubject.subject_id == PersonSubject.subject_id,
        PersonSubject.person_id == actor.id,
    )
    positions = exists().where(
        NetworkPosition.network_id == Network.id,
        NetworkPosition.position_id == Position.id,
        Position.title == actor.position,
    )
    suits = subjects | positions
    if persons.is_young_specialist(actor):
        suits |= Network.for_young_specialists.is_(True)
    return suits


async def school_for(session: AsyncSession, actor: Person) -> Network | None:
    """The network to offer to a young specialist first; None for others, or when there is none to join."""
    if not persons.is_young_specialist(actor):
        return None
    return await session.scalar(
        select(Network)
        .where(
            Network.for_young_specialists.is_(True),
            Network.join_policy == JoinPolicy.OPEN,
            Network.archived_at.is_(None),
            visible(actor),
        )
        .order_by(Network.id)
        .limit(1)
    )


async def forms(session: AsyncSession, actor: Person) -> list[FormLine]:
    """The forms that have networks to see, with their counts, in the order of the registry."""
    count = func.count(Network.id)
    rows = await session.execute(
        select(NetworkForm, count)
        .join(Network, Network.form_id == NetworkForm.id)
        .where(Network.archived_at.is_(None), visible(actor))
        .group_by(NetworkForm.id, NetworkForm.title)
        .order_by(NetworkForm.id)
    )
    return [FormLine(form, networks) for form, networks in rows]


_JOINED = (
    select(func.count())
    .select_from(Membership)
    .join(Network, Network.id == Membership.network_id)
    .where(
        Membership.person_id == bindparam("me"),
        Membership.state == MembershipState.MEMBER,
        Network.archived_at.is_(None),
    )
)
"""Made once: the menu asks it at every sight."""


async def count_joined(session: AsyncSession, actor: Person) -> int:
    """How many networks this person is a member of."""
    return await session.scalar(_JOINED, {"me": actor.id}) or 0


async def counts(session: AsyncSession, actor: Person) -> dict[NetworkView, int]:
    """How many networks the first lists, and that of the closed ones, hold for this person."""
    standing = Network.archived_at.is_(None) & visible(actor)
    conditions = {
        NetworkView.MINE: standing & is_member(actor),
        NetworkView.FOR_ME: standing & _suits(actor) & ~is_member(actor),
        NetworkView.TREE: standing,
        NetworkView.FOLLOWED: standing & followers.is_following(actor),
        NetworkView.CLOSED: _closed(actor),
    }
    row = (
        await session.execute(
            select(
                *(
                    select(func.count()).select_from(Network).where(condition).scalar_subquery()
                    for condition in conditions.values()
                )
            )
        )
    ).one()
    return dict(zip(conditions, row, strict=True))


async def _get_visible(session: AsyncSession, actor: Person, network_id: int) -> Network:
    network = await session.scalar(select(Network).where(Network.id == network_id, visible(actor)))
    if network is None:
        raise NotFound
    return network


async def join(
    session: AsyncSession, actor: Person, network_id: int, *, agreed: int | None = None, now: datetime
) -> Card:
    """Become a member of an open network; twice is once. `agreed` is the version of its agreement that the actor accepted.

    Raises NotRegistered, NotFound, NetworkArchived, NetworkNotOpen, AgreementNotAccepted.
    """
    policy.require_registered(actor)
    network = await _get_visible(session, actor, network_id)
    membership = await memberships.of(session, actor.id, network_id)
    if membership is None or membership.state is not MembershipState.MEMBER:
        if network.archived_at is not None:
            raise NetworkArchived(title=network.title)
        if not policy.may_join_at_once(network):
            raise NetworkNotOpen(title=network.title)
        agreed = await agreements.agreed_by(session, actor, network, agreed)
        old = await memberships.become(session, actor.id, network_id, agreed=agreed, now=now)
        if old is not MembershipState.MEMBER:
            was, new = {"state": old} if old else None, {"agreement": agreed} if agreed is not None else None
            audit.record(session, actor, "network.join", "network", network_id, now=now, old=was, new=new)
    await session.flush()
    return await card(session, actor, network_id, now=now)


async def enter(
    session: AsyncSession, actor: Person, network_id: int, *, agreed: int | None = None, now: datetime, zone: tzinfo
) -> Card:
    """Come in the way this network has it: at once, or by an application. Raises what `join` and `applications.apply` raise."""
    network = await session.get(Network, network_id)
    if network is None or not policy.may_apply(network):
        return await join(session, actor, network_id, agreed=agreed, now=now)
    await applications.apply(session, actor, network_id, agreed=agreed, now=now, zone=zone)
    return await card(session, actor, network_id, now=now)


async def leave(
    session: AsyncSession, actor: Person, network_id: int, *, reason: str | None = None, now: datetime
) -> Card | None:
    """Leave, always possible (Izhevsk, §2.4: free exit); twice is once. A `reason` is told to the coordinators.

    Gives the card, or None when the actor does not see it any more. Raises NotFound for a network the actor never was in and may not see.
    """
    policy.require_registered(actor)
    membership = await memberships.of(session, actor.id, network_id)
    if membership is not None and membership.state is MembershipState.MEMBER:
        membership.state, membership.state_at, membership.reason = MembershipState.LEFT, now, reason
        new = {"reason": reason} if reason else None
        audit.record(session, actor, "network.leave", "network", network_id, now=now, new=new)
        await session.flush()
        await roles.end_moderator(session, actor, actor.id, network_id, now=now)
        if reason:
            await memberships.tell_why(session, membership, now=now)
    try:
        return await card(session, actor, network_id, now=now)
    except NotFound:
        if membership is None:
            raise
        return None
