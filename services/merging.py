"""Two rows that are one: everything that points to the one points to the other, whatever tables there are."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import (
    Application,
    ApplicationState,
    Base,
    Consultation,
    Found,
    Invitation,
    InvitationUse,
    Membership,
    MembershipState,
    Organisation,
    Participation,
    Person,
    PersonSubject,
    Registration,
    RegistrationState,
)
from services import announcement_drafts, audit, consultations, followers, memberships, policy, registry, search
from services.errors import MergeRefused, NotFound
from services.events.signing import locked, promote


class CardField(enum.IntFlag):
    """What of a card may be kept from either. The bits stand in buttons: never reused."""

    NAME = 1
    ORGANISATION = 2
    POSITION = 4
    SUBJECTS = 8
    EXPERIENCE = 16
    TELEGRAM = 32


_COLUMNS = {
    CardField.NAME: ("full_name",),
    CardField.ORGANISATION: ("organisation_id",),
    CardField.POSITION: ("position",),
    CardField.EXPERIENCE: ("experience_years",),
    CardField.TELEGRAM: ("telegram_language", "language_code", "blocked_at", "command_menu", "time_zone", "phone"),
}
"""The telegram id itself is moved apart: it is unique."""

_SEATED = {RegistrationState.REGISTERED: 2, RegistrationState.WAITING: 1}
_INSIDE = {MembershipState.MEMBER: 2, MembershipState.APPLIED: 1}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards side by side: the one that stays, and the other."""

    kept: Person
    other: Person

    @property
    def differing(self) -> list[CardField]:
        """In what the cards differ, so that one of the two is to be chosen."""
        return [field for field in CardField if _value(self.kept, field) != _value(self.other, field)]


def _value(person: Person, field: CardField) -> Any:
    if field is CardField.SUBJECTS:
        return [subject.id for subject in person.subjects]
    if field is CardField.TELEGRAM:
        return person.telegram_id
    return getattr(person, _COLUMNS[field][0])


async def pair(session: AsyncSession, actor: Person, kept_id: int, other_id: int) -> Pair:
    """Two registered people to be compared. Raises NotAdministrator, NotFound, MergeRefused (one and the same; the own card goes)."""
    policy.require_administrator(actor)
    if kept_id == other_id:
        raise MergeRefused(reason="same")
    rows = await session.scalars(
        select(Person)
        .where(Person.id.in_((kept_id, other_id)), Person.registered_at.is_not(None))
        .options(selectinload(Person.organisation), selectinload(Person.subjects))
    )
    found = {row.id: row for row in rows}
    if len(found) < 2:
        raise NotFound
    if other_id == actor.id:
        raise MergeRefused(reason="own")
    return Pair(found[kept_id], found[other_id])


async def merge_people(
    session: AsyncSession, actor: Person, kept_id: int, other_id: int, taken: CardField, *, now: datetime
) -> Person:
    """Make two people one: `kept_id` stays, with the fields `taken` from the other, which is gone for good. It cannot be undone.

    Memberships, roles, questions, works, seats, notifications and the rest go over. Where both stand in one place, the row of whoever
    stands better there stays, and a second seat becomes free. Raises NotAdministrator, NotFound, MergeRefused: among other reasons
    when the two have talked with each other as asker and expert, for then they are not one person.
    """
    await _lock(session, kept_id, other_id)
    both = await pair(session, actor, kept_id, other_id)
    kept, other = both.kept, both.other
    if await _have_talked(session, kept_id, other_id):
        raise MergeRefused(reason="talked")
    old = {"merged": other.id, "fields": int(taken)}
    values = {name: getattr(other, name) for field in taken for name in _COLUMNS.get(field, ())}
    telegram_id = other.telegram_id if CardField.TELEGRAM in taken else kept.telegram_id
    administrator_at = kept.administrator_at if CardField.TELEGRAM not in taken else other.administrator_at
    await _settle_seats(session, actor, kept_id, other_id, now=now)
    await _settle_applications(session, kept_id, other_id, now=now)
    await _settle_memberships(session, kept_id, other_id)
    await _settle_invitations(session, kept_id, other_id)
    if CardField.SUBJECTS in taken:
        await session.execute(delete(PersonSubject).where(PersonSubject.person_id == kept_id))
    else:
        await session.execute(delete(PersonSubject).where(PersonSubject.person_id == other_id))
    registered_at = min(moment for moment in (kept.registered_at, other.registered_at) if moment is not None)
    session.expunge(other)
    await repoint(session, Person, other_id, kept_id)
    await followers.end_where_member(session, kept_id)
    await session.execute(delete(Person).where(Person.id == other_id))
    await session.execute(
        update(Person)
        .where(Person.id == kept_id)
        .values(
            **values,
            telegram_id=telegram_id,
            administrator_at=administrator_at,
            registered_at=registered_at,
        )
    )
    await search.index(session, Found.PERSON, other_id)
    session.expire_all()
    merged = await session.get_one(Person, kept_id)
    await search.index(session, Found.PERSON, kept_id, merged.full_name)
    await registry.settle(session, merged, now=now)
    audit.record(session, actor, "person.merge", "person", kept_id, now=now, old=old)
    await session.flush()
    await consultations.watch_anew(session, merged, now=now)
    return merged


