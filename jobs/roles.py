"""Who was appointed, or is no longer, is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.roles
from jobs.notices import draws
from models import Network, Notification, Person, Topic
from screens.l10n import L10n
from screens.screen import Screen


async def _about_network(key: str, session: AsyncSession, notification: Notification, t: L10n) -> list[Screen] | None:
    network = await session.get(Network, notification.subject_id)
    return None if network is None else [screens.roles.appointment(t, key, network=network.title)]


async def _about_topic(key: str, session: AsyncSession, notification: Notification, t: L10n) -> list[Screen] | None:
    topic = await session.get(Topic, notification.subject_id)
    return None if topic is None else [screens.roles.appointment(t, key, topic=topic.title)]


@draws("coordinator-appointed")
async def tell_coordinator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You coordinate a network now."""
    return await _about_network("roles-you-coordinate", session, notification, t)


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
