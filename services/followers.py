"""Following a network's news without joining it (Izhevsk, §2.3: «становиться частью других информационных каналов»)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Membership, MembershipState, Network, NetworkFollower, Person
from services import audit, policy
from services.errors import NetworkArchived, NotFound
from services.visibility import is_member, visible


def is_following(actor: Person) -> ColumnElement[bool]:
    """The condition that the actor follows the network of the query."""
    return Network.id.in_(select(NetworkFollower.network_id).where(NetworkFollower.person_id == actor.id))


def of_networks(network_ids: ColumnElement[bool]) -> Select[int]:
    """The ids of those who follow the news of these networks (a condition about `NetworkFollower.network_id`).

    A network that has hidden itself, or was closed, tells its followers nothing any more.
    """
    return (
        select(NetworkFollower.person_id)
        .join(Network, Network.id == NetworkFollower.network_id)
        .where(network_ids, policy.followable())
    )


async def are_any(session: AsyncSession, network_id: int) -> bool:
    """Whether anybody is told the network's news as a follower."""
    found = await session.scalar(of_networks(NetworkFollower.network_id == network_id).limit(1))
    return found is not None


async def follow(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> None:
    """Be told its news from now on; twice is once. A member, who is told anyway, does not become a follower.

    Raises NotRegistered, NotFound (also where the network does not show itself to everybody), NetworkArchived.
    """
    policy.require_registered(actor)
    row = (
        await session.execute(select(Network, is_member(actor)).where(Network.id == network_id, visible(actor)))
    ).one_or_none()
    if row is None:
        raise NotFound
    network, is_in = row
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    if not policy.may_be_followed(network):
        raise NotFound
    if is_in:
        return
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    begun = await session.scalar(
        make(NetworkFollower)
        .values(network_id=network_id, person_id=actor.id, followed_at=now)
        .on_conflict_do_nothing()
        .returning(NetworkFollower.person_id)
    )
    if begun is not None:
        audit.record(session, actor, "network.follow", "network", network_id, now=now)


async def unfollow(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> None:
    """Be told its news no more; twice is once, and it is always possible."""
    if await end(session, actor.id, network_id):
        audit.record(session, actor, "network.unfollow", "network", network_id, now=now)


async def end(session: AsyncSession, person_id: int, network_id: int) -> bool:
    """The person follows no more, for whatever reason: who becomes a member hears the news as one. Gives whether they did."""
    gone = await session.scalar(
        delete(NetworkFollower)
        .where(NetworkFollower.network_id == network_id, NetworkFollower.person_id == person_id)
        .returning(NetworkFollower.person_id)
    )
    return gone is not None


async def end_all(session: AsyncSession, person_id: int) -> None:
    """The same for every network: the person leaves the bot."""
    await session.execute(delete(NetworkFollower).where(NetworkFollower.person_id == person_id))


async def end_where_member(session: AsyncSession, person_id: int) -> None:
    """The same for every network that the person is a member of."""
    inside = select(Membership.network_id).where(
        Membership.person_id == person_id, Membership.state == MembershipState.MEMBER
    )
    await session.execute(
        delete(NetworkFollower).where(NetworkFollower.person_id == person_id, NetworkFollower.network_id.in_(inside))
    )
