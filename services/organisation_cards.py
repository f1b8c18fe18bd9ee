"""The card of an organisation («визитка ОУ»): its contacts, its people in networks, what it shared, which events it held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, selectinload

from models import (
    Event,
    Head,
    Membership,
    MembershipState,
    Network,
    Organisation,
    Participation,
    Person,
    Product,
    ProductState,
)
from services import audit, coverage, heads, policy
from services.errors import NotFound
from services.visibility import visible

CONTACTS = ("address", "phone", "email", "site")
"""What the head and the administrator write on the card."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card shows to one person: how much there is of each list, and what they may do."""

    organisation: Organisation
    head: Head | None
    people: int
    networks: int
    works: int
    events: int
    may_edit: bool
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works there, and the networks they are in as far as the reader sees them, by title."""

    person: Person
    networks: Sequence[str]


async def _read(session: AsyncSession, actor: Person, organisation_id: int) -> Organisation:
    """One of the registry; one that only waits for it is the administrator's and theirs who named it. Raises NotRegistered, NotFound."""
    if not policy.may_administer(actor):
        policy.require_registered(actor)
    organisation = await session.get(Organisation, organisation_id, populate_existing=True)
    if organisation is None:
        raise NotFound
    is_mine = policy.may_administer(actor) or actor.organisation_id == organisation_id
    if organisation.confirmed_at is None and not is_mine:
        raise NotFound
    return organisation


async def card(session: AsyncSession, actor: Person, organisation_id: int) -> Card:
    """The card of an organisation. Raises NotRegistered, NotFound."""
    organisation = await _read(session, actor, organisation_id)
    row = (
        await session.execute(
            select(
                _count(_people(organisation_id)),
                _count(_networks(actor, organisation_id)),
                _count(_works(actor, organisation_id)),
                _count(_events(actor, organisation_id)),
            )
        )
    ).one()
    return Card(
        organisation,
        await heads.with_person(session, organisation_id),
        people=row[0],
        networks=row[1],
        works=row[2],
        events=row[3],
        may_edit=await heads.may_edit(session, actor, organisation_id),
        is_administrator=policy.may_administer(actor),
    )


def _count(ids: Select[int]) -> ColumnElement[int]:
    return select(func.count()).select_from(ids.subquery()).scalar_subquery()


def _people(organisation_id: int) -> Select[int]:
    return select(Person.id).where(Person.organisation_id == organisation_id, Person.registered_at.is_not(None))


def _networks(actor: Person, organisation_id: int) -> Select[int]:
    return (
        select(Participation.id)
        .join(Network, Network.id == Participation.network_id)
        .where(Participation.organisation_id == organisation_id, coverage.standing(), visible(actor))
    )


def _works(actor: Person, organisation_id: int) -> Select[int]:
    """What stands in the bank for this reader; a work stays with the organisation where its author worked then."""
    return (
        select(Product.id)
        .join(Network, Network.id == Product.network_id)
        .where(Product.organisation_id == organisation_id, Product.state == ProductState.PUBLISHED, visible(actor))
    )


def _events(actor: Person, organisation_id: int) -> Select[int]:
    """What people who work there planned, and what was not cancelled."""
    return (
        select(Event.id)
        .join(Network, Network.id == Event.network_id)
        .where(
            Event.created_by_id.in_(select(Person.id).where(Person.organisation_id == organisation_id)),
            Event.cancelled_at.is_(None),
            visible(actor),
        )
    )


async def people(
    session: AsyncSession, actor: Person, organisation_id: int, *, offset: int, limit: int
) -> tuple[Organisation, Sequence[Worker], int]:
    """Who works there, by name, with their networks, and how many they are. Raises NotRegistered, NotFound."""
    organisation = await _read(session, actor, organisation_id)
    here = [Person.organisation_id == organisation_id, Person.registered_at.is_not(None)]
    total = await session.scalar(select(func.count()).select_from(Person).where(*here)) or 0
    found = list(
        await session.scalars(
            select(Person).where(*here).order_by(Person.full_name, Person.id).offset(offset).limit(limit)
        )
    )
    theirs = aliased(Membership)  # apart from the memberships that `visible` reads
    rows = await session.execute(
        select(theirs.person_id, Network.title)
        .join(Network, Network.id == theirs.network_id)
        .where(
            theirs.person_id.in_([one.id for one in found]),
            theirs.state == MembershipState.MEMBER,
            Network.archived_at.is_(None),
            visible(actor),
        )
        .order_by(Network.title)
    )
    networks: dict[int, list[str]] = {}
    for person_id, title in rows:
        networks.setdefault(person_id, []).append(title)
    return organisation, [Worker(one, networks.get(one.id, ())) for one in found], total


async def networks(
    session: AsyncSession, actor: Person, organisation_id: int, *, offset: int, limit: int
) -> tuple[Organisation, Sequence[Participation], int]:
    """Where it takes part as far as the reader sees it, by title. Raises NotRegistered, NotFound."""
    organisation = await _read(session, actor, organisation_id)
    mine = _networks(actor, organisation_id)
    total = await session.scalar(select(_count(mine))) or 0
    found = await session.scalars(
        select(Participation)
        .join(Network, Network.id == Participation.network_id)
        .where(Participation.id.in_(mine))
        .options(selectinload(Participation.network))
        .order_by(Network.title, Participation.id)
        .offset(offset)
        .limit(limit)
    )
    return organisation, list(found), total


async def works(
    session: AsyncSession, actor: Person, organisation_id: int, *, offset: int, limit: int
) -> tuple[Organisation, Sequence[Product], int]:
    """What it shared, the newest first. Raises NotRegistered, NotFound."""
    organisation = await _read(session, actor, organisation_id)
    shared = _works(actor, organisation_id)
    total = await session.scalar(select(_count(shared))) or 0
    found = await session.scalars(
        select(Product)
        .where(Product.id.in_(shared))
        .options(selectinload(Product.author))
        .order_by(Product.state_at.desc(), Product.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return organisation, list(found), total


async def events(
    session: AsyncSession, actor: Person, organisation_id: int, *, offset: int, limit: int
) -> tuple[Organisation, Sequence[Event], int]:
    """Which events it held and plans, the latest first. Raises NotRegistered, NotFound."""
    organisation = await _read(session, actor, organisation_id)
    held = _events(actor, organisation_id)
    total = await session.scalar(select(_count(held))) or 0
    found = await session.scalars(
        select(Event)
        .where(Event.id.in_(held))
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return organisation, list(found), total


async def to_edit(session: AsyncSession, actor: Person, organisation_id: int) -> Organisation:
    """The organisation, for its head or the administrator. Raises NotAllowed, NotFound."""
    await heads.require_editor(session, actor, organisation_id)
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


async def edit(
    session: AsyncSession, actor: Person, organisation_id: int, contacts: Mapping[str, str | None], *, now: datetime
) -> Organisation:
    """Its head or the administrator writes down how it is reached: `contacts` by the words of CONTACTS. Raises NotAllowed, NotFound."""
    organisation = await to_edit(session, actor, organisation_id)
    old = {name: getattr(organisation, name) for name in CONTACTS}
    new = {name: contacts[name] for name in CONTACTS}
    if old != new:
        for name, value in new.items():
            setattr(organisation, name, value)
        audit.record(session, actor, "organisation.edit", "organisation", organisation_id, now=now, old=old, new=new)
    return organisation
