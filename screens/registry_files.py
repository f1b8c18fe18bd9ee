"""The files about the registry: its template, the rows of a list that are wrong, the registry itself, a network's members."""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from models import Membership, Network, Organisation, RegistryEntry
from screens.l10n import L10n

if TYPE_CHECKING:
    from services.registry import Cell, Contents, WrongRow
    from services.workbooks import Sheet, Value

_EXAMPLE_SINCE = date(2015, 9, 1)


def template(t: L10n, make: type[Sheet]) -> list[Sheet]:
    """An empty list to fill in: people, organisations, and what to write where."""
    person: list[Value] = [
        t.plain("registry-file-example", value=t.plain("registry-file-example-name")),
        t.plain("registry-file-example-organisation"),
        t.plain("registry-file-example-position"),
        t.plain("registry-file-example-subjects"),
        "+79021234567",
        _EXAMPLE_SINCE,
    ]
    organisation: list[Value] = [
        t.plain("registry-file-example", value=t.plain("registry-file-example-organisation")),
        t.plain("organisation-kind-school"),
        t.plain("registry-file-example-address"),
    ]
    explained: list[list[Value]] = [
        [t.plain("registry-file-name"), t.plain("registry-file-about-name")],
        [t.plain("registry-file-organisation"), t.plain("registry-file-about-organisation")],
        [t.plain("registry-file-position"), t.plain("registry-file-about-position")],
        [t.plain("registry-file-subjects"), t.plain("registry-file-about-subjects")],
        [t.plain("registry-file-phone"), t.plain("registry-file-about-phone")],
        [t.plain("registry-file-since"), t.plain("registry-file-about-since")],
        [t.plain("registry-file-kind"), t.plain("registry-file-about-kind")],
        [t.plain("registry-file-address"), t.plain("registry-file-about-address")],
        ["", t.plain("registry-file-about-all")],
    ]
    return [
        make(t.plain("registry-file-people"), _person_headings(t), [person]),
        make(t.plain("registry-file-organisations"), _organisation_headings(t), [organisation]),
        make(
            t.plain("registry-file-explained"),
            [t.plain("registry-file-column"), t.plain("registry-file-meaning")],
            explained,
            is_list=False,
        ),
    ]


def _person_headings(t: L10n) -> list[str]:
    return [
        t.plain("registry-file-name"),
        t.plain("registry-file-organisation"),
        t.plain("registry-file-position"),
        t.plain("registry-file-subjects"),
        t.plain("registry-file-phone"),
        t.plain("registry-file-since"),
    ]


def _organisation_headings(t: L10n) -> list[str]:
    return [t.plain("registry-file-organisation"), t.plain("registry-file-kind"), t.plain("registry-file-address")]


def wrong(t: L10n, rows: Sequence[WrongRow], make: type[Sheet]) -> list[Sheet]:
    """The rows that are not taken: where each is, what is wrong with it, and the row itself."""
    width = max((len(row.cells) for row in rows), default=0)
    headings = [
        t.plain("registry-file-sheet"),
        t.plain("registry-file-row"),
        t.plain("registry-file-reason"),
        *(_letter(place) for place in range(width)),
    ]
    lines: list[list[Value]] = [
        [refusal.sheet, refusal.number, t.plain(refusal.key, **refusal.values), *map(_value, refusal.cells)]
        for refusal in rows
    ]
    return [make(t.plain("registry-file-wrong"), headings, lines)]


def _letter(place: int) -> str:
    """What a column is called in a spreadsheet."""
    letters = string.ascii_uppercase
    return letters[place] if place < len(letters) else letters[place // 26 - 1] + letters[place % 26]


def _value(cell: Cell) -> Value:
    if cell is None or isinstance(cell, str | int | float | date):
        return cell
    return cell.text


def registry(t: L10n, contents: Contents, make: type[Sheet]) -> list[Sheet]:
    """The whole registry, with the headings by which it can be taken in again."""
    people = [_entry(t, entry) for entry in contents.entries]
    organisations = [_organisation(t, one, count) for one, count in contents.organisations]
    return [
        make(t.plain("registry-file-people"), [*_person_headings(t), t.plain("registry-file-in-bot")], people),
        make(
            t.plain("registry-file-organisations"),
            [*_organisation_headings(t), t.plain("registry-file-registered")],
            organisations,
        ),
    ]


def _entry(t: L10n, entry: RegistryEntry) -> list[Value]:
    return [
        entry.full_name,
        entry.organisation.title,
        entry.position,
        entry.subjects,
        entry.phone,
        entry.works_since,
        _local(t, entry.recognised_at) if entry.person_id is not None else None,
    ]


def _organisation(t: L10n, organisation: Organisation, people: int) -> list[Value]:
    kind = t.plain(f"organisation-kind-{organisation.kind}")
    return [organisation.title, kind, organisation.address, people]


def members(t: L10n, network: Network, memberships: Sequence[Membership], make: type[Sheet]) -> list[Sheet]:
    """Who is in the network, since when."""
    headings = [
        t.plain("registry-file-name"),
        t.plain("registry-file-organisation"),
        t.plain("registry-file-position"),
        t.plain("registry-file-subjects"),
        t.plain("registry-file-experience"),
        t.plain("registry-file-joined"),
    ]
    rows: list[list[Value]] = [
        [
            one.person.full_name,
            one.person.organisation.title if one.person.organisation else None,
            one.person.position,
            ", ".join(subject.title for subject in one.person.subjects),
            one.person.experience_years,
            _local(t, one.state_at),
        ]
        for one in memberships
    ]
    return [make(network.title, headings, rows)]


def _local(t: L10n, moment: datetime | None) -> datetime | None:
    """As the reader's clock shows it; workbooks know no zones."""
    return moment.astimezone(t.zone).replace(tzinfo=None, second=0, microsecond=0) if moment is not None else None
