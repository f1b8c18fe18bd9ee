"""What the database has the last word about: who takes a question, on each database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Consultation,
    ConsultationMessage,
    ConsultationState,
    ConsultationView,
    Database,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    Person,
    Role,
    Topic,
    TopicExpert,
    Turn,
)
from services import consultations, roles
from services.consultations import notices
from services.errors import NotAllowed, NotAnExpert, SaidElsewhere, TakenByOther, TopicWithoutExperts

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
EXPERTS = 8


def pieces(message_id: int, text: str = "Как?", files: int = 0) -> dict[str, Any]:
    """What a person sent, as the dialogs give it."""
    return {
        "texts": [{"text": text, "html": text}] if text else [],
        "files": [
            {
                "kind": "photo",
                "file_id": f"f{message_id}-{n}",
                "unique_id": f"u{message_id}-{n}",
                "name": None,
                "size": 9,
            }
            for n in range(files)
        ],
        "message_ids": [message_id],
    }


class Cast:
    """The people of a test by what they are."""

    def __init__(self, asker: Person, experts: list[Person], coordinator: Person, topic_id: int) -> None:
        self.asker, self.experts, self.coordinator, self.topic_id = asker, experts, coordinator, topic_id


async def gather_cast(db: Database) -> Cast:
    """An asker, experts of a topic, and the coordinator of its network."""

    def person(number: int) -> Person:
        return Person(telegram_id=number, full_name=f"Человек {number:02d}", created_at=NOW, registered_at=NOW)

    async with db.write() as session:
        form_id = (await session.scalars(select(NetworkForm.id).limit(1))).one()
        network = Network(title="Учителя математики", form_id=form_id, created_at=NOW)
        people = [person(number) for number in range(1, EXPERTS + 3)]
        session.add_all([network, *people])
        await session.flush()
        topic = Topic(title="Олимпиады", network_id=network.id, created_at=NOW)
        session.add(topic)
        await session.flush()
        asker, coordinator, *experts = people
        session.add(
            Appointment(person_id=coordinator.id, network_id=network.id, role=Role.COORDINATOR, appointed_at=NOW)
        )
        session.add_all(TopicExpert(topic_id=topic.id, person_id=one.id, appointed_at=NOW) for one in experts)
        return Cast(asker, experts, coordinator, topic.id)


async def ask(db: Database, cast: Cast, message_id: int = 1, *, now: datetime = NOW) -> int:
    """The asker's question. Gives its number."""
    async with db.write() as session:
        asked = await consultations.ask(
            session, cast.asker, topic_id=cast.topic_id, pieces=pieces(message_id), zone=UTC, now=now
        )
        return asked.id


async def say(
    session: AsyncSession, actor: Person, consultation_id: int, message: dict[str, Any], *, now: datetime = NOW
) -> consultations.Said:
    """One word."""
    return await consultations.say(session, actor, consultation_id, message, album=None, said_at=now, zone=UTC, now=now)


async def told(db: Database, kind: str) -> set[int]:
    """Whom a notice of this kind waits for."""
    async with db.read() as session:
        rows = await session.scalars(
            select(Notification.person_id).where(
                Notification.kind == kind, Notification.state == NotificationState.PENDING
            )
        )
        return set(rows)


