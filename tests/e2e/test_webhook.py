"""Updates by webhook, through real processes: served, kept while the bot is away, refused from strangers."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest
from aiogram.types import Update
from aiohttp import ClientSession
from sqlalchemy import select

from bot.webhook import SECRET_HEADER
from models import Database, Person
from tests.e2e.conftest import StartBot, at_rest, settled, told_to_stop_over_fifty_taps
from tests.support.telegram import Telegram

SECRET = "a-secret_of-the-tests"

Webhook = dict[str, str]


async def test_a_conversation(telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot(**by_webhook)
    await settled(telegram, city)
    await anna.says("/start")
    await anna.waits(lambda: anna.buttons, timeout=20)
    await anna.taps("Даю согласие")
    await anna.waits(lambda: "Как вас зовут?" in anna.sees, timeout=20)
    await anna.says("Иванова Анна Петровна")
    await anna.waits(lambda: "Где вы работаете?" in anna.sees, timeout=20)
    await at_rest(telegram, city)
    assert telegram.webhook is not None
    assert telegram.webhook.url == by_webhook["WEBHOOK_URL"]
    assert telegram.webhook.last_error_message == ""
    assert {"message", "callback_query"} <= set(telegram.world.state.bots[telegram.account.id].allowed_updates or ())
    assert not any(call.method == "getUpdates" for call in telegram.world.calls)
    assert telegram.world.faults == []
    for line in bot.said.splitlines():
        assert "level=info" in line, line
    assert telegram.webhook.secret_token not in bot.said


async def test_what_came_while_the_bot_was_down_comes_at_once_and_in_order(
    telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook
) -> None:
    """Nobody waits for the end of the pauses that Telegram makes between its attempts."""
    people = [telegram.visitor(f"Человек {number}") for number in range(5)]
    bot = start_bot(**by_webhook)
    await settled(telegram, city)
    await asyncio.gather(*(person.says("/start") for person in people))
    await telegram.waits(lambda: all(person.buttons for person in people))
    await asyncio.gather(*(person.taps("Даю согласие") for person in people))
    await telegram.waits(lambda: all("Как вас зовут?" in person.sees for person in people))
    await at_rest(telegram, city)
    await bot.dies()
    for person in people:
        await person.says("Иванова Анна Петровна")
        await person.says("Лицей")
    await asyncio.sleep(2.5)  # three posts in vain for each; the next ones would come four seconds after
    again = start_bot(**by_webhook)
    await again.says("event=webhook-set")
    begun = time.monotonic()
    await at_rest(telegram, city)
    print(f"from the setting of the webhook to rest: {time.monotonic() - begun:.2f} s")
    assert time.monotonic() - begun < 2
    for person in people:
        name, _, answer_to_name, answer_to_place = person.messages[-4:]
        assert name.text == "Иванова Анна Петровна"
        assert "Где вы работаете?" in answer_to_name.text
        assert "Ничего не нашлось" in answer_to_place.text
    assert telegram.world.faults == []


async def test_strangers_are_refused(
    telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot(**by_webhook, WEBHOOK_SECRET=SECRET)
    await settled(telegram, city)
    assert telegram.webhook is not None
    assert telegram.webhook.secret_token == SECRET
    await anna.says("/start")
    await at_rest(telegram, city)
    message = anna.messages[0].record
    forged = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": message.date,
            "text": "/start",
            "chat": {"id": 777, "type": "private", "first_name": "Чужой"},
            "from": {"id": 777, "is_bot": False, "first_name": "Чужой"},
        },
    }
    Update.model_validate(forged)
    url = by_webhook["WEBHOOK_URL"]
    async with ClientSession() as client:
        for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET.upper()}, {SECRET_HEADER: SECRET[:-1]}):
            async with client.post(url, json=forged, headers=headers) as answer:
                assert (answer.status, await answer.read()) == (403, b"")
        async with client.get(url) as answer:
            assert answer.status == 405
        async with client.post(f"{url}/other", json=forged, headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 404
    async with city.read() as session:
        assert await session.scalar(select(Person).where(Person.telegram_id == 777)) is None
    assert len(bot.lines("post-refused")) == 1
    assert SECRET not in bot.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_taps_in_flight_are_answered_when_it_is_told_to_stop(
    number: signal.Signals, telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook
) -> None:
    bot = start_bot(**by_webhook)
    await settled(telegram, city)
    people, answers = await told_to_stop_over_fifty_taps(telegram, bot, number)
    await people[0].says("/menu")
    await asyncio.sleep(0.3)
    assert bot.exit_code is None, "it left while people waited"
    answers.release()
    assert await bot.ends() == 0
    assert all("Согласие" in person.sees for person in people), {person.sees[:40] for person in people}
    assert all(callback.answered for callback in telegram.world.state.callbacks)
    assert "unfinished=0" in bot.said
    assert telegram.waiting == 1, "what came after the signal waits at Telegram, all else is confirmed"
    assert telegram.webhook is not None
    assert "Traceback" not in bot.said
    assert "level=error" not in bot.said

    again = start_bot(**by_webhook)
    await settled(telegram, city)
    assert "event=replayed" not in again.said
    assert "Согласие" not in people[0].sees


async def test_it_stops_at_once_when_nobody_waits(
    telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot(**by_webhook)
    await settled(telegram, city)
    await anna.says("/start")
    await at_rest(telegram, city)  # the connection of this post stays open
    begun = time.monotonic()
    bot.signal(signal.SIGTERM)
    assert await bot.ends() == 0
    assert time.monotonic() - begun < 3


async def test_to_the_webhook_and_back_nothing_is_lost(
    telegram: Telegram, start_bot: StartBot, city: Database, by_webhook: Webhook
) -> None:
    anna, boris, vera = (telegram.visitor(name) for name in ("Анна", "Борис", "Вера"))
    polling = start_bot()
    await settled(telegram, city)
    await polling.dies()
    await anna.says("/start")
    posted = start_bot(**by_webhook)
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
    hold = telegram.hold("sendMessage", boris.id)
    await boris.says("/start")
    await telegram.waits(lambda: hold.reached and not telegram.waiting)
    await posted.dies()
    hold.release()
    await vera.says("/start")
    again = start_bot()
    await telegram.waits(lambda: all("Здравствуйте" in person.sees for person in (boris, vera)))
    await at_rest(telegram, city)
    assert telegram.webhook is None
    assert again.lines("webhook-removed")
    assert "Traceback" not in again.said
