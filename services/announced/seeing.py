"""What became of an announcement: all in all, network by network, organisation by organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models import (
    Acknowledgement,
    Announcement,
    AnnouncementPart,
    Membership,
    MembershipState,
    Network,
    NetworkFollower,
    Notification,
    NotificationState,
    NotificationTally,
    Organisation,
    Person,
)
from services import announcements, followers, policy
from services.announced.kinds import CORRECTED, IN_DIGEST, REASONS, RECALLED, STOPPED, TAKEN_BACK, TELL
from services.errors import NotFound

OPEN = (NotificationState.PENDING, NotificationState.SENDING)

_NAMES = {
    NotificationState.PENDING: "waiting",
    NotificationState.SENDING: "waiting",
    NotificationState.SENT: "sent",
    NotificationState.BLOCKED: "blocked",
    NotificationState.FAILED: "failed",
    NotificationState.UNKNOWN: "unknown",
    NotificationState.CANCELLED: "left",
}
_NAMES_BY_REASON = {STOPPED: "stopped", TAKEN_BACK: "stopped"}


@dataclass(slots=True)
class Counts:
    """How many people an announcement stands how with. `unknown`: it may have arrived or not; `maybe_twice` are some of `sent`."""

    sent: int = 0
    waiting: int = 0
    in_digest: int = 0
    blocked: int = 0
    failed: int = 0
    left: int = 0
    muted: int = 0
    stopped: int = 0
    unknown: int = 0
    maybe_twice: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """An announcement, with network, author, files and audience loaded, and what became of it, as seen at `seen_at`.

    `corrected` and `removed` are how many people's messages were changed since; `changing` how many are still to be.
    """

    announcement: Announcement
    seen_at: datetime
    counts: Counts = field(default_factory=Counts)
    acknowledged: int = 0
    corrected: int = 0
    removed: int = 0
    changing: int = 0

    @property
    def is_over(self) -> bool:
        """Nothing goes out any more, nothing is changed any more."""
        return self.counts.waiting == 0 and self.changing == 0

    @property
    def may_be_steered(self) -> bool:
        """Whether there is anything to pause or to stop: not what was in flight when it was stopped."""
        one = self.announcement
        return self.counts.waiting > 0 and one.cancelled_at is None and one.recalled_at is None

    @property
    def may_change(self) -> bool:
        """Whether its words may still be corrected or taken back."""
        return self.announcement.recalled_at is None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the people: of one network, or of one organisation (without a title: of none)."""

    title: str | None
    people: int
    sent: int
    waiting: int
    acknowledged: int


async def look(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Seen:
    """What a coordinator sees of an announcement. Raises NotFound, NotAllowed."""
    return await draw_up(session, await ruled(session, actor, announcement_id), now=now)


async def ruled(session: AsyncSession, actor: Person, announcement_id: int) -> Announcement:
    """An announcement that the actor may steer: of a network they coordinate. Raises NotFound, NotAllowed."""
    announcement = await announcements.find(session, announcement_id)
    if announcement is None:
        raise NotFound
    await policy.require_coordinator(session, actor, announcement.network_id)
    return announcement


async def draw_up(session: AsyncSession, announcement: Announcement, *, now: datetime) -> Seen:
    """What became of it, whoever asks."""
    acknowledged = await session.scalar(select(func.count()).where(Acknowledgement.announcement_id == announcement.id))
    changing, corrected, removed = await _changes(session, announcement)
    return Seen(
        announcement,
        now,
        await _counts(session, announcement.id),
        acknowledged=acknowledged or 0,
        corrected=corrected,
        removed=removed,
        changing=changing,
    )


async def _counts(session: AsyncSession, announcement_id: int) -> Counts:
    """Of the notices there are, and of those that were deleted as old."""
    reason = case((Notification.error.in_(REASONS), Notification.error), else_=None)
    rows = await session.execute(
        select(Notification.state, reason, Notification.maybe_twice, func.count())
        .where(Notification.kind == TELL, Notification.subject_id == announcement_id)
        .group_by(Notification.state, reason, Notification.maybe_twice)
        .union_all(
            select(
                NotificationTally.state,
                NotificationTally.reason,
                NotificationTally.maybe_twice,
                NotificationTally.number,
            ).where(NotificationTally.kind == TELL, NotificationTally.subject_id == announcement_id)
        )
    )
    counts = Counts()
    for state, why, maybe_twice, number in rows:
        name = name_of(state, why)
        setattr(counts, name, getattr(counts, name) + number)
        if state is NotificationState.PENDING and why == IN_DIGEST:
            counts.in_digest += number
        if state is NotificationState.SENT and maybe_twice:
            counts.maybe_twice += number
    return counts


def name_of(state: NotificationState, reason: str | None) -> str:
    """The field of Counts that a notice in this state is counted in."""
    if state is NotificationState.CANCELLED and reason in REASONS:
        return _NAMES_BY_REASON.get(reason, reason)
    return _NAMES[state]


async def _changes(session: AsyncSession, announcement: Announcement) -> tuple[int, int, int]:
    """How many people's messages are still to be changed, bear the present words, are taken back."""
    present = Notification.key.startswith(f"{CORRECTED}:{announcement.id}:{announcement.corrections}:")
    done = Notification.state == NotificationState.SENT
    row = (
        await session.execute(
            select(
                func.count(case((Notification.state.in_(OPEN), 1))),
                func.count(case((and_(done, present), 1))),
                func.count(case((and_(done, Notification.kind == RECALLED), 1))),
            ).where(Notification.kind.in_((CORRECTED, RECALLED)), Notification.subject_id == announcement.id)
        )
    ).one()
    return row[0], row[1], row[2]


def reaches_beyond_networks(announcement: Announcement) -> bool:
    """Whether it is for people of an organisation, or of a subject, in whatever networks they are."""
    return any(part.network_id is None for part in announcement.audience if not part.excluded)


def reached_networks(announcement: Announcement) -> Select[int]:
    """The ids of the networks whose people it is for: those named, and where it says so all that are open below them; all there are

    when it reaches beyond them.
    """
    if reaches_beyond_networks(announcement):
        return select(Network.id)
    return _named([part for part in announcement.audience if not part.excluded])


def _named(parts: Sequence[AnnouncementPart]) -> Select[int]:
    alone = [part.network_id for part in parts if not part.with_branch]
    roots = [part.network_id for part in parts if part.with_branch]
    down = select(Network.id).where(Network.id.in_(roots)).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id, Network.archived_at.is_(None)))
    return select(Network.id).where(or_(Network.id.in_(alone), Network.id.in_(select(down.c.id))))


