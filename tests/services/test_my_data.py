"""«Мои данные»: nothing that is stored about a person is left out, on each database."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import screens.my_data
from models import Base, Database, Person
from screens.l10n import LANGUAGES, L10n
from services import my_data
from services.copies import Copies
from tests.support.busy import (
    DRAFT,
    NAME,
    PHONE,
    POSITION,
    SCHEDULED,
    TELEGRAM_ID,
    TEMPLATE,
    WHY_DECLINED,
    lives,
)
from tests.support.people import NOW, put_people


def columns_of_people() -> set[str]:
    """Every column that leads to a person: «memberships.person_id»."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "persons"
    }


def test_every_column_that_leads_to_a_person_is_told_or_left_out_for_a_reason() -> None:
    told = {str(column.property.columns[0]) for section in my_data.SECTIONS for column in section.by} - {"persons.id"}
    assert len(columns_of_people()) > 20
    assert columns_of_people() - told - my_data.LEFT_OUT.keys() == set()
    assert told & my_data.LEFT_OUT.keys() == set()
    assert (told | my_data.LEFT_OUT.keys()) - columns_of_people() == set()


def test_every_column_of_the_person_is_told_or_left_out_for_a_reason() -> None:
    person = next(section for section in my_data.SECTIONS if section.table is Person)
    told = {field.column.key for field in person.fields if field.column.class_ is Person}
    assert set(Person.__table__.columns.keys()) - told == my_data.OWN_LEFT_OUT.keys()


async def test_somebody_who_did_everything_finds_something_in_every_section(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    async with each_db.read() as session:
        data = await my_data.collect(session, busy.zina)
        others = await my_data.collect(session, busy.boss)
    assert [key for key, rows in data.items() if not rows] == []
    (person,) = data["person"]
    assert (person["full_name"], person["telegram_id"]) == (NAME, TELEGRAM_ID)
    assert {row["title"] for row in data["works"]} == {"Звёзды и углы", "Набросок"}
    assert {row["file"] for row in data["work-files"]} == {"урок.txt", "набросок.txt", "карта.txt"}
    assert {row["texts"][0]["text"] for row in data["messages"]} == {"Как чертить эллипс?", "Слева от Луны."}
    assert [row["text"] for row in data["remarks"]] == ["Добавьте рисунок."]
    assert [row["reason"] for row in data["applications"]] == [WHY_DECLINED]
    assert [row["phone"] for row in data["registry"]] == [PHONE]
    assert {row["texts"][0]["text"] for row in data["drafts"]} == {DRAFT, TEMPLATE, SCHEDULED}
    assert len(data["opened-invitations"]) == 2
    assert "token" not in json.dumps([data[key] for key in ("invitations", "came-by", "opened-invitations")])
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert NAME not in json.dumps(others["person"], ensure_ascii=False)
    assert others["works"] == others["remarks"] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_tells_the_same_in_words(db: Database, tmp_path: Path, language: str) -> None:
    busy = await lives(db, Copies(tmp_path / "files"))
    busy.zina.position = POSITION
    async with db.write() as session:
        person = await session.get_one(Person, busy.zina.id)
        person.position = "<b>Учитель</b> & друг"
    async with db.read() as session:
        data = await my_data.collect(session, busy.zina)
    t = L10n(language, ZoneInfo("Asia/Vladivostok"))
    page = screens.my_data.page(t, my_data.SECTIONS, data, now=NOW)
    for words in (NAME, str(TELEGRAM_ID), "Слева от Луны.", "77-К", "набросок.txt", PHONE, WHY_DECLINED, DRAFT):
        assert words in page, words
    assert "&lt;b&gt;Учитель&lt;/b&gt; &amp; друг" in page
    assert f"{NOW.astimezone(t.zone):%d.%m.%Y %H:%M}" in page
    assert {"ru": "координатор", "en": "coordinator"}[language] in page
    assert "None" not in page
    assert "my-data-" not in page


def test_a_word_means_in_each_section_what_it_means_there() -> None:
    data: dict[str, list[dict[str, Any]]] = {section.key: [] for section in my_data.SECTIONS}
    for section in my_data.SECTIONS:
        if section.key in ("applications", "notifications"):
            data[section.key] = [{field.name: None for field in section.fields} | {"state": "pending"}]
    page = screens.my_data.page(L10n("ru", ZoneInfo("UTC")), my_data.SECTIONS, data, now=NOW)
    told = [page.index(f"<dd>{words}</dd>") for words in ("ждёт решения", "ждёт отправки")]
    assert told == sorted(told)


async def test_whoever_only_opened_the_bot_has_little(db: Database) -> None:
    (anna,) = await put_people(db)
    async with db.read() as session:
        data = await my_data.collect(session, anna)
    assert {key for key, rows in data.items() if rows} == {"person"}
    page = screens.my_data.page(L10n("ru", ZoneInfo("UTC")), my_data.SECTIONS, data, now=NOW.astimezone(UTC))
    assert "Ничего нет в разделах: Предметы и направления, Согласия" in page
