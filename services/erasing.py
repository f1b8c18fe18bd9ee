"""A person is deleted: every personal field, and whatever was theirs alone. What they said and handed in stays, under «участник»."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, Text, and_, cast, delete, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Announcement,
    AnnouncementDraft,
    AnnouncementDraftFile,
    Application,
    Appointment,
    Audit,
    Base,
    Consent,
    ConsultationMessage,
    DialogState,
    DraftState,
    Event,
    Found,
    HeldUpdate,
    InboxUpdate,
    Leftover,
    Membership,
    Notification,
    NotificationState,
    Person,
    PersonSubject,
    Product,
    ProductFile,
    ProductState,
    ProductVersion,
    Saying,
    SentMessage,
    StoredFile,
    WrongToken,
)
from services import search

IN_FLIGHT = timedelta(minutes=10)
"""Whatever was being sent or copied when the person was deleted has ended by then: leases and transactions are much shorter."""

GONE = "—"
"""What stands in the place of words that are gone."""

LEFTOVERS_DUE = "leftovers_due"
"""The session's note that somebody was deleted."""


@dataclass(frozen=True, slots=True)
class Stays:
    """How much of a person stays without their name, and how many works that they took back go altogether."""

    messages: int
    works: int
    announcements: int
    events: int
    withdrawn_works: int


async def stays(session: AsyncSession, person: Person) -> Stays:
    """What is told before."""
    withdrawn = Product.state == ProductState.WITHDRAWN
    return Stays(
        messages=await _count(session, ConsultationMessage.id, ConsultationMessage.author_id == person.id),
        works=await _count(session, Product.id, Product.author_id == person.id, ~withdrawn),
        announcements=await _count(session, Announcement.id, Announcement.author_id == person.id),
        events=await _count(session, Event.id, Event.created_by_id == person.id),
        withdrawn_works=await _count(session, Product.id, Product.author_id == person.id, withdrawn),
    )


async def _count(session: AsyncSession, column: Any, *conditions: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count(column)).where(*conditions)) or 0


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a person is found in the words and notes of the house."""

    telegram_id: int | None
    full_name: str | None

    @classmethod
    def of(cls, person: Person) -> Traces:
        """Those of a person who is still here."""
        return cls(person.telegram_id, person.full_name)

    @property
    def words(self) -> list[str]:
        """The words that are searched for."""
        return [self.full_name] if self.full_name else []


async def erase(session: AsyncSession, person: Person, traces: Traces, *, now: datetime) -> None:
    """Remove everything personal about somebody who has left everything already (`services.leaving`).

    Of the rows that others' numbers and reports rest on, and whose ids stand in keys and buttons, only the personal part goes:
    the person's own row (no field is left), memberships, applications, appointments, seats of the past, invitations that were used,
    acknowledgements, what was told and to how many.
    """
    await _erase_own(session, person)
    await _erase_notifications(session, person)
    await _erase_inbox(session, traces)
    await _erase_reasons(session, person)
    file_ids = [*await _erase_withdrawn_works(session, person), *await _erase_drafts(session, person)]
    copies = await _drop_files(session, file_ids)
    await _erase_mentions(session, person, traces)
    await search.index(session, Found.PERSON, person.id)
    for column in Person.__table__.columns:
        if column.key not in KEPT:
            setattr(person, column.key, None)
    person.deleted_at = now
    await session.merge(Leftover(person_id=person.id, copies=copies, due_at=now + IN_FLIGHT))
    session.info[LEFTOVERS_DUE] = True
    await session.flush()


KEPT = frozenset({"id", "created_at", "deleted_at"})
"""What a deleted person's row still says."""


async def _erase_own(session: AsyncSession, person: Person) -> None:
    for table in (PersonSubject, Consent, DialogState, HeldUpdate, Saying, WrongToken):
        await session.execute(delete(table).where(table.person_id == person.id))
    await session.execute(
        update(Membership).where(Membership.person_id == person.id).values(reason=None, muted_at=None)
    )
    await session.execute(update(Application).where(Application.person_id == person.id).values(reason=None))
    await session.execute(
        update(Appointment).where(Appointment.person_id == person.id).values(order_number=None, order_on=None)
    )


