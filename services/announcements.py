"""Announcements on their way: told to everybody else of their audience, each person once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from dialogs import placeholders
from models import (
    Announcement,
    AnnouncementFile,
    AnnouncementPart,
    Importance,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Priority,
)
from services import audiences, audit, files, notifications, policy, roles
from services.audiences import Part
from services.errors import NetworkArchived, NobodyToTell, NotFound, PlaceholderTooLong, UnknownPlaceholder
from services.notifications import Notice, Outcomes

KIND = "announcement"
"""The kind of its notifications."""

DEADLINE = "acknowledgement-deadline"
"""The kind of the notice that tells its author how many have not acknowledged it in time."""


@dataclass(frozen=True, slots=True)
class Report:
    """An announcement, with network, author, files and audience loaded, and what became of it, as seen at `seen_at`."""

    announcement: Announcement
    outcomes: Outcomes
    seen_at: datetime


async def choices(session: AsyncSession, network_ids: Collection[int]) -> dict[int, dict[str, bool]]:
    """For each network whether it has people of its own («own») and open networks below it («below»)."""
    own = exists().where(Membership.network_id == Network.id, Membership.state == MembershipState.MEMBER)
    child = Network.__table__.alias()
    below = exists().where(child.c.parent_id == Network.id, child.c.archived_at.is_(None))
    rows = await session.execute(select(Network.id, own, below).where(Network.id.in_(network_ids)))
    return {network_id: {"own": has_own, "below": has_below} for network_id, has_own, has_below in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What its author wants of an announcement beside its being told (see models.Announcement)."""

    importance: Importance = Importance.USUAL
    wants_acknowledgement: bool = False
    acknowledge_by: datetime | None = None


_NO_WISHES = Wishes()


