"""The step to 0016 keeps what belongs to networks, and an agreement's text, there and back (SQLite rewrites a CHECK in place)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot import migrations
from models import Database
from tests.support.house import sqlite_url

AT = "2026-11-20 10:00:00"


async def test_members_and_texts_survive(tmp_path: Path) -> None:
    db = Database(sqlite_url(tmp_path / "city.sqlite3"))
    await migrations.upgrade(db, "0015")
    statements = (
        "INSERT INTO networks (id, title, form_id, status, join_policy, visibility, agreement_text, agreement_version,"
        f" for_young_specialists, created_at) VALUES (1, 'Сеть', 1, 'formal', 'open', 'members', 'Мы', 2, 0, '{AT}')",
        f"INSERT INTO persons (id, created_at) VALUES (1, '{AT}')",
        "INSERT INTO memberships (network_id, person_id, state, state_at, agreement_version)"
        f" VALUES (1, 1, 'member', '{AT}', 2)",
    )
    async with db.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await migrations.upgrade(db)
    async with db.engine.begin() as connection:
        assert (await connection.execute(text("SELECT version, text FROM agreements"))).all() == [(2, "Мы")]
        assert (await connection.execute(text("SELECT count(*) FROM memberships"))).scalar_one() == 1
        await connection.execute(text("UPDATE networks SET visibility = 'parent'"))
    with pytest.raises(IntegrityError):
        async with db.engine.begin() as connection:
            await connection.execute(text("UPDATE networks SET visibility = 'nobody'"))
    await migrations.downgrade(db, "0015")
    async with db.engine.begin() as connection:
        kept = await connection.execute(text("SELECT visibility, agreement_text FROM networks"))
        assert kept.all() == [("members", "Мы")]
        assert (await connection.execute(text("SELECT count(*) FROM memberships"))).scalar_one() == 1
    await db.close()
