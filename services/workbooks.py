"""Formatted XLSX workbooks: real dates and numbers, widths, a frozen heading, a filter; nothing in a cell becomes a formula.

The library is heavy: it loads on first use, and a workbook is made in a thread.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = None | str | int | float | bool | date | datetime
"""What a cell may hold. A moment is shown as it is: give it in the reader's own zone."""

NARROWEST = 8
WIDEST = 60
LONGEST_TEXT = 32_767
"""The most characters of one cell (Excel specifications and limits)."""

_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DATE = "dd.mm.yyyy"
_MOMENT = "dd.mm.yyyy hh:mm"
_SIGNS = frozenset("=+-@\t\r")
"""What a formula may begin with, in this or that program."""

_HEADING_COLOUR = "DDE7F3"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what it is called, its headings, its rows. `is_list`: the headings stay in sight and filter the rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    is_list: bool = True


async def make(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an XLSX file with these sheets, made in a thread."""
    return await asyncio.to_thread(workbook, sheets)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The same at once; it blocks (ten thousand rows take about a second)."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _add(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    made: Any = book.create_sheet(_FORBIDDEN_IN_TITLES.sub(" ", sheet.title)[:_LONGEST_TITLE].strip("' ") or "1")
    for place, width in enumerate(_widths(sheet), start=1):
        made.column_dimensions[get_column_letter(place)].width = width
    if sheet.is_list:
        made.freeze_panes = "A2"
        made.auto_filter.ref = f"A1:{get_column_letter(max(1, len(sheet.headings)))}{len(sheet.rows) + 1}"
    bold, fill = Font(bold=True), PatternFill("solid", fgColor=_HEADING_COLOUR)
    wrapped = Alignment(wrap_text=True, vertical="top")
    if sheet.headings:
        heads = [_cell(made, text) for text in sheet.headings]
        for head in heads:
            head.font, head.fill, head.alignment = bold, fill, wrapped
        made.append(heads)
    for row in sheet.rows:
        made.append([value if _is_plain(value) else _cell(made, value) for value in row])


def _is_plain(value: Value) -> bool:
    """Whether the library writes it as it should be by itself, three times as fast."""
    if isinstance(value, str):
        return len(value) <= WIDEST and value[:1] not in _SIGNS and value.isprintable()
    return not isinstance(value, date)


def _cell(sheet: Any, value: Value) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if not isinstance(value, str):
        cell: Any = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # the stub forgets plain dates
        if isinstance(value, date):
            cell.number_format = _MOMENT if isinstance(value, datetime) else _DATE
        return cell
    text = _NOT_IN_XML.sub("", value)[:LONGEST_TEXT]
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # «=1+1» is what somebody wrote, not what is to be worked out
    if text[:1] in _SIGNS:
        cell.quotePrefix = True  # and it stays so when the cell is typed into again, or saved as CSV and opened
    if len(text) > WIDEST or "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(sheet: Sheet) -> list[int]:
    """As wide as the longest line of each column, within bounds."""
    columns = max([len(sheet.headings), *(len(row) for row in sheet.rows)], default=0)
    widths = [NARROWEST] * columns
    for row in (sheet.headings, *sheet.rows):
        for place, value in enumerate(row):
            widths[place] = max(widths[place], min(WIDEST, _length(value) + 2))
    return widths


def _length(value: Value) -> int:
    if isinstance(value, datetime):
        return len(_MOMENT)
    if isinstance(value, date):
        return len(_DATE)
    return max((len(line) for line in str(value).splitlines()), default=0) if value is not None else 0
