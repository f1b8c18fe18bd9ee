"""A checked list meets what is known already: counted before it is taken, then taken in short transactions.

What «whole» means here (docs/adr/0020): a file that is refused writes nothing, for it is read and checked to its end first. The rows
of a file that is taken are each found by what they name, so that taking them again changes nothing: where a crash breaks an import off,
the same file goes on from there. So rows can be written some hundreds at a time, and nobody waits longer than for one such batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Organisation, OrganisationKind, Person, RegistryEntry
from services import audit, organisations, policy
from services.registry import names
from services.registry.checking import Checked, OrganisationLine, PersonLine
from services.registry.headings import kind_of, title_key

BATCH = 250
"""People of one transaction: some tens of milliseconds."""

ORGANISATIONS_BATCH = 20
"""Organisations of one: each is some six statements, with its words for the search."""

_CHANGEABLE = ("full_name", "position", "subjects", "phone", "works_since")

Line = TypeVar("Line", OrganisationLine, PersonLine)


@dataclass(slots=True)
class Counts:
    """How many lines are new, change something, change nothing."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: Counts) -> None:
        """Count those of another batch too."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged


@dataclass(slots=True)
class Outcome:
    """What an import would do, or did. `new_titles` are the organisations that only the list of people names."""

    organisations: Counts = field(default_factory=Counts)
    people: Counts = field(default_factory=Counts)
    new_titles: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is known already."""
        return not any((self.organisations.new, self.organisations.changed, self.people.new, self.people.changed))


def lines_of(checked: Checked) -> tuple[list[OrganisationLine], list[str]]:
    """The organisations that the file tells of: its own lines, and those that only people's rows name (their titles again apart)."""
    told = {line.key for line in checked.organisations}
    named: dict[str, OrganisationLine] = {}
    for person in checked.people:
        if person.organisation_key not in told:
            line = OrganisationLine(person.organisation_key, person.organisation, None, None)
            named.setdefault(person.organisation_key, line)
    return [*checked.organisations, *named.values()], [line.title for line in named.values()]


