"""Announcements: told to everybody else of a network, or of the branch below it too, each person once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from models import (
    Announcement,
    AnnouncementFile,
    AnnouncementNetwork,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Priority,
)
from services import audit, files, notifications, policy, roles
from services.errors import NetworkArchived, NobodyToTell, NotFound
from services.notifications import Outcomes

KIND = "announcement"
"""The kind of its notifications."""


@dataclass(frozen=True, slots=True)
class Report:
    """An announcement, with network, author, files and audience loaded, and what became of it, as seen at `seen_at`."""

    announcement: Announcement
    outcomes: Outcomes
    seen_at: datetime


def _people(network_id: int, *, with_branch: bool, author_id: int | None) -> Select[int]:
    """The ids of those who are told: members with a registration that stands; somebody in two networks stands there twice.

    The author is not: they have just read it, and an own copy would push the report out of sight.
    """
    inside: ColumnElement[bool] = Membership.network_id == network_id
    if with_branch:
        inside = Membership.network_id.in_(_branch(network_id))
    return (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            inside,
            Membership.state == MembershipState.MEMBER,
            Membership.person_id != author_id,
            Person.registered_at.is_not(None),
            Person.telegram_id.is_not(None),
        )
    )


def _branch(network_id: int) -> Select[int]:
    """The ids of a network and of everything below it that is not closed."""
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id, Network.archived_at.is_(None)))
    return select(down.c.id)


async def count_people(session: AsyncSession, network_id: int, *, with_branch: bool, author_id: int | None) -> int:
    """How many people an announcement of this author would reach."""
    people = _people(network_id, with_branch=with_branch, author_id=author_id).distinct().subquery()
    return await session.scalar(select(func.count()).select_from(people)) or 0


async def choices(session: AsyncSession, network_ids: Collection[int]) -> dict[int, dict[str, bool]]:
    """For each network whether it has people of its own («own») and open networks below it («below»)."""
    own = exists().where(Membership.network_id == Network.id, Membership.state == MembershipState.MEMBER)
    child = Network.__table__.alias()
    below = exists().where(child.c.parent_id == Network.id, child.c.archived_at.is_(None))
    rows = await session.execute(select(Network.id, own, below).where(Network.id.in_(network_ids)))
    return {network_id: {"own": has_own, "below": has_below} for network_id, has_own, has_below in rows}


async def announce(
    session: AsyncSession,
    actor: Person,
    network_id: int,
    *,
    with_branch: bool,
    texts: Sequence[Mapping[str, Any]],
    said_files: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Report:
    """A coordinator tells everybody else of a network: their notifications are written in this very transaction.

    `texts` and `said_files` are as the dialogs give them. Raises NotFound, NotAllowed, NetworkArchived, NobodyToTell.
    """
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    await policy.require_coordinator(session, actor, network_id)
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    recipients = await count_people(session, network_id, with_branch=with_branch, author_id=actor.id)
    if recipients == 0:
        raise NobodyToTell(title=network.title)
    announcement = Announcement(
        network_id=network_id,
        author_id=actor.id,
        texts=[{"text": one["text"], "html": one["html"]} for one in texts],
        recipients=recipients,
        created_at=now,
    )
    session.add(announcement)
    kept = await files.keep(session, said_files, now=now)
    await session.flush()
    session.add(AnnouncementNetwork(announcement_id=announcement.id, network_id=network_id, with_branch=with_branch))
    session.add_all(
        AnnouncementFile(announcement_id=announcement.id, position=position, file_id=file.id)
        for position, file in enumerate(kept)
    )
    await notifications.put_to_all(
        session,
        KIND,
        announcement.id,
        _people(network_id, with_branch=with_branch, author_id=actor.id),
        due_at=now,
        priority=Priority.ANNOUNCEMENT,
        now=now,
    )
    audit.record(
        session,
        actor,
        "announcement.send",
        "announcement",
        announcement.id,
        now=now,
        new={"network_id": network_id, "with_branch": with_branch, "recipients": recipients},
    )
    await session.flush()
    return await report(session, actor, announcement.id, now=now)


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
        people = await _still_among(session, announcement, [row.person_id for row in its])
        told.update({row.id: announcement for row in its if row.person_id in people})
    return told


async def _still_among(session: AsyncSession, announcement: Announcement, person_ids: Collection[int]) -> set[int]:
    """Which of these people the announcement is for, as things stand now."""
    among: set[int] = set()
    for part in announcement.audience:
        people = _people(part.network_id, with_branch=part.with_branch, author_id=announcement.author_id)
        among.update(await session.scalars(people.where(Membership.person_id.in_(person_ids))))
    return among
