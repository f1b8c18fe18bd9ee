"""Nothing forged: `python -m bot run` as an operator starts it, with kill -9 between."""

from __future__ import annotations

import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.support.chat import Chat
from tests.support.processes import Forge, Program

StartProgram = Callable[..., Program]


@pytest.fixture
async def start_program(tmp_path: Path) -> AsyncIterator[StartProgram]:
    """Starts programs in the folder of the test and leaves none behind."""
    started: list[Program] = []

    def start(module: str, *arguments: str, **settings: str) -> Program:
        log = tmp_path / f"{module}-{len(started)}.log"
        started.append(Program(module, arguments, folder=tmp_path, log=log, settings=settings))
        return started[-1]

    yield start
    for program in started:
        await program.dies()


async def test_a_person_goes_on_where_the_killed_bot_stopped(
    start_program: StartProgram, forge: Forge, tmp_path: Path
) -> None:
    """Over the embedded database, with tables that the bot makes by itself."""
    arguments = ["--state", "world.sqlite3"]
    sandbox = forge.start("sandbox", arguments, folder=tmp_path, log=tmp_path / "sandbox.log", settings={})
    await sandbox.says(" token ")
    url, _, token = sandbox.said.strip().partition(" token ")
    settings = {"BOT_TOKEN": token, "BOT_API_URL": url}
    bot = start_program("bot", "run", **settings)
    async with ClientSession() as client:
        anna = await Chat.open(client, url, "Анна")
        await anna.says("/start")
        await anna.waits_for("Здравствуйте", timeout=60)
        await anna.taps("Даю согласие")
        await anna.waits_for("Как вас зовут?")
        await bot.dies()
        await anna.says("Иванова Анна Петровна")
        begun = time.monotonic()
        bot = start_program("bot", "run", **settings)
        await anna.waits_for("Где вы работаете?", timeout=60)
        print(f"from the start to the answer: {time.monotonic() - begun:.1f} s")
        bot.signal(signal.SIGTERM)
        assert await bot.ends() == 0
    assert "Traceback" not in bot.said
    assert token not in bot.said
