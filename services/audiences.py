"""To whom an announcement goes: a union of parts without other parts, everybody once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models import (
    AnnouncementPart,
    Appointment,
    Membership,
    MembershipState,
    Network,
    NetworkFollower,
    Organisation,
    Person,
    PersonSubject,
    Role,
    Subject,
    Topic,
    TopicExpert,
)
from services import followers, policy
from services.errors import NetworkArchived, NotYourAudience

MOST_PARTS = 10
"""So many parts of an audience are read on one screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some people: those who meet all that it names (see models.AnnouncementPart)."""

    excluded: bool = False
    network_id: int | None = None
    with_branch: bool = False
    role: Role | None = None
    followers: bool = False
    organisation_id: int | None = None
    subject_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it: the opposite of `of`."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | AnnouncementPart) -> Part:
        """The part that a draft, or an announcement, keeps."""
        if isinstance(kept, AnnouncementPart):
            return cls(
                excluded=kept.excluded,
                network_id=kept.network_id,
                with_branch=kept.with_branch,
                role=kept.role,
                followers=kept.followers,
                organisation_id=kept.organisation_id,
                subject_id=kept.subject_id,
            )
        return cls(**{**kept, "role": Role(kept["role"]) if kept["role"] else None})


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part with the titles of what it names."""

    part: Part
    network: str | None
    organisation: str | None
    subject: str | None


def people(parts: Iterable[Part], *, author_id: int | None, among: Collection[int] | None = None) -> Select[int]:
    """The ids of everybody in the audience, each once: registered people whom the bot can reach. With `among`, of these alone.

    The author is not told: they have just read it, and an own copy would push the report out of sight.
    """
    parts = list(parts)
    included = [ids for part in parts if not part.excluded for ids in _people_of(part, among)]
    chosen = select(Person.id).where(
        Person.registered_at.is_not(None), Person.telegram_id.is_not(None), Person.id != author_id
    )
    if not included:
        return chosen.where(false())
    inside = (union(*included) if len(included) > 1 else included[0]).subquery()
    chosen = chosen.where(Person.id.in_(select(inside.c[0])))
    for part in parts:
        if part.excluded:
            chosen = chosen.where(*(Person.id.not_in(ids) for ids in _people_of(part, among)))
    return chosen


def _people_of(part: Part, among: Collection[int] | None) -> list[Select[int]]:
    """Selects of ids which together are the people of a part; somebody may stand there twice."""
    return [
        _narrowed(ids, column, part, among)
        for ids, column in (
            _of_network(part, part.network_id, among) if part.network_id is not None else _of_nowhere(part)
        )
    ]


def _of_network(
    part: Part, network_id: int, among: Collection[int] | None
) -> list[tuple[Select[int], InstrumentedAttribute[int]]]:
    def inside(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        if not part.with_branch:
            return column == network_id
        # Of a few people their own rows are read: a sum is in no index. Else every network of the branch is looked up for each.
        return (column if among is None else column + 0).in_(branch(network_id))

    if part.followers:
        ids = followers.of_networks(inside(NetworkFollower.network_id))
        return [(ids, NetworkFollower.person_id)]
    if part.role is None:
        members = select(Membership.person_id).where(
            inside(Membership.network_id), Membership.state == MembershipState.MEMBER
        )
        return [(members, Membership.person_id)]
    appointed = select(Appointment.person_id).where(inside(Appointment.network_id), *policy.standing(part.role))
    if part.role is not Role.EXPERT:
        return [(appointed, Appointment.person_id)]
    experts = (
        select(TopicExpert.person_id)
        .join(Topic, Topic.id == TopicExpert.topic_id)
        .where(inside(Topic.network_id), Topic.archived_at.is_(None), TopicExpert.ended_at.is_(None))
    )
    return [(appointed, Appointment.person_id), (experts, TopicExpert.person_id)]


def _of_nowhere(part: Part) -> list[tuple[Select[int], InstrumentedAttribute[int]]]:
    """Whoever is narrowed down by organisation or subject, in whatever networks they are."""
    if part.organisation_id is not None:
        return [(select(Person.id).where(Person.organisation_id == part.organisation_id), Person.id)]
    return [(select(PersonSubject.person_id), PersonSubject.person_id)]


def _narrowed(
    ids: Select[int], column: InstrumentedAttribute[int], part: Part, among: Collection[int] | None
) -> Select[int]:
    if among is not None:
        ids = ids.where(column.in_(among))
    if part.organisation_id is not None and column is not Person.id:
        ids = ids.where(column.in_(select(Person.id).where(Person.organisation_id == part.organisation_id)))
    if part.subject_id is not None:
        taught = select(PersonSubject.person_id).where(PersonSubject.subject_id == part.subject_id)
        ids = ids.where(column.in_(taught))
    return ids


def branch(network_id: int) -> Select[int]:
    """The ids of a network and of everything below it that is not closed."""
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id, Network.archived_at.is_(None)))
    return select(down.c.id)


async def count(session: AsyncSession, parts: Iterable[Part], *, author_id: int | None) -> int:
    """How many people an announcement of this author would reach."""
    chosen = people(parts, author_id=author_id).subquery()
    return await session.scalar(select(func.count()).select_from(chosen)) or 0


async def require_mine(session: AsyncSession, actor: Person, parts: Iterable[Part]) -> None:
    """Whoever is included must belong to the actor's branch; anybody may be left out.

    Raises NotYourAudience, NetworkArchived.
    """
    for part in parts:
        if part.excluded:
            continue
        if part.network_id is None:
            if not policy.may_administer(actor):
                raise NotYourAudience
            continue
        network = await session.get(Network, part.network_id)
        if network is None or not await policy.may_coordinate(session, actor, part.network_id):
            raise NotYourAudience
        if network.archived_at is not None:
            raise NetworkArchived(title=network.title)


def within(actor: Person, part: Part, network_id: int) -> Part:
    """An organisation or a subject that a coordinator includes means its people in the branch of the announcement's own network;

    for the administrator, and as an exception, it means everybody of it.
    """
    if part.network_id is not None or part.excluded or policy.may_administer(actor):
        return part
    return replace(part, network_id=network_id, with_branch=True)


async def described(session: AsyncSession, parts: Sequence[Part]) -> list[PartLine]:
    """The parts with the titles of what they name."""
    networks = await _titles(session, Network, {part.network_id for part in parts})
    organisations = await _titles(session, Organisation, {part.organisation_id for part in parts})
    subjects = await _titles(session, Subject, {part.subject_id for part in parts})
    return [
        PartLine(
            part,
            networks.get(part.network_id or 0),
            organisations.get(part.organisation_id or 0),
            subjects.get(part.subject_id or 0),
        )
        for part in parts
    ]


async def _titles(
    session: AsyncSession, table: type[Network] | type[Organisation] | type[Subject], ids: set[int | None]
) -> dict[int, str]:
    wanted = ids - {None}
    if not wanted:
        return {}
    rows = await session.execute(select(table.id, table.title).where(table.id.in_(wanted)))
    return {row.id: row.title for row in rows}
