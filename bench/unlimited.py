"""How fast it could send if nothing limited it: beside a bare `gather` of `bot.send_message` to the same people."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import func, insert, select

import screens.announcements
from bench.null import TOKEN
from bench.table import Line
from bot import app, migrations
from bot.limiter import Limiter
from bot.patience import Patience, name_errors
from bot.resender import Resender
from bot.sender import Sender
from bot.serve import hold_for_good
from bot.settings import Settings
from dialogs.placeholders import Reader
from handlers.show import keyboard
from models import (
    Announcement,
    Database,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    Person,
)
from screens.l10n import L10n
from services import announcements
from services.clock import Clock
from services.copies import Copies

PEOPLE = 4000
GATHERED = 2000
NO_LIMIT = 1e9
FIRST_ID = 1000
WORDS = "Завтра в 15:00 встречаемся в городском центре."
ZONE = ZoneInfo("Asia/Yekaterinburg")


@dataclass(frozen=True, slots=True)
class _Pace:
    """Messages a second, and milliseconds of the processor a message."""

    rate: float
    cpu: float


class _Watch:
    """Counts from its making."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self._cpu = time.process_time()

    def says(self, messages: int) -> _Pace:
        seconds, cpu = time.perf_counter() - self._begun, time.process_time() - self._cpu
        return _Pace(messages / seconds, cpu / messages * 1000)


async def measure(folder: Path) -> list[Line]:
    """Two lines. The garbage collector does for both what it does for the bot."""
    db = Database(f"sqlite+aiosqlite:///{folder / 'unlimited.sqlite3'}")
    await migrations.upgrade(db)
    clock = Clock()
    clock.move(clock.now().replace(hour=7) - clock.now())  # noon in the centre: no quiet hours
    announcement = await _announced(db, now=clock.now())
    async with _yes() as url:
        settings = Settings(_env_file=None, bot_api_url=url)
        bot, bare = _ours(settings, db, folder), _bare(settings)
        usual = gc.get_threshold()
        hold_for_good()
        await _gather(bare, announcement)
        before = await _gather(bare, announcement)
        ours = await _send(db, bot, clock)
        after = await _gather(bare, announcement)
        gc.unfreeze()
        gc.set_threshold(*usual)
        await bot.session.close()
        await bare.session.close()
    await db.close()
    gathered = _Pace((before.rate + after.rate) / 2, (before.cpu + after.cpu) / 2)
    return [
        Line(
            "announcing without a limit, messages a second",
            f"{ours.rate:.0f}",
            f"{gathered.rate:.0f} (gather)",
            f"{ours.rate / gathered.rate:.2f}",
        ),
        Line(
            "the same, milliseconds of the processor a message",
            f"{ours.cpu:.2f}",
            f"{gathered.cpu:.2f} (gather)",
            f"{ours.cpu / gathered.cpu:.2f}",
        ),
    ]


@asynccontextmanager
async def _yes() -> AsyncIterator[str]:
    """The address of a Bot API that says yes."""
    process: Process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.yes", stdout=PIPE)
    try:
        if process.stdout is None:
            raise RuntimeError("no pipe")
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


def _ours(settings: Settings, db: Database, folder: Path) -> Bot:
    """The bot with everything between it and Telegram, as `bot.serve` puts it together."""
    session = app.make_session(settings)
    session.middleware(Patience(asyncio.Event()))
    bot = app.make_bot(TOKEN, session, limiter=Limiter(NO_LIMIT))
    session.middleware(name_errors)
    session.middleware(Resender(db, Copies(folder / "files")))
    return bot


def _bare(settings: Settings) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url))
    return Bot(TOKEN, session=session, default=app.make_bot(TOKEN, AiohttpSession()).default)


async def _announced(db: Database, *, now: datetime) -> Announcement:
    """A network of thousands, to whom something is announced."""
    async with db.write() as session:
        form_id = (await session.scalars(select(NetworkForm.id).limit(1))).one()
        head = Person(telegram_id=1, full_name="Совина Нина Львовна", created_at=now, registered_at=now)
        head.administrator_at = now
        network = Network(title="Весь город", form_id=form_id, created_at=now)
        session.add_all([head, network])
        await session.flush()
        person = {"full_name": "Иванова Анна Петровна", "created_at": now, "registered_at": now}
        await session.execute(insert(Person), [{**person, "telegram_id": FIRST_ID + n} for n in range(PEOPLE)])
        ids = await session.scalars(select(Person.id).where(Person.telegram_id >= FIRST_ID))
        member = {"network_id": network.id, "state": MembershipState.MEMBER, "state_at": now}
        await session.execute(insert(Membership), [{**member, "person_id": person_id} for person_id in ids])
    async with db.write() as session:
        seen = await announcements.announce(
            session,
            head,
            network.id,
            with_branch=False,
            texts=[{"text": WORDS, "html": WORDS}],
            said_files=[],
            now=now,
        )
    return seen.announcement


async def _gather(bare: Bot, announcement: Announcement) -> _Pace:
    """The same words under the same buttons, as fast as aiogram can."""
    (screen,) = screens.announcements.told(L10n("ru", ZONE), announcement, Reader(name="", organisation=""))
    markup = keyboard(screen)
    watch = _Watch()
    await asyncio.gather(*(bare.send_message(FIRST_ID + n, screen.text, reply_markup=markup) for n in range(GATHERED)))
    return watch.says(GATHERED)


async def _send(db: Database, bot: Bot, clock: Clock) -> _Pace:
    sender = Sender(db, bot, clock, zone=ZONE)
    stop = asyncio.Event()
    watch = _Watch()
    running = asyncio.create_task(sender.run(stop))
    while await _sent(db) < PEOPLE:  # noqa: ASYNC110  # the figure stands in the database
        await asyncio.sleep(0.1)
    pace = watch.says(PEOPLE)
    stop.set()
    await running
    return pace


async def _sent(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).where(Notification.state == NotificationState.SENT)) or 0
