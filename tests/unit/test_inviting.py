"""`python -m bot invite`: a code for an administrator, on the operator's terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import migrations
from bot.inviting import invite_administrator
from bot.settings import Settings
from bot.start import StartError
from models import Database
from services import invitations
from tests.support.house import sqlite_url
from tests.support.people import put_people


async def test_the_printed_code_is_an_invitation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = sqlite_url(tmp_path / "city.sqlite3")
    settings = Settings(_env_file=None, database_url=SecretStr(url))
    with pytest.raises(StartError, match="migrate"):
        await invite_administrator(settings)
    db = Database(url)
    await migrations.upgrade(db)
    await invite_administrator(settings)
    said = re.match(r"/start ([A-Za-z0-9_-]{16})\nhttps://t\.me/<bot>\?start=\1\n", capsys.readouterr().out)
    assert said is not None
    (anna,) = await put_people(db)
    async with db.write() as session:
        person = await session.merge(anna)
        offer = await invitations.open_link(session, person, said[1], now=person.created_at)
        assert offer is not None
        await invitations.accept(session, person, offer.invitation.id, now=person.created_at)
        assert person.administrator_at is not None
    await db.close()
