"""Long polling as the real thing: offsets confirm, nothing is lost, one process per token."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiogram.exceptions import TelegramConflictError

from sandbox import World
from sandbox.server import serve
from tests.sandbox.conftest import House, http_bot

LONG_BEFORE_ITS_END = 20
"""Seconds in which even a busy machine notices what ends a poll of 50 seconds at once."""


async def texts(
    house: House, offset: int | None = None, limit: int | None = None, timeout: int | None = None
) -> list[str | None]:
    updates = await house.bot.get_updates(offset, limit, timeout)
    return [update.message.text for update in updates if update.message is not None]


async def test_updates_stay_until_a_later_offset_confirms_them(door: House) -> None:
    for number in range(3):
        await door.anna.says(str(number))
    first = await door.bot.get_updates()
    assert await texts(door) == ["0", "1", "2"]
    assert await texts(door, limit=2) == ["0", "1"]
    assert await texts(door, offset=first[1].update_id) == ["1", "2"]
    assert await texts(door) == ["1", "2"]
    assert [update.update_id for update in first] == list(range(first[0].update_id, first[0].update_id + 3))
    assert (await door.bot.get_webhook_info()).pending_update_count == 2
    assert await texts(door, offset=first[2].update_id + 1) == []
    await door.anna.says("3")
    assert await texts(door) == ["3"]


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(door: House) -> None:
    for number in range(4):
        await door.anna.says(str(number))
    assert await texts(door, offset=-2) == ["2", "3"]
    assert await texts(door) == ["2", "3"]
    assert await texts(door, offset=-10) == ["2", "3"]


async def test_a_poll_waits_for_news(door: House) -> None:
    poll = asyncio.create_task(texts(door, timeout=50))
    await asyncio.sleep(0.05)
    await door.anna.says("вот")
    assert await asyncio.wait_for(poll, LONG_BEFORE_ITS_END) == ["вот"]


async def test_a_poll_in_vain_ends_in_time(door: House) -> None:
    begun = time.monotonic()
    assert await texts(door, timeout=1) == []
    assert time.monotonic() - begun > 0.9
    assert door.world.calls == []


async def test_a_second_poller_pushes_the_first_aside(door: House) -> None:
    first = asyncio.create_task(door.bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(texts(door, timeout=10))
    with pytest.raises(TelegramConflictError) as caught:
        await first
    assert caught.value.message == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await door.anna.says("второму")
    assert await second == ["второму"]


async def test_only_asked_kinds_are_kept(door: House) -> None:
    await door.bot.get_updates(allowed_updates=["callback_query"])
    await door.anna.says("мимо")
    await door.anna.blocks()
    assert await door.bot.get_updates() == []
    await door.bot.get_updates(allowed_updates=[])
    await door.anna.unblocks()
    await door.anna.says("сюда")
    updates = await door.bot.get_updates(allowed_updates=["message", "my_chat_member"])
    assert [update.event_type for update in updates] == ["my_chat_member", "message"]


async def test_dropping_what_waits(door: House) -> None:
    await door.anna.says("забудут")
    await door.bot.delete_webhook()
    assert await texts(door) == ["забудут"]
    await door.bot.delete_webhook(drop_pending_updates=True)
    assert await texts(door) == []


async def test_stopping_the_server_ends_polls_at_once(world: World) -> None:
    server = await serve(world)
    bot = http_bot(server.url, world.only_bot().token)
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0.1)
    await asyncio.wait_for(server.close(), LONG_BEFORE_ITS_END)
    assert await asyncio.wait_for(poll, LONG_BEFORE_ITS_END) == []
    await bot.session.close()


async def test_a_poller_that_dies_is_noticed(http: House) -> None:
    poll = asyncio.create_task(http.bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    line = http.world.delivery._line(http.bot.id)
    assert line.poll is not None
    poll.cancel()
    await asyncio.sleep(0.1)
    assert line.poll is None
    await http.anna.says("не пропало")
    assert await texts(http) == ["не пропало"]
