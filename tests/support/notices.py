"""Notifications in tests: written down with their words in the payload, and watched on their way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, SendMessage, TelegramMethod
from sqlalchemy import select

from bot.sender import Sender
from models import Notification, NotificationState, Person
from sandbox import Visitor
from services import notifications
from services.notifications import Notice
from tests.support.house import House

KIND = "test-kind"
"""What the fixture `drawer` draws: the texts in the payload."""


async def enrolled(house: House, *names: str) -> list[Visitor]:
    """People who registered long ago, by their first names; the first ten have a surname of an own letter each."""
    visitors = [house.world.visitor(name, started=True) for name in names]
    now = house.clock.now()
    async with house.db.write() as session:
        session.add_all(
            Person(
                telegram_id=visitor.id,
                telegram_language="ru",
                full_name=f"{'АБВГДЕЖЗИК'[number % 10]}лова {name} Петровна",
                created_at=now,
                registered_at=now,
            )
            for number, (visitor, name) in enumerate(zip(visitors, names, strict=True))
        )
    return visitors


class Rows:
    """The notifications of a house, written and read."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.written = 0

    async def put(self, visitor: Visitor, *texts: str, kind: str = KIND, **particulars: Any) -> int:
        """Write one down; gives its id."""
        self.written += 1
        now = self.house.clock.now()
        async with self.house.db.write() as session:
            person = (await session.scalars(select(Person).where(Person.telegram_id == visitor.id))).one()
            given = {"due_at": now, "payload": {"texts": texts}, **particulars}
            await notifications.put(session, [Notice(kind, f"{kind}:{self.written}", person.id, 7, **given)], now=now)
            return (
                await session.scalars(select(Notification.id).where(Notification.key == f"{kind}:{self.written}"))
            ).one()

    async def get(self, notification_id: int) -> Notification:
        """As it is now."""
        async with self.house.db.read() as session:
            return await session.get_one(Notification, notification_id)

    async def person(self, visitor: Visitor) -> Person:
        """As they are remembered now."""
        async with self.house.db.read() as session:
            return (await session.scalars(select(Person).where(Person.telegram_id == visitor.id))).one()


def heard(visitor: Visitor) -> list[str]:
    """What the bot told them unprompted: here such messages have no buttons, all others have some."""
    return [message.text for message in visitor.messages if message.from_bot and not message.buttons]


async def retried_till_settled(house: House, rows: Rows, notification_id: int, most: int = 50) -> int:
    """Let time pass until the row has an outcome. Gives how many attempts it took."""
    attempts = 0
    while (row := await rows.get(notification_id)).state is NotificationState.PENDING:
        house.passes(max(timedelta(), row.next_at - house.clock.now()))
        attempts += await house.sender.send_due()
        assert attempts <= most, "it goes on for ever"
    return attempts


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[asyncio.Event]:
    """The sender at work until the block ends."""
    stop = asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    await asyncio.sleep(0.05)  # it has looked and found nothing
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


async def until(condition: Callable[[], bool], timeout: float = 15.0) -> None:
    """Wait till it holds."""
    deadline = asyncio.get_running_loop().time() + timeout
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "in vain"
        await asyncio.sleep(0.005)


class Held(BaseRequestMiddleware):
    """Calls wait here until they are let through: all, or those for one chat."""

    def __init__(self, chat_id: int | None = None) -> None:
        self.open = asyncio.Event()
        self.reached = 0
        self.chat_id = chat_id

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Count those that send a text."""
        if isinstance(method, SendMessage) and self.chat_id in (None, method.chat_id):
            self.reached += 1
            await self.open.wait()
        return await make_request(bot, method)
