"""Organisations are brought into a network, given a role, taken out; or come and go by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Network, Organisation, Participation, ParticipationRole, Person
from services import heads, policy, representing
from services.errors import AgreementNotAccepted, NetworkNotOpen, NotFound
from services.participations import rows


async def add(
    session: AsyncSession, actor: Person, network_id: int, organisation_id: int, *, now: datetime
) -> Participation:
    """A coordinator of the branch brings an organisation of the registry in, as a participant; twice is once. Its head is told.

    Raises NotAllowed, NotFound, NetworkArchived.
    """
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id)
    organisation = await session.get(Organisation, organisation_id)
    if network is None or organisation is None or organisation.confirmed_at is None:
        raise NotFound
    policy.require_open(network)
    participation, is_new = await rows.take_part(session, actor, network_id, organisation_id, now=now)
    if is_new:
        await rows.tell_head(session, actor, rows.BEGAN, participation, now=now)
    return await rows.get(session, participation.id)


async def bring(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> Participation:
    """The head brings their organisation into an open network without an agreement; twice is once. The coordinators are told.

    Raises NotRegistered, NotAllowed (they head none), NotFound, NetworkArchived, NetworkNotOpen, AgreementNotAccepted.
    """
    organisation = await heads.require_headed(session, actor)
    network = await rows.visible_network(session, actor, network_id)
    standing = await rows.of_organisation(session, organisation.id, network_id)
    if standing is not None and standing.ended_at is None:
        return await rows.get(session, standing.id)
    policy.require_open(network)
    if not policy.may_join_at_once(network):
        raise NetworkNotOpen(title=network.title)
    if network.agreement_version is not None:
        raise AgreementNotAccepted(title=network.title)
    participation, is_new = await rows.take_part(session, actor, network_id, organisation.id, now=now)
    if is_new:
        await rows.tell_coordinators(session, actor, "came", participation, now=now)
    return await rows.get(session, participation.id)


async def set_role(
    session: AsyncSession, actor: Person, participation_id: int, role: ParticipationRole, *, now: datetime
) -> Participation:
    """From now on the organisation is this in the network; twice is once.

    That it coordinates, or no longer, is the administrator's to say, as with every coordinator (Yurga, §3.2.2); the rest is a
    coordinator's of the branch. Those who coordinated on its behalf do so no longer with the role.
    Raises NotAllowed, NotFound (also: takes part no longer), NetworkArchived.
    """
    participation = await _to_change(session, actor, participation_id)
    if participation.role is role:
        return participation
    policy.require_open(participation.network)
    if ParticipationRole.COORDINATOR in (role, participation.role):
        policy.require_administrator(actor)
    old, participation.role = participation.role, role
    await session.flush()
    if old is ParticipationRole.COORDINATOR:
        await representing.end_all(session, actor, participation, now=now)
    roles_of = {"old": {"role": old.value}, "new": {"role": role.value}}
    rows.record(session, actor, "participation.role", participation, now=now, **roles_of)
    return participation


async def _to_change(session: AsyncSession, actor: Person, participation_id: int) -> Participation:
    participation = await rows.get(session, participation_id)
    await policy.require_coordinator(session, actor, participation.network_id)
    if participation.ended_at is not None:
        raise NotFound
    return participation


async def represent(
    session: AsyncSession, actor: Person, participation_id: int, person_id: int, *, now: datetime
) -> Participation:
    """The administrator has somebody of the organisation coordinate the network for it. Raises what `representing.appoint` raises."""
    participation = await rows.get(session, participation_id)
    policy.require_open(participation.network)
    await representing.appoint(session, actor, participation, person_id, now=now)
    return participation


async def end(session: AsyncSession, actor: Person, participation_id: int, *, now: datetime) -> Participation:
    """The organisation takes part no longer: its head's own will at any time (Izhevsk, §2.4), else a coordinator's of the branch.

    One that coordinates goes by the administrator's. Twice is once. The other side is told. Raises NotAllowed, NotFound.
    """
    participation = await rows.get(session, participation_id)
    own = await heads.headed_by(session, actor) if policy.is_registered(actor) else None
    is_head = own is not None and own.id == participation.organisation_id
    if not is_head:
        await policy.require_coordinator(session, actor, participation.network_id)
        if participation.role is ParticipationRole.COORDINATOR:
            policy.require_administrator(actor)
    if participation.ended_at is not None:
        return participation
    participation.ended_at = now
    await session.flush()
    await representing.end_all(session, actor, participation, now=now)
    rows.record(session, actor, "participation.end", participation, now=now)
    if is_head:
        await rows.tell_coordinators(session, actor, "left", participation, now=now)
    else:
        await rows.tell_head(session, actor, rows.ENDED, participation, now=now)
    return participation
