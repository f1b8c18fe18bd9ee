"""What became of notifications: counted for reports, found by their messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, NotificationTally, SentMessage


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many of some notifications stand where.

    `maybe_twice` is how many of those who got it may have got it two times; `unknown` how many may have got it or not.
    """

    sent: int = 0
    waiting: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0
    maybe_twice: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.sent + self.waiting + self.blocked + self.failed + self.unknown + self.cancelled


async def outcomes(session: AsyncSession, kind: str, subject_ids: Collection[int]) -> dict[int, Outcomes]:
    """What became of the notices of `kind` about each of these subjects, those that were deleted as old among them."""
    rows = await session.execute(
        select(Notification.subject_id, Notification.state, Notification.maybe_twice, func.count())
        .where(Notification.kind == kind, Notification.subject_id.in_(subject_ids))
        .group_by(Notification.subject_id, Notification.state, Notification.maybe_twice)
        .union_all(
            select(
                NotificationTally.subject_id,
                NotificationTally.state,
                NotificationTally.maybe_twice,
                NotificationTally.number,
            ).where(NotificationTally.kind == kind, NotificationTally.subject_id.in_(subject_ids))
        )
    )
    counts: dict[int, dict[str, int]] = {subject_id: {} for subject_id in subject_ids}
    for subject_id, state, maybe_twice, number in rows:
        count = counts[subject_id]
        name = _NAMES[state]
        count[name] = count.get(name, 0) + number
        if maybe_twice and state is NotificationState.SENT:
            count["maybe_twice"] = count.get("maybe_twice", 0) + number
    return {subject_id: Outcomes(**count) for subject_id, count in counts.items()}


_NAMES = {
    NotificationState.PENDING: "waiting",
    NotificationState.SENDING: "waiting",
    NotificationState.SENT: "sent",
    NotificationState.BLOCKED: "blocked",
    NotificationState.FAILED: "failed",
    NotificationState.UNKNOWN: "unknown",
    NotificationState.CANCELLED: "cancelled",
}


async def answered_by_reply(session: AsyncSession, chat_id: int, message_id: int) -> Notification | None:
    """The notification that a replied-to message was, any part of it."""
    return await session.scalar(
        select(Notification)
        .join(SentMessage, SentMessage.notification_id == Notification.id)
        .where(SentMessage.chat_id == chat_id, SentMessage.message_id == message_id)
    )


async def messages_of(session: AsyncSession, kind: str, subject_id: int) -> Sequence[tuple[int, SentMessage]]:
    """Every message that notices of `kind` about this subject became, with the person it went to, last parts last."""
    rows = await session.execute(
        select(Notification.person_id, SentMessage)
        .join(SentMessage, SentMessage.notification_id == Notification.id)
        .where(Notification.kind == kind, Notification.subject_id == subject_id)
        .order_by(SentMessage.notification_id, SentMessage.part)
    )
    return [(person_id, message) for person_id, message in rows]
