"""Whoever registers is recognised among the centre's lists: surely, then tied at once; perhaps, then somebody who knows them decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import Appointment, Membership, MembershipState, Network, Person, RegistryDoubt, RegistryEntry, Role
from services import audit, notifications, policy, search
from services.errors import DoubtDecided, EntryTaken, NotFound
from services.notifications import Notice
from services.registry import names
from services.registry.names import Likeness

MOST_CANDIDATES = 5
"""As many as one screen offers to choose from."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A registered person and whom of the lists they may be. An entry with a `person_id` is tied to somebody else already."""

    doubt: RegistryDoubt
    person: Person
    candidates: Sequence[RegistryEntry]


async def recognise(session: AsyncSession, person: Person, *, now: datetime, tell: bool = True) -> None:
    """Look a registered person up among the lists, by name and organisation. Whoever is tied to an entry stays so.

    The same name in the same organisation ties them at once. The same name elsewhere, or one that only agrees in its initials, opens a
    question for the administrators and the coordinators of the person's networks, who are told unless `tell` is off; one that was
    decided is not asked again until the name or the organisation changes.
    """
    await recognise_all(session, [person], now=now, tell=tell)


async def recognise_all(session: AsyncSession, people: Sequence[Person], *, now: datetime, tell: bool = False) -> None:
    """The same for many: one look at the lists for all of them."""
    tied = set(
        await session.scalars(
            select(RegistryEntry.person_id).where(RegistryEntry.person_id.in_([person.id for person in people]))
        )
    )
    people = [person for person in people if person.id not in tied and person.full_name]
    by_surname: dict[str, list[RegistryEntry]] = {}
    for entry in await _of_surnames(session, people):
        by_surname.setdefault(entry.surname, []).append(entry)
    for person in people:
        words = dict.fromkeys(search.fold(person.full_name or ""))
        entries = [entry for word in words for entry in by_surname.get(word, ())]
        candidates = _candidates(person, entries)
        sure = [entry for entry in candidates if _is_sure(person, entry) and entry.person_id is None]
        if sure and await _tie_at_once(session, sure[0], person, now=now):
            continue
        if candidates:
            await _ask(session, person, now=now, tell=tell)


async def _tie_at_once(session: AsyncSession, entry: RegistryEntry, person: Person, *, now: datetime) -> bool:
    """Tie them; False when a namesake was faster: then somebody has to look."""
    try:
        await _tie(session, None, entry, person, now=now)
    except EntryTaken:
        return False
    await _close(session, None, person, entry, now=now)
    return True


async def _of_surnames(session: AsyncSession, people: Sequence[Person]) -> Sequence[RegistryEntry]:
    words = {word for person in people for word in search.fold(person.full_name or "")}
    rows = await session.scalars(
        select(RegistryEntry).where(RegistryEntry.surname.in_(words)).order_by(RegistryEntry.id)
    )
    return list(rows)


def _candidates(person: Person, entries: Sequence[RegistryEntry]) -> list[RegistryEntry]:
    """Whom of these the person may be, the likeliest first. Initials tell something within one organisation only."""
    ranked = []
    for entry in entries:
        likeness = names.likeness(person.full_name or "", entry.full_name)
        is_here = entry.organisation_id == person.organisation_id
        if likeness is Likeness.SAME or (likeness is Likeness.ALIKE and is_here):
            ranked.append((-likeness, not is_here, entry.person_id is not None, entry.id, entry))
    return [one[-1] for one in sorted(ranked, key=lambda one: one[:-1])][:MOST_CANDIDATES]


def _is_sure(person: Person, entry: RegistryEntry) -> bool:
    is_here = entry.organisation_id == person.organisation_id
    return is_here and names.likeness(person.full_name or "", entry.full_name) is Likeness.SAME


async def _tie(
    session: AsyncSession, actor: Person | None, entry: RegistryEntry, person: Person, *, now: datetime
) -> None:
    """Tie them, if nobody else has in the meantime. Raises EntryTaken."""
    free = update(RegistryEntry).where(RegistryEntry.id == entry.id, RegistryEntry.person_id.is_(None))
    try:
        async with session.begin_nested():
            done = await session.execute(free.values(person_id=person.id, recognised_at=now))
    except IntegrityError as error:  # this person was tied to another entry at this very moment
        raise EntryTaken from error
    if done.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise EntryTaken
    await session.refresh(entry)
    audit.record(session, actor, "registry.recognise", "person", person.id, now=now, new={"entry_id": entry.id})


async def _ask(session: AsyncSession, person: Person, *, now: datetime, tell: bool) -> None:
    if await session.scalar(select(exists().where(RegistryDoubt.person_id == person.id))):
        return
    doubt = RegistryDoubt(person_id=person.id, asked_at=now)
    try:
        async with session.begin_nested():
            session.add(doubt)
    except IntegrityError:
        return  # asked at this very moment: that is what was wanted
    if tell:
        key = f"registry-doubtful:{doubt.id}"
        notices = [
            Notice("registry-doubtful", f"{key}:{person_id}", person_id, doubt.id, now)
            for person_id in await _who_may_know(session, person)
        ]
        await notifications.put(session, notices, now=now)


async def _who_may_know(session: AsyncSession, person: Person) -> Sequence[int]:
    """The administrators, and the coordinators of the very networks this person is in; never the person themselves."""
    own = select(Membership.network_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.MEMBER
    )
    coordinates = exists().where(
        Appointment.person_id == Person.id, Appointment.network_id.in_(own), *policy.standing(Role.COORDINATOR)
    )
    return list(
        await session.scalars(
            select(Person.id)
            .where(or_(Person.administrator_at.is_not(None), coordinates), Person.id != person.id)
            .order_by(Person.id)
        )
    )


