"""Snapshots and the world's clock."""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import World
from tests.sandbox.conftest import House

BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


async def test_a_restored_world_is_the_same_in_everything(house: House) -> None:
    world, bot, anna = house.world, house.bot, house.anna
    sent = await bot.send_message(anna.id, "да?", reply_markup=BUTTON)
    await anna.sends_photo(caption="фото")
    await anna.taps("Да")
    await bot.set_my_commands([BotCommand(command="menu", description="Меню")])
    world.fail_next("getMe", code=500)
    world.shift(timedelta(days=1))
    before = world.snapshot()
    seen = [repr(message) for message in anna.messages]
    waiting = world.delivery.pending(bot.id)

    await bot.edit_message_text("нет", chat_id=anna.id, message_id=sent.message_id)
    await bot.delete_message(anna.id, sent.message_id)
    await bot.get_updates(offset=waiting[-1].update_id + 1)
    await bot.answer_callback_query(next(iter(world.state.callbacks)).id, "да", show_alert=True)
    await bot.delete_my_commands()
    await anna.blocks()
    await world.visitor("Борис").says("привет")
    world.plans.clear()
    world.shift(timedelta(days=5))
    world.restore(before)

    assert [repr(message) for message in anna.messages] == seen
    assert world.delivery.pending(bot.id) == waiting
    assert (anna.alert, anna.dialogue.blocked, len(world.state.people)) == (None, False, 1)
    assert [command.command for command in await bot.get_my_commands()] == ["menu"]
    assert [plan.method for plan in world.plans] == ["getme"]
    assert world.clock.offset == timedelta(days=1)
    assert world.snapshot() == before

    numbers = []
    for _ in range(2):
        world.restore(before)
        numbers.append((await bot.send_message(anna.id, "снова")).message_id)
    assert numbers[0] == numbers[1]


async def test_snapshots_share_what_has_not_changed(house: House) -> None:
    world = house.world
    people = [world.visitor(f"Учитель {number}", started=True) for number in range(100)]
    for number in range(1_000):
        await house.bot.send_message(people[number % 100].id, f"сообщение {number}")
    before = calls_within(lambda: world.restore(world.snapshot()))
    for number in range(1_000):
        await house.bot.send_message(people[number % 100].id, f"ещё {number}")
    after = calls_within(lambda: world.restore(world.snapshot()))
    assert after < before + 500  # no call a message: a snapshot of a city is taken hundreds of times by the walker


def calls_within(deed: Callable[[], object]) -> int:
    """How many functions of Python are entered: what the work costs, whatever else the machine is doing."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(deed)
    return sum(entry.callcount for entry in profile.getstats())


async def test_dates_follow_the_worlds_clock() -> None:
    moment = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    world = World(now=lambda: moment)
    world.add_bot()
    told: list[timedelta] = []
    world.on_shift(told.append)
    anna = world.visitor("Анна")
    await anna.says("утро")
    world.shift(timedelta(hours=3))
    world.shift(timedelta(minutes=5))
    await anna.says("день")
    assert [message.date for message in anna.messages] == [moment, moment + timedelta(hours=3, minutes=5)]
    assert told == [timedelta(hours=3), timedelta(hours=3, minutes=5)]
    assert world.now() == moment + timedelta(hours=3, minutes=5)
    world.set_shift(timedelta())
    assert world.now() == moment


def test_a_naive_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        World(now=lambda: datetime(2026, 9, 1)).now()  # noqa: DTZ001 — that is the mistake under test
