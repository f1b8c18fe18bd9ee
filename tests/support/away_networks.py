"""What is due about the life of networks, for `away`: one is closed, one is about to end, one stands elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from models import Membership, MembershipState
from services import closing, tree
from tests.support.events import lead, make_network

if TYPE_CHECKING:
    from tests.support.away import City


async def networks_due(city: City) -> None:
    """Anna was in one that is closed, and is in a group whose last day is near; Olga coordinates one that stands elsewhere now."""
    now = city.house.clock.now()
    last_day = (now + timedelta(days=5)).date()
    async with city.house.db.write() as session:
        closed = await make_network(session, title="Закрытая сеть", now=now)
        closed.archived_at = now
        group = await make_network(session, title="Неделя физики", now=now)
        group.ends_on = group.end_told_on = last_day
        moved = await make_network(session, title="Учителя химии", now=now)
        moved.parent_id = city.network_id
        await lead(session, moved, city.olga, now=now)
        session.add_all(
            Membership(network_id=one.id, person_id=city.anna.id, state=MembershipState.MEMBER, state_at=now)
            for one in (closed, group)
        )
    await city.due(closing.CLOSED, city.anna, closed.id, {"at": now.isoformat(), "reason": None, "ended": False})
    await city.due(closing.ENDING, city.anna, group.id, {"ends_on": last_day.isoformat()})
    await city.due(tree.MOVED, city.olga, moved.id, {"parent_id": city.network_id})
