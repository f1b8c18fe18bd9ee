"""Rows of what people do: events, works, questions, applications, announcements."""

from __future__ import annotations

from datetime import timedelta

from bench.region.rows import Rows
from bench.region.shape import BIG, BY_APPLICATION, COORDINATOR, EVERYBODY, EXPERT, TEACHERS, Region, found
from models import (
    Acknowledgement,
    Announcement,
    AnnouncementDraft,
    AnnouncementPart,
    Application,
    ApplicationState,
    Consultation,
    ConsultationMessage,
    ConsultationState,
    DraftState,
    Event,
    EventKind,
    Found,
    Invitation,
    InvitationTarget,
    Notification,
    NotificationState,
    Priority,
    Product,
    ProductKind,
    ProductState,
    ProductVersion,
    Registration,
    RegistrationState,
    Turn,
)
from services import announcements as announcing

_THEMES = (
    "Дроби без слёз",
    "Читаем вместе",
    "Опыты на уроке",
    "Первый класс",
    "Олимпиада",
    "Работа с семьёй",
    "Движение",
)


def events(region: Region) -> Rows:
    """Two a network, most of them coming, each with ten people; the first one with half of everybody and a long waiting list."""
    for number in range(1, region.networks * 2 + 1):
        title = f"{_THEMES[number % len(_THEMES)]}: встреча {number}"
        going = region.participants // 2 if number == BIG else 10
        waiting = region.participants // 20 if number == BIG else 0
        yield (
            Event,
            {
                "id": number,
                "network_id": (number - 1) % region.networks + 1,
                "kind": list(EventKind)[number % len(EventKind)],
                "title": title,
                "starts_at": region.now + timedelta(hours=20 if number == BIG else number * 37 % 2400 - 400),
                "place": "Лицей, кабинет 12",
                "taken": going,
                "last_turn": going + waiting,
                "created_at": region.now,
            },
        )
        yield from found(Found.EVENT, number, title)
        first = 0 if number == BIG else number * 10
        for place in range(1, going + waiting + 1):
            is_waiting = place > going
            yield (
                Registration,
                {
                    "event_id": number,
                    "person_id": region.somebody(first + place),
                    "state": RegistrationState.WAITING if is_waiting else RegistrationState.REGISTERED,
                    "turn": place,
                    "state_at": region.now,
                    "created_at": region.now,
                },
            )
    for person_id in TEACHERS:
        for number in range(1, 31):
            yield (
                Registration,
                {
                    "event_id": region.networks + number,
                    "person_id": person_id,
                    "state": RegistrationState.REGISTERED,
                    "turn": 1000 + person_id,
                    "state_at": region.now,
                    "created_at": region.now,
                },
            )


