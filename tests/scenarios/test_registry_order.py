"""The administrator puts the registry in order: what participants proposed, and people who are there twice."""

from __future__ import annotations

import asyncio

from models import Organisation, Person
from sandbox import Visitor
from tests.support.events import network_of
from tests.support.house import House, register
from tests.support.stories import count, deeds, first_line, from_bot, person_of, put_organisations, redrawn

PROPOSED = "Лицей № 1"


async def _opens_proposal(vera: Visitor) -> None:
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Предложили участники")
    await vera.taps(PROPOSED)
    assert "⏳ Ждёт подтверждения" in vera.sees


async def test_a_proposal_is_accepted_and_its_people_are_told(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await register(anna)
    await _opens_proposal(vera)
    card = vera.screen
    await asyncio.gather(*(vera.taps("✅ В реестр", message=card) for _ in range(2)))
    await watched.delivers()
    assert first_line(anna) == "Ваша организация в реестре"
    assert len([view for view in from_bot(anna) if "подтверждена администратором" in view.text]) == 1
    assert not any("подтверждена администратором" in view.text for view in from_bot(vera))  # she knows


async def test_a_proposal_is_accepted_under_its_right_name(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await put_organisations(watched, "Гимназия № 11")
    await register(anna)
    await _opens_proposal(vera)
    await vera.taps("Принять, исправив")
    assert "Как назвать её в реестре?" in vera.sees
    await vera.says("гимназия №11")
    assert "«Гимназия № 11» уже есть в реестре" in first_line(vera)
    await vera.says("МБОУ «Лицей № 1»")
    assert first_line(vera) == "МБОУ «Лицей № 1»"
    assert "Ждёт подтверждения" not in vera.sees
    await watched.delivers()
    assert "«МБОУ «Лицей № 1»» подтверждена" in anna.sees
    await anna.says("/profile")
    assert "МБОУ «Лицей № 1»" in anna.sees
    assert "organisation.rename" in await deeds(watched)


async def test_a_proposal_is_another_one_of_the_registry(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    (gymnasium,) = await put_organisations(watched, "Первая гимназия")
    await register(anna)
    await _opens_proposal(vera)
    card = vera.screen
    await vera.taps("Это другая")
    await vera.says("гимназия")
    await vera.taps("Первая гимназия")
    assert first_line(vera) == "Первая гимназия"
    assert (await person_of(watched, anna)).organisation_id == gymnasium.id
    assert await count(watched, Organisation) == 1
    await watched.delivers()
    assert "«Лицей № 1» в реестре называется «Первая гимназия»" in anna.sees
    assert "🏫 Выбрать другую" in anna.buttons
    await vera.presses(card, "oc:1")
    assert vera.alert or "Первая гимназия" in vera.sees
    await vera.presses(card, "o:99")
    assert "Этого здесь больше нет" in (vera.alert or "")


async def test_a_proposal_is_declined_with_a_reason(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await put_organisations(watched, "Гимназия № 11")
    await register(anna)
    await _opens_proposal(vera)
    old = vera.screen
    await vera.taps("Отклонить")
    await vera.says("Это не организация, а <здание>")
    assert first_line(vera) == "Отклонено"
    assert (await person_of(watched, anna)).organisation_id is None
    await watched.delivers()
    assert "не внёс «Лицей № 1» в реестр: Это не организация, а <здание>" in anna.sees
    await anna.taps("Выбрать другую")
    await anna.says("гимназия")
    await anna.taps("Гимназия № 11")
    assert "Гимназия № 11" in anna.sees
    await vera.presses(old, "db:org-decline:1:")
    assert "Этого здесь больше нет" in (vera.alert or redrawn(vera, old).text)


async def test_two_cards_of_one_person_become_one(watched: House) -> None:
    vera, boris = await watched.administrator(), watched.visitor("Борис")
    anna, again = watched.visitor("Анна"), watched.visitor("Анна (новый телефон)")
    await register(anna, "Иванова Анна Петровна", experience="7")
    await register(again, "Иванова А П", experience="12")
    await register(boris, "Петров Борис Ильич")
    await network_of(watched, boris, again)
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Объединить двойников")
    assert "Чья карточка останется?" in vera.sees
    await vera.says("иванова")
    await vera.taps("Иванова Анна Петровна")
    await vera.says("иванова")
    await vera.taps("Иванова А П")
    assert first_line(vera) == "Двойники: что оставить"
    assert "✅ 1) Иванова Анна Петровна\n▫️ 2) Иванова А П" in vera.sees
    assert "Организация" not in vera.sees  # there they agree
    await vera.taps("Telegram: взять из 2")
    await vera.taps("Стаж, лет: взять из 2")
    assert "▫️ 1) 7\n✅ 2) 12" in vera.sees
    await vera.taps("Стаж, лет: взять из 1")
    await vera.taps("Объединить…")
    assert "Отменить это нельзя" in vera.sees
    await vera.taps("Нет, вернуться")
    await vera.taps("Объединить…")
    sure = vera.screen
    await asyncio.gather(*(vera.taps("Да, объединить", message=sure) for _ in range(2)))
    assert first_line(vera) == "Объединено"
    assert (await deeds(watched)).count("person.merge") == 1
    assert await count(watched, Person, Person.registered_at.is_not(None)) == 3
    await again.says("/profile")
    assert "Иванова Анна Петровна" in again.sees
    assert "7 лет" in again.sees
    await again.says("/networks")
    assert any("Мои" in label for label in again.buttons)
    await anna.says("/start")
    assert "Даю согласие" in str(anna.buttons)  # the account that was not chosen begins anew


async def test_only_the_administrator_puts_in_order(watched: House) -> None:
    await watched.administrator()
    anna, boris = watched.visitor("Анна"), watched.visitor("Борис")
    await register(anna)
    await register(boris, "Петров Борис Ильич")
    for data in (
        "gc:2:3:0",
        "gq:2:3:0",
        "gy:2:3:0",
        "db:merge:0:",
        "db:org-accept:1:",
        "db:org-is:1:",
        "db:org-decline:1:",
    ):
        await anna.presses(anna.screen, data)
        assert "прав администратора" in (anna.alert or ""), data
    assert await count(watched, Person) == 3
