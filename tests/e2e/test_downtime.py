"""What people did while the bot was away, and what it was doing when it died."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from models import Database, InboxUpdate, Person
from sandbox import Visitor
from tests.e2e.conftest import StartBot, at_rest, settled
from tests.support.telegram import Hold, Telegram


async def registered(city: Database, *people: Visitor) -> None:
    """Put people into the database as if they had registered."""
    async with city.write() as session:
        for person in people:
            now = datetime.now(UTC)
            session.add(
                Person(
                    telegram_id=person.id,
                    telegram_language="ru",
                    full_name=f"Иванова {person.person.first_name} Петровна",
                    created_at=now,
                    registered_at=now,
                )
            )


async def test_what_was_sent_meanwhile_is_served_in_order(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot()
    await settled(telegram, city)
    await anna.says("/start")
    await anna.waits(lambda: anna.buttons, timeout=20)
    await anna.taps("Даю согласие")
    await anna.waits(lambda: "Как вас зовут?" in anna.sees, timeout=20)
    await anna.says("Иванова Анна Петровна")
    await anna.waits(lambda: "Где вы работаете?" in anna.sees, timeout=20)
    await anna.taps("Моей организации нет")
    await anna.waits(lambda: "Как называется ваша организация?" in anna.sees, timeout=20)
    await bot.dies()
    for text in ("Лицей № 1", "Методист центра", "математика", "12"):
        await anna.says(text)
    start_bot()
    await settled(telegram, city)
    answers = [message.text for message in anna.messages if message.from_bot][-4:]
    assert "Ваша должность?" in answers[0]
    assert "Что вы ведёте?" in answers[1]
    assert "Выбрано: Математика" in answers[2]
    assert "Ничего не нашлось" in answers[3], "12 is no subject"


async def test_taps_made_meanwhile_act_once_and_an_old_button_still_redraws(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    anna = telegram.visitor("Анна", started=True)
    await registered(city, anna)
    bot = start_bot()
    await anna.says("/menu")
    await anna.waits(lambda: anna.buttons, timeout=20)
    await at_rest(telegram, city)
    await bot.dies()
    await anna.taps("Сети")
    await anna.taps("Сети")
    telegram.world.expire_callbacks()
    bot = start_bot()
    await settled(telegram, city)
    assert "Сети" in anna.sees
    assert sum(message.from_bot for message in anna.messages) == 1
    assert "level=error" not in bot.said


async def test_an_update_that_kills_the_process_is_put_aside_and_takes_nobody_with_it(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    """The test plays the poison: whenever Olga's update is being served, the process is killed."""
    olga, anna = telegram.visitor("Ольга", started=True), telegram.visitor("Анна", started=True)
    await registered(city, olga, anna)
    bot = start_bot()
    await settled(telegram, city)
    poison = telegram.hold("sendMessage", olga.id)
    innocent = telegram.hold("sendMessage", anna.id)
    await olga.says("/menu")
    await anna.says("/menu")
    await telegram.waits(lambda: poison.reached and innocent.reached and not telegram.waiting)
    await bot.dies()
    for start in (1, 2, 3):
        bot = start_bot()
        await telegram.waits(partial(_reached, poison, start + 1))
        if start == 1:
            await bot.dies()
            innocent.release()
        else:
            await bot.dies()
    bot = start_bot()
    await bot.says("event=update-put-aside")
    await anna.waits(lambda: "Анна" in anna.sees, timeout=20)
    assert olga.sees == ""
    poison.release()
    await olga.says("/menu")
    await olga.waits(lambda: "Ольга" in olga.sees, timeout=20)
    await at_rest(telegram, city, kept=1)
    async with city.read() as session:
        rows = list(await session.scalars(select(InboxUpdate)))
    assert len(rows) == 1, "what was put aside is kept for whoever looks into it"
    assert "Traceback" not in bot.said


def _reached(hold: Hold, times: int) -> bool:
    return hold.reached == times


async def test_one_slow_person_delays_nobody(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    """150 people wait for a Telegram that does not answer: more than a session of aiogram has connections."""
    slow = [telegram.visitor(f"Медленная {number}", started=True) for number in range(150)]
    anna = telegram.visitor("Анна", started=True)
    await registered(city, anna, *slow)
    bot = start_bot()
    await settled(telegram, city)
    holds = [telegram.hold("sendMessage", person.id) for person in slow]
    await asyncio.gather(*(person.says("/menu") for person in slow))
    await telegram.waits(lambda: sum(hold.reached for hold in holds) == len(slow))
    begun = asyncio.get_running_loop().time()
    await anna.says("/menu")
    await anna.waits(lambda: "Анна" in anna.sees, timeout=20)
    assert asyncio.get_running_loop().time() - begun < 2
    assert not any(person.sees for person in slow)
    for hold in holds:
        hold.release()
    await telegram.waits(lambda: all(person.sees for person in slow))
    assert "level=warning" not in bot.said
