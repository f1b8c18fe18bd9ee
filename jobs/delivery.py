"""Something holds the delivery up: the administrators are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.delivery
from jobs.notices import draws
from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import policy
from services.notifications import overdue


@draws(overdue.KIND)
async def tell_of_overdue(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """As long as something is still held up, and to whoever is still an administrator."""
    if not policy.may_administer(person):
        return None
    waiting = sum(lag.number for lag in await overdue.lagging(session, now=now))
    return [screens.delivery.told_overdue(t, waiting)] if waiting else None
