"""Whatever is sent as a list gets a clear answer: read rightly, or refused with the reason."""

from __future__ import annotations

import asyncio
import io
import time
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from models import OrganisationKind
from services import registry, workbooks
from services.errors import RegistryFileRefused
from services.registry import Checked, reading
from services.workbooks import Sheet
from tests.support.tables import ANNA, BORIS, HEADINGS, bomb, csv, opened, rows_of, saved, workbook, xlsx

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).replace(tzinfo=None)
"""As spreadsheets keep moments: of no zone."""


async def examined(data: bytes) -> Checked:
    """What is in a file."""
    return await registry.examine(data, now=NOW)


async def refusal_of(data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(RegistryFileRefused) as caught:
        await examined(data)
    return str(caught.value.values["reason"])


@pytest.mark.parametrize(
    "data",
    [
        csv(HEADINGS, ANNA, BORIS),
        csv(HEADINGS, ANNA, BORIS, encoding="utf-8-sig"),
        csv(HEADINGS, ANNA, BORIS, encoding="cp1251"),
        csv(HEADINGS, ANNA, BORIS, encoding="utf-16"),
        csv(HEADINGS, ANNA, BORIS, delimiter="\t"),
        xlsx(("Список педагогов на 1 сентября",), (), HEADINGS, ANNA, (), BORIS),
        xlsx((" фио  сотрудника", "Место работы", "должность ", "Преподаваемые предметы"), ANNA[:4], BORIS[:4]),
        xlsx(
            ("№", "Фамилия", "Имя", "Отчество", "Организация"),
            (1, "Иванова", "Анна", "Петровна", ANNA[1]),
            (2, "Петров", "Борис", "Ильич", BORIS[1]),
        ),
    ],
    ids=["utf-8", "bom", "cp1251", "utf-16", "tabs", "a line above", "other headings", "three columns"],
)
async def test_the_same_list_in_many_forms(data: bytes) -> None:
    checked = await examined(data)
    assert checked.wrong == []
    assert [(line.full_name, line.organisation) for line in checked.people] == [ANNA[:2], BORIS[:2]]


async def test_merged_cells_are_meant_for_each_of_their_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADINGS, ANNA, (BORIS[0],), ("Серова Вера",), (), BORIS)))
    book.active.merge_cells("B2:B5")  # type: ignore[union-attr]  # there is a sheet
    book.active.merge_cells("C2:D2")  # type: ignore[union-attr]  # across: the other cells are simply empty
    checked = await examined(saved(book))
    assert [line.organisation for line in checked.people] == [ANNA[1], ANNA[1], ANNA[1], BORIS[1]]
    assert [line.full_name for line in checked.people][2] == "Серова Вера"
    assert checked.wrong == []


async def test_formulas_give_their_results_or_are_wrong() -> None:
    data = xlsx(HEADINGS, ("Иванова Анна", "=CONCATENATE(A1)"), ("Петров Борис", "Лицей № 1", "#N/A"))
    checked = await examined(data)
    assert checked.people == []
    assert [(one.number, one.key, one.values["column"]) for one in checked.wrong] == [
        (2, "registry-wrong-formula", "Организация"),
        (3, "registry-wrong-formula", "Должность"),
    ]
    with_result = _with_result(data, b"<v></v>", "Лицей № 7")
    assert [line.organisation for line in (await examined(with_result)).people] == ["Лицей № 7"]


