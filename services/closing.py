"""A network is closed, by its coordinator or by the last day of a temporary group: from then on it is only read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Application,
    Appointment,
    Event,
    Fate,
    Membership,
    MembershipState,
    Network,
    Person,
    Priority,
    Product,
    ProductState,
    Role,
)
from services import (
    agreements,
    applications,
    audiences,
    audit,
    deciders,
    events,
    memberships,
    notifications,
    policy,
    products,
    tree,
)
from services.errors import NotAllowed, NotFound
from services.notifications import Notice

CLOSED, ENDING = "network-closed", "network-ending"
"""The kinds of notice: it is closed, and a week before a group's end."""

REMIND_BEFORE = timedelta(days=7)
"""So long before its last day a group's members are reminded; of one that lives shorter, on its second day."""

AT_ONCE = 20
"""As many groups end in one transaction."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What may become of the networks right `below` one that is closed, and of its members. `parent` is the network above, if it is open.

    `may_lift`: there are some, and they can go up instead of being closed too; `may_bring`: so can the members.
    """

    network: Network
    parent: Network | None
    below: int
    may_lift: bool
    may_bring: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What closing a network would mean, counted over all that would be closed."""

    ways: Ways
    members: int
    events: int
    products: int
    applications: int


@dataclass(frozen=True, slots=True)
class Closed:
    """What somebody is told of a closing: the networks of theirs that were closed, the network above, and whether they are in that now."""

    titles: Sequence[str]
    parent: Network | None
    is_in_parent: bool
    has_works_back: bool


async def ways(session: AsyncSession, actor: Person, network_id: int) -> Ways:
    """What a coordinator of the branch may choose. Raises NotAllowed, NotFound, NetworkArchived."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id, populate_existing=True)
    if network is None:
        raise NotFound
    policy.require_open(network)
    parent = await _parent(session, network)
    below = await session.scalar(select(func.count()).select_from(Network).where(*tree.right_below(network_id))) or 0
    return Ways(
        network,
        parent,
        below,
        may_lift=below > 0 and (parent is not None or policy.may_administer(actor)),
        may_bring=parent is not None and await policy.may_coordinate(session, actor, parent.id),
    )


async def plan(
    session: AsyncSession, actor: Person, network_id: int, *, below: Fate = Fate.STAY, now: datetime
) -> Plan:
    """What it would mean to close it now. Raises NotAllowed, NotFound, NetworkArchived."""
    chosen = await ways(session, actor, network_id)
    ids = await _to_close(session, network_id, below)
    members = select(func.count(Membership.person_id.distinct())).where(*_in(ids))
    coming = select(func.count()).select_from(Event).where(*events.still_to_come(ids, now=now))
    waiting = Product.state == ProductState.SUBMITTED
    submitted = select(func.count()).select_from(Product).where(Product.network_id.in_(ids), waiting)
    applied = select(func.count()).select_from(Application)
    applied = applied.where(Application.network_id.in_(ids), applications.is_waiting(now))
    counts = (members, coming, submitted, applied)
    row = (await session.execute(select(*(count.scalar_subquery() for count in counts)))).one()
    return Plan(chosen, row[0], row[1], row[2], row[3])


_IS_IN = Membership.state == MembershipState.MEMBER


def _in(network_ids: Collection[int]) -> list[ColumnElement[bool]]:
    return [Membership.network_id.in_(network_ids), _IS_IN]


async def _parent(session: AsyncSession, network: Network) -> Network | None:
    if network.parent_id is None:
        return None
    parent = await session.get_one(Network, network.parent_id)
    return parent if parent.archived_at is None else None


async def _to_close(session: AsyncSession, network_id: int, below: Fate) -> Sequence[int]:
    if below is Fate.UP:
        return [network_id]
    return list(await session.scalars(audiences.branch(network_id)))


