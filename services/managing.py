"""What waits for whoever manages networks, in numbers: `/manage` and `/admin`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select, text, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import Application, Appointment, Network, Person, Product, ProductState, Role, TopicExpert
from services import applications, members, policy, products, roles


@dataclass(frozen=True, slots=True)
class Line:
    """A network with how many `applications` and works (`products`) wait there for this person's decision."""

    network: Network
    applications: int
    products: int


@dataclass(frozen=True, slots=True)
class Managed:
    """Some of the networks that a person manages, those where something waits first; how many there are, and what waits in all."""

    lines: Sequence[Line]
    total: int
    applications: int
    products: int
    coordinates: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One of them: its `members`, and the applications and works that wait for this person, who `coordinates` it or only moderates."""

    network: Network
    members: int
    applications: int
    products: int
    coordinates: bool


@dataclass(frozen=True, slots=True)
class People:
    """How many there are of each kind."""

    registered: int
    administrators: int
    coordinators: int
    moderators: int
    experts: int


def _ruled(actor: Person) -> Select[tuple[int]]:
    """The ids of the networks that the actor coordinates, with those below them; all for the administrator."""
    if policy.may_administer(actor):
        return select(Network.id)
    own = select(Appointment.network_id).where(Appointment.person_id == actor.id, *policy.standing(Role.COORDINATOR))
    root, child = aliased(Network), aliased(Network)
    down = select(root.id).where(root.id.in_(own)).cte("ruled", recursive=True)
    down = down.union(select(child.id).where(child.parent_id == down.c.id))
    return select(down.c.id)


def _waiting(actor: Person, now: datetime) -> Subquery:
    """The actor's networks with what waits in each: applications for moderators too, works for coordinators alone.

    What waits is little, whatever the city's size, so it is counted first, and then found by network: no network is asked by itself.
    """
    ruled = _ruled(actor)
    moderated = select(Appointment.network_id).where(
        Appointment.person_id == actor.id, *policy.standing(Role.MODERATOR)
    )
    mine = union(ruled, moderated).subquery("mine")
    applications = (
        select(Application.network_id, func.count().label("number"))
        .where(
            text("applications.state = 'pending'"), Application.expires_at > now
        )  # in these words: a partial index serves
        .group_by(Application.network_id)
        .subquery("asked")
    )
    handed_in = [Product.state == ProductState.SUBMITTED]
    if not policy.may_administer(actor):  # nobody decides about an own work but the administrator
        handed_in += [Product.author_id != actor.id, Product.network_id.in_(ruled)]
    products = (
        select(Product.network_id, func.count().label("number"))
        .where(*handed_in)
        .group_by(Product.network_id)
        .subquery("handed_in")
    )
    return (
        select(
            Network.id.label("network_id"),
            Network.title.label("title"),
            func.coalesce(applications.c.number, 0).label("applications"),
            func.coalesce(products.c.number, 0).label("products"),
        )
        .join(mine, mine.c[0] == Network.id)
        .outerjoin(applications, applications.c.network_id == Network.id)
        .outerjoin(products, products.c.network_id == Network.id)
        .where(Network.archived_at.is_(None))
        .subquery()
    )


async def managed(session: AsyncSession, actor: Person, *, offset: int, limit: int, now: datetime) -> Managed:
    """A page of the networks that the actor coordinates or moderates, where something waits first, then by title.

    With `limit` 0 only the numbers.
    """
    mine = _waiting(actor, now)
    sums = select(func.count(), func.sum(mine.c.applications), func.sum(mine.c.products)).select_from(mine)
    total, applications, products = (await session.execute(sums)).one()
    lines: list[Line] = []
    if limit:
        waits_first = case((mine.c.applications + mine.c.products > 0, 0), else_=1)
        page = (
            select(mine).order_by(waits_first, mine.c.title, mine.c.network_id).offset(offset).limit(limit).subquery()
        )
        rows = await session.execute(
            select(Network, page.c.applications, page.c.products)
            .join(page, page.c.network_id == Network.id)
            .order_by(case((page.c.applications + page.c.products > 0, 0), else_=1), Network.title, Network.id)
        )
        lines = [Line(*row) for row in rows]
    coordinates = policy.may_administer(actor) or await coordinates_any(session, actor)
    return Managed(lines, total, int(applications or 0), int(products or 0), coordinates)


async def coordinates_any(session: AsyncSession, actor: Person) -> bool:
    """Whether the actor is appointed coordinator of anything."""
    own = select(Appointment.id).where(Appointment.person_id == actor.id, *policy.standing(Role.COORDINATOR))
    return await session.scalar(own.limit(1)) is not None


async def people(session: AsyncSession, actor: Person) -> People:
    """How many there are of each kind, one person counted once. Raises NotAdministrator."""
    policy.require_administrator(actor)

    def appointed(role: Role) -> ColumnElement[int]:
        who = select(func.count(Appointment.person_id.distinct())).where(*policy.standing(role))
        return who.scalar_subquery()

    registered = select(func.count()).where(Person.registered_at.is_not(None)).scalar_subquery()
    administrators = select(func.count()).where(Person.administrator_at.is_not(None)).scalar_subquery()
    experts = select(func.count(TopicExpert.person_id.distinct())).where(TopicExpert.ended_at.is_(None))
    row = (
        await session.execute(
            select(
                registered,
                administrators,
                appointed(Role.COORDINATOR),
                appointed(Role.MODERATOR),
                experts.scalar_subquery(),
            )
        )
    ).one()
    return People(*row)


async def place(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> Place:
    """A network as whoever manages it sees it. Raises NotAllowed, NotFound."""
    await policy.require_moderator(session, actor, network_id)
    network = await roles.get_network(session, network_id)
    coordinates = await policy.may_coordinate(session, actor, network_id)
    return Place(
        network,
        members=await members.count(session, network_id),
        applications=await applications.count_waiting(session, network_id, now=now),
        products=await products.waiting(session, actor, network_id) if coordinates else 0,
        coordinates=coordinates,
    )
