"""What is told about consultations, drawn by what the data say when it goes out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import screens.consultations
from jobs.notices import Later, Redraw, draws, when_unreached
from models import (
    Consultation,
    ConsultationMessage,
    ConsultationState,
    Notification,
    NotificationState,
    Person,
    SentMessage,
)
from screens.l10n import L10n
from screens.screen import Screen
from services import consultations, policy
from services.consultations import Card, Side, notices
from services.errors import NotAllowed, NotFound, NotRegistered

SOON = timedelta(seconds=5)


async def _card(session: AsyncSession, person: Person, notification: Notification) -> Card | None:
    """The consultation as the person may see it now; None when they may not, or there is nobody to answer to."""
    try:
        card = await consultations.card(session, person, notification.subject_id)
    except (NotFound, NotAllowed, NotRegistered):
        return None
    return card if policy.is_registered(card.consultation.asker) or card.side is not Side.EXPERT else None


@draws(notices.NEW)
async def tell_expert(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """A question waits. Not any more when it was taken, or the person is no expert, before this went out."""
    card = await _card(session, person, notification)
    if card is None or not card.may_take:
        return None
    return screens.consultations.question(t, card, now=now)


@draws(notices.REDRAW)
async def redraw_expert(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> Redraw | Later | None:
    """The question was taken or closed: the message that offered it says so. One that is just going out is waited for."""
    told = await session.scalar(
        select(Notification)
        .where(
            Notification.kind == notices.NEW,
            Notification.subject_id == notification.subject_id,
            Notification.person_id == person.id,
        )
        .order_by(Notification.id.desc())
        .limit(1)
    )
    if told is None:
        return None
    if told.state is NotificationState.SENDING:
        return Later(now + SOON)
    last = await session.scalar(
        select(SentMessage).where(SentMessage.notification_id == told.id).order_by(SentMessage.part.desc()).limit(1)
    )
    card = await _card(session, person, notification)
    if last is None or card is None:
        return None
    return Redraw(last.chat_id, last.message_id, screens.consultations.question(t, card, now=now)[-1])


@draws(notices.ASSIGNED)
async def tell_assigned(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """A coordinator gave the question to this expert, unless it went on to another since."""
    card = await _card(session, person, notification)
    if card is None or card.side is not Side.EXPERT or card.consultation.state is ConsultationState.CLOSED:
        return None
    return screens.consultations.question(t, card, now=now)


@draws(notices.PASSED_ON)
async def tell_former_expert(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The question is another's now. That may be told to whoever is expert of the topic no more; not if it came back since."""
    consultation = await consultations.get(session, notification.subject_id)
    if consultation.expert is None or consultation.expert_id == person.id:
        return None
    may_open = await policy.is_expert(session, person, consultation.topic_id)
    return screens.consultations.passed_on(t, consultation, may_open=may_open)


@draws(notices.OVERDUE)
async def tell_coordinator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The promised time has come and nobody has taken it."""
    card = await _card(session, person, notification)
    if card is None or card.consultation.state is not ConsultationState.NEW:
        return None
    return screens.consultations.overdue(t, card, now=now)


@draws(notices.TAKEN)
async def tell_taken(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Who took the own question; after an answer nobody needs that, but whose it is from now on."""
    card = await _card(session, person, notification)
    if card is None or card.consultation.state is not ConsultationState.TAKEN:
        return None
    passed_on = bool(notification.payload.get("passed_on"))
    if card.consultation.first_answered_at is not None and not passed_on:
        return None
    return screens.consultations.taken(t, card.consultation, passed_on=passed_on, now=now)


@draws(notices.MESSAGE)
async def tell_word(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """What the other side said."""
    told = await _told(session, person, notification)
    if told is None:
        return None
    consultation, said = told
    has_reopened = bool(notification.payload.get("reopened"))
    return screens.consultations.word(t, consultation, said, to=person, has_reopened=has_reopened)


@draws(notices.EDITED)
async def tell_edited(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The other side has corrected what it said."""
    told = await _told(session, person, notification)
    return screens.consultations.edited(t, *told, to=person) if told is not None else None


async def _told(
    session: AsyncSession, person: Person, notification: Notification
) -> tuple[Consultation, ConsultationMessage] | None:
    """The message that is told, while the person is on one side of its consultation."""
    card = await _card(session, person, notification)
    said = await consultations.message(session, notification.payload["message_id"])
    if card is None or said is None or card.side not in (Side.ASKER, Side.EXPERT):
        return None
    return card.consultation, said


@draws(notices.CLOSED)
async def tell_closed(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It is over, unless it was opened again since."""
    try:
        card = await consultations.card(session, person, notification.subject_id)
    except (NotFound, NotAllowed, NotRegistered):
        return None
    if card.consultation.state is not ConsultationState.CLOSED:
        return None
    return screens.consultations.closed(t, card.consultation, to=person)


@draws(notices.UNREACHED)
async def tell_unreached(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The other side has blocked the bot."""
    card = await _card(session, person, notification)
    return None if card is None else screens.consultations.unreached(t, card.consultation, to=person)


@when_unreached(notices.OVERDUE)
async def tell_next_coordinator(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """A coordinator cannot be reached: the next one up the tree is told."""
    await consultations.pass_up(session, notification, now=now)


@when_unreached(notices.MESSAGE)
async def tell_other_side(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """A word did not arrive: whoever said it is told."""
    await consultations.unreached(session, notification, now=now)
