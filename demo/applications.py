"""Who waits to be taken in, who has accepted the agreement, and which links lead in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.plan import Inhabitant
from models import (
    Agreement,
    Application,
    ApplicationState,
    Invitation,
    InvitationTarget,
    Membership,
    Network,
)
from services import applications

NETWORK = "informatics"
APPLIED_HOURS_AGO = (5, 20, 26, 50)
"""The applications that wait; their coordinator was told when they came."""
LACKING = 3
"""So many members have not accepted the agreement yet."""
PUBLISHED_DAYS_AGO = 200
TOKENS = {"city": "gorod-2026-priglashenie", NETWORK: "informatika-priglashenie"}
MODERATOR_TOKEN = "informatika-moderator"
MODERATOR_DAYS_LEFT = 5
"""The city's own links are known to everybody who reads this: they lead into an invented city only."""


async def add_applications(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Bring life to the networks' doors as of `now`. Gives how many applications wait."""
    network_id = network_ids[NETWORK]
    coordinators = {
        network: person_id
        for one, person_id in zip(people, person_ids, strict=True)
        for network, role in one.roles.items()
        if role == "coordinator"
    }
    await _agree(session, network_id, coordinators[NETWORK], now=now)
    outside = [
        person_id
        for one, person_id in zip(people, person_ids, strict=True)
        if NETWORK not in one.joined and "mathematics" in one.joined and one.player is None and not one.roles
    ]
    rows = [
        {
            "network_id": network_id,
            "person_id": person_id,
            "state": ApplicationState.PENDING,
            "agreement_version": 1,
            "created_at": now - timedelta(hours=hours),
            "expires_at": now - timedelta(hours=hours) + applications.LASTS,
        }
        for person_id, hours in zip(outside, reversed(APPLIED_HOURS_AGO), strict=False)
    ]
    await session.execute(insert(Application), rows)
    session.add_all(
        Invitation(
            token=token,
            target=InvitationTarget.NETWORK,
            network_id=network_ids[key],
            used=0,
            created_by_id=coordinators.get(key),
            created_at=now - timedelta(days=3),
        )
        for key, token in TOKENS.items()
    )
    session.add(
        Invitation(
            token=MODERATOR_TOKEN,
            target=InvitationTarget.MODERATOR,
            network_id=network_id,
            most=1,
            used=0,
            expires_at=now + timedelta(days=MODERATOR_DAYS_LEFT),
            created_by_id=coordinators[NETWORK],
            created_at=now - timedelta(days=7 - MODERATOR_DAYS_LEFT),
        )
    )
    return len(rows)


async def _agree(session: AsyncSession, network_id: int, coordinator_id: int, *, now: datetime) -> None:
    published_at = now - timedelta(days=PUBLISHED_DAYS_AGO)
    session.add(
        Agreement(
            network_id=network_id,
            version=1,
            text=words.networks()[NETWORK].agreement.strip(),
            published_by_id=coordinator_id,
            published_at=published_at,
        )
    )
    await session.execute(update(Network).where(Network.id == network_id).values(agreement_version=1))
    members = await session.scalars(
        select(Membership.id).where(Membership.network_id == network_id).order_by(Membership.state_at, Membership.id)
    )
    accepted = members.all()[:-LACKING]
    await session.execute(
        update(Membership)
        .where(Membership.id.in_(accepted))
        .values(agreement_version=1, agreed_at=Membership.state_at)
        .execution_options(synchronize_session=False)
    )
