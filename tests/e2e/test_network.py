"""A network that drops, a Telegram that refuses: retried with growing pauses, told in a line, recovered from alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models import Database
from tests.e2e.conftest import StartBot, settled
from tests.support.house import sqlite_url
from tests.support.processes import Forge
from tests.support.telegram import Telegram


async def test_a_network_that_drops_recovers_by_itself(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    anna, boris = telegram.visitor("Анна"), telegram.visitor("Борис")
    bot = start_bot()
    await settled(telegram, city)
    hold = telegram.hold("sendMessage", anna.id)
    await anna.says("/start")
    await telegram.waits(lambda: hold.reached)
    await telegram.close()
    await boris.says("/start")
    await telegram.waits(lambda: len(bot.lines("no-updates")) >= 2)
    await telegram.open()
    await anna.waits(lambda: "Здравствуйте" in anna.sees)
    await boris.waits(lambda: "Здравствуйте" in boris.sees)
    await bot.says("event=updates-again")
    pauses = [float(line.partition("retry_in_seconds=")[2].split()[0]) for line in bot.lines("no-updates")]
    assert pauses == sorted(pauses)
    assert pauses[:2] == [0.5, 1.0]
    assert len(bot.lines("not-answered-yet")) >= 1
    assert "Traceback" not in bot.said
    assert telegram.account.token not in bot.said


async def test_a_killed_telegram_comes_back_with_its_chats(
    forge: Forge, city: Database, tmp_path: Path, unused_port: int
) -> None:
    """The sandbox as a process: killed with -9 and started again on the same port from its state file."""

    async def start_sandbox(number: int) -> Any:
        sandbox = forge.start(
            "sandbox",
            ["--port", str(unused_port), "--state", str(tmp_path / "world.sqlite3"), "--token", "4200000001:secret"],
            folder=tmp_path,
            log=tmp_path / f"sandbox-{number}.log",
            settings={},
        )
        await sandbox.says(f"http://127.0.0.1:{unused_port} token 4200000001:secret")
        return sandbox

    sandbox = await start_sandbox(1)
    settings = {
        "BOT_TOKEN": "4200000001:secret",
        "BOT_API_URL": f"http://127.0.0.1:{unused_port}",
        "DATABASE_URL": sqlite_url(tmp_path / "test.sqlite3"),
    }
    bot = forge.start("bot", ["run"], folder=tmp_path, log=tmp_path / "bot.log", settings=settings)
    await bot.says("event=serving")