def _with_result(data: bytes, empty: bytes, result: str) -> bytes:
    """The workbook as Excel saves it: with the results of formulas."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(written, "w") as archive:
        for name in was.namelist():
            part = was.read(name)
            if name.startswith("xl/worksheets/"):
                assert b"<v></v>" in part or b"<v />" in part or b"<v/>" in part
                for form in (b"<v></v>", b"<v />", b"<v/>"):
                    part = part.replace(form, f"<v>{result}</v>".encode())
                part = part.replace(b'<c r="B2">', b'<c r="B2" t="str">')
            archive.writestr(name, part)
    return written.getvalue()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2015, 9, 1), date(2015, 9, 1)),
        (NOON.replace(year=2015, month=9, day=1), date(2015, 9, 1)),
        (42248, date(2015, 9, 1)),  # how a spreadsheet counts that day
        ("42248", date(2015, 9, 1)),
        (42248.0, date(2015, 9, 1)),
        ("1.9.2015", date(2015, 9, 1)),
        ("2015-09-01", date(2015, 9, 1)),
        (2015, date(2015, 1, 1)),
        (None, None),
    ],
)
async def test_dates_however_they_are_kept(cell: Any, day: date | None) -> None:
    checked = await examined(xlsx(HEADINGS, (*ANNA[:5], cell)))
    assert [line.works_since for line in checked.people] == [day]


@pytest.mark.parametrize("cell", ["давно", "31.02.2015", "01.09.2031", 12, 99999, "1915"])
async def test_what_is_no_date_is_told(cell: Any) -> None:
    checked = await examined(xlsx(HEADINGS, (*ANNA[:5], cell)))
    assert [(one.key, one.values["column"]) for one in checked.wrong] == [("registry-wrong-day", "Работает с")]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (89021234567, "+79021234567"),
        (9021234567.0, "+79021234567"),
        ("+7 902 123-45-67", "+79021234567"),
        ("4-12-34", "41234"),
        (None, None),
    ],
)
async def test_phones_however_they_are_written(cell: Any, phone: str | None) -> None:
    checked = await examined(xlsx(HEADINGS, (*ANNA[:4], cell, None)))
    assert [line.phone for line in checked.people] == [phone]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (("Иванова Анна", None), "registry-wrong-empty"),
        ((None, "Лицей № 1"), "registry-wrong-empty"),
        (("Иванова Анна", "№"), "registry-wrong-title"),
        (("Иванова Анна", date(2026, 1, 2)), "registry-wrong-date-here"),  # «1-2» as Excel likes to take it
        (("Иванова Анна", "Лицей № 1", "Ж" * 101), "registry-wrong-long"),
        (("Иванова 2 Анна", "Лицей № 1"), "registration-name-wrong-letters"),
        (("Иванова Анна", "Лицей № 1", None, None, "12"), "registry-wrong-phone"),
    ],
)
async def test_a_wrong_row_says_what_is_wrong(row: tuple[Any, ...], key: str) -> None:
    checked = await examined(xlsx(HEADINGS, BORIS, row))
    assert [line.full_name for line in checked.people] == [BORIS[0]]
    assert [(one.number, one.key) for one in checked.wrong] == [(3, key)]


async def test_the_same_person_twice_is_taken_once() -> None:
    twice = ("ИВАНОВА  анна петровна", "лицей №1", *ANNA[2:])
    namesake = (ANNA[0], BORIS[1])
    checked = await examined(xlsx(HEADINGS, ANNA, BORIS, twice, namesake))
    assert [line.organisation for line in checked.people] == [ANNA[1], BORIS[1], BORIS[1]]
    assert [(one.number, one.key, one.values) for one in checked.wrong] == [
        (4, "registry-wrong-repeated", {"row": "2"})
    ]


async def test_organisations_with_their_kinds() -> None:
    checked = await examined(
        xlsx(
            ("Название", "Вид", "Адрес"), ("Лицей № 1", "ДОУ", "Мира, 5"), ("МБОУ «Лицей №1»", None), ("Ковчег", "храм")
        )
    )
    assert [(one.title, one.kind, one.address) for one in checked.organisations] == [
        ("Лицей № 1", OrganisationKind.KINDERGARTEN, "Мира, 5")
    ]
    assert [one.key for one in checked.wrong] == ["registry-wrong-repeated", "registry-wrong-kind"]


async def test_fifty_columns_are_no_trouble_and_the_unknown_ones_are_named() -> None:
    extra = [f"Показатель {number}" for number in range(44)]
    checked = await examined(xlsx((*HEADINGS, *extra), (*ANNA, *range(44))))
    assert len(checked.people) == 1
    assert checked.unknown == extra
    assert await refusal_of(xlsx((*HEADINGS, *(f"П{number}" for number in range(100))), ANNA)) == "wide"


async def test_a_bomb_is_refused_unopened() -> None:
    data = bomb(200)
    assert len(data) < 1024 * 1024
    began = time.process_time()
    assert await refusal_of(data) == "huge"
    assert time.process_time() - began < 1  # of this process: people are being served in it


async def test_entities_that_blow_up_are_refused() -> None:
    data = io.BytesIO(xlsx(HEADINGS, ANNA))
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><sheetData>&l9;</sheetData></worksheet>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(data) as was, zipfile.ZipFile(written, "w") as archive:
        for name in was.namelist():
            archive.writestr(name, sheet if name.startswith("xl/worksheets/") else was.read(name))
    assert await refusal_of(written.getvalue()) in {"broken", "huge"}


async def test_a_sheet_that_lies_about_its_size_is_read_by_its_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, ANNA):
        sheet.append(list(row))
    sheet["A30000"] = "Серова Вера Ильинична"
    sheet["B30000"] = "Лицей № 1"
    checked = await examined(saved(book))
    assert len(checked.people) == 2


async def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.01)
    assert await refusal_of(xlsx(HEADINGS, ANNA)) == "huge"


async def test_too_many_rows_are_refused() -> None:
    rows = [(f"Иванова Анна {'абвгдеж'[number % 7]}", f"Лицей {number}") for number in range(20_001)]
    assert await refusal_of(csv(HEADINGS[:2], *rows)) == "long"


async def test_people_are_served_while_a_long_list_is_read() -> None:
    letters = "абвгдежзик"
    names = [f"Иванова{a}{b}{c}{d} Анна" for a in letters for b in letters for c in letters for d in letters]
    data = await workbooks.make([Sheet("Люди", HEADINGS[:2], [(name, "Лицей № 1") for name in names])])
    longest = 0.0
    reading_ = asyncio.ensure_future(examined(data))
    while not reading_.done():
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - before)
    assert len((await reading_).people) == 10_000
    print(f"10 000 rows; longest pause of others: {longest * 1000:.0f} ms")
    assert longest < 2


def test_a_workbook_is_formatted_and_never_computes() -> None:
    signs = ["=1+1", "+1", "-1", "@SUM(A1)", "обычное", "плохой\x00знак"]
    rows = [(sign, 5, 2.5, date(2026, 11, 20), NOON, None) for sign in signs]
    sheet = Sheet("Люди: [все]/часть*", ("Что", "Целое", "Дробь", "День", "Время", "Ничего"), rows)
    made = opened(workbooks.workbook([sheet])).worksheets[0]
    assert made.title == "Люди   все  часть"
    assert rows_of(made)[1] == ("=1+1", 5, 2.5, NOON.replace(hour=0), NOON, None)
    assert [made.cell(row, 1).data_type for row in range(2, 8)] == ["s"] * 6
    assert [bool(made.cell(row, 1).quotePrefix) for row in range(2, 8)] == [True] * 4 + [False] * 2
    assert made.cell(7, 1).value == "плохойзнак"
    assert (made["D2"].number_format, made["E2"].number_format) == ("dd.mm.yyyy", "dd.mm.yyyy hh:mm")
    assert (made.freeze_panes, made.auto_filter.ref, made["A1"].font.bold) == ("A2", "A1:F7", True)


def test_an_empty_workbook_opens() -> None:
    book = opened(workbooks.workbook([Sheet("", (), ())]))
    assert rows_of(book.worksheets[0]) in ([], [()])
    assert workbook({"Люди": [HEADINGS]})
