"""An announcement reaches its people; one that could not go out at its time comes back to its coordinators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcement_drafts
import screens.announcements
from dialogs import placeholders
from jobs.notices import draws
from models import DraftState, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import announcement_drafts, announcements, policy


@draws(announcements.KIND)
async def tell_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """What the coordinator wrote, unless the person has left the network since."""
    announcement = await announcements.to_be_told(session, notification)
    if announcement is None:
        return None
    organisation = None
    if placeholders.has_places(announcement.texts):
        organisation = await announcement_drafts.organisation_of(session, person)
    return screens.announcements.told(t, announcement, screens.announcements.reader(t, person, organisation))


@draws(announcement_drafts.NOT_SENT)
async def tell_not_sent(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """A scheduled announcement waits for a person's decision, unless one was made, or the right to make it is gone."""
    draft = await announcement_drafts.find(session, notification.subject_id)
    if draft is None or draft.state is DraftState.SENT:
        return None
    if not await policy.may_coordinate(session, person, draft.network_id):
        return None
    why, starts_at = notification.payload["why"], datetime.fromisoformat(notification.payload["starts_at"])
    return [screens.announcement_drafts.not_sent(t, draft, why=why, starts_at=starts_at, now=now)]
