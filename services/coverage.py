"""Whose organisation has accepted a network's agreement for all who work there: they need only say that they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Head, Membership, Network, Organisation, Participation, ParticipationRole, Person


@dataclass(frozen=True, slots=True)
class Parts:
    """What a network's card says of organisations: how many take part, which coordinate it.

    `is_covered`: the reader's own accepted its agreement; `reader_heads`: they head one, which may take part too.
    """

    organisations: int = 0
    coordinating: Sequence[str] = ()
    is_covered: bool = False
    reader_heads: bool = False


NO_PARTS = Parts()
"""No organisation takes part."""


def heading() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a headship is in force, joined with its person."""
    return (
        Head.ended_at.is_(None),
        Person.id == Head.person_id,
        Person.organisation_id == Head.organisation_id,
        Person.registered_at.is_not(None),
    )


def standing() -> ColumnElement[bool]:
    """The condition that an organisation takes part now."""
    return Participation.ended_at.is_(None)


async def covers(session: AsyncSession, person: Person, network: Network) -> bool:
    """Whether the organisation where the person works accepted the version in force on behalf of all of its people."""
    if network.agreement_version is None:
        return False
    accepted = exists().where(
        Participation.network_id == network.id,
        Participation.organisation_id == select(Person.organisation_id).where(Person.id == person.id).scalar_subquery(),
        Participation.agreement_version == network.agreement_version,
        standing(),
    )
    return bool(await session.scalar(select(accepted)))


def is_covered(version: int) -> ColumnElement[bool]:
    """The same as a condition on memberships, where `version` is in force."""
    return exists().where(
        Participation.network_id == Membership.network_id,
        Participation.agreement_version == version,
        standing(),
        Participation.organisation_id == Person.organisation_id,
        Person.id == Membership.person_id,
    )


async def on_card(session: AsyncSession, reader: Person, network: Network) -> Parts:
    """What the card of a network shows of organisations."""
    here = (Participation.network_id == network.id, standing())
    number = select(func.count()).select_from(Participation).where(*here).scalar_subquery()
    organisations, reader_heads = (
        await session.execute(select(number, exists().where(Head.person_id == reader.id, *heading())))
    ).one()
    if not organisations:
        return Parts(reader_heads=reader_heads)
    coordinating = await session.scalars(
        select(Organisation.title)
        .join(Participation, Participation.organisation_id == Organisation.id)
        .where(*here, Participation.role == ParticipationRole.COORDINATOR)
        .order_by(Organisation.title)
        .limit(3)
    )
    return Parts(organisations, list(coordinating), await covers(session, reader, network), reader_heads)
