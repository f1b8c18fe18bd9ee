"""An announcement reaches its people; one that could not go out at its time comes back to its coordinators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcement_drafts
import screens.announcements
from dialogs import placeholders
from jobs.notices import Drawn, Recipient, draws, draws_all
from models import DraftState, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import announcement_drafts, announcements, policy


@draws_all(announcements.KIND)
async def tell_announcements(
    session: AsyncSession, recipients: Sequence[Recipient], now: datetime
) -> Mapping[int, Drawn]:
    """What the coordinator wrote, unless the person has left the network since: read once, drawn once a language."""
    told = await announcements.all_to_be_told(session, [one.notification for one in recipients])
    screens_of: dict[tuple[int, str, int | None], list[Screen]] = {}
    drawn: dict[int, Drawn] = {}
    for one in recipients:
        announcement = told.get(one.notification.id)
        if announcement is None:
            continue
        named = placeholders.has_places(announcement.texts)
        organisation = await announcement_drafts.organisation_of(session, one.person) if named else None
        # With places for names in it, it is another one for everybody.
        which = (announcement.id, one.t.language, one.person.id if named else None)
        if which not in screens_of:
            reader = screens.announcements.reader(one.t, one.person, organisation)
            screens_of[which] = screens.announcements.told(one.t, announcement, reader)
        drawn[one.notification.id] = screens_of[which]
    return drawn


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
