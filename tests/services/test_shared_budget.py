"""Two processes of one bot share the thirty a second: the row on PostgreSQL, and the limiters that take from it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage, TelegramMethod

from bot.limiter import Limiter, sending
from bot.shared_budget import KEPT, SharedBudget
from models import Database, Priority
from tests.support.postgres import PostgresServer, create_database, drop_database

BOT = Bot("1:test")
RATE = 60.0


@pytest.fixture
async def databases(postgres: PostgresServer, empty_postgres: str) -> AsyncIterator[tuple[Database, Database]]:
    """One database as two processes open it."""
    url = create_database(postgres, empty_postgres)
    one, other = Database(url), Database(url)
    yield one, other
    await one.close()
    await other.close()
    drop_database(postgres, url)


class Process:
    """What one process sends, and when it went."""

    def __init__(self, db: Database, rate: float = RATE) -> None:
        self.sent: list[tuple[float, str]] = []
        self.limiter = Limiter(rate)
        self.limiter.share(SharedBudget(db))

    async def _arrive(self, bot: Bot, method: TelegramMethod[object]) -> None:
        assert isinstance(method, SendMessage)
        self.sent.append((time.monotonic(), method.text))

    async def send(self, text: str, chat_id: int, priority: Priority = Priority.ANNOUNCEMENT) -> None:
        with sending(priority):
            await self.limiter(self._arrive, BOT, SendMessage(chat_id=chat_id, text=text))  # type: ignore[arg-type]  # a session's end by its shape


def most_in_a_second(moments: list[float]) -> int:
    """The most sends that fell into any second."""
    moments = sorted(moments)
    return max(sum(begin <= moment < begin + 1 for moment in moments) for begin in moments)


async def test_two_processes_keep_one_rate_together(databases: tuple[Database, Database]) -> None:
    one, other = (Process(db) for db in databases)
    begun = time.monotonic()
    await asyncio.gather(
        *(one.send("а", number) for number in range(60)), *(other.send("б", 1000 + number) for number in range(60))
    )
    moments = [moment for moment, _ in one.sent + other.sent]
    assert len(moments) == 120
    assert most_in_a_second(moments) <= RATE + 2 * KEPT + 1, "together they never go faster than one bot may"
    assert max(moments) - begun >= 120 / RATE - 1, "so it takes as long as it must"
    half_way = sorted(moments)[60]
    for process in (one, other):
        assert sum(moment <= half_way for moment, _ in process.sent) >= 15, "neither of them is starved"


async def test_a_process_alone_has_the_whole_rate_and_a_reply_goes_first(databases: tuple[Database, Database]) -> None:
    busy, quiet = (Process(db) for db in databases)
    news = [asyncio.create_task(busy.send("новость", number)) for number in range(60)]
    await asyncio.sleep(0.2)
    await asyncio.gather(busy.send("ответ", 500, Priority.REPLY), quiet.send("ответ", 501, Priority.REPLY))
    assert not all(task.done() for task in news), "both overtook what waits"
    await asyncio.gather(*news)
    assert len(quiet.sent) == 1
    assert len(busy.sent) == 61


async def test_too_many_requests_hold_every_process(databases: tuple[Database, Database]) -> None:
    one, other = (SharedBudget(db) for db in databases)
    await one.take(0.1)
    await one.hold(5)
    assert await other.take(0.1) > 4.5


async def test_while_the_database_is_away_messages_still_go(databases: tuple[Database, Database]) -> None:
    db, _ = databases
    process = Process(db)

    class Away(SharedBudget):
        async def take(self, seconds: float) -> float:
            raise OSError("connection refused")

    process.limiter.share(Away(db))
    await asyncio.gather(*(process.send("а", number) for number in range(5)))
    assert len(process.sent) == 5


def test_sqlite_has_nobody_to_share_with() -> None:
    with pytest.raises(ValueError, match="one process"):
        SharedBudget(Database("sqlite+aiosqlite://"))
