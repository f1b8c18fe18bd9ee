"""Who is appointed to what: coordinators of networks and experts of topics; appointed people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import Appointment, Network, Person, Role, Topic, TopicExpert
from services import audit, consultations, notifications, policy
from services.deciders import hand_over
from services.errors import NotFound, OrderInFuture, TopicExists
from services.notifications import Notice

EARLIEST_DAY = timedelta(hours=14)
"""Where a day begins first on Earth, ahead of UTC: an order of today is not one of the future anywhere."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the menu of a person depends on."""

    is_administrator: bool
    is_coordinator: bool
    is_expert: bool
    is_moderator: bool = False


_ROLES = select(
    exists().where(Appointment.person_id == bindparam("me"), *policy.standing(Role.COORDINATOR)),
    exists().where(Appointment.person_id == bindparam("me"), *policy.standing(Role.MODERATOR)),
    exists().where(TopicExpert.person_id == bindparam("me"), TopicExpert.ended_at.is_(None)),
)
"""Made once: the menu asks it at every sight."""


async def of(session: AsyncSession, person: Person) -> Roles:
    """The roles of a person now."""
    row = (await session.execute(_ROLES, {"me": person.id})).one()
    return Roles(policy.may_administer(person), row[0], is_expert=row[2], is_moderator=row[1])


