"""The bot was away over the due times of everything it ever tells: what is still useful is told, what is stale is cancelled and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from jobs import DRAWS
from models import (
    Announcement,
    AnnouncementDraft,
    Consultation,
    ConsultationMessage,
    ConsultationState,
    DraftState,
    Event,
    Network,
    Notification,
    NotificationState,
    Person,
    Priority,
    Product,
    ProductKind,
    ProductState,
    ProductVersion,
    Registration,
    RegistrationState,
    SentMessage,
    Topic,
    TopicExpert,
)
from sandbox import Visitor
from services import announced, announcement_drafts, announcements, events, notifications
from services.notifications import Notice
from tests.support.events import network_of, person_of, plan_event
from tests.support.house import House
from tests.support.notices import enrolled

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOLD, STALE, SILENT = "told", "stale", "silent"

AWAY: dict[str, tuple[str, str]] = {
    "acknowledgement-deadline": (TOLD, TOLD),
    "acknowledgement-reminder": (TOLD, TOLD),
    "announcement": (TOLD, TOLD),
    "announcement-corrected": (TOLD, TOLD),
    "announcement-digest": (TOLD, TOLD),
    "announcement-not-sent": (TOLD, TOLD),
    "announcement-progress": (TOLD, TOLD),
    "announcement-recalled": (TOLD, TOLD),
    "consultation-assigned": (TOLD, TOLD),
    "consultation-closed": (TOLD, TOLD),
    "consultation-edited": (TOLD, TOLD),
    "consultation-message": (TOLD, TOLD),
    "consultation-new": (TOLD, TOLD),
    "consultation-overdue": (TOLD, TOLD),
    "consultation-passed-on": (TOLD, TOLD),
    "consultation-redraw": (TOLD, TOLD),
    "consultation-taken": (TOLD, TOLD),
    "consultation-unreached": (TOLD, TOLD),
    "coordinator-appointed": (TOLD, TOLD),
    "coordinator-dismissed": (TOLD, TOLD),
    "delivery-overdue": (TOLD, TOLD),  # as long as the others still wait
    "event-cancelled": (TOLD, TOLD),  # also after its time: nobody came to a closed door without knowing why
    "event-moved": (TOLD, STALE),
    "event-new": (TOLD, STALE),
    "event-place": (TOLD, STALE),
    "event-promoted": (TOLD, STALE),
    "event-reminder": (TOLD, STALE),
    "event-reminder, the last": (STALE, STALE),
    "expert-appointed": (TOLD, TOLD),
    "expert-dismissed": (TOLD, TOLD),
    "product-published": (TOLD, TOLD),
    "product-returned": (TOLD, TOLD),
    "product-submitted": (TOLD, TOLD),
}
"""By kind: what becomes of it after an hour's absence, and after a day's."""


@dataclass
class City:
    """Olga coordinates and is the administrator, Boris is an expert, Anna a member who asks, writes and comes."""

    house: House
    network_id: int
    olga: Person
    boris: Person
    anna: Person
    rows: dict[str, int]

    async def due(
        self, name: str, person: Person, subject_id: int, payload: dict[str, Any] | None = None, *, urgent: bool = False
    ) -> None:
        """Something is due now, as the bot goes away."""
        kind = name.partition(",")[0]
        now = self.house.clock.now()
        async with self.house.db.write() as session:
            notice = Notice(
                kind,
                f"away:{name}",
                person.id,
                subject_id,
                now,
                Priority.REMINDER,
                urgent=urgent,
                payload=payload or {},
            )
            await notifications.put(session, [notice], now=now)
            found = select(Notification.id).where(Notification.key == f"away:{name}")
            self.rows[name] = (await session.scalars(found)).one()


@pytest.fixture
async def city(house: House) -> City:
    """Everything that can be told is due."""
    olga, boris, anna = await enrolled(house, "Ольга", "Борис", "Анна")
    network_id = await network_of(house, olga, boris, anna)
    async with house.db.write() as session:
        people = [await person_of(session, visitor) for visitor in (olga, boris, anna)]
        people[0].administrator_at = house.clock.now()
    city = City(house, network_id, people[0], people[1], people[2], {})
    await _roles_and_announcement(city)
    await _announced(city, olga, anna)
    await _events(city)
    await _consultations(city, boris)
    await _products(city)
    await city.due("delivery-overdue", city.olga, 0)
    return city


async def _roles_and_announcement(city: City) -> None:
    now = city.house.clock.now()
    async with city.house.db.write() as session:
        network = await session.get_one(Network, city.network_id)
        seen = await announcements.announce(
            session,
            await session.get_one(Person, city.olga.id),
            network.id,
            with_branch=False,
            texts=[{"text": "Завтра", "html": "Завтра"}],
            said_files=[],
            now=now,
        )
        told = select(Notification.id).where(
            Notification.subject_id == seen.announcement.id, Notification.person_id == city.anna.id
        )
        city.rows["announcement"] = (await session.scalars(told)).one()
    for kind in ("coordinator-appointed", "coordinator-dismissed"):
        await city.due(kind, city.anna, city.network_id)


async def _has_it(city: City, reader: Visitor, text: str) -> Announcement:
    """An announcement that Anna has; nobody else is in its network any more."""
    now = city.house.clock.now()
    message = await city.house.bot.send_message(reader.id, text)
    async with city.house.db.write() as session:
        seen = await announcements.announce(
            session,
            await session.get_one(Person, city.olga.id),
            city.network_id,
            with_branch=False,
            texts=[{"text": text, "html": text}],
            said_files=[],
            wishes=announcements.Wishes(wants_acknowledgement=True),
            now=now,
        )
        for row in await session.scalars(
            select(Notification).where(
                Notification.kind == announcements.KIND, Notification.subject_id == seen.announcement.id
            )
        ):
            row.state, row.settled_at = NotificationState.SENT, now
            if row.person_id == city.anna.id:
                place = {"chat_id": reader.id, "message_id": message.message_id}
                session.add(SentMessage(notification_id=row.id, part=0, **place))
        return seen.announcement


async def _announced(city: City, olga: Visitor, anna: Visitor) -> None:
    """What follows an announcement: it was sent, and is corrected, taken back, looked at, to be acknowledged; one waits for a digest."""
    now = city.house.clock.now()
    told = await _has_it(city, anna, "Завтра в 14:00")
    await city.due(announced.CORRECTED, city.anna, told.id)
    await city.due(announced.UNREAD, city.anna, told.id)
    await city.due(announced.DEADLINE, city.olga, told.id)
    await city.due(announced.RECALLED, city.anna, (await _has_it(city, anna, "Ошибка")).id)
    report = await city.house.bot.send_message(olga.id, "Отчёт")
    place = {"chat_id": olga.id, "message_id": report.message_id}
    await city.due(announced.PROGRESS, city.olga, (await _has_it(city, anna, "В пятницу")).id, place, urgent=True)
    later = await _has_it(city, anna, "В субботу")
    async with city.house.db.write() as session:
        (row,) = await session.scalars(
            select(Notification).where(
                Notification.kind == announcements.KIND,
                Notification.subject_id == later.id,
                Notification.person_id == city.anna.id,
            )
        )
        row.state, row.settled_at, row.error = NotificationState.PENDING, None, announced.IN_DIGEST
        row.next_at = now + 2 * DAY
        draft = AnnouncementDraft(
            network_id=city.network_id,
            author_id=city.olga.id,
            state=DraftState.DRAFT,
            texts=[{"text": "Сбор", "html": "Сбор"}],
            audience=[],
            starts_at=now,
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
        await session.flush()
    await city.due(announced.DIGEST, city.anna, 0)
    why = {"why": "late", "starts_at": now.isoformat()}
    await city.due(announcement_drafts.NOT_SENT, city.olga, draft.id, why)


async def _event(city: City, starts_in: timedelta, *, comes: bool = True) -> Event:
    """Planned, with nobody told by itself; Anna comes, or not."""
    now = city.house.clock.now()
    async with city.house.db.write() as session:
        olga = await session.get_one(Person, city.olga.id)
        event = await plan_event(
            session, olga, city.network_id, starts_at=now + starts_in, now=now, title=f"{starts_in}"
        )
        if comes:
            session.add(
                Registration(
                    event_id=event.id,
                    person_id=city.anna.id,
                    state=RegistrationState.REGISTERED,
                    state_at=now,
                    created_at=now,
                    turn=1,
                )
            )
        for row in await session.scalars(select(Notification).where(Notification.subject_id == event.id)):
            if row.kind.startswith("event-"):
                row.state = NotificationState.CANCELLED
        return event


async def _events(city: City) -> None:
    now = city.house.clock.now()
    soon = 3 * HOUR
    await city.due("event-new", city.anna, (await _event(city, soon, comes=False)).id)
    coming = await _event(city, soon)
    await city.due("event-promoted", city.anna, coming.id)
    moved = {"old": (now + 5 * HOUR).isoformat(), "new": coming.starts_at.isoformat()}
    await city.due("event-moved", city.anna, coming.id, moved)
    await city.due("event-place", city.anna, coming.id)
    first, last = sorted(events.REMINDERS, reverse=True)
    ahead = await _event(city, timedelta(minutes=first))
    await city.due("event-reminder", city.anna, ahead.id, {"minutes": first})
    near = await _event(city, timedelta(minutes=last))
    await city.due("event-reminder, the last", city.anna, near.id, {"minutes": last}, urgent=True)
    gone = await _event(city, soon)
    async with city.house.db.write() as session:
        (await session.get_one(Event, gone.id)).cancelled_at = now
    await city.due("event-cancelled", city.anna, gone.id)


async def _consultations(city: City, boris: Visitor) -> None:
    now = city.house.clock.now()
    async with city.house.db.write() as session:
        topic = Topic(title="Олимпиады", network_id=city.network_id, created_at=now)
        session.add(topic)
        await session.flush()
        session.add(TopicExpert(topic_id=topic.id, person_id=city.boris.id, appointed_at=now))
        ask = {
            "topic_id": topic.id,
            "asker_id": city.anna.id,
            "promised_at": now,
            "last_said_at": now,
            "created_at": now,
        }
        taken = {"state": ConsultationState.TAKEN, "expert_id": city.boris.id, "taken_at": now}
        new, mine, other, over = (
            Consultation(**ask),
            Consultation(**ask, **taken),
            Consultation(**ask, **taken | {"expert_id": city.olga.id}),
            Consultation(**ask, **taken | {"state": ConsultationState.CLOSED, "closed_at": now}),
        )
        session.add_all([new, mine, other, over])
        await session.flush()
        said = [
            ConsultationMessage(
                consultation_id=one.id,
                author_id=city.anna.id,
                texts=[{"text": "Как?", "html": "Как?"}],
                source_id=number,
                source_ids=[number],
                said_at=now,
                created_at=now,
            )
            for number, one in enumerate((new, mine, other, over), start=1)
        ]
        session.add_all(said)
        await session.flush()
    await city.due("consultation-new", city.boris, new.id)
    await city.due("consultation-overdue", city.olga, new.id)
    await city.due("consultation-assigned", city.boris, mine.id)
    await city.due("consultation-message", city.boris, mine.id, {"message_id": said[1].id})
    await city.due("consultation-edited", city.boris, mine.id, {"message_id": said[1].id})
    await city.due("consultation-taken", city.anna, mine.id)
    await city.due("consultation-unreached", city.anna, mine.id)
    await city.due("consultation-closed", city.anna, over.id)
    await city.due("consultation-passed-on", city.boris, other.id)
    for kind in ("expert-appointed", "expert-dismissed"):
        await city.due(kind, city.boris, topic.id)
    offered = await city.house.bot.send_message(boris.id, "Вопрос")
    async with city.house.db.write() as session:
        offer = Notification(
            kind="consultation-new",
            key="offered",
            person_id=city.boris.id,
            subject_id=mine.id,
            priority=0,
            due_at=now,
            next_at=now,
            state=NotificationState.SENT,
            settled_at=now,
            created_at=now,
        )
        session.add(offer)
        await session.flush()
        session.add(SentMessage(notification_id=offer.id, part=0, chat_id=boris.id, message_id=offered.message_id))
    await city.due("consultation-redraw", city.boris, mine.id)


async def _products(city: City) -> None:
    now = city.house.clock.now()
    for kind, person, state in (
        ("product-submitted", city.olga, ProductState.SUBMITTED),
        ("product-published", city.anna, ProductState.PUBLISHED),
        ("product-returned", city.anna, ProductState.RETURNED),
    ):
        words = {"kind": ProductKind.LESSON, "title": kind, "annotation": "Урок"}
        async with city.house.db.write() as session:
            decided = {} if state is ProductState.SUBMITTED else {"decided_by_id": city.olga.id}
            made = {"network_id": city.network_id, "author_id": city.anna.id, "created_at": now, "state_at": now}
            product = Product(**words, **made, **decided, state=state)
            session.add(product)
            await session.flush()
            session.add(ProductVersion(**words, product_id=product.id, number=1, submitted_at=now))
        await city.due(kind, person, product.id, {"version": 1})


async def _outcome(house: House, notification_id: int) -> str:
    async with house.db.read() as session:
        row = await session.get_one(Notification, notification_id)
    if row.state is NotificationState.SENT:
        return TOLD
    assert row.state is NotificationState.CANCELLED, (row.kind, row.state, row.error)
    return STALE if row.error == notifications.STALE else SILENT


def test_every_kind_is_in_the_table() -> None:
    assert {name.partition(",")[0] for name in AWAY} == DRAWS.keys()


async def test_all_of_it_is_told_when_nothing_was_in_the_way(city: City) -> None:
    """Otherwise the table would say nothing about absence."""
    await city.house.delivers()
    found = {name: await _outcome(city.house, row) for name, row in city.rows.items()}
    assert found == {name: SILENT if name == "delivery-overdue" else TOLD for name in AWAY}


@pytest.mark.parametrize(("column", "away"), [(0, HOUR), (1, DAY)], ids=["an hour", "a day"])
async def test_the_useful_is_told_and_the_stale_is_cancelled_and_counted(
    city: City, column: int, away: timedelta
) -> None:
    house = city.house
    went_at: datetime = house.clock.now()
    house.passes(away)
    await house.delivers()
    found = {name: await _outcome(house, row) for name, row in city.rows.items()}
    assert found == {name: outcomes[column] for name, outcomes in AWAY.items()}
    stale = [name.partition(",")[0] for name, outcome in found.items() if outcome == STALE]
    async with house.db.read() as session:
        assert await notifications.stale(session, since=went_at) == {kind: stale.count(kind) for kind in set(stale)}
    administrator = await house.administrator()
    await administrator.presses(administrator.screen, "ul:0")
    reminders = stale.count("event-reminder")
    assert f"Напоминания о событиях: {reminders}" in administrator.sees
    assert "Не отправлено: время прошло" in administrator.sees
    assert house.world.faults == []
