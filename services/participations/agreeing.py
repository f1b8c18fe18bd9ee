"""A head accepts a network's agreement on behalf of their organisation, with a scan of the signed paper (lyceum no. 1, §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.participations import MOST_SCANS
from models import Agreement, Network, Organisation, Participation, ParticipationScan, Person
from services import agreements, files, heads, policy
from services.errors import NetworkNotOpen, NotFound
from services.participations import rows


async def to_accept(session: AsyncSession, actor: Person, network_id: int) -> tuple[Organisation, Network, Agreement]:
    """What the actor, as a head, may accept on behalf of their organisation, which takes part or may come by itself.

    Raises NotRegistered, NotAllowed (they head none), NotFound (nothing to accept), NetworkArchived, NetworkNotOpen.
    """
    organisation = await heads.require_headed(session, actor)
    network = await rows.visible_network(session, actor, network_id)
    agreement = await agreements.current(session, network)
    if agreement is None:
        raise NotFound
    policy.require_open(network)
    standing = await rows.of_organisation(session, organisation.id, network_id)
    if (standing is None or standing.ended_at is not None) and not policy.may_join_at_once(network):
        raise NetworkNotOpen(title=network.title)
    return organisation, network, agreement


async def accept(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    version: int,
    *,
    scan: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Participation:
    """The head accepts the agreement on behalf of their organisation, which comes in by that where it is not in yet.

    `scan` are pages of the signed paper as the dialogs give files. The same version a second time only changes the scan: the first
    moment stands. The coordinators are told. Raises what `to_accept` raises, and AgreementNotAccepted (another version is in force).
    """
    organisation, network, _ = await to_accept(session, actor, network_id)
    agreements.require_accepted(network, version)
    participation, _ = await rows.take_part(session, actor, network_id, organisation.id, now=now)
    old = participation.agreement_version
    if old != version:
        participation.agreement_version, participation.agreed_at = version, now
        participation.agreed_by_id = actor.id
    await _attach(session, participation, version, scan, now=now)
    deed = "participation.agree" if old != version else "participation.rescan"
    new = {"version": version, "pages": len(scan)}
    rows.record(session, actor, deed, participation, now=now, old={"version": old}, new=new)
    if old != version:
        await rows.tell_coordinators(session, actor, "agreed", participation, now=now)
    return await rows.get(session, participation.id)


async def _attach(
    session: AsyncSession,
    participation: Participation,
    version: int,
    scan: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
) -> None:
    mine = (ParticipationScan.participation_id == participation.id, ParticipationScan.version == version)
    await session.execute(delete(ParticipationScan).where(*mine))
    kept = await files.keep(session, scan[:MOST_SCANS], now=now)
    session.add_all(
        ParticipationScan(participation_id=participation.id, version=version, position=position, file_id=file.id)
        for position, file in enumerate(kept)
    )
    await session.flush()
