"""A Telegram, an inbox and handlers that can be held: for tests of what happens to updates."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update
from sqlalchemy import select

from bot.app import make_bot
from bot.inbox import Inbox
from bot.isolation import WeakIsolation
from models import Database, InboxUpdate
from sandbox import InProcessSession, Visitor, World

Handle = Callable[[Update], Awaitable[None]]


@dataclass
class Post:
    """A Telegram, a bot that writes down what it serves, and its inbox; `dies` plays kill -9."""

    db: Database
    world: World
    bot: Bot
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    served: list[str] = field(default_factory=list)
    replayed: list[str] = field(default_factory=list)
    isolation: WeakIsolation = field(default_factory=WeakIsolation)
    handle: Handle | None = None

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(events_isolation=self.isolation)
        self.dispatcher.message.register(self._serve)
        self.inbox = Inbox(self.db, self.bot, self.dispatcher, self.stop)

    async def _serve(self, message: Message, event_update: Update, replayed: bool) -> None:
        update = event_update
        if self.handle is not None:
            await self.handle(update)
        self.served.append(text_of(update))
        if replayed:
            self.replayed.append(text_of(update))

    async def given(self) -> list[Update]:
        """What Telegram gives at this moment, without confirming anything."""
        return await self.bot.get_updates()

    async def takes(self) -> None:
        """One round of polling."""
        await self.inbox.take(await self.given())

    async def rows(self) -> dict[str, int]:
        """The stored updates, by their text, with the attempts counted."""
        async with self.db.read() as session:
            rows = await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))
            return {text_of(Update.model_validate_json(row.payload)): row.attempts for row in rows}

    async def dies(self) -> Post:
        """The process is gone in the middle of whatever it does; gives the next one over the same database."""
        tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith("update-")]
        for task in tasks:  # all at one moment: one after another, the next would go on a little when the last lets go
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return Post(self.db, self.world, self.bot)


def text_of(update: Update) -> str:
    """What it says."""
    return (update.message and update.message.text) or ""


async def says(person: Visitor, *texts: str) -> None:
    """Type and send several texts."""
    for text in texts:
        await person.says(text)


class Gate:
    """Handlers of these texts wait until `open`."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.reached: list[str] = []
        self.open = asyncio.Event()

    async def __call__(self, update: Update) -> None:
        if text_of(update) in self.texts:
            self.reached.append(text_of(update))
            await self.open.wait()


async def until(condition: Callable[[], object]) -> None:
    """Wait until `condition()` holds. Raises TimeoutError."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # conditions of many kinds, none of which tells when it changes
            await asyncio.sleep(0.001)


async def past_the_first_batch(post: Post) -> None:
    """The first batch of a process is treated apart: let it be an empty one."""
    await post.inbox.take([])


def make_post(db: Database) -> Post:
    """A new world with a bot over `db`."""
    world = World()
    return Post(db, world, make_bot(world.add_bot().token, InProcessSession(world)))
