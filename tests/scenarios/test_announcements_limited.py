"""Nobody is swamped by announcements: what is too much for a day comes in one digest; a muted network is silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from models import Importance
from sandbox import Visitor
from tests.support.announcements import announce, heard, looks_again, open_report
from tests.support.events import network_of
from tests.support.house import House
from tests.support.notices import enrolled


@pytest.fixture
async def people(watched: House) -> list[Visitor]:
    return await enrolled(watched, "Анна", "Борис", "Клара")


@pytest.fixture
async def network_id(watched: House, people: list[Visitor]) -> int:
    """The mathematicians: Anna leads, Boris and Clara are among them."""
    anna, *members = people
    return await network_of(watched, anna, *members)


@pytest.fixture(autouse=True)
async def no_faults(watched: House) -> AsyncIterator[None]:
    yield
    assert watched.world.faults == []


async def announces(house: House, anna: Visitor, network_id: int, numbers: range) -> None:
    for number in numbers:
        await announce(house, anna, network_id, f"Объявление номер {number}")
        await house.delivers()


async def test_the_sixth_of_a_day_comes_in_the_evening(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, _ = people
    await announces(watched, anna, network_id, range(1, 8))
    assert [text[-1] for text in heard(boris)] == list("12345")
    await open_report(anna)
    assert "⏳ Ещё в пути: 2" in anna.sees
    assert "🗞 Из них придут вечером одной подборкой: 2" in anna.sees
    watched.passes(timedelta(hours=7, minutes=59))
    await watched.delivers()
    assert len(heard(boris)) == 5
    watched.passes(timedelta(minutes=1))
    await watched.delivers()
    assert boris.sees.startswith("🗞 Ещё 2 объявления за день")
    assert "1. Учителя математики: Объявление номер 6" in boris.sees
    assert "2. Учителя математики: Объявление номер 7" in boris.sees
    await looks_again(watched)
    assert "✅ Доставлено: 2 из 2" in anna.sees, "what a digest told is delivered"
    digest = boris.screen
    await boris.taps("2. Объявление номер 7")
    assert heard(boris)[-1].endswith("Объявление номер 7")
    watched.passes(timedelta(minutes=30))
    await watched.delivers()
    assert [text[-1] for text in heard(boris)] == list("123457"), "nothing comes twice"
    assert digest.message_id < boris.screen.message_id


async def test_whoever_does_without_announcements_meanwhile_gets_no_digest(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara = people
    await announces(watched, anna, network_id, range(1, 7))
    await boris.says("/settings")
    await boris.taps("О чём сообщать")
    await boris.taps("🔔 Объявления моих сетей")
    watched.passes(timedelta(hours=8))
    await watched.delivers()
    assert clara.sees.startswith("🗞 Ещё 1 объявление за день")
    assert not any(message.text.startswith("🗞") for message in boris.messages)
    watched.passes(timedelta(minutes=2))
    await watched.delivers()
    assert [text[-1] for text in heard(boris)] == list("12345")
    await open_report(anna)
    assert "✅ Доставлено: 1 из 2" in anna.sees
    assert "🔕 Отключили объявления: 1" in anna.sees


async def test_after_the_digest_the_next_one_comes_in_the_morning(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, _ = people
    await announces(watched, anna, network_id, range(1, 6))
    watched.passes(timedelta(hours=9))  # 19:00
    await announces(watched, anna, network_id, range(6, 7))
    assert len(heard(boris)) == 5
    watched.passes(timedelta(hours=11, minutes=59))
    await watched.delivers()
    assert len(heard(boris)) == 5
    watched.passes(timedelta(minutes=2))  # past 07:00
    await watched.delivers()
    assert boris.sees.startswith("🗞 Ещё 1 объявление")
    await announces(watched, anna, network_id, range(7, 8))
    assert heard(boris)[-1].endswith("номер 7"), "a new day has room again"


@pytest.mark.parametrize("importance", [Importance.MANDATORY, Importance.URGENT])
async def test_important_ones_pass_the_limit_and_mutes(
    watched: House, people: list[Visitor], network_id: int, importance: Importance
) -> None:
    anna, boris, clara = people
    await announces(watched, anna, network_id, range(1, 6))
    await clara.says("/networks")
    await clara.taps("Учителя математики")
    await clara.taps("Не присылать объявления")
    await announce(watched, anna, network_id, "Важно", importance=importance)
    await watched.delivers()
    assert heard(boris)[-1].endswith("Важно")
    assert heard(clara)[-1].endswith("Важно")


async def test_urgent_ones_pass_quiet_hours_mandatory_ones_do_not(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, _ = people
    watched.passes(timedelta(hours=12))  # 22:00
    await announce(watched, anna, network_id, "Приказ", importance=Importance.MANDATORY)
    await announce(watched, anna, network_id, "Срочно", importance=Importance.URGENT)
    await watched.delivers()
    assert [text.rpartition("\n")[2] for text in heard(boris)] == ["Срочно"]


async def test_a_muted_network_is_silent_until_it_is_heard_again(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara = people
    await boris.says("/networks")
    await boris.taps("Учителя математики")
    await boris.taps("Не присылать объявления")
    assert "Обязательные придут всё равно" in (boris.toast or "")
    await announce(watched, anna, network_id, "Первое")
    await watched.delivers()
    assert heard(boris) == []
    assert len(heard(clara)) == 1
    await open_report(anna)
    assert "✅ Доставлено: 1 из 2" in anna.sees
    assert "🔕 Отключили объявления: 1" in anna.sees
    assert "Вышли" not in anna.sees
    await boris.taps("Присылать объявления")
    await announce(watched, anna, network_id, "Второе")
    await watched.delivers()
    assert [text.rpartition("\n")[2] for text in heard(boris)] == ["Второе"]


async def test_whoever_is_in_another_network_of_the_branch_hears_it_there(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    """A mute is about one network: what reaches the person by another one comes."""
    anna, boris, _ = people
    await network_of(watched, anna, boris, title="Физики")
    await boris.says("/networks")
    await boris.taps("Учителя математики")
    await boris.taps("Не присылать объявления")
    await announce(watched, anna, network_id + 1, "Физикам")
    await watched.delivers()
    assert len(heard(boris)) == 1


async def test_a_stranger_mutes_nothing_and_leaving_ends_a_mute(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, _ = people
    await anna.says("/menu")
    await anna.presses(anna.screen, f"nm:{network_id}::0:0:1")
    assert "Вы не состоите" in (anna.alert or "")
    await boris.says("/networks")
    await boris.taps("Учителя математики")
    await boris.taps("Не присылать объявления")
    await boris.taps("Выйти из сети")
    await boris.taps("Да, выйти")
    await boris.taps("Вступить")
    await announce(watched, anna, network_id, "Снова здесь")
    await watched.delivers()
    assert len(heard(boris)) == 1


async def test_what_was_stopped_or_recalled_is_not_in_the_digest(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, _ = people
    await announces(watched, anna, network_id, range(1, 9))
    await open_report(anna)
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    await open_report(anna, 2)
    await anna.taps("Остановить")
    await anna.taps("Да, остановить")
    watched.passes(timedelta(hours=8))
    await watched.delivers()
    assert boris.sees.startswith("🗞 Ещё 1 объявление")
    assert "номер 6" in boris.sees


async def test_a_digest_of_many_has_a_button_for_each(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, _ = people
    await announces(watched, anna, network_id, range(1, 16))
    watched.passes(timedelta(hours=8))
    await watched.delivers()
    first, second = boris.messages[-2:]
    assert first.text.startswith("🗞 Ещё 10 объявлений за день")
    assert [len(message.buttons) - 1 for message in (first, second)] == [8, 2]
    assert "10. Учителя математики: Объявление номер 15" in second.text