def batches(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines, as many at a time as one transaction takes."""
    most = ORGANISATIONS_BATCH if lines and isinstance(lines[0], OrganisationLine) else BATCH
    for start in range(0, len(lines), most):
        yield lines[start : start + most]


async def known_organisations(session: AsyncSession) -> dict[str, int]:
    """The ids of all organisations by their titles as people compare them; of several alike the first."""
    rows = await session.execute(select(Organisation.id, Organisation.title).order_by(Organisation.id.desc()))
    return {title_key(row.title): row.id for row in rows}


async def foresee(session: AsyncSession, actor: Person, checked: Checked) -> Outcome:
    """What taking the list would do now. Raises NotAdministrator."""
    policy.require_administrator(actor)
    known = await known_organisations(session)
    lines, named = lines_of(checked)
    keys_named = {title_key(title) for title in named}
    outcome = Outcome(new_titles=[line.title for line in lines if line.key in keys_named and line.key not in known])
    for some in batches(lines):
        rows = await _organisations(session, [known[line.key] for line in some if line.key in known])
        outcome.organisations.add(
            _count([_organisation_change(line, rows.get(known.get(line.key, 0))) for line in some])
        )
    for people in batches(checked.people):
        entries = await _entries(session, people, known)
        outcome.people.add(_count([_change(line, entries.get(_key(line, known))) for line in people]))
    return outcome


async def take_organisations(
    session: AsyncSession, actor: Person, lines: Sequence[OrganisationLine], known: dict[str, int], *, now: datetime
) -> Counts:
    """Take one batch of organisations: new ones into the registry, proposed ones confirmed, kinds and addresses brought up to date.

    What the list leaves empty stays as it is. `known` (see `known_organisations`) gets the new ones. Raises NotAdministrator,
    OrganisationExists (somebody else added it at this very moment).
    """
    policy.require_administrator(actor)
    rows = await _organisations(session, [known[line.key] for line in lines if line.key in known])
    counts = Counts()
    for line in lines:
        row = rows.get(known.get(line.key, 0))
        if row is None:
            kind = line.kind or kind_of(line.title) or OrganisationKind.OTHER
            added = await organisations.add(
                session, actor, title=line.title, kind=kind, address=line.address, confirmed_at=now, now=now
            )
            known[line.key] = added.id
            counts.new += 1
            continue
        change = _organisation_change(line, row)
        if not change:
            counts.unchanged += 1
            continue
        for name, value in change.items():
            setattr(row, name, now if name == "confirmed_at" else value)
        deed = "organisation.confirm" if "confirmed_at" in change else "organisation.change"
        audit.record(session, actor, deed, "organisation", row.id, now=now)
        if "confirmed_at" in change:
            people = await organisations.people_of(session, row.id)
            await organisations.tell(session, actor, "organisation-accepted", row.id, people, now=now)
        counts.changed += 1
    return counts


async def take_people(
    session: AsyncSession, actor: Person, lines: Sequence[PersonLine], known: dict[str, int], *, now: datetime
) -> Counts:
    """Take one batch of people, whose organisations are `known` already. What the list leaves empty stays as it is.

    Raises NotAdministrator.
    """
    policy.require_administrator(actor)
    entries = await _entries(session, lines, known)
    changes = [(line, _change(line, entries.get(_key(line, known)))) for line in lines]
    fresh = [_fresh(line, known[line.organisation_key], now) for line, change in changes if change is None]
    if fresh:
        make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        await session.execute(make(RegistryEntry).on_conflict_do_nothing(), fresh)
    altered = [{"id": entries[_key(line, known)].id, "updated_at": now, **change} for line, change in changes if change]
    # One statement for each set of columns; a list mostly fills the same ones.
    for columns in {tuple(one) for one in altered}:
        await session.execute(update(RegistryEntry), [one for one in altered if tuple(one) == columns])
    return _count([change for _, change in changes])


def record(session: AsyncSession, actor: Person, outcome: Outcome, *, now: datetime) -> None:
    """Write down that a list was taken, with its numbers; nobody's name."""
    new = {"organisations": outcome.organisations.new, "people": outcome.people.new, "changed": outcome.people.changed}
    audit.record(session, actor, "registry.import", "registry", 0, now=now, new=new)


def _count(changes: Sequence[dict[str, Any] | None]) -> Counts:
    return Counts(
        new=sum(change is None for change in changes),
        changed=sum(bool(change) for change in changes),
        unchanged=sum(change == {} for change in changes),
    )


def _organisation_change(line: OrganisationLine, row: Organisation | None) -> dict[str, Any] | None:
    """What the line changes; None when there is no such organisation yet."""
    if row is None:
        return None
    change: dict[str, Any] = {}
    if line.kind is not None and line.kind is not row.kind:
        change["kind"] = line.kind
    if line.address is not None and line.address != row.address:
        change["address"] = line.address
    if row.confirmed_at is None:
        change["confirmed_at"] = True
    return change


def _change(line: PersonLine, entry: RegistryEntry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    told = {name: getattr(line, name) for name in _CHANGEABLE}
    return {name: value for name, value in told.items() if value is not None and value != getattr(entry, name)}


def _fresh(line: PersonLine, organisation_id: int, now: datetime) -> dict[str, Any]:
    return {
        "full_name": line.full_name,
        "name_key": line.name_key,
        "surname": names.surname(line.full_name),
        "organisation_id": organisation_id,
        "position": line.position,
        "subjects": line.subjects,
        "phone": line.phone,
        "works_since": line.works_since,
        "created_at": now,
        "updated_at": now,
    }


def _key(line: PersonLine, known: dict[str, int]) -> tuple[int, str]:
    return known.get(line.organisation_key, 0), line.name_key


async def _organisations(session: AsyncSession, ids: Sequence[int]) -> dict[int, Organisation]:
    rows = await session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return {row.id: row for row in rows}


async def _entries(
    session: AsyncSession, lines: Sequence[PersonLine], known: dict[str, int]
) -> dict[tuple[int, str], RegistryEntry]:
    """The entries of these lines' people, by organisation and name."""
    rows = await session.scalars(
        select(RegistryEntry).where(RegistryEntry.name_key.in_([line.name_key for line in lines]))
    )
    return {(row.organisation_id, row.name_key): row for row in rows}
