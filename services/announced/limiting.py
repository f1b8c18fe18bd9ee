"""Nobody is swamped: what is too much for a day comes as one digest."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime, time, timedelta, tzinfo

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Announcement,
    Importance,
    Notification,
    NotificationState,
    Person,
    Priority,
)
from services import announcements, notifications
from services.announced.kinds import DIGEST, IN_DIGEST, PROGRESS, TELL
from services.announced.muting import is_muted
from services.announced.seeing import OPEN
from services.notifications import QUIET_UNTIL, Notice

A_DAY: ContextVar[int] = ContextVar("announcements_a_day", default=5)
"""How many usual announcements a person gets in a day of theirs (the setting ANNOUNCEMENTS_A_DAY, given at the start)."""

DIGEST_AT = time(18, 0)
"""When the rest of a day comes, in the person's own time zone."""

AFTER = timedelta(minutes=1)
"""So long after its digest a notice looks whether it was in it: it is not there when the digest met a fault."""


async def digest_for(
    session: AsyncSession, announcement: Announcement, person: Person, *, zone: tzinfo, now: datetime
) -> datetime | None:
    """When it comes in a digest, because the person has had enough for the day; None: it may come by itself, now."""
    if announcement.importance is not Importance.USUAL:
        return None
    today = now.astimezone(zone).date()
    waiting, had = (await session.execute(_had(person, since=datetime.combine(today, time(), tzinfo=zone)))).one()
    if waiting is not None:
        return max(waiting, now)
    if had < A_DAY.get():
        return None
    evening = datetime.combine(today, DIGEST_AT, tzinfo=zone)
    if now < evening:
        return evening
    return datetime.combine(today + timedelta(days=1), QUIET_UNTIL, tzinfo=zone)


def _had(person: Person, *, since: datetime) -> Select[datetime | None, int]:
    """The digest that waits for the person, if any does, and how many usual announcements reached them `since`."""
    waiting = select(func.max(Notification.due_at)).where(
        Notification.person_id == person.id, Notification.kind == DIGEST, Notification.state.in_(OPEN)
    )
    had = (
        select(func.count())
        .select_from(Notification)
        .join(Announcement, Announcement.id == Notification.subject_id)
        .where(
            Notification.person_id == person.id,
            Notification.kind == TELL,
            Notification.state == NotificationState.SENT,
            Notification.settled_at >= since,
            Announcement.importance == Importance.USUAL,
        )
    )
    return select(waiting.scalar_subquery(), had.scalar_subquery())


async def put_into_digest(session: AsyncSession, notification: Notification, *, at: datetime, now: datetime) -> None:
    """The notice waits for the digest that its person gets `at`."""
    await notifications.explain(session, notification, IN_DIGEST)
    key = f"{DIGEST}:{notification.person_id}:{int(at.timestamp())}"
    notice = Notice(DIGEST, key, notification.person_id, 0, due_at=at, priority=Priority.REMINDER)
    await notifications.put(session, [notice], now=now)


async def digest(session: AsyncSession, person: Person) -> Sequence[tuple[Notification, Announcement]]:
    """What waits for this person's digest and may still be told them, in the order in which it was announced."""
    rows = await session.scalars(
        select(Notification)
        .where(
            Notification.person_id == person.id,
            Notification.kind == TELL,
            Notification.state == NotificationState.PENDING,
            Notification.error == IN_DIGEST,
        )
        .order_by(Notification.id)
    )
    found = []
    for notification in rows.all():
        announcement = await announcements.to_be_told(session, notification)
        if announcement is None or not is_going_out(announcement) or await is_muted(session, announcement, person):
            continue
        found.append((notification, announcement))
    return found


async def settle_digest(
    session: AsyncSession, told: Sequence[tuple[Notification, Announcement]], *, now: datetime
) -> None:
    """A digest has reached its person, and with it all that stood in it; open reports show that."""
    await notifications.told_with(session, [notification.id for notification, _ in told], now=now)
    for _, announcement in told:
        await notifications.release(session, PROGRESS, announcement.id, now=now)


def is_going_out(announcement: Announcement) -> bool:
    """Whether it is neither paused nor stopped for good."""
    return announcement.paused_at is None and not is_stopped(announcement)


def is_stopped(announcement: Announcement) -> bool:
    """Whether nobody gets it any more who has not got it."""
    return announcement.cancelled_at is not None or announcement.recalled_at is not None
