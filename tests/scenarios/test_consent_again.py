"""A new text of the consent: people are asked at their next deed, and what they were doing goes on after their yes."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from models import Consent, HeldUpdate, Membership, MembershipState, Person
from sandbox import Visitor
from screens.l10n import LANGUAGES, L10n
from services import persons
from tests.support.consultations import ask, set_scene
from tests.support.house import House, register
from tests.support.networks import put_network
from tests.support.stories import again, answers_of, count, first_line, from_bot, person_of, redrawn, restarted

AGAIN = "Текст согласия изменился"


async def text_changes(house: House) -> None:
    """Everybody's consent is now to a former text."""
    async with house.db.write() as session:
        await session.execute(update(Consent).values(version="2026-10"))
        await session.execute(
            update(Person).where(Person.consent_version.is_not(None)).values(consent_version="2026-10")
        )


async def registered(house: House) -> Visitor:
    anna = house.visitor("Анна")
    await register(anna)
    return anna


async def test_a_pressed_button_goes_on_in_its_own_message(watched: House) -> None:
    network = await put_network(watched, "Учителя физики")
    anna = await registered(watched)
    await anna.says("/networks")
    await anna.taps("Все сети")
    await anna.taps("Учителя физики")
    card = anna.screen
    await text_changes(watched)
    await anna.taps("Вступить")
    assert first_line(anna) == AGAIN
    assert redrawn(anna, card).text == card.text
    assert await count(watched, Membership) == 0

    await anna.taps("Прочитать полностью")
    assert persons.CONSENT_VERSION in anna.sees
    await anna.taps("Даю согласие")
    assert first_line(anna) == "Спасибо, согласие записано. Продолжаем."
    assert "Вы участник этой сети" in redrawn(anna, card).text
    assert await count(watched, Membership, Membership.network_id == network.id) == 1
    assert await count(watched, HeldUpdate) == 0
    assert (await person_of(watched, anna)).consent_version == persons.CONSENT_VERSION
    assert await count(watched, Consent, Consent.withdrawn_at.is_(None)) == 2
    await anna.says("/menu")
    assert first_line(anna) == "Меню"


async def test_a_typed_answer_and_what_follows_are_taken_in_their_order(watched: House) -> None:
    anna = await registered(watched)
    await anna.says("/profile")
    await anna.taps("ФИО")
    await text_changes(watched)
    await anna.says("Иванова Анна Сергеевна")
    assert first_line(anna) == AGAIN
    await anna.says("/settings")  # one's own data are open to whoever agrees to nothing
    assert first_line(anna) == "Настройки"
    await anna.says("/profile")
    assert first_line(anna) == AGAIN
    restarted(watched)
    await anna.taps("Даю согласие")
    assert (await person_of(watched, anna)).full_name == "Иванова Анна Сергеевна"
    assert first_line(anna) == "Моя анкета"
    assert "ФИО: Иванова Анна Сергеевна" in anna.sees
    assert await answers_of(watched, anna) is None
    await again(watched)  # a crash after the yes
    assert await count(watched, HeldUpdate) == 0
    assert await count(watched, Consent) == 2


async def test_an_album_is_asked_about_once_and_arrives_whole(watched: House) -> None:
    scene = await set_scene(watched)
    await scene.anna.says("/ask")
    await scene.anna.taps("Олимпиады")
    await text_changes(watched)
    before = len(from_bot(scene.anna))
    await scene.anna.sends_album([("photo", f"{n}.jpg", b"\xff\xd8\xff" + bytes([n])) for n in range(3)], "Как?")
    assert len(from_bot(scene.anna)) == before + 1
    await scene.anna.taps("Даю согласие")
    answers = await answers_of(watched, scene.anna)
    assert answers is not None
    (pieces,) = (value for value in answers.values() if isinstance(value, dict) and "files" in value)
    assert len(pieces["files"]) == 3


async def test_a_correction_waits_without_a_word(watched: House) -> None:
    scene = await set_scene(watched)
    await ask(scene.anna, "Как готовить?")
    message = next(one for one in scene.anna.messages if one.text == "Как готовить?")
    await text_changes(watched)
    before = len(from_bot(scene.anna))
    await scene.anna.edits(message, "Как готовить к олимпиаде?")
    assert len(from_bot(scene.anna)) == before
    assert await count(watched, HeldUpdate) == 1


async def test_who_refuses_is_out_as_after_a_withdrawal_and_nothing_of_it_is_done(watched: House) -> None:
    await put_network(watched, "Учителя физики")
    anna = await registered(watched)
    await anna.says("/networks")
    await anna.taps("Все сети")
    await anna.taps("Учителя физики")
    await text_changes(watched)
    await anna.taps("Вступить")
    await anna.taps("Не согласен")
    assert first_line(anna) == "Отозвать согласие?"
    await anna.taps("Нет, оставить")
    await anna.says("/menu")
    assert first_line(anna) == AGAIN
    await anna.taps("Не согласен")
    await anna.taps("Да, удалить")
    assert first_line(anna) == "Согласие отозвано, анкета удалена."
    assert await count(watched, HeldUpdate) == 0
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 0
    person = await person_of(watched, anna)
    assert (person.full_name, person.consent_version) == (None, None)
    await register(anna, "Иванова Анна")
    assert (await person_of(watched, anna)).consent_version == persons.CONSENT_VERSION


async def test_a_deed_that_is_refused_afterwards_is_told_as_ever(watched: House) -> None:
    network = await put_network(watched, "Учителя физики")
    anna = await registered(watched)
    await text_changes(watched)
    await anna.presses(from_bot(anna)[-1], f"n:{network.id + 999}:::")
    await anna.taps("Даю согласие")
    assert await count(watched, HeldUpdate) == 0
    await anna.says("/menu")
    assert first_line(anna) == "Меню"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_asked_in_ones_own_language(watched: House, language: str) -> None:
    t = L10n(language)
    anna = await registered(watched)
    await anna.says("/settings")
    await anna.taps(t.plain(f"language-{language}"))
    await text_changes(watched)
    await anna.says("/events")
    assert anna.sees.startswith({"ru": AGAIN, "en": "The text of the consent has changed"}[language])
    await anna.taps(t.plain("consent-give"))
    assert t.plain("consent-again-done").removeprefix("<b>").partition("</b>")[0] in from_bot(anna)[-2].text
    assert await count(watched, HeldUpdate) == 0
