"""An announcement reaches its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcements
from jobs.notices import Drawn, Recipient, draws_all
from screens.screen import Screen
from services import announcements


@draws_all(announcements.KIND)
async def tell_announcements(
    session: AsyncSession, recipients: Sequence[Recipient], now: datetime
) -> Mapping[int, Drawn]:
    """What the coordinator wrote, unless the person has left the network since: read once, drawn once a language."""
    told = await announcements.all_to_be_told(session, [one.notification for one in recipients])
    screens_of: dict[tuple[int, str], list[Screen]] = {}
    drawn: dict[int, Drawn] = {}
    for one in recipients:
        announcement = told.get(one.notification.id)
        if announcement is None:
            continue
        which = (announcement.id, one.t.language)
        if which not in screens_of:
            screens_of[which] = screens.announcements.told(one.t, announcement)
        drawn[one.notification.id] = screens_of[which]
    return drawn
