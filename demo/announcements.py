"""What was announced to the city, what became of it, and what is to come."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence, Set
from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.events import ZONE
from demo.plan import Inhabitant
from demo.words import AnnouncementWords
from models import (
    Acknowledgement,
    Announcement,
    AnnouncementDraft,
    AnnouncementPart,
    DraftState,
    Importance,
    Notification,
    NotificationState,
    Priority,
)
from services import announcements
from services.audiences import Part

A_SECOND = 30
"""So many messages Telegram let out."""

_TAG = re.compile(r"<[^>]+>")


async def add_announcements(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Announce what the file says as of `now`, long sent; what is yet to be sent waits. Gives how many announcements there are."""
    said = words.announcements()
    await _add_drafts(session, people, person_ids, network_ids, now=now)
    for announcement_words in said:
        at = _moment(now, -announcement_words.days_ago, announcement_words.at)
        with_branch = announcement_words.whom == "branch"
        author_id = person_ids[_coordinator(announcement_words.network, people)]
        told = [
            person_id
            for one, person_id in zip(people, person_ids, strict=True)
            if person_id != author_id and (one.joined if with_branch else announcement_words.network in one.joined)
        ]
        announcement = Announcement(
            network_id=network_ids[announcement_words.network],
            author_id=author_id,
            texts=[_text(announcement_words.html)],
            recipients=len(told),
            starts_at=at,
            created_at=at,
            wants_acknowledgement=announcement_words.acknowledged is not None,
            acknowledge_by=_deadline(announcement_words, at),
        )
        session.add(announcement)
        await session.flush()
        session.add(
            AnnouncementPart(
                announcement_id=announcement.id,
                position=0,
                network_id=announcement.network_id,
                with_branch=with_branch,
            )
        )
        rows = _outcomes(announcement, announcement_words, told, at)
        await session.execute(insert(Notification), rows)
        await announcements.await_deadline(session, announcement, now=now)
        if announcement_words.acknowledged is not None:
            played = {person_id for one, person_id in zip(people, person_ids, strict=True) if one.player}
            read = _acknowledgements(announcement, announcement_words.acknowledged, rows, played, now)
            await session.execute(insert(Acknowledgement), read)
    return len(said)


async def _add_drafts(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """What the coordinators are busy with: begun yesterday, to the members of the network."""
    begun = now - timedelta(days=1)
    for draft in words.drafts():
        author_id = person_ids[_coordinator(draft.network, people)]
        starts_at = _moment(now, draft.in_days, draft.at) if draft.at else None
        session.add(
            AnnouncementDraft(
                network_id=network_ids[draft.network],
                author_id=author_id,
                state=DraftState(draft.state),
                texts=[_text(draft.html)],
                audience=[Part(network_id=network_ids[draft.network]).as_json()],
                buttons=[{"kind": "link", "label": draft.button, "url": draft.link}] if draft.button else [],
                importance=Importance(draft.importance),
                starts_at=starts_at,
                zone=None if starts_at is None else ZONE.key,
                repeat_day=None if starts_at is None else starts_at.day,
                sender_id=author_id,
                created_at=begun,
                updated_at=begun,
            )
        )
    await session.flush()


def _text(said: str) -> dict[str, str]:
    """What is written in the file as the dialogs give it."""
    said = said.strip()
    return {"text": html.unescape(_TAG.sub("", said)), "html": said}


def _moment(now: datetime, days: int, at: str) -> datetime:
    """A time of day, so many days from today in the city."""
    day = now.astimezone(ZONE).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(at), tzinfo=ZONE)


def _deadline(announcement_words: AnnouncementWords, at: datetime) -> datetime | None:
    if announcement_words.acknowledged is None:
        return None
    return at.replace(hour=18, minute=0) + timedelta(days=announcement_words.days_to_acknowledge)


def _acknowledgements(
    announcement: Announcement, of_a_hundred: int, rows: Sequence[dict[str, object]], played: Set[object], now: datetime
) -> list[dict[str, object]]:
    """Some of those who got it, the sooner the more; whoever is played has it still before them."""
    rng = Random(f"the invented city: who read announcement {announcement.id}")
    got = [row["person_id"] for row in rows if row["state"] is NotificationState.SENT]
    hours = (now - announcement.created_at) / timedelta(hours=1)
    return [
        {
            "announcement_id": announcement.id,
            "person_id": person_id,
            "at": announcement.created_at + timedelta(hours=hours * rng.random() ** 3),
        }
        for person_id in rng.sample([one for one in got if one not in played], len(got) * of_a_hundred // 100)
    ]


def _coordinator(network: str, people: Sequence[Inhabitant]) -> int:
    """Whose number it is to speak for a network."""
    return next(number for number, one in enumerate(people) if one.roles.get(network) == "coordinator")


def _outcomes(
    announcement: Announcement, announcement_words: AnnouncementWords, told: Sequence[int], at: datetime
) -> list[dict[str, object]]:
    """One row a person, as the sender would have settled it."""
    rng = Random(f"the invented city: who heard on day {announcement_words.days_ago}")
    picked = rng.sample(told, announcement_words.blocked + announcement_words.failed + announcement_words.twice)
    blocked = set(picked[: announcement_words.blocked])
    failed = set(picked[announcement_words.blocked : announcement_words.blocked + announcement_words.failed])
    twice = set(picked[announcement_words.blocked + announcement_words.failed :])

    def state(person_id: int) -> NotificationState:
        if person_id in blocked:
            return NotificationState.BLOCKED
        return NotificationState.FAILED if person_id in failed else NotificationState.SENT

    return [
        {
            "kind": announcements.KIND,
            "key": f"{announcements.KIND}:{announcement.id}:{person_id}",
            "person_id": person_id,
            "subject_id": announcement.id,
            "payload": {},
            "priority": int(Priority.ANNOUNCEMENT),
            "urgent": False,
            "due_at": at,
            "next_at": at,
            "state": state(person_id),
            "attempts": 2 if person_id in twice else 1,
            "maybe_twice": person_id in twice,
            "settled_at": at + timedelta(seconds=1 + place // A_SECOND),
            "error": "Bad Request: message text is empty" if person_id in failed else None,
            "created_at": at,
        }
        for place, person_id in enumerate(told)
    ]
