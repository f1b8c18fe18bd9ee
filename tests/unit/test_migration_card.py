"""The step to 0018 and back: what was announced, and what is being written, goes on being for the same people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot import migrations
from models import Database
from tests.support.house import sqlite_url

AT = "2026-11-20 10:00:00"
NETWORK = (
    "INSERT INTO networks (id, title, form_id, status, join_policy, visibility, for_young_specialists, created_at)"
    f" VALUES (1, 'Сеть', 1, 'formal', 'open', 'everyone', 0, '{AT}')"
)
ANNOUNCEMENT = (
    "INSERT INTO announcements (id, network_id, texts, origins, buttons, importance, wants_acknowledgement, recipients,"
    f" starts_at, created_at, corrections) VALUES (1, 1, '[]', '[]', '[]', 'usual', 0, 2, '{AT}', '{AT}', 0)"
)
MEMBERS = (
    "INSERT INTO announcement_parts (announcement_id, position, excluded, network_id, with_branch)"
    " VALUES (1, 0, 0, 1, 1)"
)
FOLLOWERS = (
    "INSERT INTO announcement_parts (announcement_id, position, excluded, network_id, with_branch, followers)"
    " VALUES (1, 1, 0, {network}, 0, 1)"
)
PART = {"excluded": False, "network_id": 1, "with_branch": False, "role": None}
AUDIENCE = [{**PART, "followers": False}, {**PART, "followers": True}]
DRAFT = (
    "INSERT INTO announcement_drafts (id, network_id, state, version, texts, origins, audience, buttons, importance,"
    " wants_acknowledgement, created_at, updated_at)"
    f" VALUES (1, 1, 'draft', 1, '[]', '[]', '{json.dumps(AUDIENCE)}', '[]', 'usual', 0, '{AT}', '{AT}')"
)


async def test_the_parts_of_audiences_survive_and_followers_go_with_the_step_back(tmp_path: Path) -> None:
    db = Database(sqlite_url(tmp_path / "city.sqlite3"))
    await migrations.upgrade(db, "0017")
    async with db.engine.begin() as connection:
        for statement in (NETWORK, ANNOUNCEMENT, MEMBERS):
            await connection.execute(text(statement))
    await migrations.upgrade(db, "0018")
    async with db.engine.begin() as connection:
        parts = await connection.execute(text("SELECT network_id, with_branch, followers FROM announcement_parts"))
        assert parts.all() == [(1, 1, 0)]
        await connection.execute(text(FOLLOWERS.format(network=1)))
        await connection.execute(text(DRAFT))
    with pytest.raises(IntegrityError):
        async with db.engine.begin() as connection:
            await connection.execute(text(FOLLOWERS.format(network="NULL").replace("(1, 1,", "(1, 2,")))
    await migrations.downgrade(db, "0017")
    async with db.engine.begin() as connection:
        kept = await connection.execute(text("SELECT position, network_id, with_branch FROM announcement_parts"))
        assert kept.all() == [(0, 1, 1)]
        audience = (await connection.execute(text("SELECT audience FROM announcement_drafts"))).scalar_one()
        assert json.loads(audience) == [PART]
    await db.close()