def checked(texts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Texts as the dialogs give them, as an announcement keeps them. Raises UnknownPlaceholder, PlaceholderTooLong."""
    kept = [{"text": one["text"], "html": one["html"]} for one in texts]
    try:
        placeholders.check(kept)
    except placeholders.UnknownWord as unknown:
        raise UnknownPlaceholder(name=unknown.word) from unknown
    except placeholders.TooLong as error:
        raise PlaceholderTooLong from error
    return kept


async def announce(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    *,
    with_branch: bool,
    texts: Sequence[Mapping[str, Any]],
    said_files: Sequence[Mapping[str, Any]],
    now: datetime,
    wishes: Wishes = _NO_WISHES,
) -> Report:
    """A coordinator tells everybody else of a network at once, without a draft: the simplest announcement.

    `texts` and `said_files` are as the dialogs give them. Raises NotFound, NotAllowed, NetworkArchived, NobodyToTell.
    """
    kept = await files.keep(session, said_files, now=now)
    published = await publish(
        session,
        actor,
        network_id,
        audience=[Part(network_id=network_id, with_branch=with_branch)],
        texts=texts,
        file_ids=[file.id for file in kept],
        wishes=wishes,
        starts_at=now,
        now=now,
    )
    return await report(session, actor, published.id, now=now)


async def publish(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    *,
    audience: Sequence[Part],
    texts: Sequence[Mapping[str, Any]],
    file_ids: Sequence[int] = (),
    origins: Sequence[Mapping[str, Any]] = (),
    buttons: Sequence[Mapping[str, Any]] = (),
    wishes: Wishes = _NO_WISHES,
    starts_at: datetime,
    now: datetime,
) -> Announcement:
    """An announcement goes on its way on behalf of `actor`: its notifications are written in this very transaction.

    An urgent one passes quiet hours. When `wishes.acknowledge_by` has passed they are told how many have not acknowledged it.
    Raises NotFound, NotAllowed, NotYourAudience, NetworkArchived, NobodyToTell; nothing is written then.
    """
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    await policy.require_coordinator(session, actor, network_id)
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    await audiences.require_mine(session, actor, audience)
    recipients = await audiences.count(session, audience, author_id=actor.id)
    if recipients == 0:
        raise NobodyToTell(title=network.title)
    announcement = Announcement(
        network_id=network_id,
        author_id=actor.id,
        texts=[{"text": one["text"], "html": one["html"]} for one in texts],
        origins=[dict(one) for one in origins],
        buttons=[dict(one) for one in buttons],
        importance=wishes.importance,
        wants_acknowledgement=wishes.wants_acknowledgement,
        acknowledge_by=wishes.acknowledge_by if wishes.wants_acknowledgement else None,
        recipients=recipients,
        starts_at=starts_at,
        created_at=now,
    )
    session.add(announcement)
    await session.flush()
    session.add_all(
        AnnouncementPart(announcement_id=announcement.id, position=position, **asdict(part))
        for position, part in enumerate(audience)
    )
    session.add_all(
        AnnouncementFile(announcement_id=announcement.id, position=position, file_id=file_id)
        for position, file_id in enumerate(file_ids)
    )
    await notifications.put_to_all(
        session,
        KIND,
        announcement.id,
        audiences.people(audience, author_id=actor.id),
        due_at=now,
        priority=Priority.ANNOUNCEMENT,
        urgent=wishes.importance is Importance.URGENT,
        now=now,
        payload={} if wishes.importance is Importance.USUAL else {"mandatory": True},
    )
    await await_deadline(session, announcement, now=now)
    audit.record(
        session,
        actor,
        "announcement.send",
        "announcement",
        announcement.id,
        now=now,
        new={
            "network_id": network_id,
            "audience": [part.as_json() for part in audience],
            "importance": wishes.importance.value,
            "recipients": recipients,
        },
    )
    await session.flush()
    return announcement


async def await_deadline(session: AsyncSession, announcement: Announcement, *, now: datetime) -> None:
    """When its time is over, its author is told how many have not acknowledged it: once, however often this is called."""
    if announcement.acknowledge_by is None or announcement.author_id is None:
        return
    notice = Notice(
        DEADLINE,
        f"{DEADLINE}:{announcement.id}",
        announcement.author_id,
        announcement.id,
        due_at=announcement.acknowledge_by,
        priority=Priority.REMINDER,
    )
    await notifications.put(session, [notice], now=now)


async def report(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Report:
    """What became of an announcement. Raises NotFound, NotAllowed."""
    announcement = await find(session, announcement_id)
    if announcement is None:
        raise NotFound
    await policy.require_coordinator(session, actor, announcement.network_id)
    counted = await notifications.outcomes(session, KIND, [announcement.id])
    return Report(announcement, counted[announcement.id], now)


async def find(session: AsyncSession, announcement_id: int) -> Announcement | None:
    """An announcement with everything that it is drawn from."""
    return await session.scalar(_FIND, {"announcement_id": announcement_id})


def _whole() -> Select[Announcement]:
    return (
        select(Announcement)
        .options(
            joinedload(Announcement.network),
            joinedload(Announcement.author),
            selectinload(Announcement.files),
            selectinload(Announcement.audience),
        )
        .execution_options(populate_existing=True)
    )


_FIND = _whole().where(Announcement.id == bindparam("announcement_id"))


async def sent_by_mine(
    session: AsyncSession, actor: Person, network_id: int | None, *, now: datetime, offset: int, limit: int
) -> tuple[Sequence[Report], int]:
    """The announcements of one network, or of all that the actor coordinates, newest first, and how many there are.

    Raises NotAllowed when the network is not the actor's to rule.
    """
    if network_id is not None:
        await policy.require_coordinator(session, actor, network_id)
        condition = Announcement.network_id == network_id
    elif policy.may_administer(actor):
        condition = Announcement.id.is_not(None)
    else:
        condition = Announcement.network_id.in_([one.id for one in await roles.coordinated_networks(session, actor)])
    total = await session.scalar(select(func.count()).select_from(Announcement).where(condition))
    found = list(
        await session.scalars(_whole().where(condition).order_by(Announcement.id.desc()).offset(offset).limit(limit))
    )
    counted = await notifications.outcomes(session, KIND, [one.id for one in found])
    return [Report(one, counted[one.id], now) for one in found], total or 0


async def to_be_told(session: AsyncSession, notification: Notification) -> Announcement | None:
    """The announcement that a notification tells, or None when its person is no longer among those it is for."""
    return (await all_to_be_told(session, [notification])).get(notification.id)


async def all_to_be_told(session: AsyncSession, rows: Sequence[Notification]) -> dict[int, Announcement]:
    """The same for many, by the notification's id: each announcement is read once, its people are asked for once."""
    told: dict[int, Announcement] = {}
    for announcement_id in {row.subject_id for row in rows}:
        announcement = await find(session, announcement_id)
        if announcement is None:
            continue
        its = [row for row in rows if row.subject_id == announcement_id]
        people = await entitled(session, announcement, [row.person_id for row in its])
        told.update({row.id: announcement for row in its if row.person_id in people})
    return told


async def entitled(session: AsyncSession, announcement: Announcement, person_ids: Collection[int]) -> set[int]:
    """Which of these people an announcement (with its audience loaded) is for by what is true now: one query, however many."""
    parts = [Part.of(part) for part in announcement.audience]
    return set(await session.scalars(audiences.people(parts, author_id=announcement.author_id, among=person_ids)))
