"""An organisation that coordinates a network does so through its people: coordinators who are appointed for it, as long as it does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Appointment, Participation, ParticipationRole, Person, Representative, Role
from services import audit, consultations, notifications, policy, roles
from services.errors import NotCoordinating, NotFound, NotOfOrganisation
from services.notifications import Notice


async def appoint(
    session: AsyncSession, actor: Person, participation: Participation, person_id: int, *, now: datetime
) -> None:
    """The administrator has somebody of the organisation coordinate the network for it; twice is once. They are told.

    Whoever coordinates the network in person already goes on so, and their appointment does not end with the organisation's role.
    `participation` comes with its organisation. Raises NotAdministrator, NotFound, NotOfOrganisation (they work elsewhere),
    NotCoordinating (the organisation has another role there).
    """
    policy.require_administrator(actor)
    person = await session.get(Person, person_id)
    if person is None or not policy.is_registered(person):
        raise NotFound
    title = participation.organisation.title
    if participation.role is not ParticipationRole.COORDINATOR or participation.ended_at is not None:
        raise NotCoordinating(title=title)
    if person.organisation_id != participation.organisation_id:
        raise NotOfOrganisation(title=title)
    network_id = participation.network_id
    if await policy.is_appointed(session, person, network_id, Role.COORDINATOR):
        return
    await roles.appoint_coordinator(session, actor, person_id, network_id, order_number=None, now=now)
    appointment = await session.scalar(
        select(Appointment).where(
            Appointment.person_id == person_id,
            Appointment.network_id == network_id,
            *policy.standing(Role.COORDINATOR),
        )
    )
    if appointment is not None:
        session.add(Representative(appointment_id=appointment.id, participation_id=participation.id))
        await session.flush()


async def people(session: AsyncSession, participation: Participation) -> Sequence[Person]:
    """Who of the organisation coordinates the network, by name; also whoever was appointed in person."""
    return list(
        await session.scalars(
            select(Person)
            .join(Appointment, Appointment.person_id == Person.id)
            .where(
                Appointment.network_id == participation.network_id,
                *policy.standing(Role.COORDINATOR),
                Person.organisation_id == participation.organisation_id,
            )
            .order_by(Person.full_name, Person.id)
        )
    )


async def end_all(session: AsyncSession, actor: Person, participation: Participation, *, now: datetime) -> None:
    """The organisation coordinates the network no longer: whoever did it on its behalf does neither. They are told."""
    await _end(session, actor, Participation.id == participation.id, now=now)


async def end_elsewhere(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """The person works elsewhere from now on: they coordinate nothing on behalf of a former organisation."""
    elsewhere = Participation.organisation_id != (person.organisation_id or 0)
    await _end(session, person, (Appointment.person_id == person.id) & elsewhere, now=now)


async def _end(session: AsyncSession, actor: Person, which: ColumnElement[bool], *, now: datetime) -> None:
    held = await session.scalars(
        select(Appointment)
        .join(Representative, Representative.appointment_id == Appointment.id)
        .join(Participation, Participation.id == Representative.participation_id)
        .where(which, Appointment.ended_at.is_(None))
        .order_by(Appointment.id)
        .with_for_update(of=Appointment)
    )
    for appointment in held.all():
        appointment.ended_at = now
        await session.flush()
        network_id, person_id = appointment.network_id, appointment.person_id
        await consultations.watch_branch(session, network_id, now=now)
        old = {"person_id": person_id}
        audit.record(session, actor, "coordinator.dismiss", "network", network_id, now=now, old=old)
        notice = Notice("coordinator-dismissed", f"coordinator-dismissed:{appointment.id}", person_id, network_id, now)
        await notifications.put(session, [notice], now=now)
