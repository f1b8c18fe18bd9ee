"""Everybody an announcement was for, one by one: the table that a coordinator keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Acknowledgement,
    Announcement,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    Organisation,
    Person,
)
from services.announced.kinds import TELL
from services.announced.seeing import name_of, reached_networks, ruled


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of those it was for. `became` is a field of Counts; `networks` are those by which it came, as far as they still are in them."""

    name: str | None
    organisation: str | None
    networks: Sequence[str]
    became: str
    settled_at: datetime | None
    acknowledged_at: datetime | None


async def recipients(
    session: AsyncSession, actor: Person, announcement_id: int
) -> tuple[Announcement, list[Recipient]]:
    """All of them, by name. Raises NotFound, NotAllowed."""
    announcement = await ruled(session, actor, announcement_id)
    networks = await _networks(session, announcement)
    rows = await session.execute(
        select(Notification, Person.full_name, Organisation.title, Acknowledgement.at)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(
            Acknowledgement,
            and_(
                Acknowledgement.person_id == Notification.person_id,
                Acknowledgement.announcement_id == announcement_id,
            ),
        )
        .where(Notification.kind == TELL, Notification.subject_id == announcement_id)
        .order_by(Person.full_name, Person.id)
    )
    return announcement, [
        Recipient(
            name,
            organisation,
            networks.get(notice.person_id, ()),
            name_of(notice.state, notice.error),
            notice.settled_at if notice.state is NotificationState.SENT else None,
            acknowledged_at,
        )
        for notice, name, organisation, acknowledged_at in rows
    ]


async def _networks(session: AsyncSession, announcement: Announcement) -> dict[int, list[str]]:
    rows = await session.execute(
        select(Membership.person_id, Network.title)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.state == MembershipState.MEMBER, Network.id.in_(reached_networks(announcement)))
        .order_by(Network.title)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, title in rows:
        found[person_id].append(title)
    return found
