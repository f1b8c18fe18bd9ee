"""The form is left, cancelled, taken up again, pressed twice and served twice: nothing is lost and nothing done twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from models import Consent, Person
from tests.support.house import House
from tests.support.registering import NAME, TITLES, begin, come_to_summary
from tests.support.stories import (
    again,
    answers_of,
    count,
    deeds,
    first_line,
    from_bot,
    person_of,
    put_organisations,
    redrawn,
    restarted,
)


async def test_cancelling_throws_the_form_away_and_says_so(watched: House) -> None:
    anna = await begin(watched)
    await anna.says(NAME)
    await anna.taps("Отмена")
    assert first_line(anna) == "Отменено: анкета"
    assert await answers_of(watched, anna) is None
    await anna.taps("Начать заново")
    assert "Как вас зовут?" in anna.sees
    assert "Сейчас" not in anna.sees
    await anna.says(NAME)
    await anna.says("/cancel")
    assert first_line(anna) == "Отменено: анкета"
    await anna.says("/cancel")
    assert "Отменять нечего" in anna.sees
    await anna.taps("Меню")
    assert first_line(anna) == "Остался один шаг"  # the consent stands, the form is gone
    await anna.says("Анна")
    await anna.taps("Заполнить анкету")
    assert await answers_of(watched, anna) == {}
    assert await count(watched, Consent) == 1


async def test_going_elsewhere_pauses_the_form(watched: House) -> None:
    anna = await begin(watched)
    await anna.says(NAME)
    for elsewhere in ("/menu", "/start", "/help", "/settings", "/networks", "/nonsense"):
        await anna.says(elsewhere)
        await anna.says("Тьютор")  # not taken: the person is elsewhere
        assert first_line(anna) == "Анкета не закончена"
        assert "То, что вы написали, пока не сохранено" in anna.sees
        assert await answers_of(watched, anna) == {"name": NAME}
    await anna.says("/nonsense")
    assert "пока не сохранено" not in anna.sees  # a command is no answer
    await anna.taps("Продолжить: анкета")
    assert first_line(anna) == "Анкета · шаг 2 из 5"
    await anna.taps("‹ Назад")
    assert f"Сейчас: {NAME}" in anna.sees


async def test_silence_of_hours_and_of_a_week_loses_nothing(watched: House) -> None:
    anna = await begin(watched)
    await anna.says(NAME)
    watched.passes(timedelta(hours=11))
    await anna.says("лицей")  # still an answer: nothing is in the registry
    assert "Ничего не нашлось" in first_line(anna)
    watched.passes(timedelta(hours=12, minutes=1))
    await anna.says("Тьютор")
    assert first_line(anna) == "Анкета не закончена"
    await anna.taps("Продолжить: анкета")
    assert "Ничего не нашлось" in first_line(anna)  # it is not where one works
    assert "Где вы работаете?" in anna.sees
    await anna.taps("Моей организации нет")
    watched.passes(timedelta(days=7))
    house = restarted(watched)
    await anna.says("Школа № 7")
    assert first_line(anna) == "Анкета не закончена"
    await anna.taps("Продолжить: анкета")  # what was typed a week later is the answer: nothing is typed twice
    assert first_line(anna) == "Анкета · шаг 4 из 6"
    watched.passes(timedelta(days=7))
    await anna.taps("Учитель")  # a button needs no «Продолжить»
    assert first_line(anna) == "Анкета · шаг 5 из 6"
    assert await count(house, Person, Person.registered_at.is_not(None)) == 0


async def test_an_old_button_shows_the_present_question(watched: House) -> None:
    anna = await come_to_summary(watched)
    messages = [message for message in from_bot(anna) if message.keyboard]
    old = (
        "da:registration:position:1",
        "do:registration:subjects",
        "dk:registration:name",
        "dp:registration:subjects:1",
    )
    for number, press in enumerate(old):
        await anna.presses(messages[number], press)
        assert anna.toast == "На этот вопрос вы уже ответили. Вот где мы сейчас.", press
        assert "Проверьте, всё ли верно" in redrawn(anna, messages[number]).text, press

    await anna.taps("Всё верно", message=messages[0])
    watched.passes(timedelta(days=30))
    for press in ("df:registration", "dr", "dx:registration", "da:registration:position:1", "de:registration"):
        await anna.presses(messages[-1], press)
        assert anna.toast == "Это уже сделано. Меню: /menu", press
        assert first_line(anna) == "Меню"
    await anna.presses(messages[-1], "db:registration:0:")  # «Заполнить анкету» of a former day
    assert first_line(anna) == "Меню"
    assert await deeds(watched) == ["organisation.create"] * 3 + ["consent.give", "person.register"]


async def test_two_taps_at_once_register_once(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    await asyncio.gather(*(anna.taps("Даю согласие") for _ in range(2)))
    assert await count(watched, Consent) == 1

    anna = await come_to_summary(watched)
    summary = anna.screen
    await asyncio.gather(*(anna.taps("Всё верно", message=summary) for _ in range(3)))
    assert (await deeds(watched)).count("person.register") == 1
    assert "вы зарегистрированы" in anna.sees  # the second tap does not wipe it off


async def test_every_update_served_twice_acts_once(watched: House) -> None:
    """As after a crash: the handler had committed, but nobody knows whether the answer went out."""
    await put_organisations(watched, *TITLES)
    anna = watched.visitor("Анна")

    async def twice(expected: str) -> None:
        await again(watched)
        assert expected in anna.sees

    await anna.says("/start")
    await twice("Даю" if "Даю" in anna.sees else "согласие")
    await anna.taps("Даю согласие")
    await twice("Как вас зовут?")
    await anna.says("Анна")
    await twice("Одного слова мало")
    await anna.says(NAME)
    await twice("Где вы работаете?")
    await anna.says("лицей")
    await twice("нашёлся 1 вариант")
    await anna.taps("Лицей № 1")
    await twice("Ваша должность?")
    await anna.says("Тьютор")
    await twice("Что вы ведёте?")
    await anna.taps("Математика")
    await twice("Выбрано: Математика")
    await anna.taps("Готово")
    await twice("Сколько полных лет")
    await anna.taps("‹ Назад")
    await twice("Что вы ведёте?")
    await anna.taps("Готово")
    await anna.taps("5")
    await twice("Проверьте")
    await anna.taps("Исправить")
    await twice("Что исправить?")
    await anna.taps("Стаж")
    await twice("Сколько полных лет")
    await anna.says("6")
    await twice("Стаж: 6 лет")
    await anna.taps("Всё верно")
    await twice("Меню")
    person = await person_of(watched, anna)
    assert (person.position, person.experience_years) == ("Тьютор", 6)
    assert await deeds(watched) == ["organisation.create"] * 3 + ["consent.give", "person.register"]


async def test_one_can_stop_between_any_two_messages(watched: House) -> None:
    """A new process before every step: nothing lives in memory alone."""
    await put_organisations(watched, *TITLES)
    anna = watched.visitor("Анна")
    steps = (
        ("says", "/start"),
        ("taps", "Даю согласие"),
        ("says", NAME),
        ("says", "лицей"),
        ("taps", "Лицей № 1"),
        ("says", "учителя"),
        ("taps", "Оставить"),
        ("says", "химии"),
        ("taps", "Готово"),
        ("says", "3"),
        ("taps", "Всё верно"),
    )
    for verb, words in steps:
        house = restarted(watched)
        await getattr(anna, verb)(words)
    person = await person_of(house, anna)
    assert (person.full_name, person.position, person.experience_years) == (NAME, "учителя", 3)