async def forget_decision(session: AsyncSession, person: Person) -> None:
    """The name or the organisation is another one now: what was decided about the former does not count any more."""
    rows = await session.scalars(select(RegistryDoubt).where(RegistryDoubt.person_id == person.id))
    for row in rows:
        await session.delete(row)
    await session.flush()


async def settle(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """End the question about a person whom an entry is tied to by now."""
    entry = await session.scalar(select(RegistryEntry).where(RegistryEntry.person_id == person.id))
    if entry is not None:
        await _close(session, None, person, entry, now=now)


async def _close(
    session: AsyncSession, actor: Person | None, person: Person, entry: RegistryEntry | None, *, now: datetime
) -> None:
    await session.execute(
        update(RegistryDoubt)
        .where(RegistryDoubt.person_id == person.id, RegistryDoubt.decided_at.is_(None))
        .values(decided_at=now, decided_by_id=actor.id if actor else None, entry_id=entry.id if entry else None)
    )


async def may_vouch(session: AsyncSession, actor: Person, person: Person) -> bool:
    """Whether `actor` may say who somebody is: an administrator, or a coordinator above a network they are in; never about oneself."""
    if policy.may_administer(actor):
        return True
    if actor.id == person.id:
        return False
    ruled = select(Appointment.network_id).where(Appointment.person_id == actor.id, *policy.standing(Role.COORDINATOR))
    down = select(Network.id).where(Network.id.in_(ruled)).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    inside = exists().where(
        Membership.person_id == person.id,
        Membership.state == MembershipState.MEMBER,
        Membership.network_id.in_(select(down.c.id)),
    )
    return bool(await session.scalar(select(inside)))


async def doubt(session: AsyncSession, actor: Person, doubt_id: int) -> Doubt:
    """An open question with its candidates as they are now. Raises NotFound, DoubtDecided; NotFound too for whoever may not decide it."""
    row = await session.scalar(
        select(RegistryDoubt)
        .where(RegistryDoubt.id == doubt_id)
        .options(selectinload(RegistryDoubt.person).selectinload(Person.organisation))
    )
    if row is None or not policy.is_registered(row.person) or not await may_vouch(session, actor, row.person):
        raise NotFound
    if row.decided_at is not None:
        raise DoubtDecided
    entries = await _of_surnames(session, [row.person])
    candidates = _candidates(row.person, entries)
    loaded = await session.scalars(
        select(RegistryEntry)
        .where(RegistryEntry.id.in_([entry.id for entry in candidates]))
        .options(selectinload(RegistryEntry.organisation))
        .execution_options(populate_existing=True)
    )
    by_id = {entry.id: entry for entry in loaded}
    return Doubt(row, row.person, [by_id[entry.id] for entry in candidates])


async def decide(session: AsyncSession, actor: Person, doubt_id: int, entry_id: int | None, *, now: datetime) -> Doubt:
    """Say whom of the lists the person is, or that they are none of them. They need not be told: nothing changes for them.

    Raises NotFound, DoubtDecided (somebody was faster), EntryTaken (the entry is somebody else's).
    """
    await session.scalar(select(RegistryDoubt).where(RegistryDoubt.id == doubt_id).with_for_update())
    asked = await doubt(session, actor, doubt_id)
    entry = None
    if entry_id is not None:
        entry = next((one for one in asked.candidates if one.id == entry_id), None)
        if entry is None:
            raise NotFound
        await _tie(session, actor, entry, asked.person, now=now)
    else:
        audit.record(session, actor, "registry.stranger", "person", asked.person.id, now=now)
    await _close(session, actor, asked.person, entry, now=now)
    return asked


async def doubts(
    session: AsyncSession, actor: Person, *, offset: int, limit: int
) -> tuple[Sequence[RegistryDoubt], int]:
    """The open questions, the oldest first, with their people, and how many there are. Raises NotAdministrator."""
    policy.require_administrator(actor)
    is_open = (RegistryDoubt.decided_at.is_(None), Person.registered_at.is_not(None))
    total = await session.scalar(
        select(func.count())
        .select_from(RegistryDoubt)
        .join(Person, Person.id == RegistryDoubt.person_id)
        .where(*is_open)
    )
    rows = await session.scalars(
        select(RegistryDoubt)
        .join(Person, Person.id == RegistryDoubt.person_id)
        .where(*is_open)
        .options(selectinload(RegistryDoubt.person))
        .order_by(RegistryDoubt.id)
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total or 0


async def registered_after(session: AsyncSession, person_id: int, *, limit: int) -> Sequence[Person]:
    """Registered people whom no entry is tied to, by id, after this one: to look again when new lists have come."""
    tied = exists().where(RegistryEntry.person_id == Person.id)
    rows = await session.scalars(
        select(Person)
        .where(Person.id > person_id, Person.registered_at.is_not(None), ~tied)
        .order_by(Person.id)
        .limit(limit)
    )
    return list(rows)


async def untie(session: AsyncSession, person: Person) -> None:
    """The person takes their data back: the entry goes with them, and the questions about them. New lists may name them again."""
    await forget_decision(session, person)
    entry = await session.scalar(select(RegistryEntry).where(RegistryEntry.person_id == person.id))
    if entry is not None:
        await session.delete(entry)
        await session.flush()
