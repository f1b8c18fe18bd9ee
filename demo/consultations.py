"""What the people of the invented city ask: topics with experts; questions that wait, are talked about, and are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.events import ZONE
from demo.plan import Inhabitant
from demo.words import ConsultationWords
from models import (
    Consultation,
    ConsultationMessage,
    ConsultationState,
    Subject,
    Topic,
    TopicExpert,
    Turn,
)
from services import consultations, working_time

TOPICS_DAYS_AGO = 200
"""The topics were opened, and their experts named, when the associations had their experts."""

TAKEN_AFTER = timedelta(minutes=20)
WAKES_AT = timedelta(hours=8)
WAKING_SHARE = 13 / 24


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who asks and who answers, as numbers of inhabitants."""

    asker: int
    expert: int


async def add_consultations(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Open the city's topics and put its questions as of `now`. Whoever is to hear of those that wait will. Gives how many there are."""
    topic_ids = await _open_topics(session, people, person_ids, network_ids, now=now)
    asked = words.consultations()
    # Nobody typed these: no message in any chat has a number below zero.
    sources = count(-1, -1)
    for number, one in enumerate(asked):
        cast = _cast(one, people, Random(f"the invented city: who asks {number}"))
        consultation = _consultation(one, topic_ids[one.network], cast, person_ids, now=now)
        session.add(consultation)
        await session.flush()
        await session.execute(
            insert(ConsultationMessage), _dialogue(one, consultation, cast, person_ids, sources, now=now)
        )
        if consultation.state is ConsultationState.NEW:
            await consultations.offer(session, consultation.id, now=now)
    return len(asked)


async def _open_topics(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> dict[str, int]:
    """One topic a network, of the network's first subject; the experts of the network answer."""
    subjects = {row.title: row.id for row in await session.execute(select(Subject.title, Subject.id))}
    opened_at = now - timedelta(days=TOPICS_DAYS_AGO)
    ids: dict[str, int] = {}
    for key, title in words.topics().items():
        taught = words.networks()[key].subjects
        topic = Topic(
            title=title,
            network_id=network_ids[key],
            subject_id=subjects[taught[0]] if taught else None,
            created_at=opened_at,
        )
        session.add(topic)
        await session.flush()
        ids[key] = topic.id
        session.add_all(
            TopicExpert(topic_id=topic.id, person_id=person_ids[number], appointed_at=opened_at)
            for number in _holding(people, key, "expert")
        )
    await session.flush()
    return ids


def _holding(people: Sequence[Inhabitant], network: str, role: str) -> list[int]:
    return [number for number, one in enumerate(people) if one.roles.get(network) == role]


def _cast(one: ConsultationWords, people: Sequence[Inhabitant], rng: Random) -> _Cast:
    players = {person.player.key: number for number, person in enumerate(people) if person.player is not None}
    experts = _holding(people, one.network, "expert")
    expert = players[one.expert] if one.expert else rng.choice([n for n in experts if people[n].player is None])
    members = [
        number
        for number, person in enumerate(people)
        if one.network in person.joined and person.player is None and not person.roles
    ]
    return _Cast(players[one.asker] if one.asker else rng.choice(members), expert)


def _consultation(
    one: ConsultationWords, topic_id: int, cast: _Cast, person_ids: Sequence[int], *, now: datetime
) -> Consultation:
    asked_at = _by_day(now - timedelta(hours=one.hours_ago), now)
    said = [(word.by, _said_at(one, word.after, now)) for word in one.said]
    answers = [at for by, at in said if by == "expert"]
    last_by, last_at = said[-1] if said else ("asker", asked_at)
    closed_at = last_at + timedelta(minutes=20) if one.closed else None
    state = ConsultationState.CLOSED if one.closed else ConsultationState.TAKEN if said else ConsultationState.NEW
    ids = {"asker": person_ids[cast.asker], "expert": person_ids[cast.expert]}
    return Consultation(
        topic_id=topic_id,
        asker_id=ids["asker"],
        expert_id=ids["expert"] if said else None,
        state=state,
        turn=Turn.ASKER if last_by == "expert" else Turn.EXPERT,
        promised_at=working_time.end_of_next_working_day(asked_at, ZONE),
        taken_at=asked_at + TAKEN_AFTER if said else None,
        first_answered_at=answers[0] if answers else None,
        last_said_at=last_at,
        closed_at=closed_at,
        closed_by_id=ids[one.closed] if one.closed else None,
        rating=one.rating or None,
        rated_at=closed_at if one.rating else None,
        created_at=asked_at,
    )


def _said_at(one: ConsultationWords, after: float, now: datetime) -> datetime:
    return _by_day(now - timedelta(hours=one.hours_ago - after), now)


def _by_day(moment: datetime, now: datetime) -> datetime:
    """Nobody writes at night: the 24 hours of a past day are squeezed into its waking ones, in the same order."""
    local = moment.astimezone(ZONE)
    if local.date() == now.astimezone(ZONE).date():
        return moment
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + WAKES_AT + (local - midnight) * WAKING_SHARE).astimezone(UTC)


def _dialogue(
    one: ConsultationWords,
    consultation: Consultation,
    cast: _Cast,
    person_ids: Sequence[int],
    sources: count[int],
    *,
    now: datetime,
) -> list[dict[str, object]]:
    ids = {"asker": person_ids[cast.asker], "expert": person_ids[cast.expert]}
    spoken = [("asker", 0.0, one.question), *((word.by, word.after, word.text) for word in one.said)]
    rows: list[dict[str, object]] = []
    for by, after, text in spoken:
        at, source_id = _said_at(one, after, now), next(sources)
        rows.append(
            {
                "consultation_id": consultation.id,
                "author_id": ids[by],
                "texts": [{"text": text, "html": text}],
                "source_id": source_id,
                "source_ids": [source_id],
                "said_at": at,
                "created_at": at,
            }
        )
    return rows
