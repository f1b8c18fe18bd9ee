"""Signing up and withdrawing. Whoever changes who comes holds the event's row: seats are never sold twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Event, Person, Priority, Registration, RegistrationState
from services import audit, notifications, policy
from services.errors import EventBegun, EventCancelled, NotFound
from services.events.reading import REMINDERS, STANDING, Card, card, is_open
from services.notifications import Notice

PRESSING = timedelta(hours=12)
"""News of an event so near are told in quiet hours too: in the morning it would be too late to change one's plans."""


async def locked(session: AsyncSession, event_id: int) -> Event:
    """The event's row, for this transaction alone, with its network. Raises NotFound."""
    event = await session.scalar(
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.network, innerjoin=True))
        .with_for_update(of=Event)
        .execution_options(populate_existing=True)
    )
    if event is None:
        raise NotFound
    return event


def require_not_cancelled(event: Event) -> None:
    """Raises EventCancelled."""
    if event.cancelled_at is not None:
        raise EventCancelled(title=event.title)


def require_on(event: Event, *, now: datetime) -> None:
    """Raises EventCancelled, EventBegun."""
    require_not_cancelled(event)
    if event.starts_at <= now:
        raise EventBegun(title=event.title)


def is_pressing(event: Event, *, now: datetime) -> bool:
    """Whether its news cannot wait for the morning."""
    return event.starts_at - now <= PRESSING


async def sign_up(session: AsyncSession, actor: Person, event_id: int, *, now: datetime) -> Card:
    """Give `actor` a seat or, when all are taken, the last place in the waiting list; twice is once.

    Raises NotRegistered, NotFound, NetworkArchived, EventCancelled, EventBegun.
    """
    policy.require_registered(actor)
    event = await locked(session, event_id)
    registration = await _registration(session, event_id, actor.id)
    if registration is None or registration.state is RegistrationState.WITHDRAWN:
        if not await is_open(session, actor, event):
            raise NotFound
        policy.require_open(event.network)
        require_on(event, now=now)
        event.last_turn += 1
        is_free = event.free is None or event.free > 0
        state = RegistrationState.REGISTERED if is_free else RegistrationState.WAITING
        if registration is None:
            registration = Registration(event_id=event_id, person_id=actor.id, created_at=now)
            session.add(registration)
        registration.state, registration.state_at, registration.turn = state, now, event.last_turn
        if is_free:
            event.taken += 1
            await remind(session, event, [actor.id], now=now)
        deed = "event.register" if is_free else "event.wait"
        audit.record(session, actor, deed, "event", event_id, now=now)
        await session.flush()
    return await card(session, actor, event_id, now=now)


async def withdraw(session: AsyncSession, actor: Person, event_id: int, *, now: datetime) -> Card:
    """Give the seat, or the place in the waiting list, back; whoever waits longest gets the seat. Twice is once.

    Raises NotRegistered, NotFound, EventCancelled, EventBegun.
    """
    policy.require_registered(actor)
    event = await locked(session, event_id)
    registration = await _registration(session, event_id, actor.id)
    leaves = registration is not None and registration.state in STANDING
    if registration is not None and leaves:
        require_on(event, now=now)
        await _free(session, actor, event, registration, now=now)
    return await card(session, actor, event_id, now=now, just_left=leaves)


async def release(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Withdraw a person from everything to come: they leave the bot."""
    coming = (
        select(Registration.event_id)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.person_id == person.id,
            Registration.state.in_(STANDING),
            Event.starts_at > now,
            Event.cancelled_at.is_(None),
        )
        .order_by(Registration.event_id)  # in one order everywhere, so that two of these never wait for each other
    )
    for event_id in list(await session.scalars(coming)):
        event = await locked(session, event_id)
        registration = await _registration(session, event_id, person.id)
        if registration is not None and registration.state in STANDING:
            await _free(session, person, event, registration, now=now)


async def _free(
    session: AsyncSession, actor: Person, event: Event, registration: Registration, *, now: datetime
) -> None:
    had_seat = registration.state is RegistrationState.REGISTERED
    registration.state, registration.state_at = RegistrationState.WITHDRAWN, now
    audit.record(session, actor, "event.withdraw", "event", event.id, now=now)
    await notifications.forget(session, "event-reminder", event.id, person_id=actor.id)
    await notifications.cancel(session, "event-promoted", event.id, person_id=actor.id)
    if had_seat:
        event.taken -= 1
        await promote(session, actor, event, now=now)
    await session.flush()


async def promote(session: AsyncSession, actor: Person, event: Event, *, now: datetime) -> int:
    """Give the free seats of a locked event to those who wait longest, and tell them. Gives how many were promoted."""
    waiting = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.turn)
    )
    promoted = list(await session.scalars(waiting.limit(event.free)))
    for registration in promoted:
        registration.state, registration.state_at = RegistrationState.REGISTERED, now
        new = {"person_id": registration.person_id}
        audit.record(session, actor, "event.promote", "event", event.id, now=now, new=new)
    event.taken += len(promoted)
    await remind(session, event, [registration.person_id for registration in promoted], now=now)
    await notifications.put(
        session,
        [
            Notice(
                "event-promoted",
                f"event-promoted:{event.id}:{registration.person_id}:{registration.turn}",
                registration.person_id,
                event.id,
                now,
                urgent=is_pressing(event, now=now),
            )
            for registration in promoted
        ],
        now=now,
    )
    return len(promoted)


async def remind(session: AsyncSession, event: Event, person_ids: Iterable[int], *, now: datetime) -> None:
    """Write the reminders of these people that are not too late already."""
    notices = [
        Notice(
            "event-reminder",
            f"event-reminder:{event.id}:{person_id}:{minutes}",
            person_id,
            event.id,
            event.starts_at - timedelta(minutes=minutes),
            Priority.REMINDER,
            urgent=minutes == REMINDERS[-1],
            payload={"minutes": minutes},
        )
        for person_id in person_ids
        for minutes in REMINDERS
    ]
    await notifications.put(session, [notice for notice in notices if notice.due_at > now], now=now)


async def _registration(session: AsyncSession, event_id: int, person_id: int) -> Registration | None:
    return await session.scalar(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.person_id == person_id)
        .execution_options(populate_existing=True)
    )