def products(region: Region) -> Rows:
    """One for every five people, most of them published; each teacher of the sights has handed in eight."""
    own = len(TEACHERS) * 8
    states = (ProductState.SUBMITTED, ProductState.RETURNED, *[ProductState.PUBLISHED] * 8)
    for number in range(1, region.participants // 5 + own + 1):
        title = f"{_THEMES[number % len(_THEMES)]}: конспект {number}"
        kind = list(ProductKind)[number % len(ProductKind)]
        at = region.now - timedelta(minutes=number * 7)
        yield (
            Product,
            {
                "id": number,
                "network_id": number * 7919 % region.networks + 1 if number % 3 else EVERYBODY,
                "author_id": TEACHERS[number % len(TEACHERS)] if number <= own else region.somebody(number),
                "organisation_id": number % region.organisations + 1,
                "kind": kind,
                "title": title,
                "annotation": "Как это было на уроке и что получилось у детей.",
                "state": states[number % len(states)],
                "state_at": at,
                "created_at": at,
            },
        )
        version = {"number": 1, "kind": kind, "title": title, "annotation": "Как это было.", "submitted_at": at}
        yield ProductVersion, {"product_id": number, **version}
        yield from found(Found.PRODUCT, number, title)


def consultations(region: Region) -> Rows:
    """One for every five people; of every seven the expert of the sights has one."""
    own = len(TEACHERS) * 8
    states = (ConsultationState.NEW, ConsultationState.TAKEN, *[ConsultationState.CLOSED] * 3)
    for number in range(1, region.participants // 5 + own + 1):
        asker = TEACHERS[number % len(TEACHERS)] if number <= own else region.somebody(number)
        expert = EXPERT if number % 7 == 0 else region.somebody(number * 31 + 1)
        state = states[number % len(states)]
        at = region.now - timedelta(minutes=number * 11)
        yield (
            Consultation,
            {
                "id": number,
                "topic_id": number % region.topics + 1,
                "asker_id": asker,
                "expert_id": None if state is ConsultationState.NEW else expert,
                "state": state,
                "turn": Turn.EXPERT if number % 2 else Turn.ASKER,
                "promised_at": at + timedelta(days=1),
                "last_said_at": at,
                "created_at": at,
            },
        )
        said = [{"text": "Как объяснить дроби?", "html": "Как объяснить дроби?"}]
        for place, author in enumerate((asker,) if state is ConsultationState.NEW else (asker, expert)):
            source = number * 2 + place
            yield (
                ConsultationMessage,
                {
                    "consultation_id": number,
                    "author_id": author,
                    "texts": said,
                    "source_id": source,
                    "source_ids": [source],
                    "said_at": at,
                    "created_at": at,
                },
            )


def joining(region: Region) -> Rows:
    """Applications that wait, one for every forty people and all to one network; and invitations to everybody's network."""
    for number in range(1, region.participants // 40 + 21):
        yield (
            Application,
            {
                "network_id": BY_APPLICATION,
                "person_id": region.somebody(number),
                "state": ApplicationState.PENDING,
                "created_at": region.now,
                "expires_at": region.now + timedelta(days=30),
            },
        )
    for number in range(1, 31):
        yield (
            Invitation,
            {
                "token": f"bench{number}",
                "target": InvitationTarget.NETWORK,
                "network_id": EVERYBODY,
                "created_by_id": COORDINATOR,
                "created_at": region.now,
            },
        )


def announcements(region: Region) -> Rows:
    """One a network; the first went to everybody, and half of them have acknowledged it."""
    for number in range(1, region.networks + 1):
        is_big = number == BIG
        yield (
            Announcement,
            {
                "id": number,
                "network_id": number,
                "author_id": COORDINATOR,
                "texts": [{"text": "Завтра в 15:00.", "html": "Завтра в 15:00."}],
                "wants_acknowledgement": is_big,
                "recipients": region.participants if is_big else 50,
                "starts_at": region.now,
                "created_at": region.now - timedelta(hours=number),
            },
        )
        part = {"announcement_id": number, "position": 0, "network_id": number, "with_branch": is_big}
        yield AnnouncementPart, part
        for person_id in range(1, region.participants + 1) if is_big else ():
            yield Notification, _notification(region, announcing.KIND, person_id, number, NotificationState.SENT)
            if person_id % 2:
                yield Acknowledgement, {"announcement_id": number, "person_id": person_id, "at": region.now}
    for number in range(1, 31):
        yield (
            AnnouncementDraft,
            {
                "network_id": EVERYBODY,
                "author_id": COORDINATOR,
                "state": (DraftState.DRAFT, DraftState.TEMPLATE)[number % 2],
                "texts": [{"text": f"Черновик {number}", "html": f"Черновик {number}"}],
                "audience": [
                    {
                        "excluded": False,
                        "network_id": EVERYBODY,
                        "with_branch": True,
                        "role": None,
                        "organisation_id": None,
                        "subject_id": None,
                    }
                ],
                "created_at": region.now,
                "updated_at": region.now - timedelta(hours=number),
            },
        )


def _notification(
    region: Region, kind: str, person_id: int, subject_id: int, state: NotificationState, error: str | None = None
) -> dict[str, object]:
    return {
        "kind": kind,
        "key": f"{kind}:{subject_id}:{person_id}",
        "person_id": person_id,
        "subject_id": subject_id,
        "priority": int(Priority.ANNOUNCEMENT),
        "due_at": region.now,
        "next_at": region.now,
        "state": state,
        "settled_at": region.now,
        "error": error,
        "created_at": region.now,
    }


def troubles(region: Region) -> Rows:
    """What was not delivered of late, of many kinds."""
    for number in range(1, region.participants // 100 + 21):
        kind = f"bench-{number % 10}"
        person_id = region.somebody(number)
        yield Notification, _notification(region, kind, person_id, number, NotificationState.FAILED, "Bad Request: no")
