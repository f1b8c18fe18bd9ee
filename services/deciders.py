"""Who decides about applications, and what becomes of those that wait when somebody else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Application, ApplicationState, Appointment, Network, Notification, Person, Role
from services import notifications, policy
from services.notifications import Notice

CAME, WAITS, EXPIRED = "application-came", "application-waits", "application-expired"
"""The kinds of notice about an application on its way."""


@dataclass(frozen=True, slots=True)
class _Around:
    """Whom the bot can reach around a network: its coordinators, those above, from the nearest up, at last the administrators;
    and its moderators."""

    levels: Sequence[Sequence[int]]
    moderators: Sequence[int]

    def nearest(self, besides: int) -> Sequence[int]:
        """The nearest level with anybody but this person."""
        for level in self.levels:
            if found := [person_id for person_id in level if person_id != besides]:
                return found
        return []

    def deciders(self, besides: int) -> Sequence[int]:
        """Those, and the moderators."""
        return list(dict.fromkeys([*self.nearest(besides), *(one for one in self.moderators if one != besides)]))


async def _around(session: AsyncSession, network_id: int) -> _Around:
    branch = await policy.branch_above(session, network_id)
    appointed = await session.execute(
        select(Appointment.network_id, Appointment.role, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.network_id.in_(branch),
            Appointment.role.in_((Role.COORDINATOR, Role.MODERATOR)),
            Appointment.ended_at.is_(None),
        )
        .order_by(Person.full_name, Person.id)
    )
    coordinators: dict[int, list[int]] = {one: [] for one in branch}
    moderators = []
    for place, role, person in appointed:
        if not policy.may_be_told(person):
            continue
        if role is Role.COORDINATOR:
            coordinators[place].append(person.id)
        elif place == network_id:
            moderators.append(person.id)
    administrators = await session.scalars(
        select(Person.id)
        .where(Person.administrator_at.is_not(None), Person.telegram_id.is_not(None))
        .order_by(Person.id)
    )
    return _Around([*coordinators.values(), administrators.all()], moderators)


async def coordinators_near(session: AsyncSession, network_id: int, *, besides: int) -> Sequence[int]:
    """The nearest coordinators above whom the bot can reach, else the administrators.

    `besides` is whom it is about, who may well coordinate something here.
    """
    return (await _around(session, network_id)).nearest(besides)


async def deciders_of(session: AsyncSession, network_id: int, *, besides: int) -> Sequence[int]:
    """Who is told of an application: the nearest coordinators, and the moderators of this very network."""
    return (await _around(session, network_id)).deciders(besides)


async def led_by(session: AsyncSession, person_id: int) -> Sequence[int]:
    """The networks that this very person is appointed to coordinate."""
    own = select(Appointment.network_id).where(Appointment.person_id == person_id, *policy.standing(Role.COORDINATOR))
    return (await session.scalars(own.order_by(Appointment.network_id))).all()


async def hand_over(session: AsyncSession, network_id: int, *, told: int | None = None, now: datetime) -> None:
    """Who decides in this branch has changed: whoever decides now is reminded of what waits there when the others would have been.

    `told` has just been told how much waits, so a reminder whose time has passed is not for them.
    """
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    waiting = await session.scalars(
        select(Application)
        .where(
            Application.network_id.in_(select(down.c.id)),
            Application.state == ApplicationState.PENDING,
            Application.expires_at > now,
        )
        .order_by(Application.id)
    )
    applications = waiting.all()
    reminders = await session.execute(
        select(Notification.subject_id, Notification.person_id, Notification.due_at).where(
            Notification.kind == WAITS, Notification.subject_id.in_([one.id for one in applications])
        )
    )
    due: dict[int, datetime] = {}
    known: set[tuple[int, int]] = set()
    for application_id, person_id, due_at in reminders:
        due[application_id] = due_at
        known.add((application_id, person_id))
    around = {place: await _around(session, place) for place in {one.network_id for one in applications}}
    notices = []
    for one in applications:
        for person_id in around[one.network_id].deciders(one.person_id):
            due_at = due.get(one.id, now)
            if (one.id, person_id) in known or (person_id == told and due_at <= now):
                continue
            notices.append(Notice(WAITS, f"{WAITS}:{one.id}:{person_id}", person_id, one.id, max(due_at, now)))
    await notifications.put(session, notices, now=now)
