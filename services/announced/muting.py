"""A member does not want a network's announcements; those that are mandatory come all the same (product.md §5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Announcement, Importance, Membership, MembershipState, Person
from services import audit, networks, policy
from services.announced.seeing import followers_of, reached_networks, reaches_beyond_networks
from services.errors import NotAMember
from services.networks import Card


async def mute(session: AsyncSession, actor: Person, network_id: int, *, muted: bool, now: datetime) -> Card:
    """Have the usual announcements of one's network not sent to oneself any more, or sent again. Twice is once.

    Raises NotRegistered, NotFound, NotAMember.
    """
    policy.require_registered(actor)
    card = await networks.card(session, actor, network_id, now=now)
    membership = await session.scalar(
        select(Membership)
        .where(
            Membership.person_id == actor.id,
            Membership.network_id == network_id,
            Membership.state == MembershipState.MEMBER,
        )
        .with_for_update()
    )
    if membership is None:
        raise NotAMember(title=card.network.title)
    if muted is not (membership.muted_at is not None):
        membership.muted_at = now if muted else None
        audit.record(session, actor, "network.mute" if muted else "network.unmute", "network", network_id, now=now)
        await session.flush()
    return await networks.card(session, actor, network_id, now=now)


async def muted_by(session: AsyncSession, announcement: Announcement, person_ids: Collection[int]) -> set[int]:
    """Those of these people to whom it comes by networks alone whose announcements they do not want.

    Whoever follows the news of one of its networks wants them, whatever they muted elsewhere.
    """
    if announcement.importance is not Importance.USUAL or reaches_beyond_networks(announcement):
        return set()
    rows = await session.scalars(
        select(Membership.person_id)
        .where(
            Membership.person_id.in_(person_ids),
            Membership.state == MembershipState.MEMBER,
            Membership.network_id.in_(reached_networks(announcement)),
            Membership.person_id.not_in(followers_of(announcement)),
        )
        .group_by(Membership.person_id)
        .having(func.count(Membership.muted_at) == func.count())
    )
    return set(rows)
