"""A network that drops, a Telegram that refuses: retried with growing pauses, told in a line, recovered from alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import ClientSession

from models import Database
from tests.e2e.conftest import StartBot, settled
from tests.support.chat import Chat
from tests.support.house import sqlite_url
from tests.support.processes import Forge, Forged, Running
from tests.support.telegram import Telegram

TOKEN = "4200000001:AAE-the-secret-of-a-bot-in-the-tests"


def pauses(bot: Running, event: str = "no-updates") -> list[float]:
    """How long the bot said it would wait, try by try."""
    return [float(line.partition("retry_in_seconds=")[2].split()[0]) for line in bot.lines(event)]


async def test_a_network_that_drops_is_waited_for_by_polling_and_by_answers(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    anna, boris = telegram.visitor("Анна"), telegram.visitor("Борис")
    bot = start_bot()
    await settled(telegram, city)
    hold = telegram.hold("sendMessage", anna.id)
    await anna.says("/start")
    await telegram.waits(lambda: hold.reached)
    await telegram.close()
    await boris.says("/start")
    await telegram.waits(lambda: len(bot.lines("no-updates")) >= 2 and bot.lines("not-answered-yet"))
    await telegram.open()
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
    await boris.waits(lambda: "Здравствуйте" in boris.sees, timeout=20)
    await bot.says("event=updates-again")
    assert pauses(bot)[:2] == [0.5, 1.0]
    assert pauses(bot) == sorted(pauses(bot))
    assert "Traceback" not in bot.said
    assert "level=error" not in bot.said
    assert telegram.account.token not in bot.said
    assert sum(message.from_bot for message in anna.messages) == 1


async def test_a_killed_telegram_comes_back_with_its_chats(
    forge: Forge, city: Database, tmp_path: Path, unused_tcp_port: int
) -> None:
    """The sandbox as a process: killed with -9 and started again on the same port from its state file."""
    url = f"http://127.0.0.1:{unused_tcp_port}"

    async def start_sandbox(number: int) -> Forged:
        arguments = ["--port", str(unused_tcp_port), "--state", str(tmp_path / "world.sqlite3"), "--token", TOKEN]
        log = tmp_path / f"sandbox-{number}.log"
        sandbox = forge.start("sandbox", arguments, folder=tmp_path, log=log, settings={})
        await sandbox.says(f"{url} token {TOKEN}")
        return sandbox

    sandbox = await start_sandbox(1)
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, "DATABASE_URL": sqlite_url(tmp_path / "test.sqlite3")}
    bot = forge.start("bot", ["run"], folder=tmp_path, log=tmp_path / "bot.log", settings=settings)
    async with ClientSession() as client:
        anna = await Chat.open(client, url, "Анна")
        await anna.says("/start")
        await anna.waits_for("Здравствуйте", timeout=60)
        await asyncio.sleep(0.5)  # the world is saved a tenth of a second after a change
        await sandbox.dies()
        await bot.says("event=no-updates")
    await start_sandbox(2)
    async with ClientSession() as client:
        anna = Chat(client, url, anna.person_id)
        await anna.taps("Даю согласие")
        await anna.waits_for("Как вас зовут?")
    await bot.says("event=updates-again")
    assert "Traceback" not in bot.said
    assert TOKEN not in bot.said


async def test_a_second_process_with_the_same_token_is_told_clearly(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot()
    await settled(telegram, city)
    answer = asyncio.create_task(_poll_once(telegram))
    await bot.says("event=no-updates")
    assert "another process takes the updates of this bot" in bot.said
    answer.cancel()
    await asyncio.gather(answer, return_exceptions=True)
    await anna.says("/start")
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
    await bot.says("event=updates-again")
    assert "Traceback" not in bot.said


async def _poll_once(telegram: Telegram) -> None:
    async with (
        ClientSession() as client,
        client.post(f"{telegram.url}/bot{telegram.account.token}/getUpdates", data={"timeout": "20"}) as answer,
    ):
        await answer.read()


async def test_it_waits_as_long_as_telegram_asks(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot()
    await settled(telegram, city)
    telegram.world.fail_next("sendMessage", 429, retry_after=1)
    telegram.world.fail_next("getUpdates", 429, times=2, retry_after=2)  # to confirm, to poll
    await anna.says("/start")
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
    await bot.says("event=updates-again")
    assert pauses(bot) == [2.0]
    assert any("retry_after=1" in line for line in bot.lines("too-many-requests"))  # the limiter holds everybody
    boris = telegram.visitor("Борис")
    await boris.says("/start")
    await boris.waits(lambda: "Здравствуйте" in boris.sees, timeout=20)


async def test_a_webhook_that_somebody_set_makes_way(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    anna = telegram.visitor("Анна")
    words = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    telegram.world.fail_next("getUpdates", 409, description=words)
    bot = start_bot()
    await anna.says("/start")
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
    assert "event=webhook-removed" in bot.said
    assert any(call.method == "deleteWebhook" for call in telegram.world.calls)


async def test_a_token_that_is_revoked_ends_the_bot_with_a_sentence(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    bot = start_bot()
    await settled(telegram, city)
    telegram.world.fail_next("getUpdates", 401, times=2)  # to confirm, to poll
    await telegram.visitor("Анна").says("/start")
    assert await bot.ends() == 1
    assert "BOT_TOKEN: Telegram does not know this token any more" in bot.said
    assert "Traceback" not in bot.said
