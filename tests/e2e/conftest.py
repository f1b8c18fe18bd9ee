"""A Telegram on HTTP, a database file with one open network, and bots as processes over both."""

from __future__ import annotations

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Base, Database, InboxUpdate, NetworkForm, Person
from sandbox import Visitor
from services import networks
from tests.conftest import empty_database
from tests.support.processes import Forge, Forged
from tests.support.telegram import Hold, Telegram

NETWORK = "Школьные химики"

StartBot = Callable[..., Forged]


@pytest.fixture(scope="session")
def session_forge() -> Forge:
    """Where processes come from."""
    return Forge()


@pytest.fixture
async def forge(session_forge: Forge) -> AsyncIterator[Forge]:
    """The same, leaving nothing behind."""
    yield session_forge
    await session_forge.end_all()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A Telegram."""
    telegram = Telegram()
    await telegram.open()
    yield telegram
    await telegram.close()


@pytest.fixture(params=["sqlite"])
def city_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database: SQLite in `test.sqlite3`, or PostgreSQL where a test asks for it by `parametrize`."""
    yield from empty_database(request, tmp_path / "test.sqlite3")


@pytest.fixture
async def city(city_url: str) -> AsyncIterator[Database]:
    """The database with one open network."""
    database = Database(city_url, synchronous="NORMAL")
    await _found_network(database)
    yield database
    await database.close()


async def _found_network(db: Database) -> None:
    now = datetime.now(UTC)
    async with db.write() as session:
        administrator = Person(telegram_id=1, full_name="Орлова Вера Ивановна", created_at=now, administrator_at=now)
        session.add(administrator)
        await session.flush()
        form = (await session.scalars(select(NetworkForm).order_by(NetworkForm.id).limit(1))).one()
        await networks.create(
            session, administrator, title=NETWORK, form_id=form.id, parent_id=None, subject_ids=[], goal=None, now=now
        )


@pytest.fixture
def noon() -> str:
    """A time zone in which it is about noon now, whenever the tests run: no quiet hours."""
    behind = datetime.now(UTC).hour - 12
    return f"Etc/GMT{behind:+d}"  # the sign of these names is reversed: Etc/GMT+3 is three hours behind


@pytest.fixture
def start_bot(forge: Forge, telegram: Telegram, city: Database, city_url: str, tmp_path: Path) -> StartBot:
    """Starts `python -m bot run` on the database and the Telegram of the test; each start has a log of its own."""
    numbers = itertools.count(1)

    def start(**settings: str) -> Forged:
        log = tmp_path / f"bot-{next(numbers)}.log"
        database = {"DATABASE_URL": city_url, "SQLITE_SYNCHRONOUS": "NORMAL"}
        return forge.start("bot", ["run"], folder=tmp_path, log=log, settings=telegram.settings | database | settings)

    return start


@pytest.fixture
def by_webhook(unused_tcp_port: int) -> dict[str, str]:
    """The settings of a bot that is posted to."""
    return {"WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/telegram", "HTTP_PORT": str(unused_tcp_port)}


async def settled(telegram: Telegram, city: Database) -> None:
    """Wait until a bot started just now has served everything that waited for it."""
    polls = telegram.polls
    await telegram.waits(lambda: telegram.polls > polls)
    await at_rest(telegram, city)


async def at_rest(telegram: Telegram, city: Database, timeout: float = 20.0, *, kept: int = 0) -> None:
    """Wait until nothing is left to be served, besides the updates `kept` aside."""
    deadline = asyncio.get_running_loop().time() + timeout
    while telegram.waiting or await count(city, InboxUpdate) > kept:
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError("the bot has not come to rest")
        await asyncio.sleep(0.01)


async def told_to_stop_over_fifty_taps(
    telegram: Telegram, bot: Forged, number: signal.Signals
) -> tuple[list[Visitor], Hold]:
    """The signal comes while fifty taps are served: their screens are drawn, and gives who tapped and what holds their answers."""
    people = [telegram.visitor(f"Человек {count}") for count in range(50)]
    await asyncio.gather(*(person.says("/start") for person in people))
    await telegram.waits(lambda: all(person.buttons for person in people))
    redraws, answers = telegram.hold("editMessageText"), telegram.hold("answerCallbackQuery")
    for person in people:
        await person.taps("Прочитать полностью")
    await telegram.waits(lambda: redraws.reached == 50)
    bot.signal(number)
    redraws.release()
    await telegram.waits(lambda: answers.reached == 50)
    return people, answers


async def count(city: Database, table: type[Base]) -> int:
    """The rows of a table."""
    async with city.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0
