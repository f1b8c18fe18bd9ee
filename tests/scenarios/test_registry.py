"""The administrator brings the centre's lists into the registry, and takes them out again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Organisation, RegistryEntry
from sandbox import Visitor
from tests.support.house import House, register
from tests.support.stories import count, deeds, first_line, from_bot, restarted
from tests.support.tables import ANNA, BORIS, HEADINGS, csv, opened, rows_of, saved, workbook, xlsx


def sent(visitor: Visitor) -> tuple[str, bytes]:
    """The newest file that the bot has sent: its name and what is in it."""
    view = next(view for view in reversed(from_bot(visitor)) if view.file is not None)
    assert view.file is not None
    assert view.data is not None
    return view.file.name, view.data


async def test_a_list_is_checked_taken_and_taken_again(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/admin")
    await vera.taps("Реестр")
    assert first_line(vera) == "Реестр"
    await vera.taps("Загрузить из файла")
    assert first_line(vera) == "Загрузка списка"
    wrong = ("Сидоров", "Лицей 1", "Учитель", None, None, None)
    list_ = workbook(
        {
            "Люди": [HEADINGS, ANNA, BORIS, wrong, ANNA],
            "Организации": [
                ("Организация", "Вид", "Адрес", "Сайт"),
                ("МОУ «Лицей № 1»", "школа", "ул. Мира, 5", "x.ru"),
            ],
        }
    )
    await vera.sends_file("Список.xlsx", list_)
    assert first_line(vera) == "Список «Список.xlsx» проверен"
    assert (
        "Организации — новых: 1, изменятся: 1, без изменений: 0" in vera.sees
    )  # hers was proposed at her registration
    assert "Люди — новых: 2, изменятся: 0, без изменений: 0" in vera.sees
    assert "С ошибками 2 строки" in vera.sees
    assert "• Детский сад № 12 «Ёлочка»" in vera.sees
    assert "Не загружаются колонки: Сайт" in vera.sees
    assert await count(watched, RegistryEntry) == 0
    name, data = sent(vera)
    assert name == "Строки с ошибками.xlsx"
    told = [row[:4] for row in rows_of(opened(data).worksheets[0])]
    assert told == [
        ("Лист", "Строка", "Что не так", "A"),
        ("Люди", 4, "Одного слова мало: напишите фамилию, имя и отчество через пробел.", "Сидоров"),
        ("Люди", 5, "То же самое уже есть в строке 2", "Иванова Анна Петровна"),
    ]
    preview = vera.screen
    await vera.taps("✅ Загрузить")
    assert first_line(vera) == "Список загружен"
    assert "Не загружены 2 строки" in vera.sees
    assert await count(watched, RegistryEntry) == 2
    await vera.presses(preview, "gt")  # an impatient second tap
    assert "Люди — новых: 0, изменятся: 0, без изменений: 2" in vera.sees
    assert (await deeds(watched)).count("registry.import") == 1
    async with watched.db.read() as session:
        lyceum, garden = await session.scalars(select(Organisation).order_by(Organisation.id))
        anna, boris = await session.scalars(select(RegistryEntry).order_by(RegistryEntry.id))
    assert (lyceum.address, lyceum.kind.value, garden.kind.value) == ("ул. Мира, 5", "school", "kindergarten")
    assert lyceum.confirmed_at is not None
    assert (anna.phone, str(anna.works_since), anna.organisation_id) == ("+79021234567", "2015-09-01", lyceum.id)
    assert boris.organisation_id == garden.id

    await vera.sends_file("Список.xlsx", list_)
    assert "Загружать нечего" in vera.sees
    assert not any("Загрузить" in label for label in vera.screen.buttons)
    moved = (*ANNA[:2], "Завуч", None, None, None)
    await vera.sends_file("Список.csv", csv(HEADINGS, moved))
    assert "Люди — новых: 0, изменятся: 1, без изменений: 0" in vera.sees
    await vera.taps("✅ Загрузить")
    async with watched.db.read() as session:
        anna, _ = await session.scalars(select(RegistryEntry).order_by(RegistryEntry.id))
    assert (anna.position, anna.subjects, anna.phone) == (
        "Завуч",
        "Математика",
        "+79021234567",
    )  # empty cells erase nothing


async def test_the_template_is_filled_in_and_sent_back(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Загрузить из файла")
    await vera.taps("Образец таблицы")
    name, data = sent(vera)
    assert name == "Образец реестра.xlsx"
    book = opened(data)
    assert book.sheetnames == ["Люди", "Организации", "Пояснения"]
    await vera.sends_file(name, data)
    assert first_line(vera) == "Список не загружен"
    assert "ни одной строки" in vera.sees
    book["Люди"].append(list(ANNA))
    await vera.sends_file(name, saved(book))
    assert "Люди — новых: 1" in vera.sees


async def test_what_was_taken_out_changes_nothing_when_it_comes_back(watched: House) -> None:
    vera = await watched.administrator()
    risky = ("Иванова Анна Петровна", "МОУ «Лицей № 1»", "=2+2", "@математика", "8 (902) 123-45-67", "01.09.2015")
    await vera.sends_file("люди.csv", csv(HEADINGS, risky, BORIS))
    await vera.taps("✅ Загрузить")
    await vera.taps("‹ Назад")
    await vera.taps("Скачать в XLSX")
    name, data = sent(vera)
    assert name == "Реестр.xlsx"
    people = opened(data)["Люди"]
    assert people["C2"].value == "=2+2"
    assert people["C2"].data_type == "s"  # not «f»: nothing is worked out
    assert people["F2"].is_date
    assert (people.freeze_panes, people.auto_filter.ref) == ("A2", "A1:G3")
    assert people.column_dimensions["A"].width > 20
    assert rows_of(opened(data)["Организации"])[1:] == [
        ("Детский сад № 12 «Ёлочка»", "Детский сад", None, 0),
        ("Лицей № 1", "Другое", None, 1),  # as she proposed it
    ]
    await vera.sends_file(name, data)
    assert "Загружать нечего" in vera.sees
    assert "registry.export" in await deeds(watched)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("пусто.csv", b"", "ни одной строки"),
        ("пусто.xlsx", xlsx(HEADINGS), "ни одной строки"),
        ("фото.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "повреждён"),
        ("половина.xlsx", xlsx(HEADINGS, ANNA)[:-300], "повреждён"),
        ("старый.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "старого Excel"),
        ("другое.xlsx", xlsx(("Дата", "Сумма"), ("1", "2")), "нет знакомых колонок"),
        ("битый.csv", csv(HEADINGS, ANNA)[:-3] + b"\xff\xfe\xd0", "Буквы в файле"),
    ],
)
async def test_a_file_that_is_no_list_is_refused(watched: House, name: str, data: bytes, reason: str) -> None:
    vera = await watched.administrator()
    await vera.sends_file(name, data)
    assert first_line(vera) == "Список не загружен"
    assert reason in vera.sees
    assert await count(watched, RegistryEntry) == 0


async def test_a_large_file_is_refused_before_it_is_fetched(watched: House) -> None:
    vera = await watched.administrator()
    await vera.sends_file("большой.xlsx", bytes(25 * 1024 * 1024))
    assert "Файл больше 20 МБ" in vera.sees
    assert await count(watched, RegistryEntry) == 0


async def test_only_the_administrator_brings_lists(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await register(anna)
    await vera.sends_file("люди.csv", csv(HEADINGS, BORIS))
    preview = vera.screen
    await anna.sends_file("люди.csv", csv(HEADINGS, BORIS))
    assert "проверен" not in anna.sees
    for data in ("gr", "gi", "ge", "gt", "gx", "gl:0", "go:1", "gs:1:0", "gm:1"):
        await anna.presses(anna.screen, data)
        assert anna.alert, data
    assert await count(watched, RegistryEntry) == 0
    await restarted(watched).again(watched.updates[-1])
    watched.world.faults.clear()  # its button had been answered before the crash
    await vera.taps("✅ Загрузить", message=preview)
    assert await count(watched, RegistryEntry) == 1


async def test_a_list_that_went_away_is_asked_for_again(watched: House) -> None:
    vera = await watched.administrator()
    await vera.sends_file("люди.csv", csv(HEADINGS, BORIS))
    await vera.taps("✅ Загрузить", inaccessible=True)
    assert "Пришлите его ещё раз" in (vera.alert or "")
    watched.world.fail_next("getFile", 400, times=1)
    await vera.sends_file("люди.csv", csv(HEADINGS, BORIS))
    assert "Пришлите его ещё раз" in vera.sees
    assert await count(watched, RegistryEntry) == 0
