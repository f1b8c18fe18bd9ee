"""The whole house in one process: the database, the dispatcher and a Telegram world, for tests that tell a person's story."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot import app
from bot.copier import Copier
from bot.resender import Resender
from bot.sender import Sender
from bot.settings import Settings
from bot.starter import Starter
from models import Database
from sandbox import InProcessSession, Visitor, World
from services.clock import Clock
from services.copies import Copies

ADMINISTRATOR_ID = 700_000_001
MORNING = datetime(2026, 11, 20, 5, tzinfo=UTC)
"""When every story begins: Friday, ten in the morning in the centre, no quiet hours."""


@dataclass
class House:
    """Everything a scenario needs."""

    db: Database
    clock: Clock
    world: World
    bot: Bot
    dispatcher: Dispatcher
    settings: Settings
    sender: Sender
    starter: Starter
    copier: Copier
    kept: Copies
    updates: list[Update] = field(default_factory=list)

    def visitor(self, first_name: str, *, language: str = "ru", id: int | None = None) -> Visitor:
        """A person with an empty chat."""
        return self.world.visitor(first_name, language=language, id=id)

    async def administrator(self) -> Visitor:
        """The administrator of the centre, registered."""
        visitor = self.visitor("Вера", id=ADMINISTRATOR_ID)
        await register(visitor, "Орлова Вера Ивановна")
        return visitor

    def passes(self, time: timedelta) -> None:
        """Wall time moves on."""
        self.world.shift(time)

    async def delivers(self) -> int:
        """Begin and send everything that is due now. Gives how many rows were claimed."""
        while await self.starter.start_due():
            pass
        claimed = 0
        while batch := await self.sender.send_due():
            claimed += batch
        return claimed

    async def copies(self) -> int:
        """Fetch a copy of every file that is due. Gives how many were tried."""
        tried = 0
        while batch := await self.copier.copy_due():
            tried += batch
        return tried

    async def again(self, update: Update) -> None:
        """Serve an update a second time, as after a crash."""
        await self.dispatcher.feed_update(self.bot, update, replayed=True)


async def register(visitor: Visitor, full_name: str = "Иванова Анна Петровна", *, experience: str = "12") -> None:
    """Go through the whole registration with an organisation of one's own."""
    await visitor.says("/start")
    await visitor.taps("Даю согласие")
    await visitor.says(full_name)
    await visitor.taps("Моей организации нет")
    await visitor.says("Лицей № 1")
    await visitor.taps("Учитель")
    await visitor.taps("Математика")
    await visitor.taps("Готово")
    await visitor.says(experience)
    await visitor.taps("Всё верно")
    assert "вы зарегистрированы" in visitor.sees


def make_house(
    db: Database,
    feed: Callable[[House, Update], Awaitable[None]] | None = None,
    *,
    files: Path | None = None,
    world: World | None = None,
    administrators: frozenset[int] = frozenset({ADMINISTRATOR_ID}),
) -> House:
    """A house over `db`; `feed` replaces how an update is served. `files` is where copies go, else beside an SQLite database.

    With the `world` of another house it takes that one's place, as after a restart.
    """
    settings = Settings(_env_file=None, admin_ids=administrators)
    clock = Clock(settings.zone)
    shift = MORNING - datetime.now(UTC) if world is None else world.clock.offset
    world = world or World()

    def follow(whole: timedelta) -> None:
        clock.move(whole)

    world.on_shift(follow)
    world.set_shift(shift)
    account = world.add_bot(username="metodset_bot", first_name="Методсеть")
    bot = app.make_bot(account.token, InProcessSession(world))
    dispatcher = app.make_dispatcher(settings, db, clock)
    sender = Sender(db, bot, clock, zone=settings.zone)
    kept = Copies(files or beside(db))
    bot.session.middleware(Resender(db, kept))
    copier = Copier(db, bot, clock, kept)
    starter = Starter(db, clock)
    house = House(db, clock, world, bot, dispatcher, settings, sender, starter, copier, kept)

    async def serve(update: Update) -> None:
        house.updates.append(update)
        if feed is None:
            await house.dispatcher.feed_update(bot, update)
        else:
            await feed(house, update)

    world.attach(account.token, serve)
    return house


def beside(db: Database) -> Path:
    """Where copies of files go in tests: beside an SQLite database."""
    if not db.is_sqlite or not db.url.database:
        return Path(tempfile.gettempdir()) / "metodset-files"
    return Path(db.url.database).with_suffix(".files")


def sqlite_url(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite+aiosqlite:///{path}"
