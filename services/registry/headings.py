"""Which column of a list is what, by the usual wordings of its headings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from models import OrganisationKind
from services import search
from services.registry.reading import Cell, Row, SheetRead

_WORDINGS = tomllib.loads(files("services.registry").joinpath("headings.toml").read_text(encoding="utf-8"))
_LEGAL_FORMS = sorted((tuple(form.split()) for form in _WORDINGS["legal"]["forms"]), key=len, reverse=True)
_LONGEST_HEADING = 60
_LOOKED_THROUGH = 20
"""Above the headings may stand what the list is called, who made it and when."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The recognised columns of a sheet by the field they hold. `unknown` are the headings that nothing is taken from."""

    of_people: bool
    places: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: tuple[str, ...]
    heading_row: int


def columns_of(sheet: SheetRead) -> Columns | None:
    """What the sheet holds: people, when it names them and their organisation; else organisations; None when neither."""
    best: Columns | None = None
    for row in sheet.rows[:_LOOKED_THROUGH]:
        for table in ("person", "organisation"):
            found = _columns(row, table)
            if found is not None and (best is None or len(found.places) > len(best.places)):
                best = found
    return best


def _columns(row: Row, table: str) -> Columns | None:
    places: dict[str, int] = {}
    labels: dict[str, str] = {}
    unknown = []
    for place, cell in enumerate(row.cells):
        if cell is None:
            continue
        field = _field(cell, table)
        if field is None or field in places:
            unknown.append(str(cell))
        else:
            places[field] = place
            labels[field] = str(cell)
    has_names = "full_name" in places or {"surname", "first_name"} <= places.keys()
    if table == "person" and not (has_names and "organisation" in places):
        return None
    if table == "organisation" and "title" not in places:
        return None
    if len(places) == 1 and len(unknown) > 0:  # a line that only begins with such a word is no heading
        return None
    return Columns(table == "person", places, labels, tuple(unknown), row.number)


def _field(cell: Cell, table: str) -> str | None:
    """The field whose wording the heading begins with; of several the longest wording."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return None
    heading = " ".join(search.fold(cell))
    found = [
        (len(wording), field)
        for field, wordings in _WORDINGS[table].items()
        for wording in wordings
        if heading == wording or heading.startswith(f"{wording} ")
    ]
    return max(found)[1] if found else None


def title_key(title: str) -> str:
    """A title as people compare it: folded, without a legal form before it («МБОУ «Лицей № 1»» is «лицей 1») if words are left then."""
    words = search.fold(title)
    for form in _LEGAL_FORMS:
        rest = words[len(form) :]
        if tuple(words[: len(form)]) == form and any(not word.isdigit() for word in rest):
            return " ".join(rest)
    return " ".join(words)


def is_example(cell: Cell) -> bool:
    """Whether a row of the template shows how rows are filled in, and says so itself."""
    return isinstance(cell, str) and search.fold(cell)[:1] in [[word] for word in _WORDINGS["example"]["begins"]]


def kind_of(text: str) -> OrganisationKind | None:
    """The kind of organisation that a word of the column «Вид», or a title, tells."""
    words = f" {' '.join(search.fold(text))} "
    for kind, wordings in _WORDINGS["kinds"].items():
        if any(f" {wording} " in words for wording in wordings):
            return OrganisationKind(kind)
    return None
