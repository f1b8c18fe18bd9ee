"""A person edits what they said: the correction reaches the other side (product.md §2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Consultation, ConsultationMessage, ConsultationState, Person
from services import audit, policy
from services.consultations import cards, notices
from services.consultations.saying import GATHERING


async def correct(
    session: AsyncSession, actor: Person, source_id: int, *, text: str, html: str, now: datetime
) -> Consultation | None:
    """Put the new words of the actor's own message `source_id` in place of the old ones. None when there is nothing to correct.

    That is so for a message that belongs to no consultation, words that are as they were, and a consultation that is over: what it
    ended with stays. What is not sent yet goes out corrected; who has it already, gets the new words once more.
    """
    message = await session.scalar(
        select(ConsultationMessage)
        .where(ConsultationMessage.author_id == actor.id, ConsultationMessage.source_id <= source_id)
        .order_by(ConsultationMessage.source_id.desc())
        .limit(1)
    )
    if message is None or source_id not in message.source_ids or not policy.is_registered(actor):
        return None
    consultation = await cards.lock(session, message.consultation_id)
    await session.refresh(message)
    texts = _corrected(message, source_id, {"text": text, "html": html})
    if consultation.state is ConsultationState.CLOSED or texts == message.texts:
        return None
    message.texts = texts
    audit.record(session, actor, "consultation.correct", "consultation", consultation.id, now=now)
    to = consultation.expert_id if actor.id == consultation.asker_id else consultation.asker_id
    if to is not None:
        await notices.edited(session, consultation, message, to=to, due_at=now + GATHERING, now=now)
    await session.flush()
    return consultation


def _corrected(message: ConsultationMessage, source_id: int, words: dict[str, str]) -> list[dict[str, str]]:
    """The texts with `words` in the place of what message `source_id` said.

    Of parts without a text of their own nothing is kept: where some have one and some have none, the words are the one caption of
    an album, or come as one more.
    """
    if len(message.texts) == len(message.source_ids):
        place = message.source_ids.index(source_id)
        return [words if number == place else old for number, old in enumerate(message.texts)]
    return [words] if len(message.texts) < 2 else [*message.texts, words]
