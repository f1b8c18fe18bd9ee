"""A teacher registers: the whole way, and everything that may be typed wrongly."""

from __future__ import annotations

from datetime import timedelta

from models import Consent, Organisation
from tests.support.house import House, register
from tests.support.registering import NAME, TITLES, begin, come_to_summary
from tests.support.stories import (
    answers_of,
    count,
    deeds,
    first_line,
    from_bot,
    person_of,
    put_organisations,
)


async def test_a_new_teacher_registers(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    assert first_line(anna).startswith("Здравствуйте! Это «Методсеть»")
    assert await count(watched, Consent) == 0
    stranger = await person_of(watched, anna)
    assert (stranger.full_name, stranger.registered_at) == (None, None)
    assert stranger.telegram_language == "ru"

    anna = await come_to_summary(watched)
    assert await deeds(watched) == ["organisation.create"] * 3 + ["consent.give"]
    for line in (f"ФИО: {NAME}", "Место работы: МОУ «Лицей № 1»", "Должность: Учитель", "Стаж: 12 лет"):
        assert line in anna.sees
    assert "Предметы: Математика, Информатика" in anna.sees
    await anna.taps("Всё верно")
    assert "вы зарегистрированы" in anna.sees
    assert "\n\nАнна Петровна, добро пожаловать." in anna.sees
    assert "стаж меньше трёх лет" not in anna.sees
    assert await answers_of(watched, anna) is None

    person = await person_of(watched, anna)
    assert (person.full_name, person.position, person.experience_years) == (NAME, "Учитель", 12)
    assert person.registered_at is not None
    assert await deeds(watched) == ["organisation.create"] * 3 + ["consent.give", "person.register"]
    await anna.taps("Меню")
    assert first_line(anna) == "Меню"
    assert "Анна Петровна, вы пока не состоите ни в одной сети" in anna.sees


async def test_a_name_is_not_taken_before_it_is_one(watched: House) -> None:
    anna = await begin(watched)
    letters, words = "только буквы", "от двух до четырёх слов"
    refusals = {
        "<b>Анна</b>": letters,
        "Анна 🌸 Петровна": letters,
        "🌸🌸🌸": "Здесь нужны буквы",
        "Анна": "Одного слова мало",
        "Анна Мария Тереза фон Штерн": f"{words}: фамилия, имя и отчество, а пришло 5",
        "а " * 21: f"{words}: фамилия, имя и отчество, а пришло 21",
        "Анна 2": letters,
        "1234567": letters,
        "я": "Слишком коротко",
        "Иванова Анна & Со": letters,
    }
    for typed, reason in refusals.items():
        await anna.says(typed)
        assert first_line(anna).startswith("❗️"), typed
        assert reason in first_line(anna), typed
        assert "Как вас зовут?" in anna.sees
        assert "Анкета · шаг 1 из 5" in anna.sees
    for send in (anna.sends_photo, anna.sends_voice):
        await send()
        assert first_line(anna) == "❗️ Здесь нужен текст: напишите ответ словами."
    assert await answers_of(watched, anna) == {}

    before = len(from_bot(anna))
    await anna.says("Анна " * 1000)
    assert len(from_bot(anna)) == before + 1  # the app cut it in two messages; the person typed one
    assert "Слишком длинно: 4" in first_line(anna)
    assert "помещается 120" in first_line(anna)

    watched.passes(timedelta(seconds=5))
    await anna.says("иванова\u00a0 АННА \u200bпетровна-водкина")
    assert await answers_of(watched, anna) == {"name": "Иванова Анна Петровна-Водкина"}
    assert first_line(anna) == "Анкета · шаг 2 из 5"


async def test_a_photo_with_the_name_under_it_is_an_answer(watched: House) -> None:
    anna = await begin(watched)
    await anna.sends_album([("photo", "1.jpg", b"\xff\xd8\xff" + bytes([n])) for n in range(3)], NAME)
    assert await answers_of(watched, anna) == {"name": NAME}
    assert first_line(anna) == "Анкета · шаг 2 из 5"
    assert not any("❗️" in message.text for message in from_bot(anna))


async def test_an_organisation_is_found_as_people_type_it(watched: House) -> None:
    await put_organisations(watched, *TITLES)
    anna = await begin(watched)
    await anna.says(NAME)
    assert [label for label in anna.buttons if "№" in label] == []  # a long registry is searched, not leafed through
    await anna.says("ъъъ")
    assert "Ничего не нашлось" in first_line(anna)
    await anna.says("%_*")
    assert "Ничего не нашлось" in first_line(anna)
    await anna.says("сада ёлочка")
    assert "По запросу «сада ёлочка» нашёлся 1 вариант:" in anna.sees
    assert "Детский сад № 12 «Ёлочка»" in anna.buttons
    await anna.says("1")
    assert "МОУ «Лицей № 1»" in anna.buttons
    assert "МОУ «Гимназия № 11»" not in anna.buttons
    await anna.says("мо" * 60)
    assert "помещается 100" in first_line(anna)
    await anna.says("моу «лицей № 1»")  # the very title needs no tap
    assert first_line(anna) == "Анкета · шаг 3 из 5"
    answers = await answers_of(watched, anna)
    assert answers is not None
    assert answers["organisation"]["label"] == "МОУ «Лицей № 1»"


async def test_titles_that_look_alike_on_their_buttons_are_told_apart(watched: House) -> None:
    long = "Муниципальное бюджетное общеобразовательное учреждение «Школа № {}» <имени Героя>"
    await put_organisations(watched, *(long.format(number) for number in range(21, 30)))
    anna = await begin(watched)
    await anna.says(NAME)
    await anna.says("школа")
    assert "1. Муниципальное бюджетное…" in anna.buttons
    assert f"2. {long.format(22)}" in anna.sees
    await anna.taps("Дальше »")
    assert anna.sees.endswith(f"8. {long.format(28)}\n9. {long.format(29)}")
    await anna.taps("9. Муниципальное")
    answers = await answers_of(watched, anna)
    assert answers is not None
    assert answers["organisation"]["label"] == long.format(29)
    await anna.taps("‹ Назад")
    assert f"Сейчас: {long.format(29)}" in anna.sees


async def test_position_subjects_and_years_are_typed_or_tapped(watched: House) -> None:
    await put_organisations(watched, *TITLES)
    anna = await begin(watched)
    await anna.says(NAME)
    await anna.says("МОУ «Лицей № 1»")
    await anna.says("учителем")
    assert "✍️ Оставить «учителем»" in anna.buttons
    assert "Учитель начальных классов" in anna.buttons
    await anna.says("Тьютор-модератор")
    assert first_line(anna) == "Анкета · шаг 4 из 5"

    assert "Готово" not in " ".join(anna.buttons)
    await anna.taps("Дальше")
    await anna.taps("География")
    await anna.taps("География")
    assert "Выбрано" not in anna.sees
    await anna.says("математике")
    assert "Выбрано: Математика" in anna.sees
    await anna.says("дошкольное")
    assert "нашлись 4 варианта" in anna.sees
    await anna.taps("Показать все")
    assert "✅ Математика" in anna.buttons
    for subject in ("Начальные классы", "Английский язык", "Информатика", "Физика", "Русский язык"):
        await anna.taps(subject)
    await anna.taps("Дальше")
    await anna.taps("Химия")
    await anna.taps("Биология")
    await anna.taps("Музыка")
    assert "Можно выбрать не больше 8 вариантов" in first_line(anna)
    answers = await answers_of(watched, anna)
    assert answers is not None
    assert len(answers["subjects"]) == 8
    await anna.taps("Готово")

    for typed in ("минус", "минус 5", "-5", "−5", "1,5", "1.5", "10-12", "71", "двадцать", "9" * 80):
        await anna.says(typed)
        assert "Нужно целое число от 0 до 70" in first_line(anna), typed
    await anna.says("0")
    assert "Стаж: меньше года" in anna.sees
    assert "Должность: Тьютор-модератор" in anna.sees
    await anna.taps("Всё верно")
    assert "стаж меньше трёх лет" not in anna.sees  # there is no School to offer yet


async def test_every_answer_is_corrected_from_the_summary(watched: House) -> None:
    anna = await come_to_summary(watched)
    await anna.says("ещё одно слово")
    assert "нажмите «Исправить»" in first_line(anna)

    await anna.taps("Исправить")
    assert first_line(anna) == "Что исправить?"
    await anna.taps("ФИО")
    assert "Сейчас: Иванова Анна Петровна" in anna.sees
    await anna.says("Иванова Анна Сергеевна")
    assert "Проверьте" in anna.sees

    await anna.taps("Исправить")
    await anna.taps("Предметы")
    await anna.taps("Математика")
    await anna.taps("Информатика")
    await anna.taps("‹ Назад")  # all ticks are off: the summary is not to be had like this
    assert "Проверьте" not in anna.sees
    await anna.taps("Методист")
    assert "Что вы ведёте?" in anna.sees
    await anna.taps("Физика")
    await anna.taps("Готово")
    assert "Должность: Методист" in anna.sees
    assert "Предметы: Физика" in anna.sees

    await anna.taps("Исправить")
    await anna.taps("Место работы")
    await anna.taps("Моей организации нет")
    assert "Как называется ваша организация?" in anna.sees
    await anna.taps("‹ Назад")  # the title of the new one is still owed
    assert "Где вы работаете?" in anna.sees
    await anna.taps("Моей организации нет")
    await anna.says("Школа «Росток» <новая> & своя")
    assert "Место работы (новое): Школа «Росток» <новая> & своя" in anna.sees

    await anna.taps("Исправить")
    await anna.taps("Стаж")
    await anna.taps("‹ Назад")
    assert "Проверьте" in anna.sees
    await anna.taps("Исправить")
    await anna.taps("‹ Назад")
    await anna.taps("Всё верно")

    person = await person_of(watched, anna)
    assert (person.full_name, person.position) == ("Иванова Анна Сергеевна", "Методист")
    assert person.experience_years == 12


async def test_back_leads_through_all_questions_and_loses_nothing(watched: House) -> None:
    anna = await come_to_summary(watched)
    asked = ["Сколько полных лет", "Что вы ведёте?", "Ваша должность?", "Где вы работаете?", "Как вас зовут?"]
    for question in asked:
        await anna.taps("‹ Назад")
        assert question in anna.sees
        assert "Сейчас: " in anna.sees or "Выбрано: " in anna.sees
    assert "‹ Назад" not in anna.buttons
    answers = await answers_of(watched, anna)
    assert answers is not None
    assert set(answers) == {"name", "organisation", "position", "subjects", "experience"}


async def test_an_organisation_not_in_the_registry_is_proposed_once(watched: House) -> None:
    anna, boris = watched.visitor("Анна"), watched.visitor("Борис")
    await register(anna, NAME)
    await boris.says("/start")
    await boris.taps("Даю согласие")
    await boris.says("Борисов Борис")
    await boris.says("лицей 1")
    assert "Моей организации нет" in boris.buttons
    assert "Ничего не нашлось. Напишите короче" in first_line(boris)  # what was only proposed is not found yet
    await boris.taps("Моей организации нет")
    await boris.says("лицей №1")
    await boris.taps("Методист")
    await boris.taps("Химия")
    await boris.taps("Готово")
    await boris.taps("20")
    await boris.taps("Всё верно")
    assert await count(watched, Organisation) == 1  # the same school, typed otherwise
    await boris.says("/profile")
    assert "Место работы: Лицей № 1" in boris.sees
    assert "администратор ещё не подтвердил" in boris.sees


async def test_registration_in_english(watched: House) -> None:
    await put_organisations(watched, *TITLES)
    ann = watched.visitor("Ann", language="en")
    await ann.says("/start")
    assert "Metodset" in first_line(ann)
    await ann.taps("Русский")
    assert "Здравствуйте" in ann.sees
    await ann.taps("English")
    await ann.taps("I consent")
    await ann.says("Ann")
    assert "One word is not enough" in first_line(ann)
    await ann.says("Ivanova Anna")
    await ann.says("лицей")
    await ann.taps("Лицей № 1")
    await ann.says("/settings")
    await ann.taps("Русский")
    assert first_line(ann) == "Настройки"
    await ann.taps("English")
    await ann.taps("Menu")
    assert first_line(ann) == "The form is not finished"
    await ann.taps("Continue: registration")
    assert "Your position?" in ann.sees
    await ann.says("Tutor")
    await ann.taps("Физика")
    await ann.taps("Done")
    await ann.says("one")
    assert "A whole number from 0 to 70" in first_line(ann)
    await ann.taps("1")
    assert "Experience: 1 year" in ann.sees
    await ann.taps("All is right")
    assert "you are registered" in ann.sees
    assert "Networks for you" in ann.buttons
    assert not any("а" <= letter <= "я" for letter in ann.sees.lower())
