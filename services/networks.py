"""Networks: the catalogue, the card, joining and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from models import (
    Application,
    Appointment,
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
    Role,
)
from services import agreements, applications, audit, coverage, memberships, persons, policy, search
from services.coverage import NO_PARTS, Parts
from services.errors import NetworkArchived, NetworkExists, NetworkNotOpen, NotFound
from services.visibility import is_member as is_member
from services.visibility import visible as visible


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
class Card:
    """Everything the card of a network shows to one person. `parent` is the network above, if they may see it.

    `is_waiting`: an application of theirs waits; `application` is the newest one of whoever is no member. `must_agree`: a member who
    has not accepted the agreement in force.
    """

    network: Network
    parent: Network | None
    members: int
    below: int
    coordinators: list[str]
    is_member: bool
    may_join: bool
    is_muted: bool = False
    may_apply: bool = False
    is_waiting: bool = False
    must_agree: bool = False
    application: Application | None = None
    parts: Parts = NO_PARTS


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of networks and how many networks have it."""

    form: NetworkForm
    networks: int


def _members() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Membership)
        .where(Membership.network_id == Network.id, Membership.state == MembershipState.MEMBER)
        .correlate(Network)
        .scalar_subquery()
    )


def _below(actor: Person) -> ColumnElement[int]:
    child = aliased(Network)
    return (
        select(func.count())
        .select_from(child)
        .where(child.parent_id == Network.id, child.archived_at.is_(None), visible(actor, child))
        .correlate(Network)
        .scalar_subquery()
    )


async def page_of(
    session: AsyncSession, actor: Person, view: NetworkView, *, arg: int = 0, query: str = "", offset: int, limit: int
) -> Page:
    """A page of a list by title. `arg` is the parent of a TREE (0: the top) or the form of a FORM; `query` is what was typed for FOUND.

    Raises NotFound when the parent or the form is gone.
    """
    place: str | None = None
    condition = Network.archived_at.is_(None) & visible(actor)
    match view:
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
        case NetworkView.FOUND:
            found = search.matching(Found.NETWORK, query)
            if found is None:
                return Page([], 0)
            condition &= Network.id.in_(found)
    total = await session.scalar(select(func.count()).select_from(Network).where(condition)) or 0
    rows = await session.execute(
        select(Network, _members().label("members"), _below(actor).label("below"))
        .where(condition)
        .order_by(Network.title, Network.id)
        .offset(offset)
        .limit(limit)
    )
    lines = [Line(row.Network, row.members, row.below) for row in rows]
    return Page(lines, total, place)


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
    """How many networks the three first lists hold for this person."""
    standing = Network.archived_at.is_(None) & visible(actor)
    conditions = {
        NetworkView.MINE: is_member(actor),
        NetworkView.FOR_ME: _suits(actor) & ~is_member(actor),
        NetworkView.TREE: Network.id.is_not(None),
    }
    row = (
        await session.execute(
            select(
                *(
                    select(func.count()).select_from(Network).where(standing, condition).scalar_subquery()
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


async def card(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> Card:
    """The card of a network. Raises NotFound, also for one that only its members see."""
    row = (
        await session.execute(
            select(
                Network,
                _members().label("members"),
                _below(actor).label("below"),
                is_member(actor).label("is_member"),
                _muted_at(actor).label("muted_at"),
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
    coordinators = await session.scalars(
        select(Person.full_name)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.network_id == network_id, *policy.standing(Role.COORDINATOR), Person.full_name.is_not(None))
        .order_by(Person.full_name)
        .limit(5)
    )
    mine = application = None
    if row.is_member:
        mine = await session.scalar(
            select(Membership).where(Membership.person_id == actor.id, Membership.network_id == network_id)
        )
    elif policy.is_registered(actor):
        application = await applications.last(session, actor.id, network_id)
    parts = await coverage.on_card(session, actor, network)
    lacks_agreement = mine is not None and network.agreement_version not in (None, mine.agreement_version)
    may_enter = not row.is_member and policy.is_registered(actor)
    is_waiting = application is not None and applications.waits(application, now)
    return Card(
        network=network,
        parent=parent,
        members=row.members,
        below=row.below,
        coordinators=[name for name in coordinators if name],
        is_member=row.is_member,
        may_join=may_enter and policy.may_join_at_once(network),
        may_apply=may_enter and policy.may_apply(network) and not is_waiting,
        is_waiting=is_waiting,
        must_agree=lacks_agreement and not parts.is_covered,
        application=application,
        parts=parts,
        is_muted=row.muted_at is not None,
    )


def _muted_at(actor: Person) -> ColumnElement[datetime | None]:
    return (
        select(Membership.muted_at)
        .where(Membership.network_id == Network.id, Membership.person_id == actor.id)
        .correlate(Network)
        .scalar_subquery()
    )


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
        if reason:
            await memberships.tell_why(session, membership, now=now)
    try:
        return await card(session, actor, network_id, now=now)
    except NotFound:
        if membership is None:
            raise
        return None


async def create(
    session: AsyncSession,
    actor: Person,
    *,
    title: str,
    form_id: int,
    parent_id: int | None,
    subject_ids: list[int],
    goal: str | None,
    now: datetime,
) -> Network:
    """The administrator creates an open network. Raises NotAllowed, NotFound (the form or the parent is gone), NetworkExists."""
    policy.require_administrator(actor)
    if await session.get(NetworkForm, form_id) is None:
        raise NotFound
    parent = await session.get(Network, parent_id) if parent_id is not None else None
    if parent_id is not None and (parent is None or parent.archived_at is not None):
        raise NotFound
    same = await search.same_title(session, Found.NETWORK, Network, title)
    if same is not None:
        raise NetworkExists(title=same.title)
    network = Network(title=title, form_id=form_id, parent_id=parent_id, goal=goal, created_at=now)
    try:
        async with session.begin_nested():
            session.add(network)
    except IntegrityError as error:
        raise NetworkExists(title=title) from error
    session.add_all(NetworkSubject(network_id=network.id, subject_id=subject_id) for subject_id in subject_ids)
    await search.index(session, Found.NETWORK, network.id, title)
    audit.record(session, actor, "network.create", "network", network.id, now=now, new={"title": title})
    return network
