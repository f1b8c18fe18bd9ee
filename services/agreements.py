"""Agreements of networks («соглашение о методическом взаимодействии», lyceum no. 1, §4): published in versions, accepted by members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Agreement, Membership, MembershipState, Network, Person, Priority
from services import audit, coverage, heads, memberships, notifications, policy, rolls
from services.errors import AgreementNotAccepted, NetworkArchived, NotAMember, NotFound
from services.rolls import Roll, Turn
from services.visibility import visible

ASKED = "agreement-asked"
"""The kind of notice by which a member is asked to accept a version."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A network's agreement in force, as the coordinator sees it. `accepted` of `members` accepted this very version, in person or by
    their organisation."""

    network: Network
    agreement: Agreement | None
    members: int
    accepted: int


async def current(session: AsyncSession, network: Network) -> Agreement | None:
    """The version in force, or None where there is nothing to accept."""
    if network.agreement_version is None:
        return None
    return await session.scalar(
        select(Agreement).where(Agreement.network_id == network.id, Agreement.version == network.agreement_version)
    )


async def read(session: AsyncSession, actor: Person, network_id: int) -> tuple[Network, Agreement]:
    """The agreement in force of a network that the actor sees. Raises NotFound, also where there is none."""
    network = await session.scalar(select(Network).where(Network.id == network_id, visible(actor)))
    agreement = None if network is None else await current(session, network)
    if network is None or agreement is None:
        raise NotFound
    return network, agreement


def require_accepted(network: Network, agreed: int | None) -> None:
    """Raises AgreementNotAccepted when the version in force is another one than was `agreed` to."""
    if network.agreement_version is not None and network.agreement_version != agreed:
        raise AgreementNotAccepted(title=network.title)


async def agreed_by(session: AsyncSession, actor: Person, network: Network, agreed: int | None) -> int | None:
    """Which version whoever comes in has accepted in person: none is needed where their organisation did it for them.

    Raises AgreementNotAccepted.
    """
    if network.agreement_version is None:
        return None
    if agreed != network.agreement_version and await coverage.covers(session, actor, network):
        return None
    require_accepted(network, agreed)
    return agreed


async def publish(session: AsyncSession, actor: Person, network_id: int, *, text: str, now: datetime) -> Standing:
    """A coordinator of the branch puts the next version in force; every member is asked to accept it.

    Nobody loses their membership meanwhile. Raises NotAllowed, NotFound, NetworkArchived.
    """
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id, with_for_update=True, populate_existing=True)
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    last = await session.scalar(select(func.max(Agreement.version)).where(Agreement.network_id == network_id)) or 0
    agreement = Agreement(
        network_id=network_id, version=last + 1, text=text, published_by_id=actor.id, published_at=now
    )
    session.add(agreement)
    network.agreement_version = agreement.version
    await session.flush()
    audit.record(
        session, actor, "agreement.publish", "network", network_id, now=now, new={"version": agreement.version}
    )
    for former in await session.scalars(select(Agreement.id).where(Agreement.network_id == network_id)):
        await notifications.cancel(session, ASKED, former)
    members = select(Membership.person_id).where(
        Membership.network_id == network_id, Membership.state == MembershipState.MEMBER
    )
    await notifications.put_to_all(
        session, ASKED, agreement.id, members, due_at=now, priority=Priority.REMINDER, now=now
    )
    await heads.ask_heads(session, agreement, now=now)
    return await standing(session, actor, network_id)


async def accept(session: AsyncSession, actor: Person, network_id: int, version: int, *, now: datetime) -> Network:
    """A member accepts the version in force; twice is once, and the first moment stands.

    Raises NotRegistered, NotFound, NotAMember, NetworkArchived, AgreementNotAccepted (it is not the version in force any more).
    """
    policy.require_registered(actor)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    membership = await memberships.of(session, actor.id, network_id)
    if membership is None or membership.state is not MembershipState.MEMBER:
        raise NotAMember(title=network.title)
    if network.agreement_version is None:
        raise NotFound
    policy.require_open(network)
    require_accepted(network, version)
    if membership.agreement_version != version:
        old = {"version": membership.agreement_version}
        membership.agreement_version, membership.agreed_at = version, now
        audit.record(
            session, actor, "agreement.accept", "network", network_id, now=now, old=old, new={"version": version}
        )
        agreement = await current(session, network)
        if agreement is not None:
            await notifications.cancel(session, ASKED, agreement.id, person_id=actor.id)
    return network


async def standing(session: AsyncSession, actor: Person, network_id: int) -> Standing:
    """The agreement in force with how many accepted it, for the coordinator of the branch. Raises NotAllowed, NotFound."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    inside = (Membership.network_id == network_id, Membership.state == MembershipState.MEMBER)
    lacking = func.count().filter(_has_not_accepted(network))
    row = (await session.execute(select(func.count(), lacking).select_from(Membership).where(*inside))).one()
    return Standing(network, await current(session, network), row[0], row[0] - row[1])


async def unaccepted(
    session: AsyncSession, actor: Person, network_id: int, turn: Turn, *, limit: int
) -> tuple[Network, Roll]:
    """A page of the members who have not accepted the version in force, by name. Raises NotAllowed, NotFound."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    lacking = (
        Membership.network_id == network_id,
        Membership.state == MembershipState.MEMBER,
        _has_not_accepted(network),
    )
    return network, await rolls.by_name(session, Membership.person_id, lacking, turn, limit=limit)


def _has_not_accepted(network: Network) -> ColumnElement[bool]:
    if network.agreement_version is None:
        return Membership.id.is_(None)  # there is nothing to accept: nobody lacks anything
    version = network.agreement_version
    not_in_person = or_(Membership.agreement_version.is_(None), Membership.agreement_version != version)
    return and_(not_in_person, ~coverage.is_covered(version))
