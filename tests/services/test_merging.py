"""Two people, or two organisations, become one on every database, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Audit,
    Base,
    Consent,
    Consultation,
    ConsultationState,
    Database,
    Event,
    EventKind,
    Membership,
    MembershipState,
    Notification,
    Organisation,
    OrganisationKind,
    Person,
    PersonSubject,
    Registration,
    RegistrationState,
    RegistryDoubt,
    RegistryEntry,
    Saying,
    Subject,
    Topic,
    TopicExpert,
)
from services import merging, notifications, organisations, registry
from services.errors import MergeRefused, NotAdministrator, NotFound
from services.merging import CardField
from services.notifications import Notice
from tests.support.events import lead
from tests.support.people import add_network, put_people

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
NOTHING = CardField(0)


async def merged(db: Database, actor: Person, kept: Person, other: Person, taken: CardField = NOTHING) -> Person:
    """Make them one."""
    async with db.write() as session:
        return await merging.merge_people(session, actor, kept.id, other.id, taken, now=NOW)


async def count(db: Database, table: type[Base], *conditions: Any) -> int:
    """How many rows there are."""
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


async def nobody_points_to(db: Database, target: type[Base], gone_id: int) -> None:
    """By every foreign key that there is. Raises AssertionError."""
    async with db.read() as session:
        for table, column in merging.pointing_to(target):
            left = await session.scalar(select(func.count()).select_from(table).where(column == gone_id))
            assert left == 0, f"{table.name}.{column.name}"


def test_every_table_about_people_is_known_to_point_to_them() -> None:
    tables = {table.name for table, _ in merging.pointing_to(Person)}
    assert {
        "memberships",
        "appointments",
        "audit",
        "consultations",
        "notifications",
        "products",
        "registrations",
    } <= tables
    assert {"consents", "dialog_states", "sayings", "registry_entries", "registry_doubts", "topic_experts"} <= tables
    assert {
        "applications",
        "agreements",
        "invitations",
        "invitation_uses",
        "opened_invitations",
        "wrong_tokens",
    } <= tables
    assert {"acknowledgements", "announcements", "announcement_drafts", "held_updates", "leftovers"} <= tables


async def test_everything_goes_over(each_db: Database) -> None:
    vera, anna, again, expert = await put_people(each_db, 4, administrators=1)
    async with each_db.write() as session:
        first = await add_network(session, "Математика")
        second = await add_network(session, "Физика")
        third = await add_network(session, "Химия")
        for network, person, state in (
            (first, anna, MembershipState.MEMBER),
            (first, again, MembershipState.MEMBER),
            (second, anna, MembershipState.LEFT),
            (second, again, MembershipState.MEMBER),
            (third, again, MembershipState.MEMBER),
        ):
            session.add(Membership(network_id=network.id, person_id=person.id, state=state, state_at=NOW))
        await lead(session, first, anna, now=NOW)
        await lead(session, first, again, now=NOW)
        await lead(session, third, again, now=NOW)
        topic = Topic(title="Дроби", network_id=first.id, created_at=NOW)
        session.add(topic)
        await session.flush()
        session.add(TopicExpert(topic_id=topic.id, person_id=again.id, appointed_at=NOW))
        question = Consultation(
            topic_id=topic.id,
            asker_id=again.id,
            expert_id=expert.id,
            state=ConsultationState.TAKEN,
            promised_at=NOW,
            last_said_at=NOW,
            created_at=NOW,
        )
        session.add_all([question, Consent(person_id=again.id, version="1", given_at=NOW)])
        session.add_all([Saying(person_id=one.id, pieces={}, notes={}, said_at=NOW) for one in (anna, again)])
        await notifications.put(session, [Notice("x", f"x:{one.id}", one.id, 1, NOW) for one in (anna, again)], now=NOW)
    await merged(each_db, vera, anna, again)
    await nobody_points_to(each_db, Person, again.id)
    async with each_db.read() as session:
        assert await session.get(Person, again.id) is None
        rows = await session.execute(select(Membership.network_id, Membership.state).order_by(Membership.network_id))
        assert [tuple(row) for row in rows] == [
            (network.id, MembershipState.MEMBER) for network in (first, second, third)
        ]
        asker = await session.scalar(select(Consultation.asker_id))
        audit = (await session.scalars(select(Audit).where(Audit.deed == "person.merge"))).one()
    assert asker == anna.id
    assert (audit.actor_id, audit.subject_id, audit.old) == (vera.id, anna.id, {"merged": again.id, "fields": 0})
    assert await count(each_db, Appointment, Appointment.person_id == anna.id) == 2
    assert await count(each_db, Notification, Notification.person_id == anna.id, Notification.kind == "x") == 2
    assert await count(each_db, Saying) == 1
    assert await count(each_db, TopicExpert, TopicExpert.person_id == anna.id) == 1


async def test_a_second_seat_goes_to_whoever_waits(each_db: Database) -> None:
    vera, anna, again, boris = await put_people(each_db, 4, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Математика")
        event = Event(
            network_id=network.id,
            kind=EventKind.SEMINAR,
            title="Семинар",
            place="Лицей",
            starts_at=NOW + timedelta(days=2),
            seats=2,
            taken=2,
            created_at=NOW,
        )
        session.add(event)
        await session.flush()
        states = (RegistrationState.REGISTERED, RegistrationState.REGISTERED, RegistrationState.WAITING)
        for turn, (person, state) in enumerate(zip((anna, again, boris), states, strict=True), start=1):
            session.add(
                Registration(
                    event_id=event.id, person_id=person.id, state=state, turn=turn, state_at=NOW, created_at=NOW
                )
            )
    await merged(each_db, vera, anna, again)
    async with each_db.read() as session:
        rows = await session.execute(select(Registration.person_id, Registration.state).order_by(Registration.id))
        assert [tuple(row) for row in rows] == [
            (anna.id, RegistrationState.REGISTERED),
            (boris.id, RegistrationState.REGISTERED),
        ]
        assert await session.scalar(select(Event.taken)) == 2


async def test_the_administrator_chooses_what_stays(each_db: Database) -> None:
    vera, anna, again = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        maths, physics = await session.scalars(select(Subject).order_by(Subject.id).limit(2))
        session.add(PersonSubject(person_id=anna.id, subject_id=maths.id))
        session.add_all([PersonSubject(person_id=again.id, subject_id=one.id) for one in (maths, physics)])
        (await session.get_one(Person, again.id)).position = "Завуч"
        (await session.get_one(Person, anna.id)).position = "Учитель"
    async with each_db.read() as session:
        pair = await merging.pair(session, vera, anna.id, again.id)
    fields = [CardField.NAME, CardField.POSITION, CardField.SUBJECTS, CardField.TELEGRAM]
    assert pair.differing == fields
    taken = CardField.POSITION | CardField.SUBJECTS | CardField.TELEGRAM
    person = await merged(each_db, vera, anna, again, taken)
    assert (person.full_name, person.position, person.telegram_id) == (anna.full_name, "Завуч", again.telegram_id)
    assert await count(each_db, PersonSubject, PersonSubject.person_id == anna.id) == 2


async def test_who_is_not_one_person_stays_two(each_db: Database) -> None:
    vera, anna, boris = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Математика")
        topic = Topic(title="Дроби", network_id=network.id, created_at=NOW)
        session.add(topic)
        await session.flush()
        session.add(
            Consultation(
                topic_id=topic.id,
                asker_id=boris.id,
                expert_id=anna.id,
                state=ConsultationState.TAKEN,
                promised_at=NOW,
                last_said_at=NOW,
                created_at=NOW,
            )
        )
    for kept, other, reason in ((anna, boris, "talked"), (anna, anna, "same"), (anna, vera, "own")):
        with pytest.raises(MergeRefused) as caught:
            await merged(each_db, vera, kept, other)
        assert caught.value.values == {"reason": reason}
    with pytest.raises(NotAdministrator):
        await merged(each_db, anna, anna, boris)
    assert await count(each_db, Person) == 3


async def test_two_administrators_merge_the_same_two_at_once(each_db: Database) -> None:
    vera, vasily, anna, again = await put_people(each_db, 4, administrators=2)
    outcomes = await asyncio.gather(
        merged(each_db, vera, anna, again), merged(each_db, vasily, again, anna), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NotFound", "Person"]
    assert await count(each_db, Person) == 3
    assert NotFound in {type(one) for one in outcomes}


async def put_organisation(session: AsyncSession, title: str, *, proposed: bool = False) -> Organisation:
    """An organisation of the registry, or one that waits."""
    confirmed = None if proposed else NOW
    return await organisations.add(
        session, None, title=title, kind=OrganisationKind.SCHOOL, address=None, confirmed_at=confirmed, now=NOW
    )


async def test_an_organisation_that_is_another_one(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    async with each_db.write() as session:
        lyceum = await put_organisation(session, "Лицей № 1")
        twin = await put_organisation(session, "Первый лицей", proposed=True)
        (await session.get_one(Person, anna.id)).organisation_id = twin.id
    async with each_db.write() as session:
        kept = await merging.merge_organisations(session, vera, lyceum.id, twin.id, now=NOW)
        assert kept.title == "Лицей № 1"
    await nobody_points_to(each_db, Organisation, twin.id)
    async with each_db.read() as session:
        assert (await session.get_one(Person, anna.id)).organisation_id == lyceum.id
    with pytest.raises(NotFound):
        async with each_db.write() as session:
            await merging.merge_organisations(session, vera, lyceum.id, twin.id, now=NOW)
    async with each_db.write() as session:
        with pytest.raises(NotAdministrator):
            await merging.merge_organisations(session, anna, lyceum.id, twin.id, now=NOW)


async def test_an_entry_of_the_lists_follows_its_person(each_db: Database) -> None:
    vera, anna, again = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        lyceum = await put_organisation(session, "Лицей № 1")
        for person in (anna, again):
            row = await session.get_one(Person, person.id)
            row.organisation_id, row.full_name = lyceum.id, "Иванова Анна"
        session.add(
            RegistryEntry(
                full_name="Иванова Анна",
                name_key="анна иванова",
                surname="иванова",
                organisation_id=lyceum.id,
                person_id=again.id,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        await session.flush()
        await registry.recognise(session, await session.get_one(Person, anna.id), now=NOW)
    assert await count(each_db, RegistryDoubt) == 1
    await merged(each_db, vera, anna, again)
    assert await count(each_db, RegistryEntry, RegistryEntry.person_id == anna.id) == 1
    assert await count(each_db, RegistryDoubt, RegistryDoubt.decided_at.is_(None)) == 0
