"""What is on its way is stopped, started again or given up, all of one subject at once; a row is told again and again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, case, cast, literal, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState
from services.notifications.writing import DUE_SOON, FREED

HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when something waits that is held without an end."""


async def hold(session: AsyncSession, kind: str, subject_id: int) -> int:
    """Nothing of `kind` about this subject goes out until `release`. Gives how many notices were held.

    Those claimed this very moment are not among them: their drawers ask whether they may go.
    """
    return await _alter(session, kind, subject_id, next_at=HELD)


async def release(session: AsyncSession, kind: str, subject_id: int, *, now: datetime) -> int:
    """Whatever waits of `kind` about this subject may go, at once or when it is due. Gives how many notices that are."""
    due = literal(now, Notification.next_at.type)
    session.info[DUE_SOON] = True
    return await _alter(
        session, kind, subject_id, next_at=case((Notification.due_at > due, Notification.due_at), else_=due)
    )


async def stop(session: AsyncSession, kind: str, subject_id: int, reason: str, *, now: datetime) -> int:
    """What waits of `kind` about this subject is never sent, for this reason. Gives how many notices that were.

    Those claimed this very moment are not among them: their drawers ask whether they may go.
    """
    return await _alter(session, kind, subject_id, state=NotificationState.CANCELLED, settled_at=now, error=reason)


async def _alter(session: AsyncSession, kind: str, subject_id: int, **values: Any) -> int:
    result = await session.execute(
        update(Notification)
        .where(
            Notification.kind == kind,
            Notification.subject_id == subject_id,
            Notification.state == NotificationState.PENDING,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result counts its rows


async def explain(session: AsyncSession, notification: Notification, reason: str) -> None:
    """Why it waits, or was never sent, in a word of ours: reports count by it."""
    await session.execute(
        update(Notification)
        .where(Notification.id == notification.id)
        .values(error=reason)
        .execution_options(synchronize_session=False)
    )


async def again(session: AsyncSession, notification: Notification, *, at: datetime) -> None:
    """It went out just now and is to be told once more `at`, unless its key was given free meanwhile."""
    await session.execute(
        update(Notification)
        .where(
            Notification.id == notification.id,
            Notification.key == notification.key,
            Notification.state == NotificationState.SENT,
        )
        .values(state=NotificationState.PENDING, next_at=at, attempts=0, settled_at=None)
        .execution_options(synchronize_session=False)
    )


async def told_with(session: AsyncSession, ids: Collection[int], *, now: datetime) -> None:
    """These were told by another message: nothing of them is sent any more, and they reached their person."""
    await session.execute(
        update(Notification)
        .where(Notification.id.in_(ids), Notification.state == NotificationState.PENDING)
        .values(state=NotificationState.SENT, settled_at=now, error=None)
        .execution_options(synchronize_session=False)
    )


async def give_key_free(session: AsyncSession, key: str) -> None:
    """The notice with this key is not told (any more), and its key may be used anew."""
    await session.execute(
        update(Notification)
        .where(Notification.key == key)
        .values(
            key=Notification.key + FREED + cast(Notification.id, String),
            state=case(
                (
                    Notification.state == NotificationState.PENDING,
                    literal(NotificationState.CANCELLED, Notification.state.type),
                ),
                else_=Notification.state,
            ),
        )
        .execution_options(synchronize_session=False)
    )
