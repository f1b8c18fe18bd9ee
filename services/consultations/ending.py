"""A consultation is over: closed, rated, or left by one of its people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Consultation, ConsultationState, Person, TopicExpert
from services import audit
from services.consultations import cards, notices, watching
from services.consultations.cards import Card, Side
from services.consultations.saying import offer_again
from services.errors import NotAllowed, NotAnsweredYet

LOWEST, HIGHEST = 1, 5


async def close(session: AsyncSession, actor: Person, consultation_id: int, *, now: datetime) -> Card:
    """The asker ends it at any time, the expert after an answer; twice is once. The other side is told.

    Raises NotFound, NotRegistered, NotAllowed, NotAnsweredYet.
    """
    consultation = await cards.lock(session, consultation_id)
    side = await cards.side_of(session, actor, consultation)
    if side not in (Side.ASKER, Side.EXPERT):
        raise NotAllowed
    if consultation.state is not ConsultationState.CLOSED:
        if side is Side.EXPERT and consultation.first_answered_at is None:
            raise NotAnsweredYet
        other = consultation.expert_id if side is Side.ASKER else consultation.asker_id
        await _end(session, actor, consultation, now=now)
        if other is not None:
            await notices.closed(session, consultation, to=other, now=now)
        audit.record(session, actor, "consultation.close", "consultation", consultation_id, now=now)
    return await cards.card(session, actor, consultation_id)


async def _end(session: AsyncSession, actor: Person, consultation: Consultation, *, now: datetime) -> None:
    was_new = consultation.state is ConsultationState.NEW
    consultation.state, consultation.closed_at, consultation.closed_by_id = ConsultationState.CLOSED, now, actor.id
    await session.flush()
    if was_new:
        await notices.no_longer_new(session, consultation, but=actor.id, now=now)


async def rate(session: AsyncSession, actor: Person, consultation_id: int, rating: int, *, now: datetime) -> Card:
    """The asker rates the help, 1 to 5, when it is over; another tap changes the rating.

    Raises NotFound, NotRegistered, NotAllowed (somebody else, not over, no such rating).
    """
    consultation = await cards.lock(session, consultation_id)
    card = await cards.card(session, actor, consultation_id)
    if not card.may_rate or not LOWEST <= rating <= HIGHEST:
        raise NotAllowed
    if consultation.rating != rating:
        old = consultation.rating
        consultation.rating, consultation.rated_at = rating, now
        audit.record(
            session,
            actor,
            "consultation.rate",
            "consultation",
            consultation_id,
            now=now,
            old={"rating": old} if old is not None else None,
            new={"rating": rating},
        )
        await session.flush()
    return card


async def leave(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """A person leaves the network (withdraws the consent): is expert of nothing any more, own questions end, taken ones wait for another

    expert, what they watched over is another's. Nothing said is deleted; it stands under «участник» (product.md §0).
    """
    await session.execute(
        update(TopicExpert)
        .where(TopicExpert.person_id == person.id, TopicExpert.ended_at.is_(None))
        .values(ended_at=now)
    )
    asked = select(Consultation.id).where(
        Consultation.asker_id == person.id, Consultation.state != ConsultationState.CLOSED
    )
    for consultation_id in list(await session.scalars(asked)):
        consultation = await cards.lock(session, consultation_id)
        await _end(session, person, consultation, now=now)
        if consultation.expert_id is not None:
            await notices.closed(session, consultation, to=consultation.expert_id, now=now)
    taken = select(Consultation.id).where(
        Consultation.expert_id == person.id, Consultation.state == ConsultationState.TAKEN
    )
    for consultation_id in list(await session.scalars(taken)):
        await offer_again(session, await cards.lock(session, consultation_id), now=now)
    await session.flush()
    await watching.watch_anew(session, person, now=now, is_gone=True)
