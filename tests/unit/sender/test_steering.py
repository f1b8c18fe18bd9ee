"""Pause and stop take hold within a second, at the rate that Telegram allows, however many are still to be told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.limiter import Limiter
from sandbox import Visitor
from services import announced
from services.announced import Seen
from tests.support.announcements import announce, heard
from tests.support.events import network_of, person_of
from tests.support.house import House
from tests.support.notices import enrolled, running, until

RATE = 30.0
PEOPLE = 120


@pytest.fixture
async def told(house: House) -> tuple[Visitor, list[Visitor], int]:
    """A coordinator, the members and the announcement they are being told."""
    anna, *members = await enrolled(house, "Анна", *(f"П{number}" for number in range(PEOPLE)))
    house.bot.session.middleware(Limiter(RATE))
    return anna, members, await network_of(house, anna, *members)


def count(members: list[Visitor]) -> int:
    return sum(bool(heard(one)) for one in members)


@pytest.mark.parametrize("steer", [announced.pause, announced.cancel])
async def test_it_takes_hold_within_a_second(
    house: House, told: tuple[Visitor, list[Visitor], int], steer: Callable[..., Awaitable[Seen]]
) -> None:
    anna, members, network_id = told
    async with running(house.sender):
        announcement_id = await announce(house, anna, network_id)
        await until(lambda: count(members) >= 20)
        async with house.db.write() as session:
            await steer(session, await person_of(session, anna), announcement_id, now=house.clock.now())
        await asyncio.sleep(1)
        reached = count(members)
        assert reached < PEOPLE
        await asyncio.sleep(1)
        assert count(members) == reached, "later than a second after the press"
        if steer is announced.cancel:
            return
        async with house.db.write() as session:
            await announced.resume(session, await person_of(session, anna), announcement_id, now=house.clock.now())
        await until(lambda: count(members) > reached + 10)
