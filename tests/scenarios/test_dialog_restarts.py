"""The bot is killed in the middle of making an event and an announcement: a new process goes on, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from models import Announcement, DialogState, Event
from sandbox import Visitor
from sandbox.pictures import plain_png
from tests.support.events import network_of
from tests.support.house import House
from tests.support.notices import enrolled
from tests.support.stories import again, count, deeds, from_bot, restarted

Steps = Sequence[tuple[str, str, str]]
"""What the person does, with what words, and what the bot answers."""


async def play(house: House, person: Visitor, steps: Steps) -> House:
    """Make every step with a process of its own, which is killed before anybody knows that it had done it. Gives the last one."""
    for verb, words, answer in steps:
        house = restarted(house)
        await getattr(person, verb)(words)
        assert answer in person.sees, words
        house = restarted(house)
        await again(house)
        assert answer in person.sees, f"{words}, served again"
    return house


async def test_an_event_is_made_once_over_restarts(house: House) -> None:
    olga, anna = await enrolled(house, "Ольга", "Анна")
    await network_of(house, olga, anna)
    house = await play(
        house,
        olga,
        (
            ("says", "/events", "события города"),
            ("taps", "Новое событие", "Что это будет"),
            ("taps", "Мастер-класс", "Как называется"),
            ("says", "Дроби без слёз", "Когда"),
            ("says", "завтра", "Во сколько"),
            ("says", "15", "Где"),
            ("says", "Лицей № 1, кабинет 12", "Сколько"),
            ("says", "20", "21 ноября, сб, 15:00 (завтра)"),
            ("taps", "Исправить", "Что исправить?"),
            ("taps", "Где", "Сейчас: Лицей № 1, кабинет 12"),
            ("says", "Лицей № 1, актовый зал", "Где: Лицей № 1, актовый зал"),
        ),
    )
    assert await count(house, Event) == 0
    await olga.taps("Опубликовать")
    assert "В сети 1 участник" in olga.sees
    await again(restarted(house))
    async with house.db.read() as session:
        (event,) = await session.scalars(select(Event))
    assert (event.title, event.place, event.seats) == ("Дроби без слёз", "Лицей № 1, актовый зал", 20)
    assert (await deeds(house)).count("event.create") == 1
    assert await count(house, DialogState) == 0


async def test_an_announcement_is_made_once_over_restarts(house: House) -> None:
    anna, boris = await enrolled(house, "Анна", "Борис")
    await network_of(house, anna, boris)
    house = await play(
        house,
        anna,
        (
            ("says", "/announce", "Что объявить?"),
            ("says", "Завтра в 15:00 встречаемся", "Принято: Завтра в 15:00 встречаемся"),
            ("taps", "Готово", "Получат: 1 человек"),
            ("says", "Возьмите тетради", "Вы написали: «Возьмите тетради»"),
            ("taps", "Дописать в объявление", "Принято: Завтра в 15:00 встречаемся\nВозьмите тетради"),
        ),
    )
    house = restarted(house)
    await anna.sends_photo(plain_png())
    await again(restarted(house))
    assert "📎 1 файл" in anna.sees
    house = await play(house, anna, (("taps", "Готово", "Получат: 1 человек"),))
    assert await count(house, Announcement) == 0
    await anna.taps("📣 Разослать")
    assert "Отчёт об объявлении" in anna.sees
    await again(restarted(house))
    assert await count(house, Announcement) == 1
    assert await count(house, DialogState) == 0
    await restarted(house).delivers()
    told = [one for one in from_bot(boris) if one.media or "встречаемся" in one.text or "тетради" in one.text]
    assert [one.media for one in told].count("photo") == 1
    assert sum("встречаемся" in one.text for one in told) == 1
    assert sum("тетради" in one.text for one in told) == 1
