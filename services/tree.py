"""Where a network stands: created at the top or below another one, as a temporary group or for good, and moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import Found, Network, NetworkForm, NetworkSubject, Person, Visibility
from services import audit, consultations, deciders, notifications, policy, roles, search
from services.errors import EndPassed, GroupHasNoBranch, MoveIntoItself, NetworkExists, NotFound
from services.notifications import Notice
from services.visibility import visible

MOVED = "network-moved"
"""The kind of the notice that a network stands elsewhere now."""

_MOVES = 17_001
"""The key of PostgreSQL's lock that makes one change of the tree at a time; nothing else locks by this number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A network with those above it that the actor sees, from the top down, and how many stand right below it.

    `may_move`: the actor may take it away from where it stands.
    """

    network: Network
    above: Sequence[Network]
    below: int
    may_move: bool


async def alone(session: AsyncSession) -> None:
    """Nobody else changes the tree until this transaction ends: of two moves at once the second sees what the first did.

    Without it A under B and B under A would both be right, and together a ring. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_MOVES)))


async def locked(session: AsyncSession, network_id: int) -> Network:
    """The network's row, for this transaction alone, as it is now. Raises NotFound."""
    network = await session.get(Network, network_id, with_for_update=True, populate_existing=True)
    if network is None:
        raise NotFound
    return network


async def create(
    session: AsyncSession,
    actor: Person,
    *,
    title: str,
    form_id: int,
    parent_id: int | None,
    subject_ids: Collection[int],
    goal: str | None,
    now: datetime,
) -> Network:
    """Create an open network: at the top the administrator does, below another one whoever coordinates that one.

    Raises NotAllowed, NotFound (the form or the parent is gone), NetworkArchived, GroupHasNoBranch, NetworkExists.
    """
    await _require_founder(session, actor, parent_id)
    network = Network(title=title, form_id=form_id, parent_id=parent_id, goal=goal, created_at=now)
    return await _put(session, actor, network, subject_ids, now=now)


async def create_group(
    session: AsyncSession,
    actor: Person,
    *,
    title: str,
    form_id: int,
    parent_id: int,
    goal: str | None,
    ends_on: date,
    zone: tzinfo,
    now: datetime,
) -> Network:
    """A coordinator of the branch creates a temporary group, which archives itself after its last day, by the clock of `zone`.

    It is about the subjects of the network above it. Raises as `create` does, and EndPassed.
    """
    await _require_founder(session, actor, parent_id)
    if ends_on < now.astimezone(zone).date():
        raise EndPassed
    subjects = await session.scalars(select(NetworkSubject.subject_id).where(NetworkSubject.network_id == parent_id))
    network = Network(title=title, form_id=form_id, parent_id=parent_id, goal=goal, ends_on=ends_on, created_at=now)
    return await _put(session, actor, network, subjects.all(), now=now)


async def require_founder(session: AsyncSession, actor: Person, parent_id: int) -> Network:
    """The network below which the actor may create others. Raises NotAllowed, NotFound, NetworkArchived, GroupHasNoBranch."""
    parent = await session.get(Network, parent_id, populate_existing=True)
    if parent is None:
        raise NotFound
    await policy.require_coordinator(session, actor, parent_id)
    _require_place(parent)
    return parent


async def _require_founder(session: AsyncSession, actor: Person, parent_id: int | None) -> None:
    if parent_id is None:
        policy.require_administrator(actor)
        return
    await locked(session, parent_id)  # whoever is just closing it is waited for
    await require_founder(session, actor, parent_id)


def _require_place(parent: Network) -> None:
    policy.require_open(parent)
    if parent.ends_on is not None:
        raise GroupHasNoBranch(title=parent.title)


async def _put(
    session: AsyncSession, actor: Person, network: Network, subject_ids: Collection[int], *, now: datetime
) -> Network:
    if await session.get(NetworkForm, network.form_id) is None:
        raise NotFound
    same = await search.same_title(session, Found.NETWORK, Network, network.title)
    if same is not None:
        raise NetworkExists(title=same.title)
    try:
        async with session.begin_nested():
            session.add(network)
    except IntegrityError as error:
        raise NetworkExists(title=network.title) from error
    session.add_all(NetworkSubject(network_id=network.id, subject_id=subject_id) for subject_id in subject_ids)
    await search.index(session, Found.NETWORK, network.id, network.title)
    new: dict[str, str | int | None] = {"title": network.title, "parent_id": network.parent_id}
    if network.ends_on is not None:
        new["ends_on"] = network.ends_on.isoformat()
    audit.record(session, actor, "network.create", "network", network.id, now=now, new=new)
    return network


