"""Told to stop, the bot lets what is in flight finish; the next start goes on."""

from __future__ import annotations

import asyncio
import signal

import pytest

from models import Database
from tests.e2e.conftest import StartBot, settled, told_to_stop_over_fifty_taps
from tests.support.telegram import Telegram


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_fifty_taps_in_flight_are_answered(
    number: signal.Signals, telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    bot = start_bot()
    await settled(telegram, city)
    people, answers = await told_to_stop_over_fifty_taps(telegram, bot, number)
    await asyncio.sleep(0.3)
    assert bot.exit_code is None, "it left while people waited"
    answers.release()
    assert await bot.ends() == 0
    assert all("Согласие" in person.sees for person in people), {person.sees[:40] for person in people}
    assert all(callback.answered for callback in telegram.world.state.callbacks)
    assert bot.lines("stopped") == [line for line in bot.said.splitlines() if "unfinished=0" in line]
    assert telegram.waiting == 0, "what was served is confirmed"
    assert "Traceback" not in bot.said
    assert "level=error" not in bot.said

    again = start_bot()
    await settled(telegram, city)
    await people[0].taps("Назад")
    await people[0].waits(lambda: "Здравствуйте" in people[0].sees, timeout=20)
    assert "event=replayed" not in again.said


async def test_it_stops_at_once_when_nobody_waits(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    bot = start_bot()
    await settled(telegram, city)
    begun = asyncio.get_running_loop().time()
    bot.signal(signal.SIGTERM)
    assert await bot.ends() == 0
    assert asyncio.get_running_loop().time() - begun < 3


async def test_an_answer_that_waits_for_the_network_goes_out_after_the_next_start(
    telegram: Telegram, start_bot: StartBot, city: Database
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot()
    await settled(telegram, city)
    hold = telegram.hold("sendMessage")
    await anna.says("/start")
    await telegram.waits(lambda: hold.reached and not telegram.waiting)
    await telegram.close()
    await bot.says("event=not-answered-yet")
    bot.signal(signal.SIGTERM)
    assert await bot.ends() == 0
    assert "unfinished=1" in bot.said
    await telegram.open()
    start_bot()
    await anna.waits(lambda: "Здравствуйте" in anna.sees, timeout=20)
