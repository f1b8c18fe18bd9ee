"""How far people of the stories come in the registration."""

from __future__ import annotations

from sandbox import Visitor
from tests.support.house import House
from tests.support.stories import put_organisations

NAME = "Иванова Анна Петровна"
TITLES = ("МОУ «Лицей № 1»", "МОУ «Гимназия № 11»", "Детский сад № 12 «Ёлочка»")


async def begin(house: House) -> Visitor:
    """Anna stands at the first question."""
    anna = house.visitor("Анна")
    await anna.says("/start")
    await anna.taps("Даю согласие")
    assert "Как вас зовут?" in anna.sees
    return anna


async def come_to_summary(house: House) -> Visitor:
    """Anna has answered everything and stands at the summary."""
    await put_organisations(house, *TITLES)
    anna = await begin(house)
    await anna.says(NAME)
    await anna.says("лицей 1")
    await anna.taps("Лицей № 1")
    await anna.taps("Учитель")
    await anna.taps("Математика")
    await anna.taps("Информатика")
    await anna.taps("Готово")
    await anna.says("12 лет")
    assert "Проверьте, всё ли верно" in anna.sees
    return anna
