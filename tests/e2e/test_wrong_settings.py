"""What an operator set wrongly is told in one clear sentence with a non-zero exit: no traceback, no secret in it."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import web

from models import Database
from tests.e2e.conftest import StartBot
from tests.support.house import sqlite_url
from tests.support.postgres import PostgresServer
from tests.support.processes import Forge, Running
from tests.support.telegram import HOST, Telegram

SECRET = "AAE-the-secret-of-a-bot-in-the-tests"
TOKEN = f"4200000009:{SECRET}"
PASSWORD = "gh6-password"


async def refusal_of(bot: Running) -> str:
    """The one sentence with which it ended. Fails on anything else."""
    assert await bot.ends() == 1, bot.said
    lines = bot.said.splitlines()
    assert len(lines) == 1, bot.said
    assert lines[0].endswith(".")
    assert SECRET not in lines[0]
    assert PASSWORD not in lines[0]
    return lines[0]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_TOKEN", "not a token", "this is no bot token: it looks like 123456789:AAE… and comes from @BotFather"),
        ("BOT_TOKEN", f"x{TOKEN}", "this is no bot token"),
        ("BOT_TOKEN", TOKEN, "does not know this token; take it from @BotFather again"),
        ("BOT_API_URL", "api.telegram.org", "this is no web address"),
        ("BOT_API_URL", "https://{token}.example", "this is no web address"),
        ("BOT_PROXY", f"ftp://user:{PASSWORD}@example.org:1", "this is no proxy"),
        ("BOT_PROXY", "socks5://example.org", "this is no proxy"),
        ("WEBHOOK_URL", "http://bot.example.org/telegram", "Telegram posts to https only"),
        ("WEBHOOK_URL", f"https://user:{PASSWORD}@bot.example.org", "this is no address to post to"),
        ("WEBHOOK_SECRET", f"{PASSWORD}!", "it must be 1 to 256 of the characters A-Z a-z 0-9 _ -"),
        ("DATABASE_URL", f"mysql://user:{PASSWORD}@example.org/name", "'mysql' is not supported"),
        ("DATABASE_URL", "metodset.sqlite3", "it is no database address"),
        ("DATABASE_URL", sqlite_url(Path("/dev/null/folder/city.sqlite3")), "cannot be opened"),
        ("DATABASE_URL", sqlite_url(Path("/dev/null")), "cannot be opened"),
        ("DATABASE_URL", sqlite_url(Path(__file__)), "file is not a database"),
        ("SQLITE_SYNCHRONOUS", "OFF", "'FULL' or 'NORMAL'"),
        ("TIMEZONE", "Ижевск", "'Ижевск' is no time zone (an example: Asia/Yekaterinburg)"),
        ("HTTP_PORT", "http", "Input should be a valid integer"),
        ("HTTP_PORT", "65536", "less than or equal to 65535"),
        ("ADMIN_IDS", "12, vera", "Input should be a valid integer"),
    ],
)
async def test_a_wrong_setting(name: str, value: str, words: str, start_bot: StartBot) -> None:
    refusal = await refusal_of(start_bot(**{name: value}))
    assert refusal.startswith(f"{name}: ")
    assert words in refusal


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that nobody listens on, and that nobody takes meanwhile."""
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield int(bound.getsockname()[1])


async def test_a_busy_port(start_bot: StartBot) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        bot = start_bot(BOT_TOKEN="", HTTP_PORT=port)
        assert await bot.ends() == 1
    *_, refusal = bot.said.splitlines()  # what stands before tells of the demo city
    assert refusal == f"HTTP_PORT: cannot listen on {HOST}:{port}: the port is taken by another program."


async def test_a_busy_port_of_the_webhook(start_bot: StartBot) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        bot = start_bot(WEBHOOK_URL=f"http://{HOST}:{port}/telegram", HTTP_PORT=port)
        assert await bot.ends() == 1
    *_, refusal = bot.said.splitlines()  # what stands before tells of the start
    assert refusal == f"HTTP_PORT: cannot listen on {HOST}:{port} (Address already in use)."
    assert "Traceback" not in bot.said


async def test_an_address_that_telegram_refuses(start_bot: StartBot, unused_tcp_port: int) -> None:
    bot = start_bot(WEBHOOK_URL="https://bot.example.org/telegram", HTTP_PORT=str(unused_tcp_port))
    assert await bot.ends() == 1
    *_, refusal = bot.said.splitlines()
    assert refusal == (
        "WEBHOOK_URL: Telegram refuses it (Bad Request: bad webhook: Failed to resolve host: Name or service not known)."
    )
    assert "Traceback" not in bot.said


