"""An expert takes a question, or a coordinator names one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Consultation, ConsultationState, Person, Turn
from services import audit, policy
from services.consultations import cards, notices
from services.consultations.cards import Card
from services.errors import ConsultationOver, NotAnExpert, TakenByOther


async def take(session: AsyncSession, actor: Person, consultation_id: int, *, now: datetime) -> Card:
    """The actor takes a question of an own topic; twice is once. The asker is told, the other experts' cards change.

    Of two at once the database takes one. Raises NotFound, NotRegistered, NotAnExpert (any more), TakenByOther, ConsultationOver.
    """
    policy.require_registered(actor)
    consultation = await cards.get(session, consultation_id)
    if consultation.expert_id != actor.id or consultation.state is ConsultationState.NEW:
        consultation = await take_over(session, actor, consultation, now=now)
        await notices.taken(session, consultation, now=now)
        await notices.further_words(session, consultation, now=now)
    return await cards.card(session, actor, consultation_id)


async def take_over(session: AsyncSession, actor: Person, consultation: Consultation, *, now: datetime) -> Consultation:
    """The conditional UPDATE behind every taking. Raises NotAnExpert, TakenByOther, ConsultationOver."""
    if consultation.asker_id == actor.id or not await policy.is_expert(session, actor, consultation.topic_id):
        raise NotAnExpert(title=consultation.topic.title)
    got = await session.execute(
        update(Consultation)
        .where(Consultation.id == consultation.id, Consultation.state == ConsultationState.NEW)
        .values(state=ConsultationState.TAKEN, turn=Turn.EXPERT, expert_id=actor.id, taken_at=now, assigned_by_id=None)
        .returning(Consultation.id)
        .execution_options(synchronize_session=False)
    )
    is_mine = got.one_or_none() is not None
    consultation = await cards.get(session, consultation.id)
    if is_mine:
        await notices.no_longer_new(session, consultation, but=actor.id, now=now)
        audit.record(session, actor, "consultation.take", "consultation", consultation.id, now=now)
    elif consultation.expert is not None and consultation.expert_id != actor.id:
        raise TakenByOther(name=consultation.expert.full_name or "")
    elif consultation.state is ConsultationState.CLOSED:
        raise ConsultationOver
    return consultation


async def candidates(session: AsyncSession, actor: Person, consultation_id: int) -> tuple[Consultation, list[Person]]:
    """Whom a coordinator may assign: the topic's experts but for the one who has it. Raises NotFound, NotAllowed."""
    consultation = await cards.get(session, consultation_id)
    await cards.require_may_assign(session, actor, consultation)
    return consultation, await cards.experts_of(session, consultation, but=consultation.expert_id)


async def assign(session: AsyncSession, actor: Person, consultation_id: int, expert_id: int, *, now: datetime) -> Card:
    """A coordinator of the topic's branch names the expert, of another's question, untaken or in the place of another; twice is once.

    The expert, whoever had it before, and the asker are told. Raises NotFound, NotAllowed, ConsultationOver, NotAnExpert.
    """
    policy.require_registered(actor)
    consultation = await cards.lock(session, consultation_id)
    await cards.require_may_assign(session, actor, consultation)
    if consultation.state is ConsultationState.CLOSED:
        raise ConsultationOver
    if consultation.expert_id != expert_id:
        if expert_id not in {one.id for one in await cards.experts_of(session, consultation)}:
            raise NotAnExpert(title=consultation.topic.title)
        before = consultation.expert_id
        consultation.state, consultation.expert_id = ConsultationState.TAKEN, expert_id
        consultation.assigned_by_id, consultation.taken_at = actor.id, now
        await session.flush()
        consultation = await cards.get(session, consultation_id)
        await notices.no_longer_new(session, consultation, but=expert_id, now=now)
        await notices.assigned(session, consultation, now=now)
        if before is not None:
            await notices.passed_on(session, consultation, former=before, now=now)
        await notices.further_words(session, consultation, now=now)
        await notices.taken(session, consultation, passed_on=before is not None, now=now)
        audit.record(
            session,
            actor,
            "consultation.assign",
            "consultation",
            consultation_id,
            now=now,
            old={"expert_id": before},
            new={"expert_id": expert_id},
        )
    return await cards.card(session, actor, consultation_id)
