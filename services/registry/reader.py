"""Reads a table that somebody sent, in a process of its own: `python -I reader.py < file > JSON`.

The file may be anything: a zip bomb, a book of a million empty rows, a photo named «.xlsx». So nothing of it is opened where people are
served: here memory is bounded, and whoever started this process ends it when it takes too long. It imports nothing of ours.

It prints `{"refused": word, …}` or `{"sheets": [{"title": str, "rows": [[number, [cell, …]], …]}, …], "encoding": str}`. A cell is
null, a text, a number, true or false, or a mark: `{"date": "2014-09-01"}`, `{"formula": true}` (one without a saved result),
`{"error": "#N/A"}`. A file that the library fails at makes this process fail: whoever started it takes that for «broken».
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, time
from typing import Any

MOST_UNPACKED = 100 * 1024 * 1024
"""Twenty thousand rows of fifty columns unpack to some 60 MB; a bomb to gigabytes."""

MOST_MEMORY = 700 * 1024 * 1024
"""Of this process; reading twenty thousand rows takes some 150 MB of address space."""

MOST_ROWS = 20_000
"""Rows with something in them, of all sheets together."""

MOST_COLUMNS = 100

_OLD = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97 to 2003 begin, and files under a password."""

_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<f[\s>/]")


class Refused(Exception):
    """The file cannot be read; `word` says why."""

    def __init__(self, word: str, **values: Any) -> None:
        super().__init__(word)
        self.answer = {"refused": word, **values}


def read(data: bytes) -> dict[str, Any]:
    """What is in the file, by its bytes, whatever its name says. Raises Refused."""
    if data.startswith(b"PK"):
        return {"sheets": _read_workbook(data), "encoding": "utf-8"}
    if data.startswith(_OLD):
        raise Refused("old")
    if not data.strip():
        raise Refused("empty")
    text, encoding = _decode(data)
    return {"sheets": [{"title": "", "rows": _read_lines(text)}], "encoding": encoding}


def _decode(data: bytes) -> tuple[str, str]:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused("broken")
        return text, encoding
    raise Refused("broken" if b"\0" in data else "encoding")


def _read_lines(text: str) -> list[tuple[int, list[Any]]]:
    head = text[:20_000].lstrip("\r\n").partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    rows: list[tuple[int, list[Any]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            _keep(rows, number, [cell.strip() or None for cell in cells], 0)
    except csv.Error as error:
        raise Refused("broken") from error
    return rows


def _keep(rows: list[tuple[int, list[Any]]], number: int, cells: list[Any], before: int) -> None:
    while cells and cells[-1] is None:
        cells.pop()
    if not cells:
        return
    if len(cells) > MOST_COLUMNS:
        raise Refused("wide", most=MOST_COLUMNS)
    if before + len(rows) >= MOST_ROWS:
        raise Refused("long", most=MOST_ROWS)
    rows.append((number, cells))


def _read_workbook(data: bytes) -> list[dict[str, Any]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        sizes = [member.file_size for member in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise Refused("broken") from error
    # What a member unpacks to is never more than it declares: zipfile reads no further.
    if sum(sizes) > MOST_UNPACKED:
        raise Refused("huge")
    import openpyxl

    return _read_sheets(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True), data, archive)


def _read_sheets(book: Any, data: bytes, archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    sheets: list[dict[str, Any]] = []
    total = 0
    for sheet in book.worksheets:
        xml = archive.read(sheet._worksheet_path)
        formulas = _formulas(data, sheet.title) if _FORMULA.search(xml) else set()
        rows: list[tuple[int, list[Any]]] = []
        sheet.reset_dimensions()  # what the file says about its size may be a lie; only cells count
        merged = _merged(xml)
        for row in sheet.iter_rows():
            cells = [_plain(cell, formulas) for cell in row]
            number = next((cell.row for cell in row if getattr(cell, "row", None)), 0)
            for column, text in merged.fill(number, cells):
                cells += [None] * (column + 1 - len(cells))
                cells[column] = text
            _keep(rows, number, cells, total)
        total += len(rows)
        sheets.append({"title": sheet.title, "rows": rows})
    return sheets


class _Merged:
    """Merged cells: the value stands in the first of them and is meant for each row of them («Лицей № 1» beside five names)."""

    def __init__(self) -> None:
        self.begins: dict[int, list[tuple[int, int]]] = {}
        self.open: list[tuple[int, int, Any]] = []

    def fill(self, number: int, cells: list[Any]) -> list[tuple[int, Any]]:
        """The values that the merged cells above give to this row, by column."""
        self.open = [one for one in self.open if one[1] >= number]
        filled = [(column, value) for column, _, value in self.open]
        for column, last in self.begins.pop(number, ()):
            if column < len(cells) and cells[column] is not None:
                self.open.append((column, last, cells[column]))
        # A row that only merged cells reach is no row: nobody typed anything there.
        return filled if any(cell is not None for cell in cells) else []


def _merged(xml: bytes) -> _Merged:
    merged = _Merged()
    for match in _MERGED.finditer(xml):
        column, first, last = _column(match[1]), int(match[2]), int(match[4])
        if last > first and column < MOST_COLUMNS:
            merged.begins.setdefault(first, []).append((column, last))
    return merged


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _formulas(data: bytes, title: str) -> set[tuple[int, int]]:
    """Where formulas stand: a cell of them without a saved result is told from an empty one."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True)[title]
    sheet.reset_dimensions()
    return {
        (cell.row or 0, cell.column or 0)
        for row in sheet.iter_rows()
        for cell in row
        if getattr(cell, "data_type", None) == "f"
    }


def _plain(cell: Any, formulas: set[tuple[int, int]]) -> Any:
    value = cell.value
    if value is None:
        has_formula = bool(formulas) and (getattr(cell, "row", 0), getattr(cell, "column", 0)) in formulas
        return {"formula": True} if has_formula else None
    if getattr(cell, "data_type", None) == "e":
        return {"error": str(value)}
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, time):
        return value.isoformat()
    return str(value).strip() or None


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: there the time alone is bounded
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Read the file from the standard input and print what is in it."""
    _bound_memory()
    try:
        answer = read(sys.stdin.buffer.read())
        if not any(sheet["rows"] for sheet in answer["sheets"]):
            raise Refused("empty")
    except Refused as refusal:
        answer = refusal.answer
    except MemoryError:
        answer = {"refused": "huge"}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