async def close(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    *,
    reason: str | None,
    below: Fate,
    members: Fate,
    now: datetime,
) -> Plan:
    """A coordinator of the branch closes a network. The networks `below` it are closed with it or go to the one above; so do its `members`.

    What was to come there is cancelled, what waited for a decision goes back, everybody whom it concerns is told why. Whoever goes up
    keeps their free exit. Gives what it meant. Raises NotAllowed (also where nothing may go up), NotFound, NetworkArchived.
    """
    await tree.alone(session)
    network = await tree.locked(session, network_id)
    meant = await plan(session, actor, network_id, below=below, now=now)
    refused = (below is Fate.UP and meant.ways.below and not meant.ways.may_lift) or (
        members is Fate.UP and not meant.ways.may_bring
    )
    if refused:
        raise NotAllowed
    if below is Fate.UP:
        await _lift(session, actor, network, now=now)
    ids = await _lock_branch(session, network_id)
    if members is Fate.UP and meant.ways.parent is not None:
        await _bring(session, actor, ids, meant.ways.parent, now=now)
    await _archive(session, actor, network, ids, reason=reason, now=now)
    return meant


async def _lock_branch(session: AsyncSession, network_id: int) -> Sequence[int]:
    """The network and what is open below it, for this transaction alone: nobody creates anything there any more, unseen by this one."""
    held: Sequence[int] = []
    while held != (found := sorted(await _to_close(session, network_id, Fate.STAY))):
        held = found
        await session.execute(select(Network.id).where(Network.id.in_(held)).order_by(Network.id).with_for_update())
    return held


async def _lift(session: AsyncSession, actor: Person | None, network: Network, *, now: datetime) -> None:
    for child_id in list(await session.scalars(select(Network.id).where(*tree.right_below(network.id)))):
        await tree.place(session, actor, await tree.locked(session, child_id), network.parent_id, now=now)


async def _bring(session: AsyncSession, actor: Person, ids: Sequence[int], parent: Network, *, now: datetime) -> None:
    """Where the network above has an agreement, they are asked to accept it."""
    await memberships.bring(session, ids, parent.id, now=now)
    audit.record(session, actor, "network.bring", "network", parent.id, now=now, new={"from": list(ids)})
    agreement = await agreements.current(session, parent)
    if agreement is not None:
        brought = select(Membership.person_id).where(
            *_in([parent.id]), Membership.state_at == now, Membership.agreement_version.is_(None)
        )
        await notifications.put_to_all(
            session, agreements.ASKED, agreement.id, brought, due_at=now, priority=Priority.REMINDER, now=now
        )


async def _archive(
    session: AsyncSession,
    actor: Person | None,
    network: Network,
    ids: Sequence[int],
    *,
    reason: str | None,
    now: datetime,
) -> None:
    applicants = await applications.drop(session, actor, ids, now=now)
    authors = await products.give_back(session, actor, ids, now=now)
    await events.end_with(session, actor, ids, now=now)
    await session.execute(
        update(Network).where(Network.id.in_(ids)).values(archived_at=now).execution_options(synchronize_session=False)
    )
    deed = "network.close" if actor is not None else "network.expire"
    for one in ids:
        audit.record(session, actor, deed, "network", one, now=now, new={"reason": reason} if reason else None)
    appointed = select(Appointment.person_id).where(Appointment.network_id.in_(ids), *policy.standing(Role.COORDINATOR))
    concerned = select(Person.id).where(
        or_(
            Person.id.in_(select(Membership.person_id).where(*_in(ids))),
            Person.id.in_(appointed),
            Person.id.in_([*applicants, *authors]),
        )
    )
    if actor is not None:
        concerned = concerned.where(Person.id != actor.id)
    await notifications.put_to_all(
        session,
        CLOSED,
        network.id,
        concerned,
        due_at=now,
        priority=Priority.REMINDER,
        now=now,
        occasion=str(int(now.timestamp())),
        payload={"at": now.isoformat(), "reason": reason, "ended": actor is None},
    )
    await session.refresh(network)


