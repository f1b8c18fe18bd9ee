"""Who comes into a network how, and who sees it at all: the coordinator's two rules, apart from each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import JoinPolicy, Network, Person, Visibility
from services import audit, policy
from services.errors import NetworkArchived, NotAllowed, NotFound


async def set_join_policy(
    session: AsyncSession, actor: Person, network_id: int, chosen: JoinPolicy, *, now: datetime
) -> Network:
    """From now on one comes in so. Who is in stays, and what was applied for still waits for a decision.

    Raises NotAllowed, NotFound, NetworkArchived.
    """
    network = await _to_change(session, actor, network_id)
    if network.join_policy is not chosen:
        old, new = {"join_policy": network.join_policy.value}, {"join_policy": chosen.value}
        network.join_policy = chosen
        audit.record(session, actor, "network.change", "network", network_id, now=now, old=old, new=new)
    return network


async def set_visibility(
    session: AsyncSession, actor: Person, network_id: int, chosen: Visibility, *, now: datetime
) -> Network:
    """From now on these see it, beside its members and whoever coordinates its branch.

    Raises NotAllowed (also for «members of the network above» where there is none), NotFound, NetworkArchived.
    """
    network = await _to_change(session, actor, network_id)
    if chosen is Visibility.PARENT and network.parent_id is None:
        raise NotAllowed
    if network.visibility is not chosen:
        old, new = {"visibility": network.visibility.value}, {"visibility": chosen.value}
        network.visibility = chosen
        audit.record(session, actor, "network.change", "network", network_id, now=now, old=old, new=new)
    return network


async def _to_change(session: AsyncSession, actor: Person, network_id: int) -> Network:
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id, with_for_update=True, populate_existing=True)
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    return network
