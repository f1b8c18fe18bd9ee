"""The administrator makes an empty database useful."""

from __future__ import annotations

import asyncio

from models import Network, Organisation
from tests.support.house import ADMINISTRATOR_ID, House, register
from tests.support.networks import put_network
from tests.support.stories import (
    answers_of,
    count,
    deeds,
    first_line,
    person_of,
    put_organisations,
    redrawn,
    restarted,
)


async def test_from_an_empty_database_to_a_first_member(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/menu")
    await vera.taps("Управление центром")
    assert first_line(vera) == "Управление центром"
    assert "📇 Реестр · 1" in vera.buttons  # what she proposed herself at her registration
    await vera.taps("Реестр")
    await vera.taps("Новая организация")
    assert first_line(vera) == "Новая организация · шаг 1 из 3"
    await vera.says("Я")
    assert "Слишком коротко" in first_line(vera)
    await vera.says("Гимназия «Росток» <б>")
    await vera.says("детский  САД")  # an option may be typed as well
    await vera.says("ул. Мира, 5")
    for line in ("Название: Гимназия «Росток» <б>", "Вид: Детский сад", "Адрес: ул. Мира, 5"):
        assert line in vera.sees
    summary = vera.screen
    await asyncio.gather(*(vera.taps("Добавить", message=summary) for _ in range(2)))
    assert first_line(vera) == "«Гимназия «Росток» <б>» в реестре"
    await vera.taps("Ещё одна")
    await vera.taps("Отмена")
    assert first_line(vera) == "Отменено: организация"

    await vera.says("/admin")
    await vera.taps("Новая сеть")
    await vera.says("Учителя математики")
    await vera.says("предметное объединение")
    await vera.taps("Городское предметное")
    assert "В какую сеть она входит?" in vera.sees
    await vera.taps("Пропустить")
    await vera.says("математика")
    await vera.taps("Готово")
    await vera.taps("Пропустить")
    assert "Входит в: не указано" in vera.sees
    assert "Цель: не указано" in vera.sees
    await vera.taps("✅ Создать")
    await vera.taps("Открыть карточку")
    assert "Учителя математики" in vera.sees

    await vera.says("/admin")
    await vera.taps("Новая сеть")
    await vera.says("Молодые математики")
    await vera.taps("Творческая группа")
    await vera.taps("Учителя математики")
    await vera.taps("Математика")
    await vera.taps("Готово")
    await vera.says("Цель " * 190)
    await vera.taps("✅ Создать")
    assert await count(watched, Network) == 2
    assert await count(watched, Organisation) == 2  # with the administrator's own, proposed at her registration

    anna = watched.visitor("Анна")
    await anna.says("/start")
    await anna.taps("Даю согласие")
    await anna.says("Иванова Анна")
    await anna.says("росток")
    await anna.taps("Гимназия «Росток» <б>")
    await anna.taps("Учитель")
    await anna.taps("Математика")
    await anna.taps("Готово")
    await anna.taps("5")
    await anna.taps("Всё верно")
    await anna.taps("Сети для вас")
    assert "сетей внутри: 1" in anna.sees
    await anna.taps("Молодые математики")
    assert "Входит в: Учителя математики" in anna.sees
    await anna.taps("Вступить")
    assert "👥 1 участник" in anna.sees
    made = ("organisation.create", "network.create", "network.create", "person.register", "network.join")
    assert [deed for deed in await deeds(watched) if deed in made][1:] == list(made)


async def test_what_a_participant_proposed_is_confirmed(watched: House) -> None:
    vera, anna = await watched.administrator(), watched.visitor("Анна")
    await register(anna)
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Предложили участники · 1")
    assert "1. Лицей № 1" in vera.sees
    await vera.taps("1. Лицей № 1")
    assert "⏳ Ждёт подтверждения" in vera.sees
    card = vera.screen
    await asyncio.gather(*(vera.taps("В реестр", message=card) for _ in range(2)))
    assert "Ждёт подтверждения" not in vera.sees
    assert "✅ В реестр" not in vera.buttons
    assert (await deeds(watched)).count("organisation.confirm") == 1
    await vera.taps("‹ Назад")
    assert first_line(vera) == "Организации"
    await anna.says("/profile")
    assert "не подтвердил" not in anna.sees
    boris = watched.visitor("Борис")
    await boris.says("/start")
    await boris.taps("Даю согласие")
    await boris.says("Борисов Борис")
    await boris.says("лицей 1")
    assert "Лицей № 1" in boris.buttons


async def test_the_registry_is_leafed_through(watched: House) -> None:
    vera = await watched.administrator()
    await put_organisations(watched, *(f"Школа № {number:02}" for number in range(1, 9)))
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Организации · 8")
    assert "1–6 из 8" in vera.sees
    await vera.taps("Дальше »")
    await vera.taps("8. Школа № 08")
    assert first_line(vera) == "Школа № 08"
    await vera.taps("‹ Назад")
    await vera.presses(vera.screen, "ao:0:99")
    assert "7–8 из 8" in vera.sees
    await vera.presses(vera.screen, "o:9999")
    assert "Этого здесь больше нет" in (vera.alert or "")
    await vera.presses(vera.screen, "oc:9999")
    assert "Этого здесь больше нет" in (vera.alert or "")


async def test_a_title_that_exists_is_refused_and_nothing_typed_is_lost(watched: House) -> None:
    vera = await watched.administrator()
    await put_network(watched, "Учителя математики")
    await put_organisations(watched, "МОУ «Гимназия № 11»")
    await vera.says("/admin")
    await vera.taps("Новая сеть")
    await vera.says("учителя  Математики")
    await vera.taps("Городское предметное")
    await vera.taps("Пропустить")
    await vera.taps("Математика")
    await vera.taps("Готово")
    await vera.says("Помогать друг другу")
    answers = await answers_of(watched, vera)
    await vera.taps("✅ Создать")
    assert first_line(vera) == "❗️ Сеть «Учителя математики» уже есть. Назовите её иначе."
    assert await count(watched, Network) == 1
    assert await answers_of(watched, vera) == answers
    await restarted(watched).again(watched.updates[-1])
    watched.world.faults.clear()  # its button had been answered before the crash
    assert "уже есть. Назовите её иначе" in first_line(vera)
    await vera.taps("Исправить")
    await vera.taps("Название")
    assert "Сейчас: учителя Математики" in vera.sees
    await vera.says("Учителя математики и физики")
    assert "Цель: Помогать друг другу" in vera.sees
    await vera.taps("✅ Создать")
    assert first_line(vera) == "Сеть «Учителя математики и физики» создана"
    assert (await deeds(watched)).count("network.create") == 1

    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Новая организация")
    await vera.says("моу гимназия №11")
    await vera.taps("Школа")
    await vera.taps("Пропустить")
    await vera.taps("✅ Добавить")
    assert first_line(vera) == "❗️ Организация «МОУ «Гимназия № 11»» уже есть в реестре. Назовите её иначе."
    await vera.taps("‹ Назад")
    await vera.taps("‹ Назад")
    await vera.taps("‹ Назад")
    await vera.says("МОУ «Гимназия № 12»")
    await vera.taps("Школа")
    await vera.taps("Пропустить")
    await vera.taps("✅ Добавить")
    assert "в реестре" in first_line(vera)


async def test_what_went_away_meanwhile_is_refused(watched: House) -> None:
    vera = await watched.administrator()
    top = await put_network(watched, "Городское объединение")
    await vera.says("/admin")
    await vera.taps("Новая сеть")
    await vera.says("Учителя химии")
    await vera.taps("Городское предметное")
    await vera.taps("Городское объединение")
    await vera.taps("Химия")
    await vera.taps("Готово")
    await vera.taps("Пропустить")
    async with watched.db.write() as session:
        (await session.get_one(Network, top.id)).archived_at = watched.clock.now()
    await vera.taps("✅ Создать")
    assert first_line(vera) == "❗️ Сеть «Городское объединение» закрыта: её можно только читать."
    await vera.taps("Исправить")
    await vera.taps("Входит в")
    assert "Городское объединение" not in vera.buttons
    await vera.taps("Пропустить")
    await vera.taps("✅ Создать")
    assert "создана" in first_line(vera)


async def test_nobody_else_may(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/menu")
    assert "Управление центром" not in str(anna.buttons)
    await anna.says("/admin")
    assert "У вас нет прав администратора центра" in anna.sees
    assert anna.buttons == ["☰ Меню"]
    await anna.says("/menu")
    menu = anna.screen
    organisation_id = (await person_of(watched, anna)).organisation_id
    dismiss = f"yx:{organisation_id}"
    for address in ("a", "ao:0:0", "ao:1:0", dismiss, f"oc:{organisation_id}", "db:network:0:"):
        await anna.presses(menu, address)
        assert "У вас нет прав" in (anna.alert or ""), address
        assert first_line(redrawn(anna, menu)) == "Меню", address
    assert await answers_of(watched, anna) is None
    await anna.presses(menu, f"o:{organisation_id}")
    assert not {"✅ В реестр", "✏️ Контакты", "👤 Назначить руководителя"} & set(anna.buttons), (
        "the card is everybody's to see"
    )
    await anna.says("/help")
    assert "/admin" not in anna.sees


async def test_a_dialog_outlives_the_rights_but_does_nothing(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Новая организация")
    await vera.says("Гимназия № 11")
    await vera.taps("Школа")
    await vera.taps("Пропустить")
    house = restarted(watched, administrators=frozenset())
    before = await count(house, Organisation)
    await vera.taps("✅ Добавить")
    assert "У вас нет прав" in first_line(vera)
    assert await count(house, Organisation) == before
    assert (await person_of(house, vera)).administrator_at is None
    await vera.says("/admin")
    assert "У вас нет прав" in vera.sees
    restarted(watched, administrators=frozenset({ADMINISTRATOR_ID}))
    await vera.says("/menu")
    await vera.taps("Продолжить: организация")
    await vera.taps("✅ Добавить")
    assert "в реестре" in first_line(vera)


async def test_another_dialog_in_between(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/admin")
    admin = vera.screen
    await vera.taps("Реестр")
    await vera.taps("Новая организация")
    await vera.says("Гимназия № 11")
    await vera.presses(admin, "db:network:0:")
    ask = redrawn(vera, admin)
    assert first_line(ask) == "Осталось незаконченное: организация"
    await vera.taps("Продолжить: организация", message=admin)
    assert "Что это за организация?" in redrawn(vera, admin).text
    await vera.presses(admin, "db:network:0:")
    await vera.taps("Начать: новая сеть", message=admin)
    assert "Как называется сеть?" in redrawn(vera, admin).text
    await vera.says("Учителя химии")
    await vera.presses(admin, "db:network:0:organisation")  # pressed once more: it goes on, nothing typed is lost
    assert await answers_of(watched, vera) == {"title": "Учителя химии"}
    await vera.presses(admin, "db:organisation:0:edit-name")  # asked about another one then: it asks again
    assert first_line(redrawn(vera, admin)) == "Осталось незаконченное: новая сеть"
