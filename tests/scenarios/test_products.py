"""A teacher hands a work in; its coordinator returns it, the author corrects it, it is published, found and downloaded."""

from __future__ import annotations

from models import (
    ProductRemark,
    ProductState,
    ProductVersion,
)
from sandbox import Visitor
from screens.addresses import BeginDialog
from tests.support.events import network_of
from tests.support.house import House
from tests.support.products import (
    ANNOTATION,
    TITLE,
    count,
    files_in_chat,
    publishes,
    set_scene,
    states,
)


async def test_a_work_is_handed_in_returned_corrected_published_found_and_downloaded(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara

    await anna.says("/menu")
    await anna.taps("Материалы")
    assert "Пока ничего не опубликовано" in anna.sees
    await anna.taps("Сдать материал")
    await anna.taps("Разработка урока")
    await anna.says(TITLE)
    await anna.says(ANNOTATION)
    await anna.sends_file("конспект.docx", b"first version")
    await anna.sends_photo()
    assert "2 файла" in anna.sees
    await anna.taps("Готово")
    for words in (TITLE, ANNOTATION, "Учителя математики", "2 файла"):  # the only network is not asked for
        assert words in anna.sees
    await anna.taps("Сдать")
    assert "Материал сдан" in anna.sees

    await house.delivers()
    assert "Нужно ваше решение" in boris.sees
    assert "Иванова Анна Петровна" in boris.sees
    assert "Лицей № 1" in boris.sees
    await boris.taps("Открыть файлы · 2")
    assert files_in_chat(boris) == ["конспект.docx", "photo.jpg"]
    assert TITLE in boris.sees
    await boris.taps("Вернуть")
    await boris.says("Нет")
    assert "Слишком коротко" in boris.sees
    await boris.says("Добавьте карточки, о которых вы пишете.")
    await boris.taps("Вернуть")
    assert boris.toast == "Возвращено на доработку. Автор узнает"

    await house.delivers()
    assert "вернули на доработку" in anna.sees
    assert "Добавьте карточки" in anna.sees
    assert "Петров Борис Ильич" in anna.sees
    await anna.taps("Исправить и сдать снова")
    assert "Замечание: Добавьте карточки" in anna.sees
    await anna.taps("Сдать")
    assert "Пока ничего не изменилось" in anna.sees
    await anna.taps("Исправить")
    await anna.taps("Файлы")
    await anna.taps("Начать это заново")
    await anna.sends_file("конспект-2.docx", b"second version")
    await anna.sends_file("карточки.pdf", b"cards")
    await anna.taps("Готово")
    assert "конспект-2.docx, карточки.pdf" in anna.sees
    await anna.taps("Сдать")

    await house.delivers()
    assert "исправлен и сдан снова" in boris.sees
    assert "Версия 2" in boris.sees
    assert "Добавьте карточки" in boris.sees  # what was asked for last time
    await boris.says("/manage")
    await boris.taps("1. Учителя математики")
    await boris.taps("На проверке · 1")
    await boris.taps("1. Сложение")
    await boris.taps("Опубликовать")
    assert boris.toast == "Опубликовано. Автор узнает"
    await house.delivers()
    assert "Ваш материал опубликован" in anna.sees

    await clara.says("уроках дробях")
    await clara.taps("Найти в материалах: 1")
    assert "1. Сложение дробей: урок-игра" in clara.sees
    await clara.taps("1. Сложение")
    assert "Опубликован: сегодня" in clara.sees
    assert "Добавьте карточки" not in clara.sees  # remarks stay between the author and the coordinators
    await clara.taps("Скачать · 2")
    assert files_in_chat(clara) == ["конспект-2.docx", "карточки.pdf"]
    assert [await count(house, ProductVersion), await count(house, ProductRemark)] == [2, 1]
    assert house.world.faults == []


async def test_handing_in_takes_six_taps_with_several_networks(house: House) -> None:
    scene = await set_scene(house)
    await network_of(house, scene.boris, scene.anna, title="Информатика и робототехника")
    anna, taps = scene.anna, 0
    await anna.says("/start")
    for label, said in (
        ("Материалы", ()),
        ("Сдать материал", ()),
        ("Проект", (TITLE, ANNOTATION)),
        (None, ()),
        ("Готово", ()),
        ("Информатика", ()),
        ("Сдать", ()),
    ):
        if label is None:
            await anna.sends_file("проект.pdf", b"project")
            continue
        await anna.taps(label)
        taps += 1
        for words in said:
            await anna.says(words)
    assert "Материал сдан" in anna.sees
    assert "Информатика и робототехника" in anna.sees
    assert taps == 6


async def test_whoever_is_in_no_network_is_led_to_the_networks(house: House) -> None:
    clara = (await set_scene(house)).clara
    await clara.says("/products")
    assert "➕ Сдать материал" not in clara.buttons
    assert "Сначала вступите" in clara.sees
    await clara.presses(clara.screen, BeginDialog(dialog="product").pack())
    assert clara.alert is not None
    assert "Сначала вступите" in clara.alert
    await clara.taps("Найти свою сеть")
    assert "Сети" in clara.sees


async def test_the_whole_job_speaks_english(house: House) -> None:
    alice, bob = house.visitor("Alice", language="en"), house.visitor("Bob", language="en")
    for visitor, name in ((alice, "Lesnikova Alice"), (bob, "Petrov Bob")):
        await register_in_english(visitor, name)
    await network_of(house, bob, alice, title="Teachers of English")
    await alice.says("/products")
    assert "Nothing is published yet" in alice.sees
    await alice.taps("Hand in a work")
    await alice.taps("Lesson plan")
    await alice.says("Present Perfect without tears")
    await alice.says("Grade 6: a board game with cards and a key.")
    await alice.says("here it is")
    assert "Files are needed here" in alice.sees
    await alice.sends_file("game.pdf", b"game")
    await alice.taps("Done")
    assert "1 file" in alice.sees
    await alice.taps("Hand in")
    assert "Handed in: Present Perfect" in alice.sees
    await house.delivers()
    assert "Your decision is needed" in bob.sees
    await bob.taps("Return")
    await bob.says("Please add the key.")
    await bob.taps("Return")
    await house.delivers()
    assert "returned for correction" in alice.sees
    await alice.taps("Correct and hand in again")
    await alice.sends_file("key.pdf", b"key")
    await alice.taps("Hand in")
    await house.delivers()
    await bob.taps("Publish")
    await house.delivers()
    assert "Your work is published" in alice.sees
    await alice.taps("Open the work")
    await alice.taps("Withdraw")
    assert "It leaves the bank" in alice.sees
    await alice.taps("Yes, withdraw")
    assert "withdrawn" in alice.sees
    assert house.world.faults == []


async def register_in_english(visitor: Visitor, full_name: str) -> None:
    """The registration in English."""
    await visitor.says("/start")
    await visitor.taps("I consent")
    await visitor.says(full_name)
    await visitor.taps("Mine is not in the list")
    await visitor.says("Lyceum 1")
    await visitor.says("Teacher")
    await visitor.taps("Математика")
    await visitor.taps("Done")
    await visitor.says("8")
    await visitor.taps("All is right")


async def test_the_bank_is_looked_through_by_kind_by_network_and_by_pages(house: House) -> None:
    scene = await set_scene(house)
    for number in range(8):
        await publishes(house, scene.anna, scene.boris, f"Урок № {number + 1}", annotation="Задачи на проценты.")
    clara = scene.clara
    await clara.says("/products")
    assert "В банке 8 материалов" in clara.sees
    assert "1. Урок № 8" in clara.sees
    await clara.taps("Все новые · 8")
    assert "1–6 из 8" in clara.sees
    await clara.taps("Дальше")
    await clara.taps("8. Урок № 1")
    await clara.taps("Назад")
    assert "7–8 из 8" in clara.sees
    await clara.says("/products")
    await clara.taps("По видам")
    await clara.taps("Разработка урока / занятия · 8")
    assert "Урок № 8" in clara.sees
    await clara.taps("Назад")
    await clara.taps("Назад")
    await clara.taps("По сетям")
    await clara.taps("Учителя математики · 8")
    assert "Материалы сети «Учителя математики»" in clara.sees
    await clara.says("процентов задачами")
    await clara.taps("Найти в материалах: 8")
    assert "1–6 из 8" in clara.sees
    await scene.anna.says("/products")
    await scene.anna.taps("Мои · 8")
    assert "✅ опубликован" in scene.anna.sees


async def test_a_withdrawn_work_may_be_handed_in_again_as_it_was(house: House) -> None:
    scene = await set_scene(house)
    anna, clara = scene.anna, scene.clara
    await publishes(house, anna, scene.boris)
    await anna.taps("Открыть материал")
    await anna.taps("Отозвать")
    assert "исчезнет из банка" in anna.sees
    await anna.taps("Да, отозвать")
    await clara.says("дроби")
    assert not any("Найти в материалах" in button for button in clara.buttons)
    await anna.taps("Исправить и сдать снова")
    await anna.taps("Сдать")
    await house.delivers()
    await scene.boris.taps("Опубликовать")
    await clara.says("дроби")
    await clara.taps("Найти в материалах: 1")
    assert await states(house) == [(TITLE, ProductState.PUBLISHED, 2)]
