"""«Ознакомлен(а)»: people say that they have read it, the coordinator sees who has and reminds the others."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from models import Acknowledgement, Person
from sandbox import Visitor
from tests.support.announcements import TEXT, announce, heard, looks_again, open_report
from tests.support.events import network_of
from tests.support.house import House
from tests.support.notices import enrolled


@pytest.fixture
async def people(watched: House) -> list[Visitor]:
    return await enrolled(watched, "Анна", "Борис", "Клара", "Дина")


@pytest.fixture
async def network_id(watched: House, people: list[Visitor]) -> int:
    """The mathematicians: Anna leads, Boris, Clara and Dina are among them."""
    anna, *members = people
    return await network_of(watched, anna, *members)


@pytest.fixture(autouse=True)
async def no_faults(watched: House) -> AsyncIterator[None]:
    yield
    assert watched.world.faults == []


async def test_one_says_so_once_and_the_message_keeps_it(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id, wants_acknowledgement=True)
    await watched.delivers()
    told = boris.screen
    assert told.buttons == ["✍️ Ознакомлен(а)", "👥 О сети", "☰ Меню"]
    await boris.taps("Ознакомлен(а)")
    assert boris.toast == "Отмечено: вы ознакомлены"
    assert boris.screen.buttons == ["✅ Вы ознакомлены", "👥 О сети", "☰ Меню"]
    assert boris.screen.text == told.text
    watched.passes(timedelta(days=60))
    await boris.taps("Вы ознакомлены")
    assert boris.toast == "Вы уже отметили, что ознакомлены"
    async with watched.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Acknowledgement)) == 1
    await open_report(anna)
    assert "✍️ Ознакомились: 1 из 3" in anna.sees


async def test_only_who_it_was_for_can_say_so(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, clara, _ = people
    (stranger,) = await enrolled(watched, "Жанна")
    await stranger.says("/menu")
    wanted = await announce(watched, anna, network_id, wants_acknowledgement=True)
    plain = await announce(watched, anna, network_id, "Ещё одно")
    await watched.delivers()
    await stranger.presses(stranger.screen, f"ak:{wanted}")
    assert stranger.alert is not None
    await stranger.presses(stranger.screen, f"av:{wanted}")
    assert stranger.alert is not None
    await boris.presses(boris.screen, f"ak:{plain}")
    assert boris.alert is not None, "nobody asked for it"
    await open_report(anna)
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    await clara.presses(clara.screen, f"av:{plain}")
    assert "отозвано" in (clara.alert or "")
    async with watched.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Acknowledgement)) == 0


async def test_the_coordinator_sees_who_has_and_reminds_the_others_once_a_day(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara, dina = people
    by = watched.clock.now() + timedelta(days=5)
    await announce(watched, anna, network_id, wants_acknowledgement=True, acknowledge_by=by)
    await watched.delivers()
    assert boris.sees.endswith(f"{TEXT}\n\n✍️ Отметьте, пожалуйста, что ознакомились, до 25 ноября, ср, 10:00.")
    await boris.taps("Ознакомлен(а)")
    await open_report(anna)
    assert "Срок ознакомления: 25 ноября, ср, 10:00" in anna.sees
    await anna.taps("Кто ознакомился")
    assert anna.sees.startswith("⏳ Ещё не ознакомились: 2")
    assert "1. Влова Клара Петровна" in anna.sees
    assert "2. Глова Дина Петровна" in anna.sees
    await anna.taps("Ознакомились · 1")
    assert "1. Блова Борис Петровна" in anna.sees
    await anna.taps("Ещё нет · 2")
    await anna.taps("Напомнить им")
    assert anna.toast == "Напомню 2 людям"
    await anna.taps("Напомнить им")
    assert anna.toast == "Сегодня им уже напоминали"
    await dina.taps("Ознакомлен(а)")  # before the reminder goes out
    before = {one: len(one.messages) for one in (boris, clara, dina)}
    await watched.delivers()
    assert {one: len(one.messages) - count for one, count in before.items()} == {boris: 0, clara: 1, dina: 0}
    assert "Отметьте, пожалуйста, что ознакомились" in clara.sees
    assert TEXT in clara.sees
    assert "Срок: 25 ноября" in clara.sees
    reminder = clara.screen
    await clara.taps("Прочитать")
    assert TEXT in heard(clara)[-1]
    assert len(heard(clara)) == 2
    await clara.taps("Ознакомлен(а)", message=reminder)
    assert clara.toast == "Отмечено: вы ознакомлены"
    await anna.taps("Ознакомились · ")
    assert anna.sees.startswith("✍️ Ознакомились: 3")
    await anna.taps("Ещё нет · 0")
    assert "Все, кто получил, ознакомились." in anna.sees
    assert "Напомнить" not in " ".join(anna.buttons)


async def test_tomorrow_they_may_be_reminded_again(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id, wants_acknowledgement=True)
    await watched.delivers()
    await open_report(anna)
    await anna.taps("Кто ознакомился")
    await anna.taps("Напомнить им")
    await watched.delivers()
    watched.passes(timedelta(days=1))
    before = len(boris.messages)
    await anna.taps("Напомнить им")
    assert anna.toast == "Напомню 3 людям"
    await watched.delivers()
    assert len(boris.messages) == before + 1


@pytest.mark.parametrize(("readers", "says"), [(1, "Не ознакомились 2 человека"), (3, "Ознакомились все")])
async def test_when_the_time_is_over_the_author_is_told_once(
    watched: House, people: list[Visitor], network_id: int, readers: int, says: str
) -> None:
    anna, *members = people
    by = watched.clock.now() + timedelta(hours=4)
    await announce(watched, anna, network_id, wants_acknowledgement=True, acknowledge_by=by)
    await watched.delivers()
    for member in members[:readers]:
        await member.taps("Ознакомлен(а)")
    before = len(anna.messages)
    watched.passes(timedelta(hours=5))
    await watched.delivers()
    watched.passes(timedelta(hours=5))
    await watched.delivers()
    assert len(anna.messages) == before + 1
    assert "Срок ознакомления прошёл" in anna.sees
    assert says in anna.sees
    await anna.taps("Отчёт")
    assert f"✍️ Ознакомились: {readers} из 3" in anna.sees
    await members[2].taps("ознаком" if readers == 3 else "Ознакомлен(а)")
    assert members[2].toast is not None, "the button works after the time too"


async def test_a_correction_keeps_what_was_acknowledged(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, clara, _ = people
    await announce(watched, anna, network_id, wants_acknowledgement=True)
    await watched.delivers()
    await boris.taps("Ознакомлен(а)")
    await open_report(anna)
    await anna.taps("Исправить текст")
    await anna.says("Иначе")
    await anna.taps("Готово")
    await anna.taps("Исправить у всех")
    await watched.delivers()
    assert boris.screen.buttons[0] == "✅ Вы ознакомлены"
    assert clara.screen.buttons[0] == "✍️ Ознакомлен(а)"


async def test_the_table_has_everybody_with_real_dates(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, clara, _ = people
    async with watched.db.write() as session:
        dina = (await session.scalars(select(Person).where(Person.full_name.contains("Дина")))).one()
        dina.full_name = "=1+1"
    await clara.blocks()
    await announce(watched, anna, network_id, wants_acknowledgement=True)
    await watched.delivers()
    await boris.taps("Ознакомлен(а)")
    await open_report(anna)
    await looks_again(watched)
    await anna.taps("По сетям и организациям")
    assert ", ознакомились 1" in anna.sees
    await anna.taps("Скачать XLSX")
    message = anna.messages[-1]
    assert message.media == "document"
    sheet = load_workbook(io.BytesIO(message.data or b"")).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:5] == ("№", "ФИО", "Организация", "Сеть", "Состояние")
    assert [row[1] for row in rows] == ["=1+1", "Блова Борис Петровна", "Влова Клара Петровна"]
    assert [row[4] for row in rows] == ["доставлено", "доставлено", "остановил(а) бота"]
    assert [row[6] for row in rows] == ["нет", "да", "нет"]
    assert rows[1][3] == "Учителя математики"
    assert isinstance(rows[1][5], datetime)
    assert rows[1][5].hour == 10, "as the clock in the centre showed it"
    assert isinstance(rows[1][7], datetime)
    assert rows[2][5] is None
    assert sheet["B2"].data_type == "s", "a name is no formula"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H4"