def _followed(announcement: Announcement) -> ColumnElement[bool]:
    """The condition about a row of `network_followers` that the announcement is for such followers."""
    parts = [part for part in announcement.audience if part.followers and not part.excluded]
    return NetworkFollower.network_id.in_(_named(parts))


def followers_of(announcement: Announcement) -> Select[int]:
    """The ids of those whom it reaches as followers of the news of its networks."""
    return followers.of_networks(_followed(announcement))


async def by_network(
    session: AsyncSession, actor: Person, announcement_id: int, *, offset: int, limit: int
) -> tuple[Announcement, list[Share], int]:
    """Its people by network, whoever is in several in each of them, followers with the members where it is for them too; and how many

    networks these are. Raises NotFound, NotAllowed.
    """
    announcement = await ruled(session, actor, announcement_id)
    inside = union_all(
        select(Membership.person_id, Membership.network_id).where(
            Membership.state == MembershipState.MEMBER, Membership.network_id.in_(reached_networks(announcement))
        ),
        select(NetworkFollower.person_id, NetworkFollower.network_id).where(_followed(announcement)),
    ).subquery()
    told = (
        _told(announcement)
        .add_columns(Network.title)
        .join(inside, inside.c.person_id == Notification.person_id)
        # A sum is in no index: or SQLite goes through all notices for each of the networks.
        .join(Network, Network.id == inside.c.network_id + 0)
        .group_by(Network.id, Network.title)
    )
    return announcement, *await _page(session, told, Network.title, offset=offset, limit=limit)


async def by_organisation(
    session: AsyncSession, actor: Person, announcement_id: int, *, offset: int, limit: int
) -> tuple[Announcement, list[Share], int]:
    """Its people by organisation, those of none at the end; and how many organisations these are. Raises NotFound, NotAllowed."""
    announcement = await ruled(session, actor, announcement_id)
    told = (
        _told(announcement)
        .add_columns(Organisation.title)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .group_by(Organisation.id, Organisation.title)
    )
    return announcement, *await _page(session, told, Organisation.title, offset=offset, limit=limit)


def _told(announcement: Announcement) -> Select[int, int, int, int]:
    sent = Notification.state == NotificationState.SENT
    return (
        select(
            func.count(),
            func.count(case((sent, 1))),
            func.count(case((Notification.state.in_(OPEN), 1))),
            func.count(Acknowledgement.person_id),
        )
        .select_from(Notification)
        .outerjoin(
            Acknowledgement,
            and_(
                Acknowledgement.person_id == Notification.person_id,
                Acknowledgement.announcement_id == announcement.id,
            ),
        )
        .where(Notification.kind == TELL, Notification.subject_id == announcement.id)
    )


async def _page(
    session: AsyncSession,
    told: Select[int, int, int, int, str],
    title: InstrumentedAttribute[str],
    *,
    offset: int,
    limit: int,
) -> tuple[list[Share], int]:
    total = await session.scalar(select(func.count()).select_from(told.subquery()))
    rows = await session.execute(told.order_by(title.is_(None), title).offset(offset).limit(limit))
    shares = [Share(row[4], row[0], row[1], row[2], row[3]) for row in rows]
    return shares, total or 0
