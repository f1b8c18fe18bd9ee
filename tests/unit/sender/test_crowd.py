"""Ten thousand reminders are due in one minute: they go out in their order, and whoever waits for an answer does not notice."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, SendMessage, TelegramMethod
from sqlalchemy import insert, select

from bot import app
from bot.limiter import Limiter
from bot.sender import Sender
from models import Notification, NotificationState, Person, Priority
from sandbox import InProcessSession
from services import notifications
from services.notifications import Notice
from services.notifications.sending import LOOK_AHEAD
from tests.support.house import House
from tests.support.notices import KIND, until

REMINDERS = 10_000
ANNOUNCEMENTS = 500
WATCHED = 1500
"""So many are waited for: the rest of the queue stands behind them."""

REPLIES = 10
RATE = 300
"""What is sent is to wait for the limit, not for the processor."""

FIRST_ID = 3_000_000_000
OUT_OF_TURN = LOOK_AHEAD
"""What is in flight together may overtake each other, and nothing else."""

OVERTAKEN_BY = 100
"""A reply waits for at most so many messages that were on their way before it: a third of a second at this rate."""


class Log(BaseRequestMiddleware):
    """Who was written to, in the order in which Telegram heard it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        if isinstance(method, SendMessage):
            self.texts.append(method.text)
        return await make_request(bot, method)


async def crowd(house: House) -> list[int]:
    """People enough for everything; gives their ids in the database."""
    now = house.clock.now()
    number = REMINDERS + ANNOUNCEMENTS + REPLIES
    for telegram_id in range(FIRST_ID, FIRST_ID + number):
        house.world.visitor("Участник", id=telegram_id, started=True)
    person = {"full_name": "Участник", "created_at": now, "registered_at": now}
    async with house.db.write() as session:
        await session.execute(
            insert(Person), [{**person, "telegram_id": FIRST_ID + number} for number in range(number)]
        )
        return list(await session.scalars(select(Person.id).where(Person.telegram_id >= FIRST_ID).order_by(Person.id)))


def row(person_id: int, text: str, due_at: object, priority: Priority) -> dict[str, Any]:
    return {
        "kind": KIND,
        "key": f"crowd:{text}",
        "person_id": person_id,
        "subject_id": 7,
        "payload": {"texts": [text]},
        "priority": int(priority),
        "due_at": due_at,
        "next_at": due_at,
        "state": NotificationState.PENDING,
        "created_at": due_at,
    }


async def test_ten_thousand_in_a_minute_go_in_their_order_and_starve_no_reply(house: House) -> None:
    ids = await crowd(house)
    now = house.clock.now()
    minute = timedelta(minutes=1)
    rows = [
        # Written in another order than they are due in.
        row(ids[n], f"reminder {n}", now - minute + (n * 7919 % REMINDERS) * minute / REMINDERS, Priority.REMINDER)
        for n in range(REMINDERS)
    ]
    rows += [  # due long before, and yet after all reminders
        row(ids[REMINDERS + n], f"announcement {n}", now - 60 * minute, Priority.ANNOUNCEMENT)
        for n in range(ANNOUNCEMENTS)
    ]
    async with house.db.write() as session:
        await session.execute(insert(Notification), rows)
    expected = [one["payload"]["texts"][0] for one in sorted(rows[:REMINDERS], key=lambda one: one["due_at"])]
    place = {text: number for number, text in enumerate(expected)}

    log, door = Log(), InProcessSession(house.world)
    bot = app.make_bot(house.bot.token, door, limiter=Limiter(RATE))
    door.middleware(log)  # the innermost: after the limiter
    sender = Sender(house.db, bot, house.clock, zone=house.settings.zone)
    stop = asyncio.Event()
    begun = time.monotonic()
    running = asyncio.create_task(sender.run(stop))
    waited: list[int] = []
    try:
        for number in range(REPLIES):
            await until(lambda number=number: len(log.texts) >= (number + 1) * WATCHED // REPLIES, 60)  # type: ignore[misc]  # a default pins the round
            text = f"reply {number}"
            asked = len(log.texts)
            async with house.db.write() as writing:
                notice = Notice(KIND, text, ids[-1 - number], 7, now, Priority.REPLY, payload={"texts": [text]})
                await notifications.put(writing, [notice], now=now)
            await until(lambda text=text: text in log.texts, 60)  # type: ignore[misc]  # the same
            waited.append(log.texts.index(text) - asked)
    finally:
        stop.set()
        await asyncio.wait_for(running, 30)
    reminders = [text for text in log.texts if text.startswith("reminder")]
    print(f"{len(log.texts) / (time.monotonic() - begun):.0f}/s; messages before each reply: {waited}")
    assert len(reminders) >= WATCHED
    assert len(set(log.texts)) == len(log.texts), "each once"
    assert not any(text.startswith("announcement") for text in log.texts), "nothing less pressing goes before them"
    late = max(abs(number - place[text]) for number, text in enumerate(reminders))
    assert late <= OUT_OF_TURN, f"{late} out of turn"
    assert max(waited) <= OVERTAKEN_BY
    assert {call.error_code for call in house.world.calls} == {None}
