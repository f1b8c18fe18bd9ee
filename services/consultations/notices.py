"""What is told about a consultation, to whom and when. How it is drawn: `jobs/consultations.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Consultation,
    ConsultationMessage,
    ConsultationState,
    Notification,
    NotificationState,
    Priority,
)
from services import notifications
from services.consultations import cards
from services.notifications import Notice

NEW = "consultation-new"
REDRAW = "consultation-redraw"
OVERDUE = "consultation-overdue"
TAKEN = "consultation-taken"
ASSIGNED = "consultation-assigned"
PASSED_ON = "consultation-passed-on"
MESSAGE = "consultation-message"
EDITED = "consultation-edited"
CLOSED = "consultation-closed"
UNREACHED = "consultation-unreached"

_ABOUT = Priority.CONSULTATION
"""What is told about a consultation. What its two sides hear in it (who took it, a word, its correction) is a reply: a word must
not overtake the news that it follows."""

CARRYING = (NEW, ASSIGNED, PASSED_ON, MESSAGE, EDITED, TAKEN, CLOSED, OVERDUE, UNREACHED)
"""Notices whose messages belong to a consultation: a reply to any part of them is a word in it."""


def is_needed(since: datetime) -> ColumnElement[bool]:
    """Whether a notification must stay: its consultation is open, or was until `since`, so that a reply to it is understood."""
    open_or_recent = or_(Consultation.state != ConsultationState.CLOSED, Consultation.closed_at >= since)
    of_one = exists().where(Consultation.id == Notification.subject_id, open_or_recent)
    return and_(Notification.kind.startswith("consultation-"), of_one)


async def to_experts(session: AsyncSession, consultation: Consultation, *, now: datetime) -> int:
    """A question waits: every expert of the topic is told. Gives how many there are."""
    experts = await cards.experts_of(session, consultation)
    await notifications.put(
        session,
        [Notice(NEW, f"{NEW}:{consultation.id}:{one.id}", one.id, consultation.id, now, _ABOUT) for one in experts],
        now=now,
    )
    return len(experts)


async def no_longer_new(session: AsyncSession, consultation: Consultation, *, but: int, now: datetime) -> None:
    """It was taken, or is over: what is not sent yet is taken back, and the experts' cards (all but that of `but`) change.

    Changing a card is a row too: a crash between the commit and the edit loses nothing. It passes quiet hours, an edit makes no sound.
    """
    await notifications.cancel(session, NEW, consultation.id)
    await notifications.cancel(session, OVERDUE, consultation.id)
    told = await session.scalars(
        select(Notification.person_id)
        .where(
            Notification.kind == NEW,
            Notification.subject_id == consultation.id,
            Notification.person_id != but,
            Notification.state.in_((NotificationState.SENT, NotificationState.SENDING)),
        )
        .distinct()
    )
    occasion = f"{REDRAW}:{consultation.id}:{now.timestamp():.6f}"
    await notifications.put(
        session,
        [Notice(REDRAW, f"{occasion}:{one}", one, consultation.id, now, _ABOUT, urgent=True) for one in told],
        now=now,
    )


async def taken(session: AsyncSession, consultation: Consultation, *, passed_on: bool = False, now: datetime) -> None:
    """The asker is told who took it, or to whom it was passed on; only the last of it, if that was still to be told."""
    await notifications.cancel(session, TAKEN, consultation.id)
    key = f"{TAKEN}:{consultation.id}:{consultation.expert_id}:{now.timestamp():.6f}"
    notice = Notice(TAKEN, key, consultation.asker_id, consultation.id, now, payload={"passed_on": passed_on})
    await notifications.put(session, [notice], now=now)


async def assigned(session: AsyncSession, consultation: Consultation, *, now: datetime) -> None:
    """The expert named by the coordinator is told."""
    if consultation.expert_id is None:
        raise ValueError("nobody is assigned")
    await notifications.cancel(session, PASSED_ON, consultation.id, person_id=consultation.expert_id)
    key = f"{ASSIGNED}:{consultation.id}:{consultation.expert_id}:{now.timestamp():.6f}"
    notice = Notice(ASSIGNED, key, consultation.expert_id, consultation.id, now)
    await notifications.put(session, [notice], now=now)


async def passed_on(session: AsyncSession, consultation: Consultation, *, former: int, now: datetime) -> None:
    """The expert who had it is told that another has it now, unless they were yet to hear that it was theirs."""
    if await notifications.cancel(session, ASSIGNED, consultation.id, person_id=former):
        return
    key = f"{PASSED_ON}:{consultation.id}:{former}:{now.timestamp():.6f}"
    await notifications.put(session, [Notice(PASSED_ON, key, former, consultation.id, now, _ABOUT)], now=now)


async def further_words(session: AsyncSession, consultation: Consultation, *, now: datetime) -> None:
    """What the asker added to the question before somebody took it goes to whoever did."""
    if consultation.expert_id is None:
        raise ValueError("nobody has taken it")
    said = list(
        await session.scalars(
            select(ConsultationMessage)
            .where(ConsultationMessage.consultation_id == consultation.id)
            .order_by(ConsultationMessage.id)
        )
    )
    for message in said[1:]:
        if message.author_id == consultation.asker_id:
            await word(session, consultation, message, to=consultation.expert_id, due_at=now, now=now)


async def word(
    session: AsyncSession,
    consultation: Consultation,
    message: ConsultationMessage,
    *,
    to: int,
    due_at: datetime,
    has_reopened: bool = False,
    now: datetime,
) -> None:
    """What one side said goes to the other. The asker gets it in quiet hours too (product.md §5), the expert in the morning."""
    notice = Notice(
        MESSAGE,
        _key_of(message, to),
        to,
        consultation.id,
        due_at,
        urgent=to == consultation.asker_id,
        payload={"message_id": message.id, "reopened": has_reopened},
    )
    await notifications.put(session, [notice], now=now)


async def put_off(session: AsyncSession, message: ConsultationMessage, *, to: int, due_at: datetime) -> bool:
    """More of the message is coming in: tell it a little later, whole. False when it has gone already."""
    moved = await session.execute(
        update(Notification)
        .where(Notification.key == _key_of(message, to), Notification.state == NotificationState.PENDING)
        .values(due_at=due_at, next_at=due_at)
        .returning(Notification.id)
    )
    return moved.one_or_none() is not None


async def edited(
    session: AsyncSession,
    consultation: Consultation,
    message: ConsultationMessage,
    *,
    to: int,
    due_at: datetime,
    now: datetime,
) -> None:
    """Who has heard the old words hears the new ones; whatever still waits is drawn with them by itself."""
    coming = select(Notification.payload).where(
        Notification.kind.in_((MESSAGE, EDITED)),
        Notification.subject_id == consultation.id,
        Notification.person_id == to,
        Notification.state == NotificationState.PENDING,
    )
    if any(payload["message_id"] == message.id for payload in await session.scalars(coming)):
        return
    key = f"{EDITED}:{message.id}:{to}:{now.timestamp():.6f}"
    payload = {"message_id": message.id}
    urgent = to == consultation.asker_id
    notice = Notice(EDITED, key, to, consultation.id, due_at, urgent=urgent, payload=payload)
    await notifications.put(session, [notice], now=now)


def _key_of(message: ConsultationMessage, to: int) -> str:
    return f"{MESSAGE}:{message.id}:{to}"


async def closed(session: AsyncSession, consultation: Consultation, *, to: int, now: datetime) -> None:
    """The other side is told that it is over."""
    key = f"{CLOSED}:{consultation.id}:{to}:{now.timestamp():.0f}"
    await notifications.put(session, [Notice(CLOSED, key, to, consultation.id, now, _ABOUT)], now=now)


async def unreached(session: AsyncSession, notification: Notification, *, now: datetime) -> None:
    """A word did not reach one side, who has blocked the bot: the other side is told, once for each word."""
    consultation = await session.get(Consultation, notification.subject_id)
    if consultation is None or consultation.expert_id is None:
        return
    sides = {consultation.asker_id: consultation.expert_id, consultation.expert_id: consultation.asker_id}
    other = sides.get(notification.person_id)
    if other is not None:
        key = f"{UNREACHED}:{notification.id}"
        await notifications.put(session, [Notice(UNREACHED, key, other, consultation.id, now, _ABOUT)], now=now)
