"""What is seen of the organisations of a network: the list, one of them, the scans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Network, Organisation, Participation, ParticipationRole, ParticipationScan, Person, StoredFile
from services import coverage, heads, policy, representing
from services.errors import NotAllowed, NotFound
from services.participations import rows


@dataclass(frozen=True, slots=True)
class Page:
    """Some organisations of a network, coordinating ones first. `own` is the reader's, where they head one."""

    network: Network
    lines: Sequence[Participation]
    total: int
    may_manage: bool
    own: Organisation | None
    own_takes_part: bool

    @property
    def may_bring_own(self) -> bool:
        """Whether the reader may bring their own organisation in by themselves."""
        return self.own is not None and not self.own_takes_part and policy.may_join_at_once(self.network)


@dataclass(frozen=True, slots=True)
class Card:
    """One organisation in one network, as this reader sees it. `people` coordinate the network for it; `scans` are of the last version."""

    participation: Participation
    people: Sequence[Person]
    scans: int
    may_manage: bool
    is_head: bool
    is_administrator: bool

    @property
    def must_agree(self) -> bool:
        """Whether its head has not accepted the agreement in force."""
        version = self.participation.network.agreement_version
        return version is not None and version != self.participation.agreement_version

    @property
    def may_end(self) -> bool:
        """Whether this reader may have it take part no longer: its head may, of others whoever may take a coordinating one's role."""
        coordinates = self.participation.role is ParticipationRole.COORDINATOR
        return self.is_head or (self.may_manage and (self.is_administrator or not coordinates))

    @property
    def may_see_scans(self) -> bool:
        """Scans are for those who signed and those they signed for."""
        return self.may_manage or self.is_head


async def page_of(session: AsyncSession, actor: Person, network_id: int, *, offset: int, limit: int) -> Page:
    """A page of the organisations of a network that the actor sees. Raises NotFound."""
    network = await rows.visible_network(session, actor, network_id)
    here = (Participation.network_id == network_id, coverage.standing())
    total = await session.scalar(select(func.count()).select_from(Participation).where(*here)) or 0
    rank = case({ParticipationRole.COORDINATOR.value: 0}, value=Participation.role, else_=1)
    lines = await session.scalars(
        select(Participation)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(*here)
        .order_by(rank, Organisation.title, Participation.id)
        .options(joinedload(Participation.organisation))
        .offset(offset)
        .limit(limit)
    )
    own = await heads.headed_by(session, actor) if policy.is_registered(actor) else None
    mine = await rows.of_organisation(session, own.id, network_id) if own is not None else None
    return Page(
        network,
        list(lines),
        total,
        may_manage=await policy.may_coordinate(session, actor, network_id),
        own=own,
        own_takes_part=mine is not None and mine.ended_at is None,
    )


async def card(session: AsyncSession, actor: Person, participation_id: int) -> Card:
    """One organisation in a network that the actor sees. Raises NotFound, also when it takes part no longer."""
    participation = await rows.get(session, participation_id)
    await rows.visible_network(session, actor, participation.network_id)
    if participation.ended_at is not None:
        raise NotFound
    own = await heads.headed_by(session, actor) if policy.is_registered(actor) else None
    scans = select(func.count()).where(*_last_scans(participation))
    return Card(
        participation,
        await representing.people(session, participation),
        await session.scalar(scans) or 0,
        may_manage=await policy.may_coordinate(session, actor, participation.network_id),
        is_head=own is not None and own.id == participation.organisation_id,
        is_administrator=policy.may_administer(actor),
    )


def _last_scans(participation: Participation) -> tuple[Any, ...]:
    return (
        ParticipationScan.participation_id == participation.id,
        ParticipationScan.version == participation.agreement_version,
    )


async def scans(session: AsyncSession, actor: Person, participation_id: int) -> tuple[Card, Sequence[StoredFile]]:
    """The scans of the last accepted version, for the coordinators of the branch and the head. Raises NotFound, NotAllowed."""
    seen = await card(session, actor, participation_id)
    if not seen.may_see_scans:
        raise NotAllowed
    found = await session.scalars(
        select(StoredFile)
        .join(ParticipationScan, ParticipationScan.file_id == StoredFile.id)
        .where(*_last_scans(seen.participation))
        .order_by(ParticipationScan.position)
    )
    return seen, list(found)


def require_ender(seen: Card) -> None:
    """Raises NotAllowed where the reader may not have it take part no longer."""
    if not seen.may_end:
        raise NotAllowed
