"""A draft is written and changed, by any coordinator of its network; what is scheduled may be changed until it goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    AnnouncementDraft,
    AnnouncementDraftFile,
    DraftState,
    DraftWish,
    Importance,
    Network,
    Person,
    Repeat,
    Role,
)
from services import announcements, audiences, audit, files, followers, policy
from services.announcement_drafts.reading import DraftCard, card, find
from services.audiences import MOST_PARTS, Part
from services.errors import (
    DraftChanged,
    DraftGone,
    NetworkArchived,
    NotFound,
    SendTimePassed,
    TooManyButtons,
    TooManyParts,
)

MOST_BUTTONS = 3
"""More buttons than that hide the words that they stand under."""

_IMPORTANCE = {
    DraftWish.USUAL: Importance.USUAL,
    DraftWish.MANDATORY: Importance.MANDATORY,
    DraftWish.URGENT: Importance.URGENT,
}
_REPEATS = {DraftWish.ONCE: None, DraftWish.WEEKLY: Repeat.WEEKLY, DraftWish.MONTHLY: Repeat.MONTHLY}
_ROLES = {
    DraftWish.EXPERTS: (False, Role.EXPERT),
    DraftWish.COORDINATORS: (False, Role.COORDINATOR),
    DraftWish.MODERATORS: (False, Role.MODERATOR),
    DraftWish.WITHOUT_EXPERTS: (True, Role.EXPERT),
    DraftWish.WITHOUT_COORDINATORS: (True, Role.COORDINATOR),
    DraftWish.WITHOUT_MODERATORS: (True, Role.MODERATOR),
}


async def begin(
    session: AsyncSession, actor: Person, network_id: int, *, pieces: Mapping[str, Any], now: datetime
) -> DraftCard:
    """A coordinator begins an announcement to a network; one that has nobody of its own speaks to those below it. Its followers hear

    it too, unless the coordinator takes them out.

    `pieces` are as the dialogs give them. Raises NotFound, NotAllowed, NetworkArchived, UnknownPlaceholder, PlaceholderTooLong.
    """
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    await policy.require_coordinator(session, actor, network_id)
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    choice = (await announcements.choices(session, [network_id]))[network_id]
    parts = [Part(network_id=network_id, with_branch=choice["below"] and not choice["own"])]
    if await followers.are_any(session, network_id):
        parts.append(Part(network_id=network_id, followers=True))
    draft = AnnouncementDraft(
        network_id=network_id,
        author_id=actor.id,
        texts=[],
        audience=[part.as_json() for part in parts],
        created_at=now,
        updated_at=now,
    )
    session.add(draft)
    await _put_pieces(session, draft, pieces, now=now)
    return await card(session, actor, draft.id, now=now)


async def rewrite(
    session: AsyncSession, actor: Person, draft_id: int, *, pieces: Mapping[str, Any], now: datetime
) -> DraftCard:
    """Put other words and files in the place of the present ones.

    Raises NotFound, NotAllowed, DraftGone, UnknownPlaceholder, PlaceholderTooLong.
    """
    draft = await _mine(session, actor, draft_id)
    await session.execute(delete(AnnouncementDraftFile).where(AnnouncementDraftFile.draft_id == draft_id))
    await _put_pieces(session, draft, pieces, now=now)
    return await _changed(session, actor, draft, now=now)


async def _put_pieces(
    session: AsyncSession, draft: AnnouncementDraft, pieces: Mapping[str, Any], *, now: datetime
) -> None:
    draft.texts = announcements.checked(pieces["texts"])
    draft.origins = list(pieces.get("origins", []))
    kept = await files.keep(session, pieces["files"], now=now)
    await session.flush()
    session.add_all(
        AnnouncementDraftFile(draft_id=draft.id, position=position, file_id=file.id)
        for position, file in enumerate(kept)
    )
    await session.flush()


async def _mine(session: AsyncSession, actor: Person, draft_id: int) -> AnnouncementDraft:
    """The draft, locked, if it can still be changed. Raises NotFound, NotAllowed, DraftGone, NetworkArchived."""
    draft = await _locked(session, actor, draft_id)
    policy.require_open(await session.get_one(Network, draft.network_id))
    return draft


async def _locked(session: AsyncSession, actor: Person, draft_id: int) -> AnnouncementDraft:
    """The same, also of a closed network: what is left there can be thrown away."""
    draft = await session.scalar(
        select(AnnouncementDraft)
        .where(AnnouncementDraft.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if draft is None:
        raise NotFound
    await policy.require_coordinator(session, actor, draft.network_id)
    if draft.state is DraftState.SENT:
        raise DraftGone
    return draft


async def require_open(session: AsyncSession, actor: Person, draft_id: int) -> AnnouncementDraft:
    """The draft, with its files, if it can be changed. Raises NotFound, NotAllowed, DraftGone."""
    draft = await find(session, draft_id)
    if draft is None:
        raise NotFound
    await policy.require_coordinator(session, actor, draft.network_id)
    if draft.state is DraftState.SENT:
        raise DraftGone
    return draft


async def _changed(session: AsyncSession, actor: Person, draft: AnnouncementDraft, *, now: datetime) -> DraftCard:
    draft.version += 1
    draft.updated_at = now
    await session.flush()
    return await card(session, actor, draft.id, now=now)


async def grant(session: AsyncSession, actor: Person, draft_id: int, wish: DraftWish, *, now: datetime) -> DraftCard:
    """Do what one of the buttons asks; twice is once. Raises NotFound, NotAllowed, DraftGone, TooManyParts."""
    draft = await _mine(session, actor, draft_id)
    match wish:
        case DraftWish.NETWORK_ONLY | DraftWish.WITH_BRANCH:
            _widen(draft, with_branch=wish is DraftWish.WITH_BRANCH)
        case DraftWish.FOLLOWERS | DraftWish.WITHOUT_FOLLOWERS:
            excluded = wish is DraftWish.WITHOUT_FOLLOWERS
            _add_part(draft, Part(excluded=excluded, network_id=draft.network_id, followers=True))
        case _ if wish in _ROLES:
            excluded, role = _ROLES[wish]
            part = Part(excluded=excluded, network_id=draft.network_id, with_branch=True, role=role)
            _add_part(draft, part)
        case DraftWish.AT_ONCE:
            draft.starts_at = draft.repeat_day = None
            if draft.state is DraftState.SCHEDULED:
                draft.state = DraftState.DRAFT
                _record(session, actor, draft, "announcement.unschedule", now=now)
        case _ if wish in _REPEATS:
            draft.repeats = _REPEATS[wish]
        case _ if wish in _IMPORTANCE:
            draft.importance = _IMPORTANCE[wish]
        case DraftWish.ACKNOWLEDGE:
            draft.wants_acknowledgement = True
        case DraftWish.NOT_ACKNOWLEDGE:
            draft.wants_acknowledgement, draft.acknowledge_by = False, None
        case DraftWish.NO_DEADLINE:
            draft.acknowledge_by = None
    return await _changed(session, actor, draft, now=now)


def _record(session: AsyncSession, actor: Person, draft: AnnouncementDraft, deed: str, *, now: datetime) -> None:
    audit.record(session, actor, deed, "announcement-draft", draft.id, now=now, new={"network_id": draft.network_id})


def _is_own(draft: AnnouncementDraft, part: Part) -> bool:
    """Whether it is the part that the announcement began with: the members of its own network."""
    own = Part(network_id=draft.network_id)
    return part in (own, Part(network_id=draft.network_id, with_branch=True))


def _widen(draft: AnnouncementDraft, *, with_branch: bool) -> None:
    """The members of the network itself, or of all below it too."""
    parts = [Part.of(one) for one in draft.audience]
    others = [part for part in parts if not _is_own(draft, part)]
    own = Part(network_id=draft.network_id, with_branch=with_branch)
    draft.audience = [part.as_json() for part in (own, *others)]


def _add_part(draft: AnnouncementDraft, part: Part) -> None:
    parts = [Part.of(one) for one in draft.audience]
    if part in parts:
        return
    if len(parts) >= MOST_PARTS:
        raise TooManyParts(most=MOST_PARTS)
    # What is left out stands after what is taken in, as it is read.
    place = len(parts) if part.excluded else sum(not one.excluded for one in parts)
    draft.audience = [one.as_json() for one in (*parts[:place], part, *parts[place:])]


async def add_part(session: AsyncSession, actor: Person, draft_id: int, part: Part, *, now: datetime) -> DraftCard:
    """Tell these people too, or (an excluded part) leave them out; twice is once.

    Raises NotFound, NotAllowed, NotYourAudience, NetworkArchived, DraftGone, TooManyParts.
    """
    draft = await _mine(session, actor, draft_id)
    part = audiences.within(actor, part, draft.network_id)
    await audiences.require_mine(session, actor, [part])
    _add_part(draft, part)
    return await _changed(session, actor, draft, now=now)


async def remove_part(
    session: AsyncSession, actor: Person, draft_id: int, place: int, *, version: int, now: datetime
) -> DraftCard:
    """Take a part out again: the one that stood at `place` in that version. Raises NotFound, NotAllowed, DraftGone, DraftChanged."""
    draft = await _mine(session, actor, draft_id)
    if draft.version != version or not 0 <= place < len(draft.audience):
        raise DraftChanged
    draft.audience = _without(draft.audience, place)
    return await _changed(session, actor, draft, now=now)


async def add_button(
    session: AsyncSession, actor: Person, draft_id: int, button: Mapping[str, Any], *, now: datetime
) -> DraftCard:
    """Put a button under the announcement; the very same one is there once. Raises NotFound, NotAllowed, DraftGone, TooManyButtons."""
    draft = await _mine(session, actor, draft_id)
    if dict(button) not in draft.buttons:
        if len(draft.buttons) >= MOST_BUTTONS:
            raise TooManyButtons(most=MOST_BUTTONS)
        draft.buttons = [*draft.buttons, dict(button)]
    return await _changed(session, actor, draft, now=now)


async def remove_button(
    session: AsyncSession, actor: Person, draft_id: int, place: int, *, version: int, now: datetime
) -> DraftCard:
    """Take a button away: the one that stood at `place` in that version. Raises NotFound, NotAllowed, DraftGone, DraftChanged."""
    draft = await _mine(session, actor, draft_id)
    if draft.version != version or not 0 <= place < len(draft.buttons):
        raise DraftChanged
    draft.buttons = _without(draft.buttons, place)
    return await _changed(session, actor, draft, now=now)


def _without(all_: Sequence[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    return [*all_[:place], *all_[place + 1 :]]


async def set_time(
    session: AsyncSession, actor: Person, draft_id: int, starts_at: datetime, *, zone: ZoneInfo, now: datetime
) -> DraftCard:
    """When it goes out; `zone` is that of the clock by which the time was named. Raises NotFound, NotAllowed, DraftGone, SendTimePassed."""
    draft = await _mine(session, actor, draft_id)
    if starts_at <= now:
        raise SendTimePassed
    set_start(draft, starts_at, zone)
    return await _changed(session, actor, draft, now=now)


def set_start(draft: AnnouncementDraft, starts_at: datetime, zone: ZoneInfo) -> None:
    """Remember a time with everything that its repeating needs."""
    draft.starts_at, draft.zone, draft.repeat_day = starts_at, zone.key, starts_at.astimezone(zone).day


async def set_deadline(
    session: AsyncSession, actor: Person, draft_id: int, acknowledge_by: datetime, *, now: datetime
) -> DraftCard:
    """People are asked to acknowledge, by this time. Raises NotFound, NotAllowed, DraftGone."""
    draft = await _mine(session, actor, draft_id)
    draft.wants_acknowledgement, draft.acknowledge_by = True, acknowledge_by
    return await _changed(session, actor, draft, now=now)


async def delete_draft(session: AsyncSession, actor: Person, draft_id: int, *, now: datetime) -> int:
    """Throw a draft, a template or a scheduled announcement away. Gives its network. Raises NotFound, NotAllowed, DraftGone."""
    draft = await _locked(session, actor, draft_id)
    network_id = draft.network_id
    _record(session, actor, draft, "announcement.discard", now=now)
    await session.delete(draft)
    await session.flush()
    return network_id