async def place_of(session: AsyncSession, actor: Person, network_id: int) -> Place:
    """Where a network of the actor's branch stands. Raises NotAllowed, NotFound."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id, populate_existing=True)
    if network is None:
        raise NotFound
    up = select(Network.id, Network.parent_id, literal(0).label("height")).where(Network.id == network_id)
    path = up.cte(recursive=True)
    node = aliased(Network)
    path = path.union(select(node.id, node.parent_id, path.c.height + 1).where(node.id == path.c.parent_id))
    above = await session.scalars(
        select(Network)
        .join(path, path.c.id == Network.id)
        .where(Network.id != network_id, visible(actor))
        .order_by(path.c.height.desc())
    )
    below = await session.scalar(select(func.count()).select_from(Network).where(*right_below(network_id)))
    return Place(network, above.all(), below or 0, may_move=await _may_move(session, actor, network))


def right_below(network_id: int) -> list[ColumnElement[bool]]:
    """The conditions that a network stands right below this one and is not closed."""
    return [Network.parent_id == network_id, Network.archived_at.is_(None)]


async def _may_move(session: AsyncSession, actor: Person, network: Network) -> bool:
    """Whoever coordinates the place it stands in may take it away; at the top, the administrator. Its own coordinator may not leave."""
    if network.parent_id is None or network.archived_at is not None:
        return network.archived_at is None and policy.may_administer(actor)
    return await policy.may_coordinate(session, actor, network.parent_id)


async def require_mover(session: AsyncSession, actor: Person, network_id: int) -> Network:
    """The network, if the actor may take it away from where it stands. Raises NotAllowed, NotFound, NetworkArchived."""
    network = await session.get(Network, network_id, populate_existing=True)
    if network is None:
        raise NotFound
    if network.parent_id is None:
        policy.require_administrator(actor)
    else:
        await policy.require_coordinator(session, actor, network.parent_id)
    policy.require_open(network)
    return network


async def move(
    session: AsyncSession, actor: Person, network_id: int, parent_id: int | None, *, now: datetime
) -> Network:
    """Put a network, with all its branch, below another one, or (None) at the top. To where it stands already is nothing.

    Whoever coordinates both places may, at the top the administrator alone; the coordinators whom it concerns are told.
    Raises NotAllowed, NotFound, NetworkArchived, GroupHasNoBranch, MoveIntoItself.
    """
    await alone(session)
    network = await locked(session, network_id)
    await require_mover(session, actor, network_id)
    if parent_id is None:
        policy.require_administrator(actor)
    else:
        await locked(session, parent_id)
        parent = await require_founder(session, actor, parent_id)
        if network_id in await policy.branch_above(session, parent_id):
            raise MoveIntoItself(title=parent.title)
    if network.parent_id != parent_id:
        await place(session, actor, network, parent_id, now=now)
    return network


async def place(
    session: AsyncSession, actor: Person | None, network: Network, parent_id: int | None, *, now: datetime
) -> None:
    """Write down that a locked network stands below another one now, whoever decided so; the rights have been looked at.

    At the top there are no members of a network above who could see it: there it is hidden rather than shown to more people.
    """
    old_id, network.parent_id = network.parent_id, parent_id
    if parent_id is None and network.visibility is Visibility.PARENT:
        network.visibility = Visibility.MEMBERS
    await session.flush()
    old, new = {"parent_id": old_id}, {"parent_id": parent_id}
    audit.record(session, actor, "network.move", "network", network.id, now=now, old=old, new=new)
    await consultations.watch_branch(session, network.id, now=now)
    await deciders.hand_over(session, network.id, now=now)
    concerned = {person.id for person in await roles.coordinators(session, network.id)}
    mover = actor.id if actor is not None else 0
    for place_id in (old_id, parent_id):
        if place_id is not None:
            concerned.update(await deciders.coordinators_near(session, place_id, besides=mover))
    await notifications.put(
        session,
        [
            Notice(
                MOVED, f"{MOVED}:{network.id}:{now.isoformat()}:{person_id}", person_id, network.id, now, payload=new
            )
            for person_id in sorted(concerned - {mover})
        ],
        now=now,
    )


async def change_end(
    session: AsyncSession, actor: Person, network_id: int, ends_on: date, *, zone: tzinfo, now: datetime
) -> Network:
    """A coordinator of the branch gives a temporary group another last day, today by the clock of `zone` or later.

    Raises NotAllowed, NotFound (also of one that has no last day), NetworkArchived, EndPassed.
    """
    await policy.require_coordinator(session, actor, network_id)
    network = await locked(session, network_id)
    require_temporary(network)
    if ends_on < now.astimezone(zone).date():
        raise EndPassed
    if network.ends_on != ends_on:
        old = {"ends_on": network.ends_on.isoformat() if network.ends_on is not None else None}
        network.ends_on = ends_on
        audit.record(
            session, actor, "network.end", "network", network_id, now=now, old=old, new={"ends_on": ends_on.isoformat()}
        )
    return network


def require_temporary(network: Network) -> None:
    """Raises NetworkArchived, NotFound (there is no last day)."""
    policy.require_open(network)
    if network.ends_on is None:
        raise NotFound
