"""An announcement reaches its people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcements
from jobs.notices import draws
from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import announcements


@draws(announcements.KIND)
async def tell_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """What the coordinator wrote, unless the person has left the network since."""
    announcement = await announcements.to_be_told(session, notification)
    return None if announcement is None else screens.announcements.told(t, announcement)
