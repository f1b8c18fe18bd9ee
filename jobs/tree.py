"""A network stands elsewhere, a temporary group's end is near, a network is closed: whoever it concerns is told."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import screens.tree
from jobs.notices import draws
from models import Network, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import closing, memberships, policy
from services.visibility import visible


@draws("network-moved")
async def tell_moved(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It stands elsewhere now."""
    network = await session.get(Network, notification.subject_id)
    if network is None or network.parent_id != notification.payload["parent_id"]:
        return None
    parent = await session.get(Network, network.parent_id) if network.parent_id is not None else None
    coordinates = await policy.may_coordinate(session, person, network.id)
    return [screens.tree.told_moved(t, network, parent, coordinates=coordinates)]


@draws("network-ending")
async def tell_ending(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Its last day is near."""
    network = await session.get(Network, notification.subject_id)
    ends_on = date.fromisoformat(notification.payload["ends_on"])
    if network is None or network.archived_at is not None or network.ends_on != ends_on:
        return None
    if ends_on < now.astimezone(t.zone).date():
        return None
    coordinates = await policy.may_coordinate(session, person, network.id)
    if not coordinates and await memberships.standing(session, person, network.id) is None:
        return None
    return [screens.tree.told_ending(t, network, ends_on, now=now, coordinates=coordinates)]


@draws("network-closed")
async def tell_closed(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It is only read from now on."""
    payload = notification.payload
    at = datetime.fromisoformat(payload["at"])
    seen = await closing.told(session, person, notification.subject_id, at=at)
    network = await session.get(Network, notification.subject_id)
    if seen is None or network is None:
        return None
    return [
        screens.tree.told_closed(
            t,
            network,
            seen,
            reason=payload["reason"],
            ended=payload["ended"],
            may_see=await _sees(session, person, network.id),
            may_see_parent=seen.parent is not None and await _sees(session, person, seen.parent.id),
        )
    ]


async def _sees(session: AsyncSession, person: Person, network_id: int) -> bool:
    return await session.scalar(select(Network.id).where(Network.id == network_id, visible(person))) is not None
