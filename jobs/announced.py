"""What follows an announcement: its live report, corrections, recalls, reminders, the digest of a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

import screens.acknowledgements
import screens.announced
import screens.announcements
from jobs.notices import Also, Later, Redraw, Remove, Rewrite, draws
from models import Announcement, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import announced, announcements, notifications, policy

SOON = timedelta(seconds=5)

LOOK_AGAIN = timedelta(seconds=30)
"""What was claimed in the moment of a pause asks again after so long, if nobody wakes it before."""


@draws(announced.TELL)
async def tell_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Also | Later | None:
    """What the coordinator wrote, as it reads now; not to those who left the network or do not want it, and not too many a day."""
    announcement = await announcements.to_be_told(session, notification)
    if announcement is None:
        return _dropped(notification, announced.LEFT)
    if announced.is_stopped(announcement):
        return _dropped(notification, announced.STOPPED)
    if announcement.paused_at is not None:
        return Later(now + LOOK_AGAIN)
    if await announced.is_muted(session, announcement, person):
        return _dropped(notification, announced.MUTED)
    at = await announced.digest_for(session, announcement, person, zone=t.zone, now=now)
    if at is not None:
        return Also(
            Later(at + announced.AFTER),
            lambda session, now: announced.put_into_digest(session, notification, at=at, now=now),
        )
    return await _told(session, announcement, person, t)


def _dropped(notification: Notification, reason: str) -> Also:
    return Also(None, lambda session, now: notifications.explain(session, notification, reason))


async def _told(session: AsyncSession, announcement: Announcement, person: Person, t: L10n) -> list[Screen]:
    acknowledged = announcement.wants_acknowledgement and await announced.has_acknowledged(
        session, person, announcement.id
    )
    acknowledge = screens.acknowledgements.wanted(t, announcement, acknowledged=acknowledged)
    return screens.announcements.told(t, announcement, acknowledge=acknowledge)


@draws(announced.PROGRESS)
async def redraw_report(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> Redraw | Also | None:
    """The report in a chat where it is open, again and again until all is over; not for who is no coordinator any more."""
    announcement = await announcements.find(session, notification.subject_id)
    if announcement is None or not await policy.may_coordinate(session, person, announcement.network_id):
        return None
    seen = await announced.draw_up(session, announcement, now=now)
    place = notification.payload
    redraw = Redraw(place["chat_id"], place["message_id"], screens.announced.report(t, seen))
    if seen.is_over:
        return redraw
    return Also(redraw, partial(_look_again, notification=notification))


async def _look_again(session: AsyncSession, now: datetime, *, notification: Notification) -> None:
    at = await announced.next_look(session, notification.subject_id, now=now)
    await notifications.again(session, notification, at=at)


@draws(announced.CORRECTED)
async def rewrite_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> Rewrite | Later | None:
    """The announcement in a chat gets its present words."""
    announcement = await announcements.find(session, notification.subject_id)
    if announcement is None or announcement.recalled_at is not None:
        return None
    if await announced.is_being_told(session, notification):
        return Later(now + SOON)
    messages, below = await announced.messages_with(session, notification)
    if not messages:
        return None
    return Rewrite(
        messages[0].chat_id,
        tuple(one.message_id for one in messages),
        tuple(one.message_id for one in below),
        tuple(await _told(session, announcement, person, t)),
        files=len(announcement.files),
        spare=screens.announcements.moved_below(t),
    )


@draws(announced.RECALLED)
async def remove_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> Remove | Later | None:
    """The announcement vanishes from a chat, or says that it was taken back."""
    if await announced.is_being_told(session, notification):
        return Later(now + SOON)
    messages, below = await announced.messages_with(session, notification)
    if not messages:
        return None
    ids = tuple(one.message_id for one in (*messages, *below))
    return Remove(messages[0].chat_id, ids, screens.announcements.recalled(t))


@draws(announced.UNREAD)
async def remind_of_announcement(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Somebody has not acknowledged it, unless they have since."""
    announcement = await announcements.find(session, notification.subject_id)
    if announcement is None or announcement.recalled_at is not None:
        return None
    if await announced.has_acknowledged(session, person, announcement.id):
        return None
    return [screens.acknowledgements.unread(t, announcement, now=now)]


@draws(announced.DEADLINE)
async def tell_deadline(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The time is over: how many have not acknowledged it."""
    announcement = await announcements.find(session, notification.subject_id)
    if announcement is None or announced.is_stopped(announcement):
        return None
    if not await policy.may_coordinate(session, person, announcement.network_id):
        return None
    missing = await announced.count_unread(session, announcement.id)
    return [screens.acknowledgements.deadline(t, announcement, missing, now=now)]


@draws(announced.DIGEST)
async def tell_digest(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> Also | None:
    """What was too much for the day, in one message: with it all of that has reached the person."""
    waiting = await announced.digest(session, person)
    if not waiting:
        return None
    shown = screens.acknowledgements.digest(t, [announcement for _, announcement in waiting])
    return Also(shown, lambda session, now: announced.settle_digest(session, waiting, now=now))
