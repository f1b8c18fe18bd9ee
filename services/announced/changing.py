"""An announcement that people have already is corrected in their chats, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Person, Priority, SentMessage
from services import announcements, audit, notifications, policy
from services.announced.kinds import CORRECTED, PROGRESS, RECALLED, TAKEN_BACK, TELL, UNREAD
from services.announced.seeing import Seen, draw_up
from services.announced.steering import locked
from services.errors import AnnouncementRecalled


async def correct(
    session: AsyncSession, actor: Person, announcement_id: int, *, texts: Sequence[Mapping[str, Any]], now: datetime
) -> Seen:
    """Other words, as the dialogs give them: in the chats of all who have it, and for those who do not have it yet.

    Raises NotFound, NotAllowed, NetworkArchived, AnnouncementRecalled, UnknownPlaceholder, PlaceholderTooLong.
    """
    announcement = await locked(session, actor, announcement_id)
    if announcement.recalled_at is not None:
        raise AnnouncementRecalled
    policy.require_open(announcement.network)
    old = announcement.texts
    announcement.texts = announcements.checked(texts)
    announcement.corrections += 1
    await notifications.stop(session, CORRECTED, announcement_id, TAKEN_BACK, now=now)
    await _change_all(session, CORRECTED, announcement_id, str(announcement.corrections), now=now)
    audit.record(
        session,
        actor,
        "announcement.correct",
        "announcement",
        announcement_id,
        now=now,
        old={"texts": old},
        new={"texts": announcement.texts},
    )
    await session.flush()
    return await draw_up(session, announcement, now=now)


async def recall(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Seen:
    """Take it back from all who have it; nobody else gets it. Twice is once. Raises NotFound, NotAllowed."""
    announcement = await locked(session, actor, announcement_id)
    if announcement.recalled_at is None:
        announcement.recalled_at, announcement.paused_at = now, None
        for kind in (TELL, CORRECTED, UNREAD):
            await notifications.stop(session, kind, announcement_id, TAKEN_BACK, now=now)
        await _change_all(session, RECALLED, announcement_id, "", now=now)
        audit.record(session, actor, "announcement.recall", "announcement", announcement_id, now=now)
    await session.flush()
    return await draw_up(session, announcement, now=now)


async def _change_all(session: AsyncSession, kind: str, announcement_id: int, occasion: str, *, now: datetime) -> None:
    """Change the messages of all who have it, or may have it in a moment. An edit wakes nobody, so quiet hours do not matter."""
    await notifications.put_to_all(
        session,
        kind,
        announcement_id,
        _have_it(announcement_id),
        due_at=now,
        priority=Priority.ANNOUNCEMENT,
        now=now,
        occasion=occasion,
        urgent=True,
    )
    await notifications.release(session, PROGRESS, announcement_id, now=now)


def _have_it(announcement_id: int) -> Select[int]:
    return select(Notification.person_id).where(
        Notification.kind == TELL,
        Notification.subject_id == announcement_id,
        Notification.state.in_((NotificationState.SENT, NotificationState.SENDING)),
    )


async def is_being_told(session: AsyncSession, notification: Notification) -> bool:
    """Whether the announcement is on its way to this notice's person this very moment, perhaps with the words of before."""
    query = select(Notification.id).where(
        Notification.kind == TELL,
        Notification.subject_id == notification.subject_id,
        Notification.person_id == notification.person_id,
        Notification.state == NotificationState.SENDING,
    )
    return await session.scalar(query.limit(1)) is not None


async def messages_with(
    session: AsyncSession, notification: Notification
) -> tuple[Sequence[SentMessage], Sequence[SentMessage]]:
    """The messages that the announcement became for this notice's person, and those that corrections added below, in order."""
    rows = await session.execute(
        select(Notification.kind, SentMessage)
        .join(Notification, Notification.id == SentMessage.notification_id)
        .where(
            Notification.kind.in_((TELL, CORRECTED)),
            Notification.subject_id == notification.subject_id,
            Notification.person_id == notification.person_id,
            Notification.id != notification.id,
        )
        .order_by(SentMessage.notification_id, SentMessage.part)
    )
    found = rows.all()
    return [one for kind, one in found if kind == TELL], [one for kind, one in found if kind == CORRECTED]
