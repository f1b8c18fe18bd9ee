"""What waits for whoever manages networks, in numbers: `/manage` and `/admin`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Application, Appointment, Network, Person, Product, ProductState, Role, TopicExpert
from services import policy
from services.applications import is_waiting


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
class People:
    """How many there are of each kind."""

    registered: int
    administrators: int
    coordinators: int
    moderators: int
    experts: int


def _ruled(actor: Person) -> ColumnElement[bool]:
    """The networks that the actor coordinates, with those below them; all for the administrator."""
    if policy.may_administer(actor):
        return Network.id.is_not(None)
    own = select(Appointment.network_id).where(Appointment.person_id == actor.id, *policy.standing(Role.COORDINATOR))
    down = select(Network.id).where(Network.id.in_(own)).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    return Network.id.in_(select(down.c.id))


def _waiting(actor: Person, now: datetime) -> Subquery:
    """The actor's networks with what waits in each: applications for moderators too, works for coordinators alone."""
    moderated = select(Appointment.network_id).where(
        Appointment.person_id == actor.id, *policy.standing(Role.MODERATOR)
    )
    ruled = _ruled(actor)
    applications = (
        select(func.count())
        .select_from(Application)
        .where(Application.network_id == Network.id, is_waiting(now))
        .correlate(Network)
        .scalar_subquery()
    )
    handed_in = [Product.network_id == Network.id, Product.state == ProductState.SUBMITTED]
    if not policy.may_administer(actor):  # nobody decides about an own work but the administrator
        handed_in.append(Product.author_id != actor.id)
    products = select(func.count()).select_from(Product).where(and_(*handed_in)).correlate(Network).scalar_subquery()
    return (
        select(
            Network.id.label("network_id"),
            Network.title.label("title"),
            applications.label("applications"),
            case((ruled, products), else_=0).label("products"),
        )
        .where(Network.archived_at.is_(None), or_(ruled, Network.id.in_(moderated)))
        .subquery()
    )


async def managed(session: AsyncSession, actor: Person, *, offset: int, limit: int, now: datetime) -> Managed:
    """A page of the networks that the actor coordinates or moderates, where something waits first, then by title."""
    mine = _waiting(actor, now)
    sums = select(func.count(), func.sum(mine.c.applications), func.sum(mine.c.products)).select_from(mine)
    total, applications, products = (await session.execute(sums)).one()
    rows = await session.execute(
        select(Network, mine.c.applications, mine.c.products)
        .join(mine, mine.c.network_id == Network.id)
        .order_by(case((mine.c.applications + mine.c.products > 0, 0), else_=1), mine.c.title, mine.c.network_id)
        .offset(offset)
        .limit(limit)
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
