"""A report that is open in somebody's chat follows the sending: its message is drawn anew as long as anything goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Person, Priority
from services import notifications
from services.announced.kinds import CORRECTED, PROGRESS, RECALLED, TELL
from services.announced.seeing import OPEN
from services.notifications import Notice

EVERY = timedelta(seconds=3)
"""A message is edited no oftener: Telegram counts edits as it counts messages."""


async def follow(
    session: AsyncSession, actor: Person, announcement_id: int, *, chat_id: int, message_id: int, now: datetime
) -> None:
    """This message shows the report of that announcement from now on, as it changes."""
    key = _key(chat_id, message_id)
    await notifications.give_key_free(session, key)
    await notifications.put(
        session,
        [
            Notice(
                PROGRESS,
                key,
                actor.id,
                announcement_id,
                due_at=now + EVERY,
                priority=Priority.REMINDER,  # before the announcement itself, or it would be shown when all is over
                urgent=True,
                payload={"chat_id": chat_id, "message_id": message_id},
            )
        ],
        now=now,
    )


async def is_following(session: AsyncSession, *, chat_id: int, message_id: int) -> bool:
    """Whether this message is a report that is still drawn anew."""
    query = select(Notification.id).where(Notification.key == _key(chat_id, message_id), Notification.state.in_(OPEN))
    return await session.scalar(query) is not None


async def unfollow(session: AsyncSession, *, chat_id: int, message_id: int) -> None:
    """The message shows something else now."""
    await notifications.give_key_free(session, _key(chat_id, message_id))


async def next_look(session: AsyncSession, announcement_id: int, *, now: datetime) -> datetime:
    """When the report may look different: soon while anything is being sent, else when the next of it is due."""
    first, in_flight = (
        await session.execute(
            select(
                func.min(Notification.next_at),
                func.count().filter(Notification.state == NotificationState.SENDING),
            ).where(
                Notification.kind.in_((TELL, CORRECTED, RECALLED)),
                Notification.subject_id == announcement_id,
                Notification.state.in_(OPEN),
            )
        )
    ).one()
    soon = now + EVERY
    return soon if in_flight or first is None else max(soon, first)


def _key(chat_id: int, message_id: int) -> str:
    return f"{PROGRESS}:{chat_id}:{message_id}"
