"""An announcement reaches its people; one that could not go out at its time comes back to its coordinators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

import screens.acknowledgements
import screens.announcement_drafts
import screens.announcements
from dialogs import placeholders
from jobs.notices import Also, Drawn, Later, Recipient, draws, draws_all
from models import Announcement, DraftState, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import announced, announcement_drafts, announcements, notifications, policy

LOOK_AGAIN = timedelta(seconds=30)
"""What was claimed in the moment of a pause asks again after so long, if nobody wakes it before."""


@draws_all(announcements.KIND)
async def tell_announcements(
    session: AsyncSession, recipients: Sequence[Recipient], now: datetime
) -> Mapping[int, Drawn | Also]:
    """What coordinators wrote, as it reads now: each announcement is read once, drawn once a language; see `_tell`."""
    drawn: dict[int, Drawn | Also] = {}
    for announcement_id in {one.notification.subject_id for one in recipients}:
        announcement = await announcements.find(session, announcement_id)
        if announcement is not None:
            its = [one for one in recipients if one.notification.subject_id == announcement_id]
            drawn |= await _tell(session, announcement, its, now)
    return drawn


async def _tell(
    session: AsyncSession, announcement: Announcement, recipients: Sequence[Recipient], now: datetime
) -> Mapping[int, Drawn | Also]:
    """Not to those who left the network or do not want it, and not too many a day; nothing while it is paused, or when it is stopped."""
    if announced.is_stopped(announcement):
        return {one.notification.id: _dropped(one, announced.STOPPED) for one in recipients}
    if announcement.paused_at is not None:
        return {one.notification.id: Later(now + LOOK_AGAIN) for one in recipients}
    zones = {one.person.id: one.t.zone for one in recipients}
    entitled = await announcements.entitled(session, announcement, zones)
    muted = await announced.muted_by(session, announcement, zones)
    digests = await announced.digests_for(session, announcement, zones, now=now)
    reached = [one for one in recipients if one.person.id in entitled - muted - digests.keys()]
    told = await _told(session, announcement, reached)
    drawn: dict[int, Drawn | Also] = {}
    for one in recipients:
        if one.person.id not in entitled:
            drawn[one.notification.id] = _dropped(one, announced.LEFT)
        elif one.person.id in muted:
            drawn[one.notification.id] = _dropped(one, announced.MUTED)
        elif one.person.id in digests:
            drawn[one.notification.id] = _in_digest(one, digests[one.person.id])
        else:
            drawn[one.notification.id] = told[one.notification.id]
    return drawn


def _dropped(recipient: Recipient, reason: str) -> Also:
    return Also(None, lambda session, now: notifications.explain(session, recipient.notification, reason))


def _in_digest(recipient: Recipient, at: datetime) -> Also:
    return Also(
        Later(at + announced.AFTER),
        lambda session, now: announced.put_into_digest(session, recipient.notification, at=at, now=now),
    )


async def _told(
    session: AsyncSession, announcement: Announcement, recipients: Sequence[Recipient]
) -> dict[int, list[Screen]]:
    """The announcement as each of them reads it. Equal ones are the same: the sender makes their keyboards once."""
    acknowledged = set[int]()
    if announcement.wants_acknowledgement:
        acknowledged = await announced.acknowledged_by(session, announcement.id, [one.person.id for one in recipients])
    named = placeholders.has_places(announcement.texts)
    drawn: dict[tuple[str, bool, int | None], list[Screen]] = {}
    told: dict[int, list[Screen]] = {}
    for one in recipients:
        has_read = one.person.id in acknowledged
        which = (one.t.language, has_read, one.person.id if named else None)
        if which not in drawn:
            organisation = await announcement_drafts.organisation_of(session, one.person) if named else None
            drawn[which] = screens.announcements.told(
                one.t,
                announcement,
                screens.announcements.reader(one.t, one.person, organisation),
                acknowledge=screens.acknowledgements.wanted(one.t, announcement, acknowledged=has_read),
            )
        told[one.notification.id] = drawn[which]
    return told


async def as_told(
    session: AsyncSession, announcement: Announcement, notification: Notification, person: Person, t: L10n
) -> list[Screen]:
    """The announcement as this person reads it now."""
    return (await _told(session, announcement, [Recipient(notification, person, t)]))[notification.id]


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
