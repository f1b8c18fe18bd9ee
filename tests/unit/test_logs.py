"""Logs tell which update and whom, and never a token, a password or what a person wrote.

What is set up for a whole process is looked at in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bot.logs import without_secrets

ROOT = Path(__file__).parent.parent.parent
SECRET = "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
TOKEN = f"123456789:{SECRET}"
PASSWORD = "pa/ss-Geheim"


def lines_of(program: str, **environment: str) -> list[str]:
    """What a fresh process that runs `program` after setting the logs up writes to standard error, by lines."""
    text = f"import logging, structlog\nfrom bot import logs\nTOKEN, PASSWORD = {TOKEN!r}, {PASSWORD!r}\n"
    text += "log = structlog.get_logger('tests')\n" + textwrap.dedent(program)
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


def shown_on_a_terminal(program: str) -> str:
    """What an operator who starts it by hand sees."""
    ours, theirs = os.openpty()
    text = f"import structlog\nfrom bot import logs\nlog = structlog.get_logger('tests')\n{textwrap.dedent(program)}"
    done = subprocess.run([sys.executable, "-W", "error", "-c", text], cwd=ROOT, stderr=theirs, check=False)
    shown = os.read(ours, 60_000).decode()
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, shown
    return shown


def assert_no_secrets(lines: list[str]) -> None:
    for line in lines:
        assert SECRET not in line
        assert "Geheim" not in line


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        (TOKEN, "<token>"),
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot<token>/getMe"),
        (f"/file/bot{TOKEN}/photos/1.jpg", "/file/bot<token>/photos/1.jpg"),
        (f"postgresql+asyncpg://metodset:{PASSWORD}@host/name", "postgresql+asyncpg://metodset:…@host/name"),
        (f"redis://:{PASSWORD}@host:6379/0", "redis://:…@host:6379/0"),
        (f"socks5://user:{PASSWORD}@host:1080", "socks5://user:…@host:1080"),
        ("http://127.0.0.1:8081/ is as it was at 10:30:00", "http://127.0.0.1:8081/ is as it was at 10:30:00"),
        ("update 123456789: nothing new", "update 123456789: nothing new"),
    ],
)
def test_secrets_are_blotted_out_and_nothing_else(text: str, blotted: str) -> None:
    assert without_secrets(text) == blotted


def test_secrets_never_reach_the_log_by_any_way() -> None:
    lines = lines_of(
        """
        logs.set_up("INFO")
        address = f"postgresql+asyncpg://metodset:{PASSWORD}@host/name"

        class Address:
            def __repr__(self):
                return f"https://api.telegram.org/bot{TOKEN}/getMe"

        log.info(f"1 {TOKEN}")
        log.info("2", token=TOKEN, address=address)
        log.info("3", address=Address(), settings=[TOKEN, {"database_url": address}])
        library = logging.getLogger("some.library")
        library.warning("4 %s", Address())
        library.warning("5 %(token)s", {"token": TOKEN})
        try:
            try:
                raise ValueError(f"no such bot: {TOKEN}")
            except ValueError as error:
                raise ConnectionError(f"cannot connect to {address}") from error
        except ConnectionError as error:
            log.exception("6")
            log.error("7", exc_info=error)
            log.error("8", error=error)
            library.exception("9")
        structlog.contextvars.bind_contextvars(update_id=17, address=address)
        log.warning("10")
        """
    )
    assert len(lines) == 10
    assert "update_id=17" in lines[-1]
    assert lines[5].count("Traceback") == 2
    assert "no such bot: <token>" in lines[5]
    assert_no_secrets(lines)


def test_the_libraries_errors_carry_no_secrets() -> None:
    lines = lines_of(
        """
        import asyncio
        import aiohttp
        from sqlalchemy import text
        from models import Database

        logs.set_up("DEBUG")

        async def fail():
            db = Database(f"postgresql+asyncpg://metodset:{PASSWORD.replace('/', '%2F')}@127.0.0.1:9/name")
            try:
                async with db.read() as session:
                    await session.execute(text("SELECT 1"))
            except OSError:
                log.exception("no-database", url=db.url, engine=db.engine)
            await db.close()
            async with aiohttp.ClientSession() as session:
                try:
                    await session.get(f"http://127.0.0.1:9/bot{TOKEN}/getMe")
                except aiohttp.ClientError:
                    log.exception("no-bot-api")
                try:
                    await session.get(f"http://:port/bot{TOKEN}/getMe")
                except (aiohttp.InvalidURL, ValueError) as error:
                    log.error("no-address", error=error)

        asyncio.run(fail())
        """
    )
    told = [line for line in lines if "no-" in line]
    assert [
        name for line in told for name in ("no-database", "no-bot-api", "no-address") if f"event={name}" in line
    ] == [
        "no-database",
        "no-bot-api",
        "no-address",
    ]
    assert_no_secrets(lines)


FAILS_WITH_A_SECRET = """
    import time
    from pydantic import BaseModel

    class Letter(BaseModel):
        pages: int

    def read(typed):
        words = [typed, "тайна по частям"]
        Letter(pages="\\n".join(words))

    logs.set_up("INFO")
    try:
        read("тай" + "на: двойка")
    except ValueError as error:
        begun = time.perf_counter()
        log.error("surprise", exc_info=error)
        assert time.perf_counter() - begun < 0.5
    """


def test_a_traceback_tells_where_and_never_with_what_values() -> None:
    for shown in (lines_of(FAILS_WITH_A_SECRET)[0], shown_on_a_terminal(FAILS_WITH_A_SECRET)):
        assert "surprise" in shown
        assert shown.count("Traceback") == 1
        assert "in read" in shown
        assert "input_value=…, input_type=str" in shown
        assert "тайна" not in shown


def test_an_answer_that_could_not_be_read_is_not_quoted() -> None:
    """aiogram puts the whole answer of Telegram into its error."""
    lines = lines_of(
        """
        import asyncio
        from aiogram import Bot
        from aiogram.exceptions import ClientDecodeError
        from aiogram.methods import GetMe
        from bot.patience import NoBotApi, name_errors

        logs.set_up("INFO")

        async def garbled(*_):
            raise ClientDecodeError("Failed to deserialize object", ValueError("тайна"), {"text": "тайна"})

        async def call():
            try:
                await name_errors(garbled, Bot("42:A"), GetMe())
            except NoBotApi as error:
                log.error("surprise", exc_info=error)

        asyncio.run(call())
        """
    )
    assert "the answer is not a Bot API's" in lines[-1]
    assert not [line for line in lines if "тайна" in line]


@pytest.fixture
def failing_house(empty_sqlite: Path) -> str:
    """A program in which Anna registers and types what the bot then fails on, in several ways."""
    return f"""
        import asyncio, shutil, sys, tempfile
        from pathlib import Path
        from unittest import mock
        from sqlalchemy.exc import IntegrityError
        from models import Database, Person
        from services import networks, dialogs
        from tests.support.house import make_house, register, sqlite_url

        logs.set_up("DEBUG")

        async def live(folder):
            path = Path(folder) / "house.sqlite3"
            shutil.copyfile({str(empty_sqlite)!r}, path)
            db = Database(sqlite_url(path))
            house = make_house(db)
            anna = house.visitor("Анна")
            await register(anna, "Тайнова Анна Петровна")
            with mock.patch.object(networks, "page_of", side_effect=RuntimeError("the roof leaks")):
                await anna.says("моя тайна: двойка")
            assert "код" in anna.sees
            async def clash(session, *_, **__):
                session.add_all(Person(telegram_id=5, full_name="Тайнова", created_at=house.clock.now()) for _ in "ab")
                await session.flush()
            with mock.patch.object(networks, "page_of", clash), mock.patch.object(Database, "read", Database.write):
                await anna.says("моя тайна: тройка")
            await anna.says("/profile")
            await anna.taps("ФИО")
            await anna.says("тайна 123")
            await db.close()

        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(live(folder))
    """


def test_what_a_person_wrote_is_not_in_the_log_when_a_handler_fails(failing_house: str) -> None:
    lines = lines_of(failing_house)
    surprises = [line for line in lines if "event=surprise" in line]
    assert len(surprises) == 2
    assert "RuntimeError: the roof leaks" in surprises[0]
    assert "UNIQUE constraint failed: persons.telegram_id" in surprises[1]
    for line in surprises:
        assert all(f" {name}=" in line for name in ("update_id", "person_id", "code"))
    assert not [line for line in lines if "тайна" in line.lower() or "Тайнов" in line]


def test_the_level_is_what_is_set_and_libraries_keep_quiet() -> None:
    lines = lines_of(
        """
        logs.set_up("INFO")
        log.debug("unheard")
        log.info("heard")
        for name in ("aiogram.event", "aiogram.dispatcher", "aiohttp.access", "alembic"):
            logging.getLogger(name).info("a line an update")
        logging.getLogger("aiogram.event").warning("heard too")
        """
    )
    assert [line.partition("event=")[2].partition(" logger")[0] for line in lines] == ["heard", '"heard too"']
    assert lines_of("logs.set_up('ERROR'); log.warning('unheard')") == []
