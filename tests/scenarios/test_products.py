"""A teacher hands a work in; its coordinator returns it, the author corrects it, it is published, found and downloaded."""

from __future__ import annotations

from tests.support.events import network_of
from tests.support.house import House, register


async def test_a_work_is_handed_in_returned_corrected_published_found_and_downloaded(house: House) -> None:
    vera = await house.administrator()
    anna, boris = house.visitor("Анна"), house.visitor("Борис")
    await register(anna, "Иванова Анна Петровна")
    await register(boris, "Петров Борис Ильич")
    await network_of(house, boris, anna)

    await anna.says("/start")
    await anna.taps("Материалы")
    await anna.taps("Сдать материал")
    await anna.taps("Разработка урока")
    await anna.says("Сложение дробей: урок-игра")
    await anna.says("Конспект урока для 5 класса: дроби на примере пиццы, карточки для групп.")
    await anna.sends_file("конспект.docx", b"lesson one")
    await anna.taps("Готово")
    print(anna.sees)
    await anna.taps("Сдать")
    print(anna.sees, anna.buttons)
    await house.delivers()
    print(boris.sees, boris.buttons)
    await boris.taps("Вернуть")
    print(boris.sees, boris.buttons)
    await boris.says("Добавьте карточки для групп.")
    print(boris.sees, boris.buttons)
    await boris.taps("Вернуть")
    print(boris.sees, boris.buttons)
    await house.delivers()
    print(anna.sees, anna.buttons)
    await anna.taps("Исправить и сдать снова")
    print(anna.sees, anna.buttons)