async def appoint_coordinator(
    session: AsyncSession,
    actor: Person,
    person_id: int,
    network_id: int,
    *,
    order_number: str | None,
    order_on: date | None = None,
    now: datetime,
) -> Network:
    """The administrator makes a person coordinator of a network (Yurga, §3.2.2: by an order); twice is once. They are told.

    Who is coordinator already, having come by an invitation, has the order named now written down.
    Raises NotAllowed, NotFound (the person is not registered, or the network is gone), NetworkArchived, OrderInFuture.
    """
    policy.require_administrator(actor)
    if order_on is not None and order_on > (now + EARLIEST_DAY).date():
        raise OrderInFuture
    network = await session.get(Network, network_id)
    person = await session.get(Person, person_id)
    if network is None or person is None or not policy.is_registered(person):
        raise NotFound
    policy.require_open(network)
    appointment = Appointment(
        person_id=person_id,
        network_id=network_id,
        role=Role.COORDINATOR,
        order_number=order_number,
        order_on=order_on,
        appointed_by_id=actor.id,
        appointed_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(appointment)
    except IntegrityError:  # appointed already: that is what was wanted
        if order_number is not None:
            await _name_order(session, actor, appointment, now=now)
        return network
    audit.record(session, actor, "coordinator.appoint", "network", network_id, now=now, new={"person_id": person_id})
    await notifications.put(
        session,
        [Notice("coordinator-appointed", f"coordinator-appointed:{appointment.id}", person_id, network_id, now)],
        now=now,
    )
    await consultations.watch_branch(session, network_id, now=now)
    await hand_over(session, network_id, told=person_id, now=now)
    return network


async def _name_order(session: AsyncSession, actor: Person, named: Appointment, *, now: datetime) -> None:
    """The standing appointment was made by the order that `named` has. The journal says only for whom: the order is personal."""
    person_id, network_id = named.person_id, named.network_id
    await session.execute(
        update(Appointment)
        .where(
            Appointment.person_id == person_id, Appointment.network_id == network_id, *policy.standing(Role.COORDINATOR)
        )
        .values(order_number=named.order_number, order_on=named.order_on)
    )
    audit.record(session, actor, "coordinator.order", "network", network_id, now=now, new={"person_id": person_id})


async def dismiss_coordinator(
    session: AsyncSession, actor: Person, person_id: int, network_id: int, *, now: datetime
) -> None:
    """The administrator ends a coordinator's appointment; twice is once. They are told. Raises NotAllowed."""
    policy.require_administrator(actor)
    appointment = await session.scalar(
        select(Appointment)
        .where(
            Appointment.person_id == person_id, Appointment.network_id == network_id, *policy.standing(Role.COORDINATOR)
        )
        .with_for_update()
    )
    if appointment is None:
        return
    appointment.ended_at = now
    await session.flush()
    await consultations.watch_branch(session, network_id, now=now)
    audit.record(session, actor, "coordinator.dismiss", "network", network_id, now=now, old={"person_id": person_id})
    await notifications.put(
        session,
        [Notice("coordinator-dismissed", f"coordinator-dismissed:{appointment.id}", person_id, network_id, now)],
        now=now,
    )
    await hand_over(session, network_id, now=now)


async def end_moderator(
    session: AsyncSession, actor: Person, person_id: int, network_id: int, *, now: datetime
) -> bool:
    """End a moderator's appointment, whatever the cause; they are told. False: they were none. Whose right it is the caller asks."""
    ended = await session.scalar(
        update(Appointment)
        .where(
            Appointment.person_id == person_id, Appointment.network_id == network_id, *policy.standing(Role.MODERATOR)
        )
        .values(ended_at=now)
        .returning(Appointment.id)
        .execution_options(synchronize_session=False)
    )
    if ended is None:
        return False
    audit.record(session, actor, "moderator.dismiss", "network", network_id, now=now, old={"person_id": person_id})
    notice = Notice("moderator-dismissed", f"moderator-dismissed:{ended}", person_id, network_id, now)
    await notifications.put(session, [notice], now=now)
    return True


async def coordinators(session: AsyncSession, network_id: int) -> Sequence[Person]:
    """The coordinators of this very network, by name."""
    return list(
        await session.scalars(
            select(Person)
            .join(Appointment, Appointment.person_id == Person.id)
            .where(Appointment.network_id == network_id, *policy.standing(Role.COORDINATOR))
            .order_by(Person.full_name, Person.id)
        )
    )


async def coordinated_networks(session: AsyncSession, person: Person) -> Sequence[Network]:
    """The networks that a person coordinates, with all below them, by title; all networks for the administrator."""
    standing = select(Network).where(Network.archived_at.is_(None))
    if not policy.may_administer(person):
        own = select(Appointment.network_id).where(
            Appointment.person_id == person.id, *policy.standing(Role.COORDINATOR)
        )
        down = select(Network.id).where(Network.id.in_(own)).cte(recursive=True)
        down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
        standing = standing.where(Network.id.in_(select(down.c.id)))
    return list(await session.scalars(standing.order_by(Network.title, Network.id)))


async def create_topic(
    session: AsyncSession, actor: Person, *, title: str, network_id: int, subject_id: int | None, now: datetime
) -> Topic:
    """The administrator opens a topic of consultations, watched over by a network.

    Raises NotAllowed, NotFound, NetworkArchived, TopicExists.
    """
    policy.require_administrator(actor)
    policy.require_open(await get_network(session, network_id))
    topic = Topic(title=title, network_id=network_id, subject_id=subject_id, created_at=now)
    try:
        async with session.begin_nested():
            session.add(topic)
    except IntegrityError as error:
        raise TopicExists(title=title) from error
    audit.record(session, actor, "topic.create", "topic", topic.id, now=now, new={"title": title})
    return topic


async def appoint_expert(
    session: AsyncSession, actor: Person, person_id: int, topic_id: int, *, now: datetime
) -> Topic:
    """The administrator, or a coordinator of the topic's branch, makes a person expert of a topic; twice is once. They are told.

    Raises NotAllowed, NotFound, NetworkArchived.
    """
    topic = await session.get(Topic, topic_id)
    person = await session.get(Person, person_id)
    if topic is None or person is None or not policy.is_registered(person):
        raise NotFound
    await policy.require_coordinator(session, actor, topic.network_id)
    policy.require_open(await get_network(session, topic.network_id))
    expert = TopicExpert(topic_id=topic_id, person_id=person_id, appointed_by_id=actor.id, appointed_at=now)
    try:
        async with session.begin_nested():
            session.add(expert)
    except IntegrityError:
        return topic  # appointed already: that is what was wanted
    audit.record(session, actor, "expert.appoint", "topic", topic_id, now=now, new={"person_id": person_id})
    await notifications.put(
        session, [Notice("expert-appointed", f"expert-appointed:{expert.id}", person_id, topic_id, now)], now=now
    )
    return topic


async def dismiss_expert(session: AsyncSession, actor: Person, person_id: int, topic_id: int, *, now: datetime) -> None:
    """End an expert's appointment; twice is once. They are told. Raises NotAllowed, NotFound."""
    topic = await session.get(Topic, topic_id)
    if topic is None:
        raise NotFound
    await policy.require_coordinator(session, actor, topic.network_id)
    expert = await session.scalar(
        select(TopicExpert)
        .where(TopicExpert.topic_id == topic_id, TopicExpert.person_id == person_id, TopicExpert.ended_at.is_(None))
        .with_for_update()
    )
    if expert is None:
        return
    expert.ended_at = now
    audit.record(session, actor, "expert.dismiss", "topic", topic_id, now=now, old={"person_id": person_id})
    await notifications.put(
        session, [Notice("expert-dismissed", f"expert-dismissed:{expert.id}", person_id, topic_id, now)], now=now
    )


async def experts(session: AsyncSession, topic_id: int) -> Sequence[Person]:
    """The experts of a topic, by name."""
    return list(
        await session.scalars(
            select(Person)
            .join(TopicExpert, TopicExpert.person_id == Person.id)
            .where(TopicExpert.topic_id == topic_id, TopicExpert.ended_at.is_(None))
            .order_by(Person.full_name, Person.id)
        )
    )


async def topics(
    session: AsyncSession, *, with_experts: bool, network_id: int = 0, offset: int, limit: int
) -> tuple[Sequence[tuple[Topic, int]], int]:
    """Open topics by title with how many experts each has (`with_experts`: only those that have some), and how many in all.

    Of the whole centre, or those that this network and the ones below it watch over.
    """
    count = (
        select(func.count())
        .select_from(TopicExpert)
        .where(TopicExpert.topic_id == Topic.id, TopicExpert.ended_at.is_(None))
        .correlate(Topic)
        .scalar_subquery()
    )
    conditions: list[ColumnElement[bool]] = [Topic.archived_at.is_(None)]
    if with_experts:
        conditions.append(count > 0)
    if network_id:
        down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
        down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
        conditions.append(Topic.network_id.in_(select(down.c.id)))
    total = await session.scalar(select(func.count()).select_from(Topic).where(*conditions))
    rows = await session.execute(
        select(Topic, count).where(*conditions).order_by(Topic.title, Topic.id).offset(offset).limit(limit)
    )
    return [(topic, number) for topic, number in rows], total or 0


async def all_coordinators(
    session: AsyncSession, actor: Person, *, offset: int, limit: int
) -> tuple[Sequence[tuple[Person, Network]], int]:
    """Standing appointments of coordinators by the network's title, and how many there are. Raises NotAllowed."""
    policy.require_administrator(actor)
    standing = policy.standing(Role.COORDINATOR)
    total = await session.scalar(select(func.count()).select_from(Appointment).where(*standing))
    rows = await session.execute(
        select(Person, Network)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Network, Network.id == Appointment.network_id)
        .where(*standing)
        .order_by(Network.title, Person.full_name, Appointment.id)
        .offset(offset)
        .limit(limit)
    )
    return [(person, network) for person, network in rows], total or 0


async def topic_with_experts(session: AsyncSession, topic_id: int) -> tuple[Topic, Sequence[Person]]:
    """A topic, with its network loaded, and its experts. Raises NotFound."""
    topic = await session.scalar(
        select(Topic)
        .where(Topic.id == topic_id)
        .options(selectinload(Topic.network))
        .execution_options(populate_existing=True)
    )
    if topic is None:
        raise NotFound
    return topic, await experts(session, topic_id)


async def get_person(session: AsyncSession, person_id: int) -> Person:
    """A registered person. Raises NotFound."""
    person = await session.get(Person, person_id)
    if person is None or not policy.is_registered(person):
        raise NotFound
    return person


async def get_network(session: AsyncSession, network_id: int) -> Network:
    """Raises NotFound."""
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    return network
