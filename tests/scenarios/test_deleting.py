"""«Удалить меня»: told before, asked twice, done at once; whoever comes back is somebody new."""

from __future__ import annotations

import asyncio

import pytest

from models import Consent, Person
from sandbox import Visitor
from sandbox.methods.commands import commands_for
from screens.l10n import LANGUAGES, L10n
from tests.support.house import House, register
from tests.support.products import hands_in, set_scene
from tests.support.stories import count, first_line, person_of, redrawn


def commands_of(visitor: Visitor) -> list[str]:
    """The commands that Telegram shows this person."""
    return [one["command"] for one in commands_for(visitor.world, visitor.bot_id, visitor.id)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_goes_and_what_stays_is_told_before_and_asked_twice(watched: House, language: str) -> None:
    t = L10n(language)
    scene = await set_scene(watched)
    anna = scene.anna
    await hands_in(anna)
    await anna.says("/settings")
    await anna.taps(t.plain(f"language-{language}"))
    await anna.taps(t.plain("settings-data"))
    await anna.taps(t.plain("data-delete"))
    assert t.plain("delete-stays-works", count=1) in anna.sees
    assert t.plain("delete-stays-messages", count=0) not in anna.sees
    await anna.taps(t.plain("delete-on"))
    await anna.taps(t.plain("withdraw-no"))
    assert (await person_of(watched, anna)).full_name == "Иванова Анна Петровна"

    await anna.taps(t.plain("data-delete"))
    await anna.taps(t.plain("delete-on"))
    sure = anna.screen
    await asyncio.gather(*(anna.taps(t.plain("delete-yes"), message=sure) for _ in range(2)))  # two quick taps
    assert first_line(redrawn(anna, sure)) == "Вы удалены"  # after the second tap in the words of Telegram's language
    assert await count(watched, Person, Person.telegram_id == anna.id) == 0
    assert await count(watched, Person, Person.full_name == "Иванова Анна Петровна") == 0

    await watched.delivers()
    await scene.boris.says("/manage")
    assert "Иванова" not in scene.boris.sees


async def test_whoever_comes_back_is_somebody_new_whom_an_old_button_does_not_delete(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    was = (await person_of(watched, anna)).id
    await anna.says("/settings")
    for label in ("Личные данные", "Удалить меня", "Дальше"):
        await anna.taps(label)
    sure = anna.screen
    await anna.taps("Да, удалить навсегда")
    assert first_line(anna) == "Вы удалены"
    await anna.taps("Начать заново")
    assert first_line(anna).startswith("Здравствуйте!")
    await register(anna, "Иванова Анна")
    person = await person_of(watched, anna)
    assert person.id != was
    await anna.presses(sure, f"xd:{was}")
    assert first_line(redrawn(anna, sure)) == "Меню"
    assert (await person_of(watched, anna)).full_name == "Иванова Анна"
    assert await count(watched, Consent) == 1


async def test_a_coordinators_own_commands_go_too(watched: House) -> None:
    vera = await watched.administrator()
    await vera.says("/menu")
    assert "admin" in commands_of(vera)
    await vera.says("/settings")
    for label in ("Личные данные", "Удалить меня", "Дальше", "Да, удалить навсегда"):
        await vera.taps(label)
    assert "admin" not in commands_of(vera)
