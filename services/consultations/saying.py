"""What the two sides say: by a reply, from the card, in several messages that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import (
    Consultation,
    ConsultationFile,
    ConsultationMessage,
    ConsultationState,
    Person,
    Turn,
)
from services import audit, notifications, policy, working_time
from services.consultations import cards, notices
from services.consultations.asking import Pieces, attach, holds, known_message, offer, write_down
from services.consultations.cards import Side
from services.consultations.taking import take_over
from services.errors import NotAllowed, NotAnExpert, SaidElsewhere
from services.thanks import is_thanks

CUT_LETTERS = 2000
TOGETHER = timedelta(seconds=3)
"""A text of so many letters may be the head of a longer one, which the app sends on at once; parts of an album follow each other alike."""

GATHERING = timedelta(seconds=2)
"""How long such a message waits for its other parts, from the last one on, so that it reaches the other side as one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a message. `is_further`: it was a part of the one before, which was confirmed already.

    `to` is who gets it (nobody yet, while the question waits for an expert).
    """

    consultation: Consultation
    side: Side
    to: Person | None
    is_further: bool = False
    is_thanks: bool = False
    has_reopened: bool = False
    has_taken: bool = False


async def say(
    session: AsyncSession,
    actor: Person,
    consultation_id: int,
    pieces: Pieces,
    *,
    album: str | None,
    said_at: datetime,
    zone: tzinfo,
    now: datetime,
) -> Said:
    """The actor says something in a consultation; the other side gets it. The same message again adds nothing.

    From an expert of the topic, to a question nobody has, it takes the question. After the end a real word opens it again, a
    «спасибо» does not; where its expert is one no more, it waits for another, and is promised anew by the days of `zone`. Raises
    NotFound, NotRegistered, NotAllowed, NotAnExpert, TakenByOther, NothingSaid, SaidElsewhere.
    """
    policy.require_registered(actor)
    consultation = await cards.lock(session, consultation_id)
    side = await cards.side_of(session, actor, consultation)
    last = await _last_of(session, actor, consultation)
    is_part = last is not None and pieces["message_ids"][0] in last.source_ids[1:]
    if last is not None and is_part and holds(last, pieces, said_at=said_at):
        return _said(consultation, side, is_further=True)
    known = await known_message(session, actor, pieces, said_at=said_at)
    if known is not None:
        if known.consultation_id != consultation_id:
            raise SaidElsewhere(number=str(known.consultation_id))
        return _said(consultation, side, is_further=False)
    is_further = last is not None and _belongs(last, pieces, album, said_at)
    if last is not None and is_further and await _add(session, actor, consultation, last, pieces, said_at, now=now):
        return _said(consultation, side, is_further=True)
    has_taken = side is Side.COLLEAGUE
    if has_taken:
        consultation = await take_over(session, actor, consultation, now=now)
        await notices.further_words(session, consultation, now=now)
        side = Side.EXPERT
    elif side is Side.COORDINATOR:
        raise NotAllowed
    polite = not pieces["files"] and is_thanks("\n".join(part["text"] for part in pieces["texts"]))
    has_reopened = not polite and await _reopen(session, actor, consultation, zone=zone, now=now)
    message = await write_down(session, consultation, actor, pieces, album=album, said_at=said_at, now=now)
    consultation.last_said_at = now
    if side is Side.EXPERT:
        consultation.first_answered_at = consultation.first_answered_at or now
        consultation.turn = Turn.ASKER
    elif not polite:
        consultation.turn = Turn.EXPERT
    recipient = _other(consultation, side)
    if recipient is not None:
        may_go_on = album is not None or _letters(pieces) >= CUT_LETTERS
        due_at = now + GATHERING if may_go_on else now
        await notices.word(
            session, consultation, message, to=recipient.id, due_at=due_at, has_reopened=has_reopened, now=now
        )
    await session.flush()
    return Said(
        consultation,
        side,
        recipient,
        is_further=is_further,
        is_thanks=polite,
        has_reopened=has_reopened,
        has_taken=has_taken,
    )


def _said(consultation: Consultation, side: Side, *, is_further: bool) -> Said:
    return Said(consultation, side, _other(consultation, side), is_further=is_further)


def _other(consultation: Consultation, side: Side) -> Person | None:
    return consultation.expert if side is Side.ASKER else consultation.asker


def _letters(pieces: Pieces) -> int:
    return len(pieces["texts"][-1]["text"]) if pieces["texts"] else 0


async def _last_of(session: AsyncSession, actor: Person, consultation: Consultation) -> ConsultationMessage | None:
    return await session.scalar(
        select(ConsultationMessage)
        .where(ConsultationMessage.consultation_id == consultation.id, ConsultationMessage.author_id == actor.id)
        .order_by(ConsultationMessage.id.desc())
        .limit(1)
        .options(selectinload(ConsultationMessage.files))
    )


def _belongs(last: ConsultationMessage, pieces: Pieces, album: str | None, said_at: datetime) -> bool:
    """Whether this is a further part of `last`: of the same album, or the rest of a text that the app cut."""
    if album is not None:
        return last.album == album
    return bool(pieces["texts"]) and not pieces["files"] and _is_head(last) and _is_near(last, said_at)


def _is_head(message: ConsultationMessage) -> bool:
    return message.album is None and bool(message.texts) and len(message.texts[-1]["text"]) >= CUT_LETTERS


def _is_near(message: ConsultationMessage, said_at: datetime) -> bool:
    return abs(said_at - message.said_at) <= TOGETHER


async def _add(
    session: AsyncSession,
    actor: Person,
    consultation: Consultation,
    message: ConsultationMessage,
    pieces: Pieces,
    said_at: datetime,
    *,
    now: datetime,
) -> bool:
    """Add a part to the message before; False when that one is on its way already."""
    to = consultation.expert_id if actor.id == consultation.asker_id else consultation.asker_id
    waits = to is None or await notices.put_off(session, message, to=to, due_at=now + GATHERING)
    if not waits:
        return False
    message.texts = [*message.texts, *pieces["texts"]]
    message.source_ids = [*message.source_ids, *pieces["message_ids"]]
    message.said_at = said_at
    standing = select(func.count()).where(ConsultationFile.message_id == message.id)
    await attach(session, message, pieces, first=await session.scalar(standing) or 0, now=now)
    await session.flush()
    return True


async def _reopen(
    session: AsyncSession, actor: Person, consultation: Consultation, *, zone: tzinfo, now: datetime
) -> bool:
    """A real word after the end opens it again: with its expert who is still there, else for all experts of the topic, promised anew.

    A question that nobody had keeps its promise. Raises NotAnExpert: whoever answered and is expert no more opens nothing.
    """
    if consultation.state is not ConsultationState.CLOSED:
        return False
    consultation.closed_at = consultation.closed_by_id = None
    expert = consultation.expert
    if expert is not None and await _stands(session, expert, consultation):
        consultation.state = ConsultationState.TAKEN
    elif expert is not None and expert.id == actor.id:
        raise NotAnExpert(title=consultation.topic.title)
    else:
        if expert is not None:
            consultation.promised_at = working_time.end_of_next_working_day(now, zone)
            consultation.first_answered_at = None
        await offer_again(session, consultation, now=now)
    audit.record(session, actor, "consultation.reopen", "consultation", consultation.id, now=now)
    return True


async def _stands(session: AsyncSession, expert: Person, consultation: Consultation) -> bool:
    return policy.is_registered(expert) and await policy.is_expert(session, expert, consultation.topic_id)


async def offer_again(session: AsyncSession, consultation: Consultation, *, now: datetime) -> None:
    """The question waits for an expert again; the asker's promise stays what it was."""
    consultation.state, consultation.turn = ConsultationState.NEW, Turn.EXPERT
    consultation.expert_id = consultation.expert = consultation.taken_at = consultation.assigned_by_id = None
    await session.flush()
    for kind in (notices.NEW, notices.OVERDUE):
        await notifications.forget(session, kind, consultation.id)
    await offer(session, consultation.id, now=now)


async def replied_to(session: AsyncSession, chat_id: int, message_id: int) -> int | None:
    """The consultation that a replied-to message belongs to, whichever part of whichever notice it was."""
    notification = await notifications.answered_by_reply(session, chat_id, message_id)
    return notification.subject_id if notification is not None and notification.kind in notices.CARRYING else None


async def continued(session: AsyncSession, actor: Person, *, album: str | None, said_at: datetime) -> int | None:
    """The consultation in which the actor has just said the beginning of this: an earlier part of the album, or a cut text's head."""
    message = await session.scalar(
        select(ConsultationMessage)
        .where(ConsultationMessage.author_id == actor.id, ConsultationMessage.said_at >= said_at - TOGETHER)
        .order_by(ConsultationMessage.said_at.desc(), ConsultationMessage.id.desc())
        .limit(1)
    )
    if message is None:
        return None
    belongs = message.album == album if album is not None else _is_head(message) and _is_near(message, said_at)
    return message.consultation_id if belongs else None
