"""Somebody registered who may be a person of the centre's lists: whoever may know them is asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.registry
from jobs.notices import draws
from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import policy, registry
from services.errors import DoubtDecided, NotFound


@draws("registry-doubtful")
async def ask_who_it_is(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Who is this? Nothing is asked that somebody has decided meanwhile."""
    try:
        asked = await registry.doubt(session, person, notification.subject_id)
    except (NotFound, DoubtDecided):
        return None
    return [screens.registry.doubt(t, asked, is_administrator=policy.may_administer(person))]
