"""Who was appointed, or is no longer, is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.roles
import screens.team
from jobs.notices import draws
from models import Network, Notification, Person, Topic
from screens.l10n import L10n
from screens.screen import Screen
from services import managing, policy


async def _about_network(key: str, session: AsyncSession, notification: Notification, t: L10n) -> list[Screen] | None:
    network = await session.get(Network, notification.subject_id)
    return None if network is None else [screens.roles.appointment(t, key, network=network.title)]


async def _appointed(
    key: str, session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    network = await session.get(Network, notification.subject_id)
    if network is None:
        return None
    waits = await managing.managed(session, person, offset=0, limit=0, now=now)
    return [screens.team.told_appointed(t, key, network, waiting=waits.applications)]


async def _about_topic(key: str, session: AsyncSession, notification: Notification, t: L10n) -> list[Screen] | None:
    topic = await session.get(Topic, notification.subject_id)
    return None if topic is None else [screens.roles.appointment(t, key, topic=topic.title)]


@draws("coordinator-appointed")
async def tell_coordinator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You coordinate a network now, and so much waits there."""
    return await _appointed("roles-you-coordinate", session, notification, person, t, now)


@draws("coordinator-dismissed")
async def tell_former_coordinator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You coordinate it no longer."""
    return await _about_network("roles-you-coordinate-no-longer", session, notification, t)


@draws("expert-appointed")
async def tell_expert(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You are an expert of a topic now."""
    return await _about_topic("roles-you-are-expert", session, notification, t)


@draws("expert-dismissed")
async def tell_former_expert(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You are its expert no longer."""
    return await _about_topic("roles-you-are-expert-no-longer", session, notification, t)


@draws("moderator-appointed")
async def tell_moderator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You moderate a network now, and so much waits there."""
    return await _appointed("team-you-moderate", session, notification, person, t, now)


@draws("moderator-dismissed")
async def tell_former_moderator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You moderate it no longer."""
    return await _about_network("team-you-moderate-no-longer", session, notification, t)


@draws("administrator-appointed")
async def tell_administrator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You administer the centre now."""
    return [screens.team.told_administrator(t)] if policy.may_administer(person) else None


@draws("administrator-dismissed")
async def tell_former_administrator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You administer it no longer."""
    return None if policy.may_administer(person) else [screens.team.no_longer(t)]
