"""«Мои данные»: everything stored about me comes as two files, in either language."""

from __future__ import annotations

import json

import pytest

from screens.l10n import LANGUAGES, L10n
from tests.support.house import House, register
from tests.support.stories import answers_of, from_bot


@pytest.mark.parametrize("language", LANGUAGES)
async def test_my_data_come_as_a_page_and_as_a_file_for_programs(watched: House, language: str) -> None:
    t = L10n(language)
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/settings")
    await anna.taps(t.plain(f"language-{language}"))
    await anna.taps(t.plain("settings-data"))
    await anna.taps(t.plain("data-mine"))
    page, table = from_bot(anna)[-2:]
    assert page.file is not None
    assert table.file is not None
    assert (page.file.name, table.file.name) == ("my-data.html", "my-data.json")
    assert page.data is not None
    assert f"<title>{t.plain('my-data-title')}</title>" in page.data.decode()
    assert "Иванова Анна Петровна" in page.data.decode()
    assert table.data is not None
    data = json.loads(table.data)
    assert data["person"][0]["telegram_id"] == anna.id
    assert [row["title"] for row in data["subjects"]] == ["Математика"]
    assert {row["deed"] for row in data["journal"]} >= {"consent.give", "person.register"}
    assert t.plain("my-data-sent").partition("\n")[0].removeprefix("<b>").removesuffix("</b>") in table.text
    await anna.taps(t.plain("nav-back"))
    assert anna.sees.startswith(t.plain("settings-data").partition(" ")[2])


async def test_a_stranger_finds_the_little_that_is_kept_and_an_open_form_stays_open(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/settings")
    await anna.taps("Личные данные")
    assert "Отозвать согласие" not in anna.buttons
    settings = anna.screen
    await anna.says("/start")
    await anna.taps("Даю согласие")
    await anna.taps("Мои данные", message=settings)
    table = from_bot(anna)[-1]
    assert table.data is not None
    assert json.loads(table.data)["person"][0]["full_name"] is None
    await anna.says("Иванова Анна")
    assert (await answers_of(watched, anna)) == {"name": "Иванова Анна"}