async def told(session: AsyncSession, person: Person, network_id: int, *, at: datetime) -> Closed | None:
    """What this person is told of the closing of a network at that moment; None when it is gone or was opened again since."""
    network = await session.get(Network, network_id)
    if network is None or network.archived_at != at:
        return None
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    closed = Network.id.in_(select(down.c.id)) & (Network.archived_at == at)
    mine = exists().where(Membership.network_id == Network.id, Membership.person_id == person.id, _IS_IN)
    led = exists().where(
        Appointment.network_id == Network.id, Appointment.person_id == person.id, *policy.standing(Role.COORDINATOR)
    )
    applied = exists().where(
        Application.network_id == Network.id, Application.person_id == person.id, Application.decided_at == at
    )
    handed_in = exists().where(Product.network_id == Network.id, Product.author_id == person.id, Product.state_at == at)
    concerns = mine | led | applied | handed_in
    titles = (await session.scalars(select(Network.title).where(closed, concerns).order_by(Network.title))).all()
    parent = await _parent(session, network)
    is_in_parent = parent is not None and await memberships.standing(session, person, parent.id) is not None
    back = (
        select(Product.id)
        .join(Network, Network.id == Product.network_id)
        .where(closed, Product.author_id == person.id, Product.state == ProductState.RETURNED, Product.state_at == at)
    )
    has_works_back = await session.scalar(back.limit(1)) is not None
    return Closed(titles or [network.title], parent, is_in_parent, has_works_back)


def _due(today: date, zone: tzinfo) -> list[ColumnElement[bool]]:
    """The conditions that a group is to be archived, or reminded of; the first three are those of the index."""
    morning = datetime.combine(today, time(), tzinfo=zone).astimezone(UTC)
    is_told = Network.end_told_on.is_not(None) & (Network.end_told_on == Network.ends_on)
    return [
        Network.ends_on.is_not(None),
        Network.archived_at.is_(None),
        Network.ends_on <= today + REMIND_BEFORE,
        (Network.ends_on < today) | (~is_told & (Network.created_at < morning)),
    ]


async def is_due(session: AsyncSession, *, now: datetime, zone: tzinfo) -> bool:
    """Whether some temporary group's last day is over, by the clock of `zone`, or its members are to be reminded of it."""
    today = now.astimezone(zone).date()
    return bool(await session.scalar(select(exists().where(*_due(today, zone)))))


async def end_due(session: AsyncSession, *, now: datetime, zone: tzinfo) -> int:
    """Archive the temporary groups whose last day is over, and remind those of a near one. Gives how many groups there were.

    Two processes never take the same one.
    """
    today = now.astimezone(zone).date()
    await tree.alone(session)
    due = (
        select(Network)
        .where(*_due(today, zone))
        .order_by(Network.ends_on, Network.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    groups = (await session.scalars(due)).all()
    for group in groups:
        if group.ends_on is not None and group.ends_on >= today:
            await _remind(session, group, group.ends_on, now=now)
            continue
        await _lift(session, None, group, now=now)
        await _archive(session, None, group, [group.id], reason=None, now=now)
    await session.flush()
    return len(groups)


async def _remind(session: AsyncSession, group: Network, ends_on: date, *, now: datetime) -> None:
    """The members, and the nearest coordinators, who may put the end off."""
    group.end_told_on = ends_on
    day = ends_on.isoformat()
    payload = {"ends_on": day}
    nearest = await deciders.coordinators_near(session, group.id, besides=0)
    await notifications.put(
        session,
        [
            Notice(ENDING, f"{ENDING}:{group.id}:{day}:{person_id}", person_id, group.id, now, payload=payload)
            for person_id in nearest
        ],
        now=now,
    )
    await notifications.put_to_all(
        session,
        ENDING,
        group.id,
        select(Membership.person_id).where(*_in([group.id])),
        due_at=now,
        priority=Priority.REMINDER,
        now=now,
        occasion=day,
        payload=payload,
    )
