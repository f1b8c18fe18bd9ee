"""Whoever registers is recognised among the centre's lists; a network's members are taken out as a table."""

from __future__ import annotations

from sqlalchemy import select

from models import RegistryEntry
from sandbox import Visitor
from tests.support.events import NETWORK, network_of
from tests.support.house import House, register
from tests.support.stories import count, deeds, first_line, from_bot, person_of
from tests.support.tables import BORIS, HEADINGS, csv, opened, rows_of

HERE = "Лицей № 1"
"""What everybody proposes at the registration of these tests."""


async def _brings(vera: Visitor, *rows: tuple[str, ...]) -> None:
    await vera.sends_file("люди.csv", csv(HEADINGS[: len(rows[0])], *rows))
    await vera.taps("✅ Загрузить")
    assert first_line(vera) == "Список загружен"


async def _tied(house: House) -> list[int | None]:
    async with house.db.read() as session:
        return list(await session.scalars(select(RegistryEntry.person_id).order_by(RegistryEntry.id)))


async def test_a_person_of_the_list_is_recognised_without_a_word(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await _brings(vera, ("Иванова Анна Петровна", HERE))
    await register(anna)
    await watched.delivers()
    assert first_line(vera) == "Список загружен"  # nobody is asked
    assert await _tied(watched) == [(await person_of(watched, anna)).id]
    await vera.says("/admin")
    await vera.taps("Реестр")
    assert "Людей в списках центра: 1, из них уже в боте: 1" in vera.sees
    assert (await deeds(watched)).count("registry.recognise") == 1


async def test_a_doubtful_one_is_settled_from_the_notification(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await _brings(vera, ("Иванова А. П.", HERE, "Учитель"), ("Иванова Анна Петровна", "Гимназия № 11", "Завуч"))
    await register(anna)
    await watched.delivers()
    assert first_line(vera) == "Кто это из списка?"
    assert "Зарегистрирован(а): Иванова Анна Петровна" in vera.sees
    assert "1. Иванова Анна Петровна — Гимназия № 11, Завуч" in vera.sees
    assert "2. Иванова А. П. — Лицей № 1, Учитель" in vera.sees
    asked = vera.screen
    await vera.taps("✅ Это 2")
    assert "Иванова Анна Петровна — это Иванова А. П. из списка, Лицей № 1." in vera.sees
    assert await _tied(watched) == [(await person_of(watched, anna)).id, None]
    await vera.presses(asked, "gs:1:2")
    assert "Уже решено, кто это" in (vera.alert or "")
    await vera.says("/admin")
    await vera.taps("Реестр")
    assert not any("Кто это" in label for label in vera.buttons)


async def test_nobody_of_the_list_is_asked_about_again_under_another_name(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await register(anna, "Иванова А П")
    await _brings(vera, ("Иванова Анна Петровна", HERE), ("Серова Анна Петровна", "Гимназия № 11"))
    assert "Про некоторых участников нужно сказать" in vera.sees
    await vera.taps("Кто это? · 1")
    await vera.taps("1. Иванова А П")
    await vera.taps("Никто из них")
    assert "никто из списка" in vera.sees
    await vera.taps("‹ Назад")
    assert "Все узнаны, решать нечего" in vera.sees
    assert await _tied(watched) == [None, None]
    await anna.says("/profile")
    await anna.taps("ФИО")
    await anna.says("Серова Анна Петровна")
    await watched.delivers()
    assert first_line(vera) == "Кто это из списка?"
    await vera.taps("✅ Это 1")
    assert await _tied(watched) == [None, (await person_of(watched, anna)).id]


async def test_the_members_of_a_network_as_a_table(watched: House) -> None:
    anna, boris, clara = (watched.visitor(name) for name in ("Анна", "Борис", "Клара"))
    await register(anna, "Иванова Анна Петровна", experience="7")
    await register(boris, "Петров Борис Ильич")
    await register(clara, "Кузнецова Клара Львовна")
    network_id = await network_of(watched, boris, anna)
    await boris.says("/manage")
    await boris.taps(NETWORK)
    await boris.taps("Участники ·")
    await boris.taps("Скачать в XLSX")
    view = next(view for view in reversed(from_bot(boris)) if view.file is not None)
    assert view.file is not None
    assert view.data is not None
    assert view.file.name == "Участники сети.xlsx"
    assert view.text == f"Участники «{NETWORK}»\n\n1 участник"
    sheet = opened(view.data).worksheets[0]
    (heads, row) = rows_of(sheet)
    assert heads == ("ФИО", "Организация", "Должность", "Предметы", "Стаж, лет", "В сети с")
    assert row[:5] == ("Иванова Анна Петровна", HERE, "Учитель", "Математика", 7)
    assert sheet["F2"].is_date
    await boris.taps("‹ Назад", message=view)
    assert first_line(boris).startswith("Участники")
    await clara.presses(clara.screen, f"gm:{network_id}")
    assert clara.alert
    assert (await deeds(watched)).count("network.export") == 1


async def test_in_english(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/settings")
    await vera.taps("English")
    await vera.says("/admin")
    await vera.taps("Registry")
    await vera.taps("Load from a file")
    await vera.taps("A template")
    view = next(view for view in reversed(from_bot(vera)) if view.file is not None)
    assert view.data is not None
    assert opened(view.data).sheetnames == ["People", "Organisations", "Explanations"]
    await vera.sends_file("template.xlsx", view.data)
    assert "not a single row" in vera.sees
    rows = [
        ("Full name", "Organisation", "Works since"),
        ("Серова Вера", "Lyceum", "never"),
        (BORIS[0], "Lyceum", "2015"),
    ]
    await vera.sends_file("list.csv", csv(*rows))
    assert "1 row is wrong" in vera.sees
    await vera.taps("✅ Load")
    assert first_line(vera) == "The list is loaded"
    assert await count(watched, RegistryEntry) == 1
