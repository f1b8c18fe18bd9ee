"""The row of an organisation in a network: found, begun, written down, told about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Network, Participation, ParticipationRole, Person
from services import audit, deciders, heads, notifications
from services.errors import NotFound
from services.notifications import Notice
from services.visibility import visible

BEGAN, ENDED = "participation-began", "participation-ended"
"""The kinds of notice to the head of an organisation that the coordinator brought in, or took out."""

CHANGED = "participation-changed"
"""The kind of notice to the coordinators: an organisation came by itself, accepted the agreement, left (`payload["what"]`)."""


async def visible_network(session: AsyncSession, actor: Person, network_id: int) -> Network:
    """The network, if the actor sees it. Raises NotFound."""
    network = await session.scalar(select(Network).where(Network.id == network_id, visible(actor)))
    if network is None:
        raise NotFound
    return network


async def get(session: AsyncSession, participation_id: int) -> Participation:
    """The row with its organisation, its network and who accepted the agreement, also of one that has ended. Raises NotFound."""
    participation = await session.scalar(
        select(Participation)
        .where(Participation.id == participation_id)
        .options(
            joinedload(Participation.organisation),
            joinedload(Participation.network),
            joinedload(Participation.agreed_by),
        )
        .execution_options(populate_existing=True)
    )
    if participation is None:
        raise NotFound
    return participation


async def of_organisation(session: AsyncSession, organisation_id: int, network_id: int) -> Participation | None:
    """The row of this organisation in this network, also of one that has ended."""
    return await session.scalar(
        select(Participation).where(
            Participation.organisation_id == organisation_id, Participation.network_id == network_id
        )
    )


async def take_part(
    session: AsyncSession, actor: Person, network_id: int, organisation_id: int, *, now: datetime
) -> tuple[Participation, bool]:
    """The row, taking part from now on, and whether it did not before. Of two first deeds at once the database takes one."""
    participation = await _locked(session, organisation_id, network_id)
    if participation is None:
        fresh = Participation(organisation_id=organisation_id, network_id=network_id, began_at=now)
        try:
            async with session.begin_nested():
                session.add(fresh)
        except IntegrityError:
            participation = await _locked(session, organisation_id, network_id)
        else:
            record(session, actor, "participation.begin", fresh, now=now)
            return fresh, True
    if participation is None:
        raise NotFound
    if participation.ended_at is None:
        return participation, False
    participation.ended_at, participation.began_at, participation.role = None, now, ParticipationRole.PARTICIPANT
    participation.agreement_version = participation.agreed_at = participation.agreed_by_id = None
    await session.flush()
    record(session, actor, "participation.begin", participation, now=now)
    return participation, True


async def _locked(session: AsyncSession, organisation_id: int, network_id: int) -> Participation | None:
    return await session.scalar(
        select(Participation)
        .where(Participation.organisation_id == organisation_id, Participation.network_id == network_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def record(
    session: AsyncSession,
    actor: Person,
    deed: str,
    participation: Participation,
    *,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """Write down what became of it, with the network."""
    new = {"organisation_id": participation.organisation_id, **(new or {})}
    audit.record(session, actor, deed, "network", participation.network_id, now=now, old=old, new=new)


async def tell_head(
    session: AsyncSession, actor: Person, kind: str, participation: Participation, *, now: datetime
) -> None:
    """The head is told, unless they did it."""
    head = await heads.of(session, participation.organisation_id)
    if head is not None and head.id != actor.id:
        key = f"{kind}:{participation.id}:{head.id}:{now.timestamp():.0f}"
        await notifications.put(session, [Notice(kind, key, head.id, participation.id, now)], now=now)


async def tell_coordinators(
    session: AsyncSession, actor: Person, what: str, participation: Participation, *, now: datetime
) -> None:
    """The nearest coordinators are told what the organisation did."""
    nearest = await deciders.coordinators_near(session, participation.network_id, besides=actor.id)
    at = f"{now.timestamp():.0f}"
    notices = [
        Notice(
            CHANGED,
            f"{CHANGED}:{participation.id}:{what}:{one}:{at}",
            one,
            participation.id,
            now,
            payload={"what": what},
        )
        for one in nearest
    ]
    await notifications.put(session, notices, now=now)
