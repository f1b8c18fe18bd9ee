"""A draft goes out: at once, at its time, again and again; a template gives its copies."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Announcement, AnnouncementDraft, AnnouncementDraftFile, DraftState, Person
from services import announcements, audit, notifications, policy, roles
from services.announcement_drafts.changing import set_start
from services.announcement_drafts.reading import DraftCard, card, find
from services.announcement_drafts.repeating import next_time
from services.announcements import Report, Wishes
from services.audiences import Part
from services.errors import (
    DeadlineTooEarly,
    DomainError,
    DraftChanged,
    DraftGone,
    NetworkArchived,
    NobodyToTell,
    NotAllowed,
    NotFound,
    SendTimePassed,
)
from services.notifications import Notice

log = structlog.get_logger("services.announcement_drafts")

TOO_LATE = timedelta(hours=12)
"""After so long a downtime «tomorrow at three» is no longer true: a person looks at the announcement before it goes out."""

NOT_SENT = "announcement-not-sent"
"""The kind of the notice that a scheduled announcement did not go out."""

AT_ONCE = 20
"""As many scheduled announcements are begun in one transaction."""


async def send(
    session: AsyncSession, actor: Person, draft_id: int, *, version: int, zone: ZoneInfo, now: datetime
) -> Report | DraftCard:
    """«Разослать»: the draft goes out as it was seen, in its `version`, or is put on the calendar when a time was named.

    Of two taps, or two coordinators, the database takes one; the other is shown what became of it. `zone` is the actor's clock.
    Raises NotFound, NotAllowed, DraftChanged, SendTimePassed, DeadlineTooEarly, and whatever `announcements.publish` does.
    """
    seen = await card(session, actor, draft_id, now=now)
    policy.require_open(seen.draft.network)
    goes_now = seen.draft.starts_at is None
    claimed = await session.scalar(
        update(AnnouncementDraft)
        .where(
            AnnouncementDraft.id == draft_id,
            AnnouncementDraft.state == DraftState.DRAFT,
            AnnouncementDraft.version == version,
        )
        .values(
            version=version + 1,
            sender_id=actor.id,
            updated_at=now,
            **({"state": DraftState.SENT} if goes_now else {"state": DraftState.SCHEDULED}),
        )
        .returning(AnnouncementDraft.id)
        .execution_options(synchronize_session=False)
    )
    draft = await find(session, draft_id)
    if draft is None:
        raise NotFound
    if claimed is None:
        return await _became(session, actor, draft, version, now=now)
    if draft.starts_at is None:
        set_start(draft, now, zone)
        draft.sent_version = version
        published = await _publish(session, actor, draft, now=now)
        _go_on(draft, published, now=now)
        await session.flush()
        return await announcements.report(session, actor, published.id, now=now)
    if draft.starts_at <= now:
        raise SendTimePassed
    _require_deadline(draft)
    audit.record(
        session,
        actor,
        "announcement.schedule",
        "announcement-draft",
        draft.id,
        now=now,
        new={"network_id": draft.network_id, "starts_at": draft.starts_at.isoformat()},
    )
    await session.flush()
    return await card(session, actor, draft_id, now=now)


async def _became(
    session: AsyncSession, actor: Person, draft: AnnouncementDraft, version: int, *, now: datetime
) -> Report | DraftCard:
    """What a draft is that could not be sent in this version: sent already, waiting for its time, or changed."""
    if draft.announcement_id is not None and (draft.sent_version == version or draft.state is DraftState.SENT):
        return await announcements.report(session, actor, draft.announcement_id, now=now)
    if draft.state is DraftState.DRAFT:
        raise DraftChanged
    return await card(session, actor, draft.id, now=now)


async def _publish(session: AsyncSession, sender: Person, draft: AnnouncementDraft, *, now: datetime) -> Announcement:
    _require_deadline(draft)
    return await announcements.publish(
        session,
        sender,
        draft.network_id,
        audience=[Part.of(one) for one in draft.audience],
        texts=draft.texts,
        file_ids=[file.id for file in draft.files],
        origins=draft.origins,
        buttons=draft.buttons,
        wishes=Wishes(
            importance=draft.importance,
            wants_acknowledgement=draft.wants_acknowledgement,
            acknowledge_by=draft.acknowledge_by,
        ),
        starts_at=draft.starts_at or now,
        now=now,
    )


def _require_deadline(draft: AnnouncementDraft) -> None:
    if draft.acknowledge_by is not None and draft.starts_at is not None and draft.acknowledge_by <= draft.starts_at:
        raise DeadlineTooEarly


def _go_on(draft: AnnouncementDraft, published: Announcement | None, *, now: datetime) -> None:
    """After one time comes the next one, if it repeats; without `published` this time was left out."""
    if published is not None:
        draft.announcement_id = published.id
    if draft.repeats is None or draft.starts_at is None or draft.zone is None or draft.repeat_day is None:
        draft.state = DraftState.SENT
        return
    following = next_time(draft.starts_at, draft.repeats, day=draft.repeat_day, zone=ZoneInfo(draft.zone), now=now)
    if draft.acknowledge_by is not None:
        draft.acknowledge_by += following - draft.starts_at
    draft.starts_at, draft.state = following, DraftState.SCHEDULED


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a scheduled announcement's time has come."""
    due = exists().where(AnnouncementDraft.state == DraftState.SCHEDULED, AnnouncementDraft.starts_at <= now)
    return bool(await session.scalar(select(due)))


