"""What the bot will say unprompted: written with its cause, claimed with a lease, settled with its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Person, Priority, SentMessage

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 6
FIRST_RETRY = timedelta(seconds=10)
ROWS_AT_ONCE = 500

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(7, 0)
"""Quiet hours by default (product.md §5), in the person's own time zone."""

DUE_SOON = "due_soon"
"""The session's note that this transaction made something due: the sender is woken after the commit."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell one person. See models.Notification for the fields."""

    kind: str
    key: str
    person_id: int
    subject_id: int
    due_at: datetime
    priority: Priority = Priority.REPLY
    urgent: bool = False
    payload: dict[str, Any] = field(default_factory=dict)


async def put(session: AsyncSession, notices: Iterable[Notice], *, now: datetime) -> int:
    """Write notices down; those whose key is known already are left as they are. Gives how many were new."""
    given = list(notices)
    rows: list[dict[str, Any]] = [
        {
            "kind": notice.kind,
            "key": notice.key,
            "person_id": notice.person_id,
            "subject_id": notice.subject_id,
            "payload": notice.payload,
            "priority": int(notice.priority),
            "urgent": notice.urgent,
            "due_at": notice.due_at,
            "state": NotificationState.PENDING,
            "attempts": 0,
            "maybe_twice": False,
            "created_at": now,
        }
        for notice in given
    ]
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    written = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        statement = (
            make(Notification)
            .values(rows[start : start + ROWS_AT_ONCE])
            .on_conflict_do_nothing(index_elements=[Notification.key])
            .returning(Notification.id)
        )
        written += len((await session.execute(statement)).all())
    if any(notice.due_at <= now for notice in given):
        session.info[DUE_SOON] = True
    return written


async def cancel(session: AsyncSession, kind: str, subject_id: int, *, person_id: int | None = None) -> int:
    """Take back what is not sent yet of `kind` about this subject (for one person). Gives how many."""
    result = await session.execute(
        update(Notification)
        .where(*_waiting(kind, subject_id, person_id))
        .values(state=NotificationState.CANCELLED)
        .returning(Notification.id)
    )
    return len(result.all())


async def waiting_payloads(session: AsyncSession, kind: str, subject_id: int) -> dict[int, dict[str, Any]]:
    """What is not sent yet of `kind` about this subject: the person → what they were to be told."""
    rows = await session.execute(
        select(Notification.person_id, Notification.payload).where(*_waiting(kind, subject_id, None))
    )
    return {row.person_id: row.payload for row in rows}


async def forget(session: AsyncSession, kind: str, subject_id: int, *, person_id: int | None = None) -> None:
    """Cancel what is not sent and give the keys free, sent or not: the occasion has moved and is to be told anew."""
    conditions = [Notification.kind == kind, Notification.subject_id == subject_id]
    if person_id is not None:
        conditions.append(Notification.person_id == person_id)
    await session.execute(
        update(Notification)
        .where(*conditions, Notification.state == NotificationState.PENDING)
        .values(state=NotificationState.CANCELLED)
    )
    await session.execute(
        update(Notification).where(*conditions).values(key=Notification.key + "#" + _as_text(Notification.id))
    )


def _as_text(column: Any) -> Any:
    return cast(column, String)


def _waiting(kind: str, subject_id: int, person_id: int | None) -> list[ColumnElement[bool]]:
    conditions = [
        Notification.kind == kind,
        Notification.subject_id == subject_id,
        Notification.state == NotificationState.PENDING,
    ]
    if person_id is not None:
        conditions.append(Notification.person_id == person_id)
    return conditions


async def claim(session: AsyncSession, *, now: datetime, leased_at: datetime, limit: int) -> Sequence[Notification]:
    """Take up to `limit` due notifications to send: by priority, then due time. Each is leased for `LEASE`.

    `now` is wall time (the demo may move it), `leased_at` real time: a lease outlives no jump of the clock.
    Two processes never get the same row.
    """
    due = or_(
        and_(Notification.state == NotificationState.PENDING, Notification.due_at <= now),
        and_(Notification.state == NotificationState.SENDING, Notification.lease_until <= leased_at),
    )
    chosen = (
        select(Notification.id)
        .where(Notification.state.in_((NotificationState.PENDING, NotificationState.SENDING)), due)
        .order_by(Notification.priority, Notification.due_at, Notification.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    died = Notification.state == NotificationState.SENDING
    rows = await session.scalars(
        update(Notification)
        .where(Notification.id.in_(chosen))
        .values(
            maybe_twice=or_(Notification.maybe_twice, died),
            state=NotificationState.SENDING,
            lease_until=leased_at + LEASE,
            attempts=Notification.attempts + 1,
        )
        .returning(Notification)
        .execution_options(synchronize_session=False)
    )
    return sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))


async def settle_sent(
    session: AsyncSession, notification: Notification, messages: Sequence[tuple[int, int]], *, now: datetime
) -> None:
    """It reached the person as `messages`, pairs of chat and message id."""
    await _settle(session, notification, NotificationState.SENT, now=now)
    if messages:
        await session.execute(
            insert(SentMessage),
            [
                {"notification_id": notification.id, "part": part, "chat_id": chat_id, "message_id": message_id}
                for part, (chat_id, message_id) in enumerate(messages)
            ],
        )


async def settle_blocked(session: AsyncSession, notification: Notification, *, now: datetime) -> None:
    """The person has blocked the bot, or is gone from Telegram: nothing more is sent until they come back."""
    await _settle(session, notification, NotificationState.BLOCKED, now=now)
    await session.execute(
        update(Person).where(Person.id == notification.person_id, Person.blocked_at.is_(None)).values(blocked_at=now)
    )


async def settle_cancelled(session: AsyncSession, notification: Notification, *, now: datetime) -> None:
    """There is nothing to say any more: the world has changed since it was written."""
    await _settle(session, notification, NotificationState.CANCELLED, now=now)


async def postpone(session: AsyncSession, notification: Notification, *, until: datetime) -> None:
    """Not now (quiet hours, «too many requests»): an attempt that was none."""
    await session.execute(
        update(Notification)
        .where(Notification.id == notification.id)
        .values(state=NotificationState.PENDING, due_at=until, lease_until=None, attempts=Notification.attempts - 1)
    )


async def settle_trouble(session: AsyncSession, notification: Notification, error: str, *, now: datetime) -> bool:
    """It did not go out: retried with growing pauses, after `MOST_ATTEMPTS` failed for good. Gives whether it will be retried."""
    if notification.attempts >= MOST_ATTEMPTS:
        await _settle(session, notification, NotificationState.FAILED, now=now, error=error)
        return False
    pause = FIRST_RETRY * 2 ** (notification.attempts - 1)
    await session.execute(
        update(Notification)
        .where(Notification.id == notification.id)
        .values(state=NotificationState.PENDING, due_at=now + pause, lease_until=None, error=error[:200])
    )
    return True


async def _settle(
    session: AsyncSession,
    notification: Notification,
    state: NotificationState,
    *,
    now: datetime,
    error: str | None = None,
) -> None:
    await session.execute(
        update(Notification)
        .where(Notification.id == notification.id)
        .values(state=state, settled_at=now, lease_until=None, error=error[:200] if error else None)
    )


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


def quiet_until(moment: datetime, zone: tzinfo) -> datetime | None:
    """The end of the quiet hours that `moment` falls into, or None outside them."""
    local = moment.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone)
