"""The temporary groups of the demo city."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Network, NetworkView
from services import networks, policy
from tests.support.demo_city import player


async def test_a_temporary_group_is_at_work_and_another_one_is_over(city: AsyncSession) -> None:
    groups = {one.title: one for one in await city.scalars(select(Network).where(Network.ends_on.is_not(None)))}
    working, over = groups["Неделя чисел и фигур"], groups["Осенний турнир команд"]
    assert len(groups) == 2
    assert working.ends_on is not None
    assert (working.archived_at, working.end_told_on) == (None, None)
    assert over.archived_at is not None
    assert over.ends_on is not None
    assert over.ends_on < over.archived_at.date()
    coordinator = await player(city, "coordinator")
    assert await policy.may_coordinate(city, coordinator, working.id)
    closed = await networks.page_of(city, coordinator, NetworkView.CLOSED, offset=0, limit=9)
    assert [line.network.title for line in closed.lines] == [over.title]
