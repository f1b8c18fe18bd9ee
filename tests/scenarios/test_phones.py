"""The own phone: shared by Telegram's button, checked to be one's own, seen in the profile, taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Audit
from sandbox import deeds
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import person_of


async def test_shared_by_the_button_and_taken_back(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/profile")
    assert "Телефон" not in anna.sees
    await anna.taps("Добавить телефон")
    assert "пришлёт мне ваш номер" in anna.sees
    assert anna.toast == "Кнопка внизу экрана"
    await anna.taps("Отправить мой номер")
    number = f"+{deeds.phone_of(anna.person)}"
    assert f"Телефон: {number}" in anna.sees
    assert anna.reply_keyboard == []
    assert "✅ Телефон сохранён." in [one.text for one in anna.messages]
    assert (await person_of(watched, anna)).phone == number
    await anna.taps("Убрать телефон")
    assert anna.toast == "Телефон убран"
    assert (await person_of(watched, anna)).phone is None
    async with watched.db.read() as session:
        notes = list(await session.scalars(select(Audit).where(Audit.deed == "person.change")))
    assert [note.new for note in notes] == [{"field": "phone"}] * 2, "the number itself is not in the journal"


async def test_a_coordinator_sees_the_phone_of_a_member_who_shared_it(watched: House) -> None:
    network = await put_network(watched, "Математика", subjects=("Математика",))
    anna, olga = watched.visitor("Анна"), watched.visitor("Ольга")
    await register(anna)
    await register(olga, "Ясенева Ольга")
    await appoint(watched, olga, network)
    await anna.says("/networks")
    await anna.taps("1. Математика")
    await anna.taps("Вступить")
    await anna.says("/profile")
    await anna.taps("Добавить телефон")
    await anna.taps("Отправить мой номер")
    await olga.says("/manage")
    await olga.taps("Математика")
    await olga.taps("Участники")
    await olga.taps("Иванова Анна")
    assert f"Телефон: +{deeds.phone_of(anna.person)}" in olga.sees


async def test_not_now(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/settings")
    await anna.taps("English")
    await anna.says("/profile")
    await anna.taps("Add my phone")
    await anna.taps("Not now")
    assert anna.reply_keyboard == []
    assert "Fine, without a phone." in [one.text for one in anna.messages]
    assert "Full name" in anna.sees


@pytest.mark.parametrize("user_id", [None, 7_100_000_001])
async def test_another_ones_number_is_refused(watched: House, user_id: int | None) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.sends_contact("+79021234567", "Боря", user_id=user_id)
    assert "Это не ваш номер" in anna.sees
    assert (await person_of(watched, anna)).phone is None


async def test_an_unknown_person_is_shown_the_way_first(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    await anna.sends_contact(deeds.phone_of(anna.person), "Анна", user_id=anna.id)
    assert "согласие" in anna.sees
    assert (await person_of(watched, anna)).phone is None
