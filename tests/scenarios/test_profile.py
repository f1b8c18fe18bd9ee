"""The person's own affairs: the profile, the language, the consent and its end; and everything said outside any form."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiogram.types import Update

from models import (
    Appointment,
    Audit,
    Consent,
    DialogState,
    Membership,
    MembershipState,
    Person,
    PersonSubject,
    Role,
    SearchWord,
)
from screens.l10n import LANGUAGES, L10n
from services import networks, persons
from tests.support.house import House, register
from tests.support.networks import put_network
from tests.support.stories import (
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


async def test_each_field_is_changed_and_begins_from_what_it_was(watched: House) -> None:
    await put_organisations(watched, "МОУ «Гимназия № 11»")
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/profile")
    assert first_line(anna) == "Моя анкета"

    await anna.taps("ФИО")
    assert "Сейчас: Иванова Анна Петровна" in anna.sees
    assert "шаг" not in anna.sees
    await anna.says("Анна")
    assert "Одного слова мало" in first_line(anna)
    await anna.says("Ильина Анна Петровна")
    assert first_line(anna) == "Моя анкета"
    assert anna.sees.endswith("✅ Сохранено")
    await anna.taps("Должность")
    await anna.taps("Методист")
    assert anna.toast == "✅ Сохранено"
    assert "Сохранено" not in anna.sees
    await anna.taps("Предметы")
    assert "✅ Математика" in anna.buttons  # to add one subject nobody ticks all of them anew
    await anna.taps("Физика")
    await anna.taps("Готово")
    await anna.taps("Стаж")
    assert "Сейчас: 12 лет" in anna.sees
    await anna.taps("20")
    await anna.taps("Место работы")
    await anna.says("гимназия")
    await anna.taps("Гимназия № 11")
    for line in ("Ильина Анна Петровна", "Методист", "Математика, Физика", "20 лет", "МОУ «Гимназия № 11»"):
        assert line in anna.sees
    assert "не подтвердил" not in anna.sees
    assert (await deeds(watched))[-5:] == ["person.change"] * 5
    assert await answers_of(watched, anna) is None


async def test_a_change_begun_and_left_does_not_stand_in_the_way(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/profile")
    profile = anna.screen
    await anna.taps("ФИО")
    await anna.taps("Отмена")
    assert first_line(anna) == "Отменено: правка анкеты"
    await anna.taps("Меню")
    await anna.says("/profile")
    profile = anna.screen
    await anna.taps("Стаж")
    await anna.presses(profile, "db:edit-position:0:")
    assert "Ваша должность?" in anna.sees  # nothing was answered in the other one: it is not worth a question
    await anna.says("/menu")
    assert "▶️ Продолжить: правка анкеты" in anna.buttons
    await anna.says("Тьютор")
    assert "Это пока никуда не записано. У вас не закончено: правка анкеты" in anna.sees
    await anna.taps("Продолжить")
    assert "Должность: Тьютор" in anna.sees

    await anna.taps("Предметы")
    await anna.taps("Химия")
    ticks = anna.screen
    await anna.presses(profile, "db:edit-name:0:")
    assert first_line(redrawn(anna, profile)) == "Осталось незаконченное: правка анкеты"
    await anna.taps("Продолжить: правка анкеты", message=profile)
    assert "Выбрано: Математика, Химия" in redrawn(anna, profile).text
    await anna.presses(ticks, "db:edit-name:0:edit-subjects")
    assert "Как вас зовут?" in anna.sees
    await anna.presses(ticks, "db:edit-position:0:edit-subjects")  # nothing answered there: it gives way
    assert "Ваша должность?" in anna.sees


async def test_a_tap_served_again_after_the_last_answer(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/profile")
    await anna.taps("ФИО")
    await anna.says("Ильина Анна")
    house = restarted(watched)
    await house.again(house.updates[-1])
    assert "Вы написали: «Ильина Анна»" in anna.sees
    assert "он уже принят" in anna.sees
    assert (await deeds(watched)).count("person.change") == 1
    assert (await person_of(watched, anna)).full_name == "Ильина Анна"


async def test_consent_is_read_refused_and_given(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    await anna.taps("Прочитать полностью")
    assert first_line(anna) == f"Согласие на обработку персональных данных (редакция {persons.CONSENT_VERSION})"
    await anna.taps("‹ Назад")
    await anna.taps("Не сейчас")
    assert "Я ничего о вас не сохранил" in anna.sees
    assert await count(watched, Consent) == 0
    for words in ("Иванова Анна", "/networks", "/profile", "/admin", "/nonsense"):
        await anna.says(words)
        assert first_line(anna).startswith("Здравствуйте!"), words
    await anna.says("/help")
    assert "пять вопросов" in anna.sees
    await anna.says("/settings")
    await anna.taps("Личные данные")
    assert "Отозвать согласие" not in anna.buttons
    await anna.sends_photo()
    assert first_line(anna).startswith("Здравствуйте!")
    stranger = await person_of(watched, anna)
    assert (stranger.full_name, stranger.language_code) == (None, None)


async def test_consent_withdrawn_deletes_the_form_and_ends_everything(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    network = await put_network(watched, "Учителя математики", subjects=("Математика",))
    person = await person_of(watched, anna)
    async with watched.db.write() as session:
        await networks.join(session, person, network.id, now=watched.clock.now())
        session.add(
            Appointment(
                person_id=person.id,
                network_id=network.id,
                role=Role.COORDINATOR,
                appointed_at=watched.clock.now(),
            )
        )
    await anna.says("/profile")
    profile = anna.screen
    await anna.taps("ФИО")
    await anna.says("/settings")
    await anna.taps("Личные данные")
    await anna.taps("Отозвать согласие")
    await anna.taps("Нет, оставить")
    assert first_line(anna) == "Личные данные"
    await anna.taps("Отозвать согласие")
    sure = anna.screen
    await asyncio.gather(*(anna.taps("Да, удалить", message=sure) for _ in range(2)))
    assert first_line(anna) == "Согласие отозвано, анкета удалена."

    gone = await person_of(watched, anna)
    assert (gone.full_name, gone.position, gone.experience_years, gone.organisation_id) == (None,) * 4
    assert gone.registered_at is None
    assert await count(watched, PersonSubject) == 0
    assert await count(watched, DialogState) == 0
    assert await count(watched, SearchWord, SearchWord.kind == "person") == 0
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 0
    assert await count(watched, Appointment, Appointment.ended_at.is_(None)) == 0
    assert await count(watched, Consent, Consent.withdrawn_at.is_(None)) == 0
    assert await count(watched, Consent) == 1  # that it was given, and when it ended, stays
    assert (await deeds(watched)).count("consent.withdraw") == 1
    async with watched.db.read() as session:
        for row in await session.scalars(Audit.__table__.select().with_only_columns(Audit.new)):
            assert "Иванова" not in str(row)

    watched.passes(timedelta(days=40))
    for button in ("p", "ns", f"n:{network.id}:::", f"nj:{network.id}:::", "db:edit-name:0:", "ca", "a", "zz"):
        await anna.presses(profile, button)
        assert first_line(redrawn(anna, profile)).startswith("Здравствуйте!"), button
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 0
    await register(anna, "Иванова Анна")
    assert await count(watched, Consent) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_told_before_and_after_a_withdrawal_names_all_that_ends_and_all_that_stays(
    watched: House, language: str
) -> None:
    says = {
        "ru": (
            (
                "выйдете из всех сетей",
                "Места на событиях освободятся",
                "открытые вопросы закроются",
                "эксперта закончатся",
            ),
            ("номер чата", "язык", "даты согласия", "журнал", "без вашего имени"),
            ("эксперты этих тем", "читатели материалов"),
        ),
        "en": (
            ("leave all networks", "seats at events will be given up", "open questions closed", "expert ended"),
            ("number of this chat", "language", "dates of the consent", "journal", "without your name"),
            ("experts of these topics", "readers of the works"),
        ),
    }
    anna = watched.visitor("Анна")
    await register(anna)
    t = L10n(language)
    await anna.says("/settings")
    await anna.taps(t.plain(f"language-{language}"))
    await anna.taps(t.plain("settings-data"))
    await anna.taps(t.plain("data-consent-text"))
    ends, stays, seen_by = says[language]
    assert [words for words in seen_by if words not in anna.sees] == []
    await anna.says("/settings")
    await anna.taps(t.plain("settings-data"))
    await anna.taps(t.plain("data-withdraw"))
    assert [words for words in ends if words not in anna.sees] == []
    await anna.taps(t.plain("withdraw-yes"))
    assert [words for words in stays if words not in anna.sees] == []


async def test_consent_is_withdrawn_before_the_form_is_finished(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    await anna.taps("Даю согласие")
    await anna.says("Иванова Анна")
    await anna.says("/settings")
    await anna.taps("Личные данные")
    await anna.taps("Отозвать согласие")
    await anna.taps("Да, удалить")
    assert await count(watched, DialogState) == 0
    await anna.says("лицей")
    assert first_line(anna).startswith("Здравствуйте!")


async def test_the_language_is_chosen_and_stays(watched: House) -> None:
    anna = watched.visitor("Анна", language="de")
    await anna.says("/start")
    assert first_line(anna).startswith("Hello!")  # nobody knows whether a German reads Russian
    await anna.taps("Русский")
    assert first_line(anna).startswith("Здравствуйте!")
    await register(anna)
    await anna.says("/settings")
    assert "Русский ✓" in anna.buttons
    await anna.taps("English")
    assert first_line(anna) == "Settings"
    assert "English ✓" in anna.buttons
    await anna.says("/menu")
    assert first_line(anna) == "Menu"
    await anna.taps("Help")
    assert first_line(anna) == "Help"
    assert (await person_of(watched, anna)).language_code == "en"


async def test_what_nobody_asked_for_is_a_wish_and_not_an_error(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/nonsense")
    assert first_line(anna) == "Такой команды нет. Вот что можно сделать:"
    assert "👥 Сети" in anna.buttons
    await anna.says("<b>математика</b> & " + "я" * 300)
    assert "Вы написали: «<b>математика</b> & яяя" in anna.sees
    assert len(anna.sees) < 400
    assert "👥 Все сети" in anna.buttons
    for send in (anna.sends_photo, anna.sends_voice):
        await send()
        assert "никуда не попало" in anna.sees
        assert "☰ Меню" in anna.buttons
    await anna.presses(anna.screen, "zz:1:2")
    assert anna.toast == "Эта кнопка из старой версии. Вот меню."
    assert first_line(anna) == "Меню"
    await anna.presses(anna.screen, f"n:{10**40}")
    assert first_line(anna) == "Меню"

    before = len(from_bot(anna))
    pinned = Update.model_validate(
        {
            "update_id": 1,
            "message": {
                "message_id": 9_000,
                "date": 1,
                "chat": {"id": anna.id, "type": "private"},
                "from": {"id": anna.id, "is_bot": False, "first_name": "Анна"},
                "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": anna.id, "type": "private"}},
            },
        }
    )
    await watched.dispatcher.feed_update(watched.bot, pinned)
    assert len(from_bot(anna)) == before  # pinning a message says nothing to the bot


async def test_a_group_is_told_once_where_the_bot_is(watched: House) -> None:
    anna = watched.visitor("Анна")
    group = watched.world.group("Учителя", [anna], bots=[])
    await anna.invites_bot(group)
    await anna.says("/menu@metodset_bot", chat=group)
    await anna.says("Добрый день!", chat=group)
    await anna.kicks_bot(group)
    said = [message for message in watched.world.state.messages.chat((0, group.id)) if message.sender_id != anna.id]
    assert [message.text.split(":")[0] for message in said] == ["Я работаю в личном чате"] * 2
    assert await count(watched, Person) == 0  # in groups nobody is remembered


async def test_who_blocks_the_bot_and_comes_back_is_known(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.blocks()
    assert (await person_of(watched, anna)).blocked_at == pytest.approx(watched.clock.now(), abs=timedelta(seconds=5))
    await anna.unblocks()
    assert (await person_of(watched, anna)).blocked_at is None
    await anna.blocks()
    await anna.opens_link("")
    assert (await person_of(watched, anna)).blocked_at is None
    assert first_line(anna) == "Меню"


async def test_a_button_works_when_its_message_or_its_press_is_too_old(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    await anna.taps("Даю согласие", inaccessible=True)
    assert "Как вас зовут?" in anna.sees
    assert len(from_bot(anna)) == 2  # sent anew: the old one could not be edited
    await anna.says("Иванова Анна")
    await anna.taps("Моей организации нет", inaccessible=True)
    assert "Как называется ваша организация?" in anna.sees

    watched.world.fail_next(
        "answerCallbackQuery",
        400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await anna.taps("‹ Назад")
    assert "Где вы работаете?" in anna.sees
    watched.world.faults.clear()  # that press could not be answered any more
    for words in ("message can't be edited", "message to edit not found"):
        before = len(from_bot(anna))
        watched.world.fail_next("editMessageText", 400, description=f"Bad Request: {words}")
        await anna.taps("‹ Назад")
        assert len(from_bot(anna)) == before + 1, words
        await anna.says("Иванова Анна")