async def _erase_reasons(session: AsyncSession, person: Person) -> None:
    """Why they left, were removed or declined stands in the journal too: that it happened stays there, the words go."""
    applications = select(Application.id).where(Application.person_id == person.id)
    notes = await session.scalars(
        select(Audit).where(
            or_(
                and_(Audit.deed == "network.leave", Audit.actor_id == person.id),
                and_(Audit.deed == "network.remove", Audit.new["person_id"].as_integer() == person.id),
                and_(Audit.deed == "application.decline", Audit.new["application_id"].as_integer().in_(applications)),
            )
        )
    )
    for note in notes:
        note.new = {name: value for name, value in (note.new or {}).items() if name != "reason"} or None


async def _erase_notifications(session: AsyncSession, person: Person) -> None:
    """That something was told stays as a number in reports; what it was and in which messages goes."""
    mine = Notification.person_id == person.id
    await session.execute(
        delete(SentMessage).where(SentMessage.notification_id.in_(select(Notification.id).where(mine)))
    )
    await session.execute(
        update(Notification)
        .where(mine, Notification.state.in_((NotificationState.PENDING, NotificationState.SENDING)))
        .values(state=NotificationState.CANCELLED, lease_until=None)
    )
    await session.execute(update(Notification).where(mine).values(payload={}, error=None))


async def _erase_inbox(session: AsyncSession, traces: Traces) -> None:
    """Updates of the person that wait, or were put aside. They would only bring the person back."""
    if traces.telegram_id is None:
        return
    number = str(traces.telegram_id)
    rows = await session.scalars(select(InboxUpdate).where(InboxUpdate.payload.contains(number, autoescape=True)))
    theirs = [row.update_id for row in rows if _sender_of(row.payload) == traces.telegram_id]
    await session.execute(delete(InboxUpdate).where(InboxUpdate.update_id.in_(theirs)))


def _sender_of(payload: str) -> int | None:
    """Who did what the update tells (https://core.telegram.org/bots/api#update: one deed, mostly with «from»)."""
    deeds: Mapping[str, Any] = json.loads(payload)
    senders = [deed["from"] for deed in deeds.values() if isinstance(deed, dict) and "from" in deed]
    return next((sender["id"] for sender in senders), None)


async def _erase_withdrawn_works(session: AsyncSession, person: Person) -> list[int]:
    """Works that their author took back: their words and files. Gives the ids of the files."""
    works = select(Product.id).where(Product.author_id == person.id, Product.state == ProductState.WITHDRAWN)
    ids = list(await session.scalars(works))
    versions = select(ProductVersion.id).where(ProductVersion.product_id.in_(ids))
    file_ids = list(await session.scalars(select(ProductFile.file_id).where(ProductFile.version_id.in_(versions))))
    await session.execute(delete(ProductFile).where(ProductFile.version_id.in_(versions)))
    await session.execute(
        update(ProductVersion).where(ProductVersion.product_id.in_(ids)).values(title=GONE, annotation=GONE)
    )
    await session.execute(update(Product).where(Product.id.in_(ids)).values(title=GONE, annotation=GONE))
    await session.execute(
        update(Audit).where(Audit.subject == "product", Audit.subject_id.in_(ids)).values(old=None, new=None)
    )
    return file_ids


