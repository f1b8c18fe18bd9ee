"""A city in which one of every kind of notification is due: for tests that ask what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import (
    Agreement,
    Announcement,
    AnnouncementDraft,
    Application,
    ApplicationState,
    Consultation,
    ConsultationMessage,
    ConsultationState,
    DraftState,
    Event,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    OrganisationKind,
    Person,
    Priority,
    Product,
    ProductKind,
    ProductState,
    ProductVersion,
    Registration,
    RegistrationState,
    RegistryDoubt,
    RegistryEntry,
    SentMessage,
    Topic,
    TopicExpert,
)
from sandbox import Visitor
from services import (
    agreements,
    announced,
    announcement_drafts,
    announcements,
    applications,
    events,
    memberships,
    notifications,
    organisations,
)
from services.notifications import Notice
from services.registry import names
from tests.support.away_networks import networks_due
from tests.support.away_parts import parts_due
from tests.support.events import lead, make_network, network_of, person_of, plan_event
from tests.support.house import House
from tests.support.notices import enrolled

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


async def everything_due(house: House) -> City:
    """A city in which one of everything that can be told is due, as the bot goes away."""
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
    await _joining(city)
    await _lists(city)
    await networks_due(city)
    await parts_due(city)
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
    for kind in ("coordinator-appointed", "coordinator-dismissed", "moderator-appointed", "moderator-dismissed"):
        await city.due(kind, city.anna, city.network_id)
    await city.due("administrator-appointed", city.olga, city.olga.id)
    await city.due("administrator-dismissed", city.anna, city.anna.id)


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


async def _joining(city: City) -> None:
    """Among the physicists Boris waits, Anna was answered, then forgotten, and both are out again; the other network has an agreement."""
    now = city.house.clock.now()
    at = {"state_at": now, "reason": "Переход"}
    async with city.house.db.write() as session:
        physicists = await make_network(session, title="Учителя физики", now=now)
        await lead(session, physicists, city.olga, now=now)
        asks = {"network_id": physicists.id, "created_at": now - applications.LASTS / 2}
        waits = {"expires_at": now + applications.LASTS / 2}
        decided = {**waits, "person_id": city.anna.id, "decided_at": now, "decided_by_id": city.olga.id}
        waiting = Application(**asks, **waits, person_id=city.boris.id)
        approved = Application(**asks, **decided, state=ApplicationState.APPROVED)
        declined = Application(**asks, **decided, state=ApplicationState.DECLINED, reason="Нет мест")
        forgotten = Application(**asks, expires_at=now, person_id=city.anna.id)
        left = Membership(network_id=physicists.id, person_id=city.boris.id, state=MembershipState.LEFT, **at)
        removed = Membership(network_id=physicists.id, person_id=city.anna.id, state=MembershipState.REMOVED, **at)
        agreement = Agreement(
            network_id=city.network_id,
            version=1,
            text="Мы договорились",
            published_by_id=city.olga.id,
            published_at=now,
        )
        session.add_all([waiting, approved, declined, forgotten, left, removed, agreement])
        (await session.get_one(Network, city.network_id)).agreement_version = agreement.version
        await session.flush()
    await city.due(memberships.CAME, city.olga, waiting.id)
    await city.due(memberships.WAITS, city.olga, waiting.id)
    await city.due(memberships.EXPIRED, city.anna, forgotten.id)
    await city.due(applications.APPROVED, city.anna, approved.id)
    await city.due(applications.DECLINED, city.anna, declined.id)
    await city.due(memberships.LEFT, city.olga, left.id, {"at": now.isoformat()})
    await city.due(memberships.REMOVED, city.anna, removed.id, {"at": now.isoformat()})
    await city.due(agreements.ASKED, city.anna, agreement.id)


async def _lists(city: City) -> None:
    """Boris is at a lyceum that took the place of the one he had proposed; Anna, who is at none now, may be somebody of its list."""
    now = city.house.clock.now()
    async with city.house.db.write() as session:
        lyceum = await organisations.add(
            session, None, title="Лицей № 1", kind=OrganisationKind.SCHOOL, address=None, confirmed_at=now, now=now
        )
        (await session.get_one(Person, city.boris.id)).organisation_id = lyceum.id
        name = city.anna.full_name or ""
        doubt = RegistryDoubt(person_id=city.anna.id, asked_at=now)
        entry = RegistryEntry(
            full_name=name,
            name_key=names.key(name),
            surname=names.surname(name),
            organisation_id=lyceum.id,
            created_at=now,
            updated_at=now,
        )
        session.add_all([doubt, entry])
        await session.flush()
    await city.due("registry-doubtful", city.olga, doubt.id)
    await city.due("organisation-accepted", city.boris, lyceum.id)
    await city.due("organisation-replaced", city.boris, lyceum.id, {"title": "Лицей 1"})
    await city.due("organisation-declined", city.anna, lyceum.id, {"title": "Школа", "reason": "Такой нет"})
