"""The invented city asks, waits and is answered; whoever is to hear of what waits will."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Consultation,
    ConsultationMessage,
    ConsultationState,
    ConsultationView,
    Network,
    Notification,
    Person,
    Topic,
    TopicExpert,
)
from services import consultations, policy
from services.consultations import notices
from services.sources import source
from tests.support.demo_city import NOW, player


async def test_every_association_has_a_topic_with_experts(city: AsyncSession) -> None:
    rows = await city.execute(
        select(Topic.title, Network.title, func.count(TopicExpert.id))
        .join(Network, Network.id == Topic.network_id)
        .outerjoin(TopicExpert, TopicExpert.topic_id == Topic.id)
        .group_by(Topic.title, Network.title)
    )
    counted = {topic: experts for topic, _, experts in rows}
    assert len(counted) == 25
    assert min(counted.values()) >= 2
    assert await city.scalar(select(func.count()).select_from(Topic).where(Topic.subject_id.is_(None))) == 1


async def test_the_teacher_is_offered_her_own_subjects_first(city: AsyncSession) -> None:
    teacher = await player(city, "teacher")
    options, total = await source("topics-to-ask", teacher.id).page(city, query=None, offset=0, limit=3)
    assert {option.label for option in options} == {"Информатика и робототехника", "Классное руководство", "Математика"}
    assert total == 25


async def test_dialogues_are_whole_and_past(city: AsyncSession) -> None:
    found = list(await city.scalars(select(Consultation)))
    states = {state: sum(one.state is state for one in found) for state in ConsultationState}
    assert states == {ConsultationState.NEW: 4, ConsultationState.TAKEN: 5, ConsultationState.CLOSED: 7}
    for one in found:
        rows = list(
            await city.scalars(
                select(ConsultationMessage)
                .where(ConsultationMessage.consultation_id == one.id)
                .order_by(ConsultationMessage.id)
            )
        )
        assert rows[0].author_id == one.asker_id
        assert {row.author_id for row in rows} <= {one.asker_id, one.expert_id}
        moments = [row.created_at for row in rows]
        assert moments == sorted(moments)
        assert moments[-1] == one.last_said_at < NOW
        assert one.closed_at is None or one.closed_at < NOW
        if one.expert_id is not None:
            expert = await city.get_one(Person, one.expert_id)
            assert await policy.is_expert(city, expert, one.topic_id)
            assert one.expert_id != one.asker_id


async def test_the_players_find_something_to_do(city: AsyncSession) -> None:
    expert, teacher = await player(city, "expert"), await player(city, "teacher")
    counts = await consultations.counts(city, expert)
    assert counts == {
        ConsultationView.NEW: 3,
        ConsultationView.MINE: 1,
        ConsultationView.WAITING: 1,
        ConsultationView.DONE: 2,
        ConsultationView.ASKED: 0,
    }
    assert (await consultations.counts(city, teacher))[ConsultationView.ASKED] == 2
    english = await player(city, "english-speaker")
    assert (await consultations.counts(city, english))[ConsultationView.ASKED] == 1


async def test_experts_and_the_coordinator_hear_of_what_waits(city: AsyncSession) -> None:
    expert, coordinator = await player(city, "expert"), await player(city, "coordinator")
    told = select(func.count()).select_from(Notification)
    assert await city.scalar(told.where(Notification.kind == notices.NEW, Notification.person_id == expert.id)) == 3
    overdue = told.where(Notification.kind == notices.OVERDUE, Notification.person_id == coordinator.id)
    assert await city.scalar(overdue) == 3
    assert await city.scalar(overdue.where(Notification.due_at <= NOW)) == 1