async def _erase_drafts(session: AsyncSession, person: Person) -> list[int]:
    """Announcements that only they were writing. Gives the ids of the files.

    A template, and what waits for its time, are the network's like what was sent. But nobody's right sends the latter any more: when its
    time comes, it is a draft again, and the coordinators are told (`announcement_drafts.start_due`).
    """
    is_theirs = or_(AnnouncementDraft.sender_id.is_(None), AnnouncementDraft.sender_id == person.id)
    drafts = select(AnnouncementDraft.id).where(
        AnnouncementDraft.author_id == person.id, AnnouncementDraft.state == DraftState.DRAFT, is_theirs
    )
    ids = list(await session.scalars(drafts))
    of_these = AnnouncementDraftFile.draft_id.in_(ids)
    file_ids = list(await session.scalars(select(AnnouncementDraftFile.file_id).where(of_these)))
    await session.execute(delete(AnnouncementDraftFile).where(of_these))
    await session.execute(delete(AnnouncementDraft).where(AnnouncementDraft.id.in_(ids)))
    await session.execute(
        update(AnnouncementDraft).where(AnnouncementDraft.sender_id == person.id).values(sender_id=None)
    )
    return file_ids


async def _drop_files(session: AsyncSession, file_ids: Collection[int]) -> list[str]:
    """Remove those of the files that nothing names any more. Gives the hashes of their copies."""
    named = or_(
        false(),
        *(
            StoredFile.id.in_(select(column).where(column.in_(file_ids)))
            for table in Base.metadata.tables.values()
            for column in table.columns
            if any(key.column is StoredFile.__table__.c.id for key in column.foreign_keys)
        ),
    )
    rows = list(await session.scalars(select(StoredFile).where(StoredFile.id.in_(file_ids), ~named)))
    await session.execute(delete(StoredFile).where(StoredFile.id.in_([row.id for row in rows])))
    return sorted({row.sha256 for row in rows if row.sha256})


async def _erase_mentions(session: AsyncSession, person: Person, traces: Traces) -> None:
    """In others' unfinished dialogs and in the journal the name is taken out; the rest of it stands."""
    dialogs = await session.scalars(select(DialogState).where(_holds(DialogState.answers, traces)))
    for dialog in dialogs:
        dialog.answers = _without(dialog.answers, traces)
    about = Audit.subject == "person", Audit.subject_id == person.id
    await session.execute(update(Audit).where(*about).values(old=None, new=None))
    notes = await session.scalars(select(Audit).where(or_(_holds(Audit.old, traces), _holds(Audit.new, traces))))
    for note in notes:
        note.old, note.new = _without(note.old, traces), _without(note.new, traces)
    await session.flush()


def _holds(column: Any, traces: Traces) -> ColumnElement[bool]:
    """Whether a JSON column has one of the traces in it, as its text stands in the database (other letters than ASCII as «\\u0418»)."""
    words = [json.dumps(word)[1:-1] for word in traces.words]
    words += [str(traces.telegram_id)] if traces.telegram_id is not None else []
    text = cast(cast(column, Text), String)
    return or_(false(), *(text.contains(word, autoescape=True) for word in words))


def _without(value: Any, traces: Traces) -> Any:
    """The same value with every trace taken out."""
    match value:
        case dict():
            return {name: _without(one, traces) for name, one in value.items()}
        case list():
            return [_without(one, traces) for one in value]
        case str():
            for word in (*traces.words, str(traces.telegram_id or GONE)):
                value = value.replace(word, GONE)
            return value
        case int() if value == traces.telegram_id and not isinstance(value, bool):
            return None
        case _:
            return value


async def are_leftovers_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether there is anything to take away."""
    return await session.scalar(select(Leftover.person_id).where(Leftover.due_at <= now).limit(1)) is not None


async def take_leftovers(session: AsyncSession, *, now: datetime) -> Sequence[str]:
    """Take what is due away. Gives the copies that are to be removed from the disk within this transaction: no file has them any more."""
    due = await session.scalars(
        select(Leftover).where(Leftover.due_at <= now).limit(100).with_for_update(skip_locked=True)
    )
    candidates: set[str] = set()
    for leftover in list(due):
        candidates.update(leftover.copies)
        sent = select(Notification.id).where(Notification.person_id == leftover.person_id)
        await session.execute(delete(SentMessage).where(SentMessage.notification_id.in_(sent)))
        await session.delete(leftover)
    still_named = await session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(candidates)).distinct())
    return sorted(candidates - set(still_named))
