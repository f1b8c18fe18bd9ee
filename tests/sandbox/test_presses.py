"""Answering buttons: once, soon, or it is a fault of the bot."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Update

from sandbox.clock import real_seconds
from sandbox.world import CALLBACK_LIFETIME, World
from tests.sandbox.conftest import House

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


async def offer(house: House) -> None:
    await house.bot.send_message(house.anna.id, "да?", reply_markup=BUTTON)


async def press_id(house: House) -> str:
    updates = await house.bot.get_updates(offset=-1)
    assert updates[0].callback_query is not None
    return updates[0].callback_query.id


async def test_toasts_and_alerts(door: House) -> None:
    await offer(door)
    await door.anna.taps("Да")
    await door.bot.answer_callback_query(await press_id(door), "принято")
    assert (door.anna.toast, door.anna.alert) == ("принято", None)
    await door.anna.taps("Да")
    assert (door.anna.toast, door.anna.alert) == (None, None)
    await door.bot.answer_callback_query(await press_id(door), "важно", show_alert=True)
    assert (door.anna.toast, door.anna.alert) == (None, "важно")
    await door.anna.taps("Да")
    await door.bot.answer_callback_query(await press_id(door))
    assert (door.anna.toast, door.anna.alert) == (None, None)
    assert door.world.faults == []


async def test_a_second_answer_is_refused_and_written_down(door: House) -> None:
    await offer(door)
    await door.anna.taps("Да")
    press = await press_id(door)
    await door.bot.answer_callback_query(press)
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.answer_callback_query(press, "ещё раз")
    assert caught.value.message == TOO_OLD
    assert [fault.text for fault in door.world.faults] == [
        f"the press 'yes' of person {door.anna.id} was answered twice"
    ]


async def test_an_old_press_cannot_be_answered(door: House) -> None:
    await offer(door)
    await door.anna.taps("Да")
    press = await press_id(door)
    door.world.expire_callbacks()
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.answer_callback_query(press)
    assert caught.value.message == TOO_OLD


async def test_alerts_are_short(door: House) -> None:
    await offer(door)
    await door.anna.taps("Да")
    press = await press_id(door)
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.answer_callback_query(press, "я" * 201)
    assert caught.value.message == "Bad Request: MESSAGE_TOO_LONG"
    await door.bot.answer_callback_query(press, "я" * 200)


async def test_in_process_an_unanswered_press_is_a_fault_at_once(house: House) -> None:
    async def silent(update: Update) -> None:
        return None

    await offer(house)
    house.world.attach(house.token, silent)
    await house.anna.taps("Да")
    assert len(house.world.faults) == 1
    assert "'yes'" in house.world.faults[0].text
    assert "keeps spinning" in house.world.faults[0].text


async def test_a_grace_for_bots_that_answer_a_little_later(house: House) -> None:
    tasks: list[asyncio.Task[bool]] = []

    async def later(press: str) -> bool:
        await asyncio.sleep(0.03)
        return await house.bot.answer_callback_query(press)

    async def feed(update: Update) -> None:
        assert update.callback_query is not None
        tasks.append(asyncio.create_task(later(update.callback_query.id)))

    await offer(house)
    house.world.callback_grace = 1.0
    house.world.attach(house.token, feed)
    await house.anna.taps("Да")
    assert house.world.faults == []
    await asyncio.gather(*tasks)


def age(world: World, seconds: float) -> None:
    """Make the bot have been connected `seconds` longer."""
    line = world.delivery._line(world.only_bot().id)
    line.connected_before += seconds


async def test_only_connected_time_counts(house: House) -> None:
    await offer(house)
    await house.anna.taps("Да")
    callback = next(iter(house.world.state.callbacks))
    house.world.state.callbacks.put(replace(callback, asked_at=real_seconds() - 3600))
    house.world.check_presses()
    assert house.world.faults == []
    age(house.world, CALLBACK_LIFETIME - 1)
    house.world.check_presses()
    assert house.world.faults == []
    age(house.world, 1.5)
    house.world.check_presses()
    house.world.check_presses()
    assert len(house.world.faults) == 1


async def test_a_polling_bot_counts_as_connected(http: House) -> None:
    bot_id = http.bot.id
    assert not http.world.delivery.connected(bot_id)
    poll = asyncio.create_task(http.bot.get_updates(timeout=2))
    await asyncio.sleep(0.1)
    assert http.world.delivery.connected(bot_id)
    await asyncio.sleep(0.1)
    before = http.world.delivery.connected_seconds(bot_id)
    assert before > 0.05
    await http.anna.says("хватит")
    await poll