async def test_of_many_experts_at_once_exactly_one_takes(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    number = await ask(each_db, cast)

    async def take(expert: Person) -> int | str:
        try:
            async with each_db.write() as session:
                card = await consultations.take(session, expert, number, now=NOW)
        except TakenByOther as refusal:
            return str(refusal.values["name"])
        assert card.consultation.expert_id == expert.id
        return expert.id

    results = await asyncio.gather(*(take(expert) for expert in cast.experts))
    winners = [result for result in results if isinstance(result, int)]
    assert len(winners) == 1
    winner = next(expert for expert in cast.experts if expert.id == winners[0])
    assert set(results) == {winner.id, winner.full_name}
    assert await told(each_db, notices.TAKEN) == {cast.asker.id}
    assert await told(each_db, notices.OVERDUE) == set()
    assert await told(each_db, notices.NEW) == set()


async def test_an_expert_takes_while_the_coordinator_assigns_another(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    number = await ask(each_db, cast)
    first, second = cast.experts[:2]

    async def take() -> None:
        async with each_db.write() as session:
            await consultations.take(session, first, number, now=NOW)

    async def assign() -> None:
        async with each_db.write() as session:
            await consultations.assign(session, cast.coordinator, number, second.id, now=NOW)

    await asyncio.gather(take(), assign(), return_exceptions=True)
    async with each_db.read() as session:
        consultation = await consultations.get(session, number)
    assert consultation.expert_id == second.id  # whichever came first: a coordinator's word stands over a taking
    assert consultation.state is ConsultationState.TAKEN
    assert await told(each_db, notices.ASSIGNED) == {second.id}


async def test_every_expert_but_the_asker_is_told_and_the_coordinator_later(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    cast.asker = cast.experts[0]
    await ask(each_db, cast)
    assert await told(each_db, notices.NEW) == {expert.id for expert in cast.experts[1:]}
    assert await told(each_db, notices.OVERDUE) == {cast.coordinator.id}
    async with each_db.read() as session:
        due = await session.scalar(select(Notification.due_at).where(Notification.kind == notices.OVERDUE))
    assert due == datetime(2026, 11, 25, 18, tzinfo=UTC)
    with pytest.raises(NotAnExpert):
        async with each_db.write() as session:
            await consultations.take(session, cast.experts[0], 1, now=NOW)


async def test_the_overdue_notice_follows_the_office(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    await ask(each_db, cast)
    nina = cast.experts[0]
    async with each_db.write() as session:
        administrator = await session.get_one(Person, cast.experts[3].id)
        administrator.administrator_at = NOW
        network_id = (await session.scalars(select(Network.id))).one()
        await roles.dismiss_coordinator(session, administrator, cast.coordinator.id, network_id, now=NOW)
    assert await told(each_db, notices.OVERDUE) == {administrator.id}
    async with each_db.write() as session:
        await roles.appoint_coordinator(session, administrator, nina.id, network_id, order_number=None, now=NOW)
    assert await told(each_db, notices.OVERDUE) == {nina.id}
    async with each_db.write() as session:
        await consultations.leave(session, nina, now=NOW)
    assert await told(each_db, notices.OVERDUE) == {administrator.id}


async def test_without_coordinators_the_administrators_watch(db: Database) -> None:
    cast = await gather_cast(db)
    async with db.write() as session:
        appointment = (await session.scalars(select(Appointment))).one()
        appointment.ended_at = NOW
        administrator = await session.get_one(Person, cast.experts[3].id)
        administrator.administrator_at = NOW
    await ask(db, cast)
    assert await told(db, notices.OVERDUE) == {cast.experts[3].id}


async def test_a_topic_whose_only_expert_asks_has_nobody(db: Database) -> None:
    cast = await gather_cast(db)
    async with db.write() as session:
        for row in await session.scalars(select(TopicExpert).where(TopicExpert.person_id != cast.experts[0].id)):
            row.ended_at = NOW
    cast.asker = cast.experts[0]
    async with db.read() as session:
        assert not await consultations.can_ask(session, cast.asker)
    with pytest.raises(TopicWithoutExperts):
        await ask(db, cast)


async def test_the_same_messages_are_one_question(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    numbers = {await ask(each_db, cast), await ask(each_db, cast)}
    assert len(numbers) == 1
    other = await ask(each_db, cast, message_id=2)
    with pytest.raises(SaidElsewhere):
        async with each_db.write() as session:
            await say(session, cast.asker, other, pieces(1))


async def test_another_bot_counts_messages_anew(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    expert = cast.experts[0]
    number = await ask(each_db, cast)
    async with each_db.write() as session:
        asked = await consultations.ask(
            session, cast.asker, topic_id=cast.topic_id, pieces=pieces(1, "Другое?"), zone=UTC, now=NOW
        )
        assert asked.id != number
        await consultations.take(session, expert, number, now=NOW)
        long = pieces(7, "Да" * 1500) | {"message_ids": [7, 8]}
        assert (await say(session, expert, number, long)).to is not None
    later, much_later = NOW + timedelta(minutes=1), NOW + timedelta(days=90)
    async with each_db.write() as session:
        await say(session, expert, number, pieces(8, "Уже не его конец"), now=later)
        await say(session, expert, number, pieces(1, "Я отвечаю"), now=later)
        await say(session, expert, number, pieces(1, "", files=1), now=later)
        await say(session, expert, number, pieces(9, "Да"), now=later)
        await say(session, expert, number, pieces(9, "Да"), now=later)
        await say(session, expert, number, pieces(9, "Да"), now=much_later)
        card = await consultations.card(session, cast.asker, number)
    assert [message.texts[0]["text"] if message.texts else "📎" for message in card.messages] == [
        "Как?",
        "Да" * 1500,
        "Уже не его конец",
        "Я отвечаю",
        "📎",
        "Да",
        "Да",
    ]
    async with each_db.read() as session:
        page = await consultations.page_of(session, cast.asker, ConsultationView.ASKED, offset=0, limit=9)
    assert {line.beginning for line in page.lines} == {"Как?", "Другое?"}


async def test_both_sides_talk_at_once_and_nothing_is_lost(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    number = await ask(each_db, cast)
    expert = cast.experts[0]
    async with each_db.write() as session:
        await consultations.take(session, expert, number, now=NOW)

    async def word(actor: Person, message_id: int) -> None:
        async with each_db.write() as session:
            await say(session, actor, number, pieces(message_id, f"слово {message_id}", files=1))

    await asyncio.gather(*(word(actor, 100 + n) for n in range(10) for actor in (cast.asker, expert)))
    async with each_db.read() as session:
        card = await consultations.card(session, expert, number)
    assert len(card.messages) == 21
    assert len(card.files) == 20
    assert len(await told(each_db, notices.MESSAGE)) == 2


async def test_a_word_from_an_expert_takes_and_of_two_one_is_heard(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    number = await ask(each_db, cast)

    async def word(expert: Person) -> bool:
        try:
            async with each_db.write() as session:
                said = await say(session, expert, number, pieces(50 + expert.id, "Вот так"))
        except (TakenByOther, NotAllowed):
            return False
        return said.has_taken

    results = await asyncio.gather(*(word(expert) for expert in cast.experts))
    assert sum(results) == 1
    async with each_db.read() as session:
        answers = await session.scalar(select(func.count()).select_from(ConsultationMessage))
        consultation = await consultations.get(session, number)
    assert answers == 2
    assert consultation.turn is Turn.ASKER
    assert consultation.first_answered_at == NOW


async def test_the_lists_hold_what_they_say(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    expert = cast.experts[0]
    numbers = [
        await ask(each_db, cast, message_id, now=NOW + timedelta(minutes=message_id)) for message_id in range(1, 6)
    ]
    async with each_db.write() as session:
        for number in numbers[:3]:
            await consultations.take(session, expert, number, now=NOW)
        await say(session, expert, numbers[0], pieces(90, "Ответ"))
        await say(session, expert, numbers[1], pieces(91, "Ответ"))
        await consultations.close(session, cast.asker, numbers[1], now=NOW)
    async with each_db.read() as session:
        assert await consultations.counts(session, expert) == {
            ConsultationView.NEW: 2,
            ConsultationView.MINE: 1,
            ConsultationView.WAITING: 1,
            ConsultationView.DONE: 1,
            ConsultationView.ASKED: 0,
        }
        for view, expected in (
            (ConsultationView.NEW, numbers[3:]),
            (ConsultationView.MINE, [numbers[2]]),
            (ConsultationView.WAITING, [numbers[0]]),
            (ConsultationView.DONE, [numbers[1]]),
        ):
            page = await consultations.page_of(session, expert, view, offset=0, limit=6)
            assert [line.consultation.id for line in page.lines] == expected
            assert page.total == len(expected)
        asked = await consultations.page_of(session, cast.asker, ConsultationView.ASKED, offset=0, limit=2)
        assert asked.total == 5
        assert len(asked.lines) == 2
        assert asked.lines[0].beginning == "Как?"


async def test_a_taken_question_is_always_somebodys(each_db: Database) -> None:
    cast = await gather_cast(each_db)
    number = await ask(each_db, cast)
    nobodys = update(Consultation).where(Consultation.id == number).values(state=ConsultationState.TAKEN)
    async with each_db.write() as session:
        with pytest.raises(IntegrityError, match="taken_by_somebody"):
            await session.execute(nobodys)
        await session.rollback()
