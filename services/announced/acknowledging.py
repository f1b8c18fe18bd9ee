"""«Ознакомлен(а)»: who has read an announcement, who has not, and reminding only those."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import Acknowledgement, Announcement, Notification, NotificationState, Person, Priority
from services import announcements, audit, notifications, policy
from services.announced.kinds import TELL, UNREAD
from services.announced.seeing import ruled
from services.errors import AnnouncementRecalled, NotFound


async def read(session: AsyncSession, actor: Person, announcement_id: int) -> tuple[Announcement, bool]:
    """An announcement that was meant for the actor, and whether they acknowledged it. Raises NotFound, AnnouncementRecalled."""
    announcement = await announcements.find(session, announcement_id)
    meant = select(Notification.id).where(
        Notification.kind == TELL, Notification.subject_id == announcement_id, Notification.person_id == actor.id
    )
    if announcement is None or await session.scalar(meant.limit(1)) is None:
        raise NotFound
    if announcement.recalled_at is not None:
        raise AnnouncementRecalled
    return announcement, await has_acknowledged(session, actor, announcement_id)


async def acknowledged_by(session: AsyncSession, announcement_id: int, person_ids: Collection[int]) -> set[int]:
    """Who of these people said that they have read it."""
    return set(
        await session.scalars(
            select(Acknowledgement.person_id).where(
                Acknowledgement.announcement_id == announcement_id, Acknowledgement.person_id.in_(person_ids)
            )
        )
    )


async def has_acknowledged(session: AsyncSession, person: Person, announcement_id: int) -> bool:
    """Whether this person said that they have read it."""
    return await session.get(Acknowledgement, (announcement_id, person.id)) is not None


async def acknowledge(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> bool:
    """«Ознакомлен(а)», for ever; twice is once. Gives whether it is new. Raises NotFound, AnnouncementRecalled."""
    announcement, _ = await read(session, actor, announcement_id)
    if not announcement.wants_acknowledgement:
        raise NotFound
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    added = await session.execute(
        make(Acknowledgement)
        .values(announcement_id=announcement_id, person_id=actor.id, at=now)
        .on_conflict_do_nothing()
        .returning(Acknowledgement.person_id)
    )
    return added.first() is not None


def have_it(announcement_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a notification is this announcement, in somebody's chat."""
    return (
        Notification.kind == TELL,
        Notification.subject_id == announcement_id,
        Notification.state == NotificationState.SENT,
    )


def _unread(announcement_id: int) -> Select[int]:
    """The ids of those who have it and did not say that they read it; whoever withdrew their consent or is deleted owes no answer."""
    return (
        select(Notification.person_id)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Acknowledgement, _acknowledged(announcement_id))
        .where(
            *have_it(announcement_id),
            Acknowledgement.person_id.is_(None),
            Person.registered_at.is_not(None),
        )
    )


def _acknowledged(announcement_id: int) -> ColumnElement[bool]:
    return and_(Acknowledgement.announcement_id == announcement_id, Acknowledgement.person_id == Notification.person_id)


async def count_unread(session: AsyncSession, announcement_id: int) -> int:
    """How many have it and did not say that they read it."""
    return await session.scalar(select(func.count()).select_from(_unread(announcement_id).subquery())) or 0


async def readers(
    session: AsyncSession, actor: Person, announcement_id: int, *, have_read: bool, offset: int, limit: int
) -> tuple[Announcement, Sequence[Person], int, int]:
    """Who has read it, or who has it and has not, by name, with their organisations; and how many are the former and the latter.

    Raises NotFound, NotAllowed.
    """
    announcement = await ruled(session, actor, announcement_id)
    done = select(Acknowledgement.person_id).where(Acknowledgement.announcement_id == announcement_id)
    people = await session.scalars(
        select(Person)
        .where(Person.id.in_(done if have_read else _unread(announcement_id)))
        .order_by(Person.full_name, Person.id)
        .options(selectinload(Person.organisation))
        .offset(offset)
        .limit(limit)
    )
    read_by = await session.scalar(select(func.count()).select_from(done.subquery()))
    return announcement, list(people), read_by or 0, await count_unread(session, announcement_id)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has an announcement, with their organisation, and when they said that they have read it (None: they did not)."""

    announcement: Announcement
    person: Person
    acknowledged_at: datetime | None


async def reader(session: AsyncSession, actor: Person, announcement_id: int, person_id: int) -> Reader:
    """One of those who have it. Raises NotFound, NotAllowed."""
    announcement = await ruled(session, actor, announcement_id)
    person = await session.scalar(
        select(Person)
        .join(Notification, Notification.person_id == Person.id)
        .where(Person.id == person_id, *have_it(announcement_id))
        .options(selectinload(Person.organisation))
    )
    if person is None:
        raise NotFound
    acknowledgement = await session.get(Acknowledgement, (announcement_id, person_id))
    return Reader(announcement, person, acknowledgement.at if acknowledgement is not None else None)


async def remind(session: AsyncSession, actor: Person, announcement_id: int, *, zone: tzinfo, now: datetime) -> int:
    """Ask those who have not acknowledged it, each of them once a day at most. Gives how many are asked.

    Raises NotFound, NotAllowed, NetworkArchived, AnnouncementRecalled.
    """
    announcement = await ruled(session, actor, announcement_id)
    if announcement.recalled_at is not None:
        raise AnnouncementRecalled
    policy.require_open(announcement.network)
    asked = await notifications.put_to_all(
        session,
        UNREAD,
        announcement_id,
        _unread(announcement_id),
        due_at=now,
        priority=Priority.REMINDER,
        now=now,
        occasion=now.astimezone(zone).date().isoformat(),
    )
    if asked:
        audit.record(
            session, actor, "announcement.remind", "announcement", announcement_id, now=now, new={"people": asked}
        )
    return asked
