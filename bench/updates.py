"""How many updates a second of CPU serves: a reading screen, an act with a commit, a step of a dialog.

Each beside a bare aiogram handler that answers with the same text and keyboard, in the same process and run.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, Update
from sqlalchemy import select

from bench.null import TOKEN, NullSession, pressed, typed
from bench.table import Line
from bot import app, migrations
from bot.settings import Settings
from demo import ADMINISTRATOR_ID, build
from models import Database, JoinPolicy, Network
from screens import addresses
from services.clock import Clock
from services.copies import Copies

SECONDS = 3.0
WARM_UP = 30

Script = Iterator[dict[str, Any]]


@dataclass
class Served:
    """Something that serves updates."""

    bot: Bot
    dispatcher: Dispatcher
    session: NullSession

    async def serve(self, update: dict[str, Any]) -> None:
        await self.dispatcher.feed_update(self.bot, Update.model_validate(update, context={"bot": self.bot}))


async def measure(folder: Path) -> list[Line]:
    """The three lines. The database is the demo city in a file, as safe as in life."""
    db = Database(f"sqlite+aiosqlite:///{folder / 'updates.sqlite3'}")
    await migrations.upgrade(db)
    clock = Clock()
    async with db.write() as session:
        await build(session, copies=Copies(folder / "files"), now=clock.now())
        network_id = (
            await session.scalars(
                select(Network.id)
                .where(Network.join_policy == JoinPolicy.OPEN, Network.parent_id.is_not(None))
                .limit(1)
            )
        ).one()
    telegram = NullSession()
    bot = app.make_bot(TOKEN, telegram)
    ours = Served(bot, app.make_dispatcher(Settings(_env_file=None, admin_ids={ADMINISTRATOR_ID}), db, clock), telegram)
    jobs: list[tuple[str, Callable[[], Script]]] = [
        ("a reading screen (the menu)", reading),
        ("an act with a commit (join, leave)", lambda: joining_and_leaving(network_id)),
        ("a step of a dialog (answer, back)", answering),
    ]
    lines = []
    for what, script in jobs:
        mine = await _rate(ours, script())
        bare = await _rate(_bare(ours.session), script())
        lines.append(Line(f"updates per CPU second: {what}", f"{mine:.0f}", f"{bare:.0f}", f"{mine / bare:.2f}"))
    await db.close()
    return lines


def reading() -> Script:
    """«☰ Меню», again and again."""
    while True:
        yield pressed(ADMINISTRATOR_ID, addresses.OpenMenu().pack())


def joining_and_leaving(network_id: int) -> Script:
    """«Вступить», «Да, выйти»."""
    join = addresses.JoinNetwork(network_id=network_id).pack()
    leave = addresses.LeaveNetwork(network_id=network_id).pack()
    for data in cycle((join, leave)):
        yield pressed(ADMINISTRATOR_ID, data)


def answering() -> Script:
    """The first question of a new topic is answered and asked again."""
    yield pressed(ADMINISTRATOR_ID, addresses.BeginDialog(dialog="topic").pack())
    while True:
        yield typed(ADMINISTRATOR_ID, "Подготовка к олимпиаде")
        yield pressed(ADMINISTRATOR_ID, addresses.QuestionBack(dialog="topic", question="network").pack())


async def _rate(served: Served, script: Script) -> float:
    for _ in range(WARM_UP):
        await served.serve(next(script))
    gc.collect()
    number, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < SECONDS:
        for _ in range(10):
            await served.serve(next(script))
        number += 10
    return number / spent


def _bare(shown_by: NullSession) -> Served:
    """A bare aiogram bot that answers with what the other one showed last."""
    last = shown_by.last
    if not isinstance(last, EditMessageText | SendMessage) or not isinstance(last.text, str):
        raise TypeError("nothing was shown")
    text = last.text
    keyboard = last.reply_markup if isinstance(last.reply_markup, InlineKeyboardMarkup) else None
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def press(call: CallbackQuery) -> None:
        if isinstance(call.message, Message):
            await call.message.edit_text(text, reply_markup=keyboard)
        await call.answer()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(text, reply_markup=keyboard)

    session = NullSession()
    return Served(Bot(TOKEN, session=session, default=app.make_bot(TOKEN, NullSession()).default), dispatcher, session)