async def _lock(session: AsyncSession, *ids: int) -> None:
    """Hold both in one order, so that two administrators who merge the same two never wait for each other."""
    await session.scalars(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())


async def _have_talked(session: AsyncSession, one_id: int, other_id: int) -> bool:
    """Whether one has answered a question of the other."""
    sides = ((one_id, other_id), (other_id, one_id))
    talked = or_(*(and_(Consultation.asker_id == asker, Consultation.expert_id == expert) for asker, expert in sides))
    return bool(await session.scalar(select(exists().where(talked))))


async def _settle_seats(session: AsyncSession, actor: Person, kept_id: int, other_id: int, *, now: datetime) -> None:
    """One person, one place at an event: the better one; a second seat goes to whoever waits longest."""
    for mine, theirs in await _both_in(session, Registration, Registration.event_id, kept_id, other_id):
        event = await locked(session, mine.event_id)
        has_two = mine.state is RegistrationState.REGISTERED and theirs.state is RegistrationState.REGISTERED
        await session.delete(theirs if _SEATED.get(mine.state, 0) >= _SEATED.get(theirs.state, 0) else mine)
        await session.flush()
        if has_two:
            event.taken -= 1
            if event.starts_at > now and event.cancelled_at is None:
                await promote(session, actor, event, now=now)
    await session.flush()


async def _settle_applications(session: AsyncSession, kept_id: int, other_id: int, *, now: datetime) -> None:
    """One person waits at one network once, the longest they may; where either is a member already, nobody need decide."""
    both = (kept_id, other_id)
    waiting = await session.scalars(
        select(Application)
        .where(Application.person_id.in_(both), Application.state == ApplicationState.PENDING)
        .order_by(Application.expires_at.desc(), Application.id)
        .with_for_update()
    )
    inside = await session.scalars(
        select(Membership.network_id).where(Membership.person_id.in_(both), Membership.state == MembershipState.MEMBER)
    )
    granted, asked = set(inside), set[int]()
    for application in waiting.all():
        if application.network_id in granted:
            application.state = ApplicationState.APPROVED
        elif application.network_id in asked:
            application.state = ApplicationState.WITHDRAWN
        else:
            asked.add(application.network_id)
            continue
        application.decided_at = now
        await memberships.take_back(session, application.id)
    await session.flush()


async def _settle_invitations(session: AsyncSession, kept_id: int, other_id: int) -> None:
    """Who came twice by one invitation, came once: `used` goes on being the number of those who did."""
    mine = select(InvitationUse.invitation_id).where(InvitationUse.person_id == kept_id)
    twice = await session.scalars(
        delete(InvitationUse)
        .where(InvitationUse.person_id == other_id, InvitationUse.invitation_id.in_(mine))
        .returning(InvitationUse.invitation_id)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Invitation)
        .where(Invitation.id.in_(twice.all()))
        .values(used=Invitation.used - 1)
        .execution_options(synchronize_session=False)
    )


async def _settle_memberships(session: AsyncSession, kept_id: int, other_id: int) -> None:
    for mine, theirs in await _both_in(session, Membership, Membership.network_id, kept_id, other_id):
        await session.delete(theirs if _INSIDE.get(mine.state, 0) >= _INSIDE.get(theirs.state, 0) else mine)
    await session.flush()


