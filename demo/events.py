"""What the associations plan and have held, and who comes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.plan import Inhabitant
from demo.words import EventWords
from models import Event, EventKind, Found, Registration, RegistrationState
from services import events, search

ZONE = ZoneInfo("Asia/Yekaterinburg")
"""The invented city lies in the Urals; its events begin at its hours."""

PLANNED_BEFORE = timedelta(days=9, hours=3)
"""So long before its start a coordinator publishes an event, but never later than the day before today."""

UIDS = uuid.UUID("6f1d0f52-3c1e-4d55-9a53-7d2f4b0c9e11")


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who has a seat and who waits, as numbers of inhabitants in the order in which they signed up."""

    seated: Sequence[int]
    waiting: Sequence[int]


async def add_events(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Plan the city's events as of `now`, with their registrations and reminders. Gives how many there are."""
    planned = words.events()
    for event_words in planned:
        rng = Random(f"the invented city: who comes to {event_words.title}")
        attendance = _attendance(event_words, people, rng)
        starts_at = _starts_at(event_words, now)
        published_at = min(starts_at, now) - PLANNED_BEFORE
        count = len(attendance.seated) + len(attendance.waiting)
        event = Event(
            network_id=network_ids[event_words.network],
            kind=EventKind(event_words.kind),
            title=event_words.title,
            annotation=event_words.annotation,
            starts_at=starts_at,
            place=event_words.place,
            seats=event_words.seats or None,
            taken=len(attendance.seated),
            last_turn=count,
            calendar_uid=str(uuid.uuid5(UIDS, event_words.title)),
            created_by_id=person_ids[_coordinator(event_words.network, people)],
            created_at=published_at,
            announced_at=published_at + timedelta(minutes=2),
        )
        session.add(event)
        await session.flush()
        await search.index(session, Found.EVENT, event.id, event.title)
        signed_up = [*attendance.seated, *attendance.waiting]
        await session.execute(
            insert(Registration),
            [
                {
                    "event_id": event.id,
                    "person_id": person_ids[number],
                    "state": RegistrationState.REGISTERED if turn <= event.taken else RegistrationState.WAITING,
                    "turn": turn,
                    "state_at": published_at + timedelta(hours=3 * turn),
                    "created_at": published_at + timedelta(hours=3 * turn),
                }
                for turn, number in enumerate(signed_up, start=1)
            ],
        )
        await events.remind(session, event, [person_ids[number] for number in attendance.seated], now=now)
    return len(planned)


def _starts_at(event: EventWords, now: datetime) -> datetime:
    """The day that was meant, or the Monday after a weekend (before it, for what is over)."""
    day = now.astimezone(ZONE).date() + timedelta(days=event.in_days)
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday()) if event.in_days > 0 else -timedelta(days=day.weekday() - 4)
    return datetime.combine(day, time.fromisoformat(event.at), tzinfo=ZONE)


def _attendance(event: EventWords, people: Sequence[Inhabitant], rng: Random) -> Attendance:
    """Members of the network; the players among them only where their names stand."""
    keys = {one.player.key: number for number, one in enumerate(people) if one.player is not None}
    going, waiting = [keys[key] for key in event.going], [keys[key] for key in event.waiting]
    members = [number for number, one in enumerate(people) if event.network in one.joined and one.player is None]
    chosen = rng.sample(members, event.come - len(going) + event.wait - len(waiting))
    seated = [*going, *chosen[: event.come - len(going)]]
    rng.shuffle(seated)
    return Attendance(seated, [*chosen[event.come - len(going) :], *waiting])


def _coordinator(network: str, people: Sequence[Inhabitant]) -> int:
    return next(number for number, one in enumerate(people) if one.roles.get(network) == "coordinator")
