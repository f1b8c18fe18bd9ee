"""Whoever takes their consent back is out of everything, and hears nothing more, on each database."""

from __future__ import annotations

from datetime import UTC, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Consent,
    Consultation,
    ConsultationState,
    Database,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    Person,
    Registration,
    RegistrationState,
    Saying,
    Topic,
    TopicExpert,
)
from services import announcements, consultations, events, leaving, notifications, persons
from services.notifications import Notice
from tests.support.events import lead, make_network, plan_event, put_in
from tests.support.people import NOW, put_people

QUESTION = {"texts": [{"text": "Как?", "html": "Как?"}], "files": [], "message_ids": [1]}


async def open_topic(session: AsyncSession, network: Network, *experts: Person) -> Topic:
    topic = Topic(title="Олимпиады", network_id=network.id, created_at=NOW)
    session.add(topic)
    await session.flush()
    session.add_all(TopicExpert(topic_id=topic.id, person_id=one.id, appointed_at=NOW) for one in experts)
    await session.flush()
    return topic


async def waiting_for(session: AsyncSession, person: Person) -> list[str]:
    """The kinds of what the person is still to be told."""
    query = select(Notification.kind).where(
        Notification.person_id == person.id, Notification.state == NotificationState.PENDING
    )
    return sorted(await session.scalars(query))


async def test_everything_that_lived_by_the_consent_ends(each_db: Database) -> None:
    anna, boris, olga = await put_people(each_db, 3)
    async with each_db.write() as session:
        await persons.give_consent(session, anna, now=NOW)
        network = await make_network(session, now=NOW)
        await lead(session, network, olga, now=NOW)
        await lead(session, network, anna, now=NOW)
        await put_in(session, network, anna, boris, now=NOW)
        event = await plan_event(session, olga, network.id, starts_at=NOW + timedelta(days=5), seats=1, now=NOW)
        for person in (anna, boris):
            await events.sign_up(session, person, event.id, now=NOW)
        topic = await open_topic(session, network, anna, boris)
        asked = await consultations.ask(session, anna, topic_id=topic.id, pieces=QUESTION, zone=UTC, now=NOW)
        taken = await consultations.ask(session, olga, topic_id=topic.id, pieces=QUESTION, zone=UTC, now=NOW)
        await consultations.take(session, anna, taken.id, now=NOW)
        words = [{"text": "Собрание", "html": "Собрание"}]
        await announcements.announce(session, olga, network.id, with_branch=False, texts=words, said_files=[], now=NOW)
        session.add(Saying(person_id=anna.id, pieces=QUESTION, notes={}, said_at=NOW))
        assert {"announcement", "event-reminder"} <= set(await waiting_for(session, anna))

    for _ in range(2):
        async with each_db.write() as session:
            await leaving.leave(session, anna, now=NOW)

    async with each_db.read() as session:
        assert await waiting_for(session, anna) == []
        assert "event-promoted" in await waiting_for(session, boris)
        rows = await session.scalars(select(Registration))
        assert {row.person_id: row.state for row in rows} == {
            anna.id: RegistrationState.WITHDRAWN,
            boris.id: RegistrationState.REGISTERED,
        }
        coordinators = select(Appointment.person_id).where(Appointment.ended_at.is_(None))
        assert list(await session.scalars(coordinators)) == [olga.id]
        experts = select(TopicExpert.person_id).where(TopicExpert.ended_at.is_(None))
        assert list(await session.scalars(experts)) == [boris.id]
        members = select(Membership.person_id).where(Membership.state == MembershipState.MEMBER)
        assert list(await session.scalars(members)) == [boris.id]
        assert (await session.get_one(Consultation, asked.id)).state is ConsultationState.CLOSED
        assert (await session.get_one(Consultation, taken.id)).state is ConsultationState.NEW
        assert "consultation-new" in await waiting_for(session, boris)
        assert (await session.scalars(select(Consent.withdrawn_at))).one() == NOW
        assert await session.get(Saying, anna.id) is None
        assert (await session.get_one(Person, anna.id)).full_name is None


async def test_whoever_comes_back_may_be_told_again_of_what_was_taken_back(each_db: Database) -> None:
    (anna,) = await put_people(each_db, 1)
    notice = Notice("event-invite", "event-invite:1:1", anna.id, 1, NOW)
    async with each_db.write() as session:
        await persons.give_consent(session, anna, now=NOW)
        assert await notifications.put(session, [notice], now=NOW) == 1
        await leaving.leave(session, anna, now=NOW)
    async with each_db.write() as session:
        assert await notifications.put(session, [notice], now=NOW) == 1
