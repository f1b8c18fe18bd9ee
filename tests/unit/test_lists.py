"""`python -m bot import FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.lists import take_list
from bot.settings import Settings
from bot.start import StartError
from models import Audit, Database, RegistryEntry
from tests.support.house import sqlite_url
from tests.support.tables import ANNA, BORIS, HEADINGS, opened, rows_of, xlsx


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Over an SQLite file that is not there yet."""
    return Settings(_env_file=None, database_url=SecretStr(sqlite_url(tmp_path / "list.sqlite3")))


async def _entries(settings: Settings) -> int:
    db = Database(settings.database)
    async with db.read() as session:
        found = await session.scalar(select(func.count()).select_from(RegistryEntry)) or 0
        assert list(await session.scalars(select(Audit.actor_id).distinct())) in (
            [],
            [None],
        )  # nobody of the bot did it
    await db.close()
    return found


def _wrong_rows(path: Path) -> list[tuple[Any, ...]]:
    return rows_of(opened(Path(f"{path}.errors.xlsx").read_bytes()).worksheets[0])


async def test_a_list_is_taken_from_the_command_line(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx((*HEADINGS, "Рост"), ANNA, BORIS, ("Сидоров", "Лицей")))
    told = await take_list(settings, path, only_check=True)
    assert "people: 2 new, 0 changed, 0 unchanged" in told
    assert await _entries(settings) == 0
    told = await take_list(settings, path, only_check=False)
    assert "organisations: 2 new" in told
    assert "columns not taken: Рост" in told
    assert f"wrong rows: 1, see {path}.errors.xlsx" in told
    (_, wrong) = _wrong_rows(path)
    assert wrong[:2] == ("Люди", 4)
    assert await _entries(settings) == 2
    assert "people: 0 new, 0 changed, 2 unchanged" in await take_list(settings, path, only_check=False)


async def test_what_is_no_list_is_told_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        await take_list(settings, tmp_path / "nothing.csv", only_check=False)
    photo = tmp_path / "photo.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n\0")
    with pytest.raises(StartError, match="neither an XLSX table nor CSV"):
        await take_list(settings, photo, only_check=False)
