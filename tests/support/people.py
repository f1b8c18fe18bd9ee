"""People and networks for the tests of services, where nobody needs a chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Database, Found, JoinPolicy, Network, NetworkForm, Person, Visibility
from services import search

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
FIRST_TELEGRAM_ID = 8_000_000_001


async def put_people(db: Database, number: int = 1, *, administrators: int = 0) -> list[Person]:
    """Registered people; the first `administrators` of them administer."""
    async with db.write() as session:
        people = [
            Person(
                telegram_id=FIRST_TELEGRAM_ID + one,
                full_name=f"Человек Номер {one}",
                experience_years=10,
                created_at=NOW,
                registered_at=NOW,
                administrator_at=NOW if one < administrators else None,
            )
            for one in range(number)
        ]
        session.add_all(people)
    return people


async def add_network(
    session: AsyncSession,
    title: str,
    *,
    parent: Network | None = None,
    policy: JoinPolicy = JoinPolicy.OPEN,
    visibility: Visibility = Visibility.EVERYONE,
) -> Network:
    """A network with its words for the search."""
    network = Network(
        title=title,
        form_id=(await session.scalars(select(NetworkForm.id).order_by(NetworkForm.id).limit(1))).one(),
        parent_id=parent.id if parent else None,
        join_policy=policy,
        visibility=visibility,
        created_at=NOW,
    )
    session.add(network)
    await session.flush()
    await search.index(session, Found.NETWORK, network.id, title)
    return network


async def put_networks(db: Database, titles: Sequence[str]) -> list[Network]:
    """Open networks of the top."""
    async with db.write() as session:
        return [await add_network(session, title) for title in titles]