async def test_an_api_out_of_reach(start_bot: StartBot, closed_port: int) -> None:
    address = f"http://{HOST}:{closed_port}"
    refusal = await refusal_of(start_bot(BOT_TOKEN=TOKEN, BOT_API_URL=address))
    assert refusal.startswith(f"BOT_API_URL: {address} cannot be reached (")
    assert refusal.endswith("check the network, or set BOT_PROXY.")


@pytest.mark.parametrize("kind", ["socks5", "socks4", "http"])
async def test_a_proxy_out_of_reach(kind: str, start_bot: StartBot, closed_port: int) -> None:
    refusal = await refusal_of(start_bot(BOT_PROXY=f"{kind}://user:{PASSWORD}@{HOST}:{closed_port}"))
    assert "cannot be reached (ProxyConnectionError: " in refusal
    assert refusal.endswith("check the network and BOT_PROXY.")


async def test_a_postgresql_out_of_reach(start_bot: StartBot, closed_port: int) -> None:
    address = f"postgresql+asyncpg://user:{PASSWORD}@{HOST}:{closed_port}/name"
    assert (await refusal_of(start_bot(DATABASE_URL=address))).startswith("DATABASE_URL: the database cannot be opened")
    refusal = await refusal_of(start_bot(DATABASE_URL=f"{address}?sslmode=require"))
    assert refusal.startswith("DATABASE_URL: an option in the address is unknown")
    assert "sslmode" in refusal


@pytest.fixture
async def web_page() -> AsyncIterator[str]:
    """The address of an HTTP server that is no Bot API: HTML, whatever is asked."""

    async def answer(request: web.Request) -> web.Response:
        found = request.path.startswith("/found")
        return web.Response(text="<h1>Hello</h1>", status=200 if found else 404, content_type="text/html")

    app = web.Application()
    app.add_routes([web.route("*", "/{path:.*}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    yield f"http://{HOST}:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_what_is_no_bot_api(start_bot: StartBot, web_page: str) -> None:
    for address in (web_page, f"{web_page}/found"):
        refusal = await refusal_of(start_bot(BOT_TOKEN=TOKEN, BOT_API_URL=address))
        assert refusal == f"BOT_API_URL: {address} is no Bot API: the answer is not a Bot API's."


async def test_an_api_that_fails(start_bot: StartBot, telegram: Telegram) -> None:
    telegram.world.fail_next("getMe", 502, description="Bad Gateway")
    assert "answers with an error (Bad Gateway); try again later" in await refusal_of(start_bot())


async def test_tables_of_another_version(start_bot: StartBot, city: Database, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refusal = await refusal_of(start_bot(DATABASE_URL=sqlite_url(tmp_path / "empty" / "city.sqlite3")))
    assert refusal == "The database's tables are of another version: run «python -m bot migrate» first."


@pytest.mark.parametrize("command", ["migrate", "demo-data"])
async def test_the_other_commands_say_it_alike(command: str, forge: Forge, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": sqlite_url(Path("/dev/null/folder/city.sqlite3"))}
    bot = forge.start("bot", [command], folder=tmp_path, log=tmp_path / "bot.log", settings=settings)
    assert "DATABASE_URL: the database cannot be opened" in await refusal_of(bot)


async def test_an_embedded_database_of_a_newer_program(forge: Forge, telegram: Telegram, tmp_path: Path) -> None:
    migrated = forge.start("bot", ["migrate"], folder=tmp_path, log=tmp_path / "migrate.log", settings={})
    assert await migrated.ends() == 0, migrated.said
    with closing(sqlite3.connect(tmp_path / "var" / "metodset.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    bot = forge.start("bot", ["run"], folder=tmp_path, log=tmp_path / "bot.log", settings=telegram.settings)
    assert "of a newer version than this program" in await refusal_of(bot)


async def test_a_postgresql_without_this_database(start_bot: StartBot, postgres: PostgresServer) -> None:
    refusal = await refusal_of(start_bot(DATABASE_URL=postgres.url("nowhere")))
    assert refusal == 'DATABASE_URL: the database cannot be opened (database "nowhere" does not exist).'