async def _both_in(session: AsyncSession, table: Any, place: Any, kept_id: int, other_id: int) -> list[tuple[Any, Any]]:
    """The rows of both where both have one."""
    rows = await session.scalars(select(table).where(table.person_id.in_((kept_id, other_id))).order_by(table.id))
    by_place: dict[int, dict[int, Any]] = {}
    for row in rows:
        by_place.setdefault(getattr(row, place.key), {})[row.person_id] = row
    return [(two[kept_id], two[other_id]) for two in by_place.values() if len(two) == 2]


async def merge_organisations(
    session: AsyncSession, actor: Person, kept_id: int, other_id: int, *, now: datetime
) -> Organisation:
    """What was proposed is an organisation of the registry: its people and works go over, its row goes.

    Raises NotAdministrator, NotFound, MergeRefused.
    """
    policy.require_administrator(actor)
    if kept_id == other_id:
        raise MergeRefused(reason="same")
    rows = await session.scalars(
        select(Organisation).where(Organisation.id.in_((kept_id, other_id))).order_by(Organisation.id).with_for_update()
    )
    found = {row.id: row for row in rows}
    if len(found) < 2:
        raise NotFound
    old = {"merged": other_id, "title": found[other_id].title}
    await _settle_participations(session, kept_id, other_id)
    await remove_organisation(session, other_id, kept_id)
    audit.record(session, actor, "organisation.merge", "organisation", kept_id, now=now, old=old)
    return await session.get_one(Organisation, kept_id)


async def _settle_participations(session: AsyncSession, kept_id: int, other_id: int) -> None:
    """One organisation, one place in a network: the standing one, then the one with the later agreement."""
    both = (kept_id, other_id)
    rows = await session.scalars(
        select(Participation).where(Participation.organisation_id.in_(both)).order_by(Participation.id)
    )
    by_network: dict[int, list[Participation]] = {}
    for row in rows:
        by_network.setdefault(row.network_id, []).append(row)
    for two in by_network.values():
        two.sort(key=lambda row: (row.ended_at is None, row.agreement_version or 0, row.organisation_id == kept_id))
        for worse in two[:-1]:
            await session.delete(worse)
    await session.flush()


async def remove_organisation(session: AsyncSession, organisation_id: int, kept_id: int | None) -> None:
    """Take an organisation away; whatever pointed to it points to `kept_id`, or to none. Raises MergeRefused where it must point."""
    await session.flush()
    try:
        async with session.begin_nested():
            await repoint(session, Organisation, organisation_id, kept_id)
            await announcement_drafts.repoint_organisation(session, organisation_id, kept_id)
            await session.execute(delete(Organisation).where(Organisation.id == organisation_id))
    except IntegrityError as error:
        raise MergeRefused(reason="needed") from error
    await search.index(session, Found.ORGANISATION, organisation_id)
    session.expire_all()


async def repoint(session: AsyncSession, target: type[Base], old_id: int, new_id: int | None) -> None:
    """Have every foreign key of the house that holds `old_id` of `target` hold `new_id`.

    Which ones these are, the tables say themselves, so a new table is never forgotten. Where a row of `new_id` stands in the same
    place already (a unique constraint meets), that one stays and the other goes.
    """
    for table, column in pointing_to(target):
        if new_id is not None and _is_unique(table, column):
            await _repoint_each(session, table, column, old_id, new_id)
        else:
            await session.execute(update(table).where(column == old_id).values({column.name: new_id}))


def pointing_to(target: type[Base]) -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of every table that refers to the id of `target`."""
    aim = target.__table__
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is aim for key in column.foreign_keys):
                yield table, column


def _is_unique(table: Table, column: Column[Any]) -> bool:
    """Whether two rows may not differ in this column alone."""
    groups = [set(table.primary_key.columns.keys())]
    groups += [set(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
    groups += [set(index.columns.keys()) for index in table.indexes if index.unique]
    return any(column.name in group for group in groups)


async def _repoint_each(session: AsyncSession, table: Table, column: Column[Any], old_id: int, new_id: int) -> None:
    keys = list(table.primary_key.columns)
    rows = (await session.execute(select(*keys).where(column == old_id))).all()
    for row in rows:
        this = and_(*(key == value for key, value in zip(keys, row, strict=True)))
        try:
            async with session.begin_nested():
                await session.execute(update(table).where(this).values({column.name: new_id}))
        except IntegrityError:
            await session.execute(delete(table).where(this))
