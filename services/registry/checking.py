"""Every row of a list is checked by itself: a good one becomes a line to take, a wrong one says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dialogs import WrongAnswer
from dialogs.registration import read_full_name
from models import OrganisationKind
from services.errors import RegistryFileRefused
from services.registry import names
from services.registry.headings import Columns, columns_of, is_example, kind_of, title_key
from services.registry.reading import Cell, NoValue, Row, SheetRead

_SPREADSHEETS_BEGIN = date(1899, 12, 30)
"""Spreadsheets count days from here; a date in a column of numbers is such a count."""

_EARLIEST = date(1940, 1, 1)
_RUSSIAN_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_LONGEST = {"title": 200, "address": 300, "organisation": 200, "position": 100, "subjects": 300}


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation to take; `key` is its title as people compare it."""

    key: str
    title: str
    kind: OrganisationKind | None
    address: str | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person to take; the keys are how name and organisation are compared."""

    name_key: str
    organisation_key: str
    full_name: str
    organisation: str
    position: str | None
    subjects: str | None
    phone: str | None
    works_since: date | None


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that is not taken: where it is, what is wrong (a text and its variables), and what stands in it."""

    sheet: str
    number: int
    key: str
    values: dict[str, Any]
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Checked:
    """A whole file, checked. `unknown` are the headings that nothing was taken from."""

    organisations: list[OrganisationLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def check(sheets: Sequence[SheetRead], *, today: date) -> Checked:
    """Check every row of every sheet that holds people or organisations. Raises RegistryFileRefused where none does."""
    checked = Checked()
    lists = [(sheet, columns) for sheet in sheets if (columns := columns_of(sheet)) is not None]
    if not lists:
        reason = "encoding" if any(sheet.is_guessed for sheet in sheets) else "headings"
        raise RegistryFileRefused(reason=reason, most=0)
    seen: dict[object, int] = {}
    for sheet, columns in lists:
        checked.unknown += [heading for heading in columns.unknown if heading not in checked.unknown]
        for row in sheet.rows:
            if row.number > columns.heading_row:
                _take(checked, sheet, columns, row, seen, today)
    if not (checked.organisations or checked.people or checked.wrong):
        raise RegistryFileRefused(reason="empty", most=0)
    return checked


def _take(checked: Checked, sheet: SheetRead, columns: Columns, row: Row, seen: dict[object, int], today: date) -> None:
    reader = _RowReader(columns, row)
    if not reader.has_something or is_example(next(cell for cell in row.cells if cell is not None)):
        return
    try:
        line = _person(reader, today) if columns.of_people else _organisation(reader)
        key = (line.name_key, line.organisation_key) if isinstance(line, PersonLine) else line.key
        if key in seen:
            raise WrongAnswer("registry-wrong-repeated", row=str(seen[key]))
    except WrongAnswer as wrong:
        checked.wrong.append(WrongRow(sheet.title, row.number, wrong.key, wrong.values, row.cells))
        return
    seen[key] = row.number
    if isinstance(line, PersonLine):
        checked.people.append(line)
    else:
        checked.organisations.append(line)


class _RowReader:
    """The cells of one row by field."""

    def __init__(self, columns: Columns, row: Row) -> None:
        self._columns = columns
        self._cells = row.cells

    def cell(self, name: str) -> Cell:
        """What stands there, None when the column is missing or empty."""
        place = self._columns.places.get(name)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    @property
    def has_something(self) -> bool:
        """Whether any of the recognised columns is filled: a line of notes beside the list is no row of it."""
        return any(self.cell(name) is not None for name in self._columns.places)

    def label(self, name: str) -> str:
        """The heading as the file has it."""
        return self._columns.labels.get(name, name)

    def text(self, name: str) -> str | None:
        """A text. Raises WrongAnswer for formulas without a value, dates, and what is too long."""
        cell = self.cell(name)
        if cell is None:
            return None
        if isinstance(cell, NoValue):
            raise WrongAnswer("registry-wrong-formula", column=self.label(name), value=cell.text)
        if isinstance(cell, date):
            raise WrongAnswer("registry-wrong-date-here", column=self.label(name))
        text = " ".join(str(cell).split())
        longest = _LONGEST.get(name)
        if longest is not None and len(text) > longest:
            raise WrongAnswer("registry-wrong-long", column=self.label(name), most=str(longest))
        return text or None

    def needed(self, name: str) -> str:
        """A text that must be there. Raises WrongAnswer."""
        text = self.text(name)
        if text is None:
            raise WrongAnswer("registry-wrong-empty", column=self.label(name))
        return text

    def names(self) -> Iterator[str]:
        """The parts of the full name, in one column or in three."""
        if self.cell("full_name") is not None or "surname" not in self._columns.places:
            yield self.needed("full_name")
            return
        yield self.needed("surname")
        yield self.needed("first_name")
        patronymic = self.text("patronymic")
        if patronymic is not None:
            yield patronymic


def _organisation(reader: _RowReader) -> OrganisationLine:
    title = reader.needed("title")
    kind_told = reader.text("kind")
    kind = kind_of(kind_told) if kind_told is not None else None
    if kind_told is not None and kind is None:
        raise WrongAnswer("registry-wrong-kind", value=kind_told)
    return OrganisationLine(_title_key(title), title, kind, reader.text("address"))


def _person(reader: _RowReader, today: date) -> PersonLine:
    full_name = read_full_name(" ".join(reader.names()))
    if len(full_name) > 120:
        raise WrongAnswer("registry-wrong-long", column=reader.label("full_name"), most="120")
    organisation = reader.needed("organisation")
    return PersonLine(
        name_key=names.key(full_name),
        organisation_key=_title_key(organisation),
        full_name=full_name,
        organisation=organisation,
        position=reader.text("position"),
        subjects=reader.text("subjects"),
        phone=_phone(reader),
        works_since=_works_since(reader, today),
    )


def _title_key(title: str) -> str:
    key = title_key(title)
    if len(title) < 3 or not key:
        raise WrongAnswer("registry-wrong-title", value=title)
    return key


def _phone(reader: _RowReader) -> str | None:
    """Digits as they are called: «8 (902) 123-45-67» → «+79021234567»; five to seven digits are a number of the city."""
    text = reader.text("phone")
    if text is None:
        return None
    digits = "".join(sign for sign in text if sign.isdigit())
    if len(digits) == 11 and digits[0] in "78":
        return "+7" + digits[1:]
    if len(digits) == 10:
        return "+7" + digits
    if 5 <= len(digits) <= 7:
        return digits
    raise WrongAnswer("registry-wrong-phone", value=text)


def _works_since(reader: _RowReader, today: date) -> date | None:
    """A date however the file keeps it: as a date, as typed words, as a spreadsheet's count of days, as a bare year."""
    cell = reader.cell("works_since")
    if cell is None:
        return None
    if isinstance(cell, NoValue):
        raise WrongAnswer("registry-wrong-formula", column=reader.label("works_since"), value=cell.text)
    day = _day(cell)
    if day is None or not _EARLIEST <= day <= today:
        raise WrongAnswer("registry-wrong-day", column=reader.label("works_since"), value=str(cell))
    return day


def _day(cell: str | int | float | bool | date) -> date | None:
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    number = int(float(text)) if re.fullmatch(r"\d{4,5}(\.\d+)?", text) else None
    if number is not None:
        return date(number, 1, 1) if number < 10_000 else _SPREADSHEETS_BEGIN + timedelta(days=number)
    russian = _RUSSIAN_DATE.fullmatch(text)
    try:
        return date(int(russian[3]), int(russian[2]), int(russian[1])) if russian else date.fromisoformat(text[:10])
    except ValueError:
        return None
