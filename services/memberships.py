"""Becoming a member, and being one no longer: the one place where a membership's row is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from models import Application, ApplicationState, Membership, MembershipState, Network, Person, Role
from services import audit, followers, notifications, policy, roles
from services.deciders import CAME as CAME, EXPIRED as EXPIRED, WAITS as WAITS, coordinators_near
from services.errors import NotAMember, NotFound
from services.notifications import Notice

REMOVED, LEFT = "membership-removed", "membership-left"
"""The kinds of notice about a membership's end: to whoever was removed; to the coordinators of whoever left and said why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the coordinator sees them: the person with their organisation, the network, and since when.

    `may_manage`: whoever looks coordinates here, and is no mere moderator.
    """

    membership: Membership
    person: Person
    network: Network
    is_moderator: bool = False
    may_manage: bool = True


async def become(
    session: AsyncSession,
    person_id: int,
    network_id: int,
    *,
    agreed: int | None = None,
    agreed_at: datetime | None = None,
    now: datetime,
) -> MembershipState | None:
    """Make the person a member and tell where they stood before; of two first taps at once the database takes one.

    `agreed` is the version of the agreement that they accepted, at `agreed_at` (now, unless given). An application that waits is
    granted by this: it is closed before the membership is touched, in this order everywhere, so that two deeds never wait for each other.
    Whoever followed the news hears them as a member from now on.
    """
    granted = await session.scalars(
        update(Application)
        .where(
            Application.person_id == person_id,
            Application.network_id == network_id,
            Application.state == ApplicationState.PENDING,
        )
        .values(state=ApplicationState.APPROVED, decided_at=now)
        .returning(Application.id)
        .execution_options(synchronize_session=False)
    )
    for application_id in granted.all():
        await take_back(session, application_id)
    await followers.end(session, person_id, network_id)
    membership = await of(session, person_id, network_id)
    if membership is None:
        fresh = Membership(network_id=network_id, person_id=person_id, state=MembershipState.MEMBER, state_at=now)
        _agree(fresh, agreed, agreed_at or now)
        try:
            async with session.begin_nested():
                session.add(fresh)
        except IntegrityError:
            membership = await of(session, person_id, network_id)
        if membership is None:
            return None
    old = membership.state
    if old is not MembershipState.MEMBER:
        membership.state, membership.state_at, membership.reason = MembershipState.MEMBER, now, None
        membership.agreement_version = membership.agreed_at = None
        membership.muted_at = None  # whoever comes back hears again what is announced
        _agree(membership, agreed, agreed_at or now)
        await session.flush()
    return old


def _agree(membership: Membership, version: int | None, at: datetime) -> None:
    if version is not None:
        membership.agreement_version, membership.agreed_at = version, at


async def bring(session: AsyncSession, from_ids: Sequence[int], network_id: int, *, now: datetime) -> None:
    """Make the members of some networks members of another one as well, where they never stood in any way before.

    Whoever left it, or was removed, has had their say and is left alone; an application that waits is granted.
    """
    members = select(Membership.person_id).where(
        Membership.network_id.in_(from_ids), Membership.state == MembershipState.MEMBER
    )
    applicants = select(Application.person_id).where(
        Application.network_id == network_id,
        Application.state == ApplicationState.PENDING,
        Application.person_id.in_(members),
    )
    for person_id in list(await session.scalars(applicants.order_by(Application.id))):
        await become(session, person_id, network_id, now=now)
    known = select(Membership.person_id).where(Membership.network_id == network_id)
    fresh = await session.scalars(members.where(Membership.person_id.not_in(known)).distinct())
    rows = [
        {"network_id": network_id, "person_id": person_id, "state": MembershipState.MEMBER, "state_at": now}
        for person_id in fresh.all()
    ]
    if rows:
        await session.execute(insert(Membership), rows)


async def of(session: AsyncSession, person_id: int, network_id: int) -> Membership | None:
    """The row of this person in this network, locked until the transaction ends, as it stands now."""
    return await session.scalar(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.network_id == network_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def take_back(session: AsyncSession, application_id: int) -> None:
    """Nobody need decide about this application any more."""
    for kind in (CAME, WAITS, EXPIRED):
        await notifications.cancel(session, kind, application_id)


async def standing(session: AsyncSession, actor: Person, network_id: int) -> Membership | None:
    """The membership of the actor in this network, if they are a member now."""
    return await session.scalar(
        select(Membership).where(
            Membership.person_id == actor.id,
            Membership.network_id == network_id,
            Membership.state == MembershipState.MEMBER,
        )
    )


async def by_id(session: AsyncSession, actor: Person, membership_id: int) -> Member:
    """The same as `member`, of a membership known by its id."""
    row = await session.get(Membership, membership_id)
    if row is None:
        raise NotFound
    return await member(session, actor, row.network_id, row.person_id)


async def member(session: AsyncSession, actor: Person, network_id: int, person_id: int) -> Member:
    """One member, for the network's moderators and the coordinators of the branch. Raises NotAllowed, NotFound, NotAMember (they left)."""
    await policy.require_moderator(session, actor, network_id)
    row = await session.scalar(
        select(Membership)
        .where(Membership.network_id == network_id, Membership.person_id == person_id)
        .options(
            joinedload(Membership.network), joinedload(Membership.person).options(selectinload(Person.organisation))
        )
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    if row.state is not MembershipState.MEMBER:
        raise NotAMember(title=row.network.title)
    return Member(
        row,
        row.person,
        row.network,
        is_moderator=await policy.is_appointed(session, row.person, network_id, Role.MODERATOR),
        may_manage=await policy.may_coordinate(session, actor, network_id),
    )


async def remove(
    session: AsyncSession, actor: Person, network_id: int, person_id: int, *, reason: str, now: datetime
) -> Network:
    """The coordinator of the branch ends somebody's membership; they are told why. They may come back the way everybody comes in.

    Raises NotAllowed, NotFound, NetworkArchived, NotAMember (they left, or another coordinator removed them).
    """
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    membership = await of(session, person_id, network_id)
    if network is None or membership is None:
        raise NotFound
    if membership.state is not MembershipState.MEMBER:
        raise NotAMember(title=network.title)
    policy.require_open(network)
    membership.state, membership.state_at, membership.reason = MembershipState.REMOVED, now, reason
    new = {"person_id": person_id, "reason": reason}
    audit.record(session, actor, "network.remove", "network", network_id, now=now, new=new)
    await notifications.put(session, [_notice(REMOVED, membership, person_id)], now=now)
    await roles.end_moderator(session, actor, person_id, network_id, now=now)
    return network


async def tell_why(session: AsyncSession, membership: Membership, *, now: datetime) -> None:
    """Whoever left has said why: the nearest coordinators are told."""
    told = await coordinators_near(session, membership.network_id, besides=membership.person_id)
    await notifications.put(session, [_notice(LEFT, membership, person_id) for person_id in told], now=now)


def _notice(kind: str, membership: Membership, person_id: int) -> Notice:
    """Of this very end of the membership: there may be another one day."""
    at = membership.state_at
    key = f"{kind}:{membership.id}:{person_id}:{int(at.timestamp())}"
    return Notice(kind, key, person_id, membership.id, at, payload={"at": at.isoformat()})
