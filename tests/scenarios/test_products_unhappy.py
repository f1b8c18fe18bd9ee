"""Works and everything that may go wrong with them: double taps, second thoughts, strangers, restarts."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot import app
from models import (
    Appointment,
    Notification,
    NotificationState,
    ProductRemark,
    ProductState,
    Visibility,
)
from screens.addresses import BeginDialog
from services import roles
from tests.support.events import lead, network_of, person_of, put_in
from tests.support.house import House, register
from tests.support.products import (
    TITLE,
    count,
    files_in_chat,
    fills_in,
    hands_in,
    now_in,
    publishes,
    set_scene,
    states,
)


async def test_double_taps_and_replays_hand_in_publish_and_return_once(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await fills_in(anna)
    await anna.sends_file("конспект.docx", b"lesson")
    await anna.taps("Готово")
    summary = anna.screen
    await asyncio.gather(*(anna.taps("Сдать", message=summary) for _ in range(2)))
    await house.again(house.updates[-1])
    assert await states(house) == [(TITLE, ProductState.SUBMITTED, 1)]
    assert await house.delivers() == 1

    told = boris.screen
    await boris.taps("Вернуть")
    await boris.says("Добавьте карточки.")
    await asyncio.gather(*(boris.taps("Вернуть", message=boris.screen) for _ in range(2)))
    await house.again(house.updates[-1])
    assert await count(house, ProductRemark) == 1
    assert await house.delivers() == 1

    await anna.taps("Исправить и сдать снова")
    await anna.sends_file("карточки.pdf", b"cards")
    await anna.taps("Сдать")
    await house.again(house.updates[-1])
    assert await house.delivers() == 1
    assert boris.screen.message_id != told.message_id
    card = boris.screen
    await asyncio.gather(*(boris.taps("Опубликовать", message=card) for _ in range(2)))
    await house.again(house.updates[-1])
    assert await states(house) == [(TITLE, ProductState.PUBLISHED, 2)]
    assert await house.delivers() == 1
    assert [view.text for view in anna.messages].count(anna.sees) == 1


async def test_of_two_coordinators_the_second_is_told_what_was_decided(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    dina = house.visitor("Дина")
    await register(dina, "Орехова Дина Олеговна")
    async with house.db.write() as session:
        network = await roles.get_network(session, scene.network_id)
        await lead(session, network, await person_of(session, dina), now=house.clock.now())
    await hands_in(anna)
    await house.delivers()
    assert "Нужно ваше решение" in dina.sees
    await dina.taps("Вернуть")
    await dina.says("Нужны карточки.")
    await boris.taps("Опубликовать")
    await dina.taps("Вернуть")
    assert dina.toast == "Уже опубликовано: Петров Борис Ильич."
    assert "Опубликован: сегодня" in dina.sees
    assert await states(house) == [(TITLE, ProductState.PUBLISHED, 1)]
    assert await count(house, ProductRemark) == 0
    await house.delivers()
    assert "Ваш материал опубликован" in anna.sees


async def test_old_buttons_tell_what_has_become_of_the_work(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await hands_in(anna)
    await house.delivers()
    first = boris.screen
    await boris.taps("Вернуть")
    await boris.says("Добавьте карточки.")
    await boris.taps("Вернуть")
    await boris.presses(first, "pp:1:1")
    assert boris.toast == "Уже возвращено на доработку: Петров Борис Ильич."
    await house.delivers()
    returned = anna.screen
    await anna.taps("Исправить и сдать снова")
    await anna.sends_file("карточки.pdf", b"cards")
    await anna.taps("Сдать")
    await boris.presses(first, "pp:1:1")
    assert boris.toast == "Автор сдал новую версию. Вот она."
    assert "Версия 2" in now_in(boris, first)
    assert await states(house) == [(TITLE, ProductState.SUBMITTED, 2)]
    await anna.presses(returned, BeginDialog(dialog="product-fix", arg=1).pack())
    assert anna.alert == "Материал уже на проверке. Когда будет решение, я напишу."
    await anna.taps("Открыть материал")
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    await boris.presses(first, "pp:1:2")
    assert boris.toast == "Автор отозвал этот материал."
    await boris.presses(first, BeginDialog(dialog="product-return", arg=1).pack())
    assert boris.alert == "Автор отозвал этот материал."
    assert await house.delivers() == 0


async def test_an_author_who_left_the_network_corrects_for_another_one(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await hands_in(anna)
    await house.delivers()
    await boris.taps("Вернуть")
    await boris.says("Добавьте карточки.")
    await boris.taps("Вернуть")
    await house.delivers()
    told = anna.screen
    await anna.says("/networks")
    await anna.taps("1. Учителя математики")
    await anna.taps("Выйти из сети")
    await anna.taps("Да, выйти")
    await anna.taps("Исправить и сдать снова", message=told)
    assert anna.alert is not None
    assert "Сначала вступите" in anna.alert
    await network_of(house, boris, anna, title="Информатика")
    await anna.taps("Исправить и сдать снова", message=told)
    assert "Сеть: Информатика" in now_in(anna, told)
    await anna.sends_file("карточки.pdf", b"cards")
    await anna.taps("Сдать")
    assert "Информатика" in anna.sees
    await house.delivers()
    assert "👥 Информатика" in boris.sees


async def test_leaving_the_network_before_the_last_tap_is_told(house: House) -> None:
    scene = await set_scene(house)
    anna = scene.anna
    await fills_in(anna)
    await anna.sends_file("конспект.docx", b"lesson")
    await anna.taps("Готово")
    summary = anna.screen
    await anna.says("/networks")
    await anna.taps("1. Учителя математики")
    await anna.taps("Выйти из сети")
    await anna.taps("Да, выйти")
    await anna.taps("Сдать", message=summary)
    assert "не состоите" in now_in(anna, summary)
    assert await states(house) == []


async def test_nobody_publishes_an_own_work_but_the_administrator(house: House) -> None:
    vera = await house.administrator()
    scene = await set_scene(house)
    boris = scene.boris
    async with house.db.write() as session:
        network = await roles.get_network(session, scene.network_id)
        people = [await person_of(session, boris), await person_of(session, vera)]
        await put_in(session, network, *people, now=house.clock.now())
    await hands_in(boris)
    await house.delivers()
    assert "Нужно ваше решение" in vera.sees  # the only coordinator is the author, and nobody stands above
    await boris.taps("Открыть материал")
    assert "✅ Опубликовать" not in boris.buttons
    await boris.presses(boris.screen, "pp:1:1")
    assert boris.alert is not None
    assert "взгляд со стороны" in boris.alert
    await boris.says("/manage")
    await boris.taps("1. Учителя математики")
    assert not any("На проверке" in button for button in boris.buttons)
    assert await states(house) == [(TITLE, ProductState.SUBMITTED, 1)]

    await hands_in(vera, "Мой доклад о сетях")
    await vera.taps("Открыть материал")
    await vera.taps("Опубликовать")
    assert (await states(house))[1] == ("Мой доклад о сетях", ProductState.PUBLISHED, 1)


async def test_an_unpublished_work_is_hidden_from_everybody_else(house: House) -> None:
    scene = await set_scene(house)
    clara = scene.clara
    await hands_in(scene.anna)
    await clara.says("/products")
    screen = clara.screen
    dialogs = [BeginDialog(dialog=name, arg=1).pack() for name in ("product-return", "product-fix")]
    for forged in ("po:1:::0", "pf:1:::0", "pp:1:1", "pw:1", "px:1", *dialogs):
        await clara.presses(screen, forged)
        assert clara.alert == "Этого здесь больше нет. Откройте меню: /menu", forged
    await clara.presses(screen, f"pl:q:{scene.network_id}:0")
    assert clara.alert is not None
    assert "нет прав" in clara.alert
    for forged in ("pl:q:x:0", "pl:k:x:0", "pl:zz::0", "pl:w:99999999999999999999:0", "pg:m:0", "po:99999:::0"):
        await clara.presses(screen, forged)
        assert clara.alert == "Этого здесь больше нет. Откройте меню: /menu", forged
    await clara.says("дроби")
    await clara.says("/products")
    seen = " ".join(view.text for view in clara.messages if view.from_bot)
    assert "Сложение" not in seen
    assert files_in_chat(clara) == []
    assert await states(house) == [(TITLE, ProductState.SUBMITTED, 1)]


async def test_a_network_for_its_members_keeps_its_works_to_them(house: House) -> None:
    scene = await set_scene(house)
    await publishes(house, scene.anna, scene.boris)
    async with house.db.write() as session:
        (await roles.get_network(session, scene.network_id)).visibility = Visibility.MEMBERS
    clara, anna = scene.clara, scene.anna
    await clara.says("дробями")
    assert not any("материалах" in button for button in clara.buttons)
    await clara.says("/products")
    assert "Пока ничего не опубликовано" in clara.sees
    await clara.presses(clara.screen, "po:1:::0")
    assert clara.alert == "Этого здесь больше нет. Откройте меню: /menu"
    await anna.says("/products")
    assert TITLE in anna.sees


async def test_an_author_who_blocked_the_bot_hears_nothing_and_nothing_breaks(house: House) -> None:
    scene = await set_scene(house)
    await hands_in(scene.anna)
    await house.delivers()
    await scene.anna.blocks()
    await scene.boris.taps("Опубликовать")
    assert scene.boris.toast == "Опубликовано. Автор узнает"
    await house.delivers()
    async with house.db.read() as session:
        row = (await session.scalars(select(Notification).where(Notification.kind == "product-published"))).one()
    assert row.state is NotificationState.BLOCKED
    assert house.world.faults == []


async def test_a_restart_in_the_middle_loses_nothing(house: House) -> None:
    scene = await set_scene(house)
    anna = scene.anna
    await fills_in(anna)
    await anna.sends_file("конспект.docx", b"lesson")
    house.dispatcher = app.make_dispatcher(house.settings, house.db, house.clock)
    await anna.sends_file("карточки.pdf", b"cards")
    assert "2 файла" in anna.sees
    await anna.taps("Готово")
    house.dispatcher = app.make_dispatcher(house.settings, house.db, house.clock)
    await anna.taps("Сдать")
    house.dispatcher = app.make_dispatcher(house.settings, house.db, house.clock)
    await house.delivers()
    assert "📎 2 файла" in scene.boris.sees


async def test_a_dismissed_coordinator_decides_nothing_any_more(house: House) -> None:
    scene = await set_scene(house)
    await hands_in(scene.anna)
    await house.delivers()
    async with house.db.write() as session:
        appointed = await session.scalars(select(Appointment).where(Appointment.network_id == scene.network_id))
        appointed.one().ended_at = house.clock.now()
    for button in ("Опубликовать", "Вернуть", "Открыть файлы"):
        await scene.boris.taps(button)
        assert scene.boris.alert == "Этого здесь больше нет. Откройте меню: /menu"
    assert files_in_chat(scene.boris) == []
    assert await states(house) == [(TITLE, ProductState.SUBMITTED, 1)]


async def test_the_work_of_an_author_who_left_for_good_stays_without_their_name(house: House) -> None:
    scene = await set_scene(house)
    await publishes(house, scene.anna, scene.boris)
    await hands_in(scene.anna, "Вторая работа")
    await house.delivers()
    await scene.anna.says("/settings")
    await scene.anna.taps("Личные данные")
    await scene.anna.taps("Отозвать согласие")
    await scene.anna.taps("Да, удалить")
    await scene.boris.taps("Опубликовать")
    assert await house.delivers() == 1
    assert "Вторая работа" not in scene.anna.sees  # nobody is told who is not here any more
    await scene.clara.says("/products")
    await scene.clara.taps("2. Сложение")
    assert "👤 участник" in scene.clara.sees
    assert not any("Иванова" in view.text for view in scene.clara.messages if "Сложение" in view.text)
    await scene.clara.taps("Скачать")
    assert files_in_chat(scene.clara) == ["конспект.docx"]