async def start_due(session: AsyncSession, *, now: datetime) -> int:
    """Have the announcements go out whose time has come: to those who are in their audience now. Gives how many there were.

    Two processes never begin the same one. What cannot go out (its sender's right or its people are gone, or it is `TOO_LATE`) is a
    draft again, and the coordinators are told.
    """
    due = await session.scalars(
        select(AnnouncementDraft.id)
        .where(AnnouncementDraft.state == DraftState.SCHEDULED, AnnouncementDraft.starts_at <= now)
        .order_by(AnnouncementDraft.starts_at, AnnouncementDraft.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    draft_ids = list(due)
    for draft_id in draft_ids:
        draft = await find(session, draft_id)
        if draft is not None and draft.starts_at is not None:
            await _start(session, draft, draft.starts_at, now=now)
    await session.flush()
    return len(draft_ids)


async def _start(session: AsyncSession, draft: AnnouncementDraft, starts_at: datetime, *, now: datetime) -> None:
    version = draft.version
    draft.version += 1
    draft.updated_at = now
    sender = None if draft.sender_id is None else await session.get(Person, draft.sender_id)
    if now - starts_at > TOO_LATE:
        await _tell_not_sent(session, draft, "late", starts_at, now=now)
        _put_back(draft) if draft.repeats is None else _go_on(draft, None, now=now)
        return
    try:
        if sender is None or not policy.is_registered(sender):
            raise NotAllowed
        published = await _publish(session, sender, draft, now=now)
    except DomainError as refusal:
        log.warning("announcement-not-begun", draft_id=draft.id, reason=type(refusal).__name__)
        await _tell_not_sent(session, draft, _why(refusal), starts_at, now=now)
        _put_back(draft)
        return
    draft.sent_version = version
    _go_on(draft, published, now=now)


def _put_back(draft: AnnouncementDraft) -> None:
    draft.state, draft.starts_at = DraftState.DRAFT, None


def _why(refusal: DomainError) -> str:
    match refusal:
        case NobodyToTell():
            return "nobody"
        case NetworkArchived():
            return "closed"
        case DeadlineTooEarly():
            return "deadline"
    return "right"


async def _tell_not_sent(
    session: AsyncSession, draft: AnnouncementDraft, why: str, starts_at: datetime, *, now: datetime
) -> None:
    """Whoever scheduled it, and the coordinators of the network."""
    people = {one.id for one in await roles.coordinators(session, draft.network_id)}
    if draft.sender_id is not None:
        people.add(draft.sender_id)
    await notifications.put(
        session,
        [
            Notice(
                NOT_SENT,
                f"{NOT_SENT}:{draft.id}:{draft.version}:{person_id}",
                person_id,
                draft.id,
                now,
                payload={"why": why, "starts_at": starts_at.isoformat()},
            )
            for person_id in sorted(people)
        ],
        now=now,
    )


async def use(session: AsyncSession, actor: Person, template_id: int, *, now: datetime) -> DraftCard:
    """Begin an announcement by a template. Raises NotFound, NotAllowed, DraftGone."""
    return await _copy(session, actor, template_id, DraftState.DRAFT, now=now)


async def keep_as_template(session: AsyncSession, actor: Person, draft_id: int, *, now: datetime) -> DraftCard:
    """Keep a copy of a draft to begin others by; the draft stays as it is. Raises NotFound, NotAllowed, DraftGone."""
    return await _copy(session, actor, draft_id, DraftState.TEMPLATE, now=now)


async def _copy(session: AsyncSession, actor: Person, draft_id: int, state: DraftState, *, now: datetime) -> DraftCard:
    """A new draft with the same words, files, buttons and people, at no time yet. Twice is once as long as the copy is untouched."""
    original = (await card(session, actor, draft_id, now=now)).draft
    if original.state is DraftState.SENT:
        raise DraftGone
    untouched = await session.scalar(
        select(AnnouncementDraft.id)
        .where(
            AnnouncementDraft.copied_from_id == draft_id,
            AnnouncementDraft.author_id == actor.id,
            AnnouncementDraft.state == state,
            AnnouncementDraft.version == 1,
            AnnouncementDraft.created_at >= original.updated_at,
        )
        .limit(1)
    )
    if untouched is not None:
        return await card(session, actor, untouched, now=now)
    copy = AnnouncementDraft(
        network_id=original.network_id,
        author_id=actor.id,
        copied_from_id=original.id,
        state=state,
        texts=original.texts,
        origins=original.origins,
        audience=original.audience,
        buttons=original.buttons,
        importance=original.importance,
        wants_acknowledgement=original.wants_acknowledgement,
        created_at=now,
        updated_at=now,
    )
    session.add(copy)
    await session.flush()
    session.add_all(
        AnnouncementDraftFile(draft_id=copy.id, position=position, file_id=file.id)
        for position, file in enumerate(original.files)
    )
    await session.flush()
    return await card(session, actor, copy.id, now=now)
