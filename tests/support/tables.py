"""Lists as people send them, for tests about the registry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("ФИО", "Организация", "Должность", "Предметы", "Телефон", "Работает с")
ANNA = ("Иванова Анна Петровна", "МОУ «Лицей № 1»", "Учитель", "Математика", "8 (902) 123-45-67", "01.09.2015")
BORIS = ("Петров Борис Ильич", "Детский сад № 12 «Ёлочка»", "Воспитатель", None, None, None)


def xlsx(*rows: Sequence[Any], title: str = "Люди") -> bytes:
    """A workbook of one sheet, made as Excel makes it."""
    return workbook({title: rows})


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of several sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv(*rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    """A CSV file."""
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def opened(data: bytes) -> openpyxl.Workbook:
    """What the bot sent, opened."""
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """What stands in a sheet."""
    return [tuple(cell for cell in row) for row in sheet.iter_rows(values_only=True)]


def bomb(megabytes: int) -> bytes:
    """A workbook whose one sheet unpacks to so many megabytes of nothing."""
    packed = io.BytesIO(xlsx(HEADINGS, ANNA))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as member:
        for _ in range(megabytes):
            member.write(b" " * 1024 * 1024)
    return packed.getvalue()
