"""What a coordinator does with the events of the own branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Event,
    EventKind,
    Found,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Priority,
    Registration,
    RegistrationState,
)
from services import audit, notifications, policy, search
from services.errors import EventInPast, NetworkArchived, NotFound, SeatsAreTaken
from services.events.reading import STANDING, Card, card
from services.events.signing import is_pressing, locked, promote, remind, require_not_cancelled, require_on
from services.notifications import Notice

TOLD_OF = ("event-new", "event-reminder", "event-promoted", "event-moved", "event-place")
"""Everything that is not worth telling any more once an event is cancelled."""


async def create(
    session: AsyncSession,
    actor: Person,
    *,
    network_id: int,
    kind: EventKind,
    title: str,
    starts_at: datetime,
    place: str,
    seats: int | None,
    now: datetime,
) -> Card:
    """A coordinator publishes an event of a network. Raises NotFound, NotAllowed, NetworkArchived, EventInPast."""
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    await policy.require_coordinator(session, actor, network_id)
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    if starts_at <= now:
        raise EventInPast
    event = Event(
        network_id=network_id,
        kind=kind,
        title=title,
        starts_at=starts_at,
        place=place,
        seats=seats,
        taken=0,
        created_by_id=actor.id,
        created_at=now,
    )
    session.add(event)
    await session.flush()
    await search.index(session, Found.EVENT, event.id, title)
    new = {"title": title, "network_id": network_id, "starts_at": starts_at.isoformat()}
    audit.record(session, actor, "event.create", "event", event.id, now=now, new=new)
    return await managed(session, actor, event.id, now=now)


async def managed(session: AsyncSession, actor: Person, event_id: int, *, now: datetime) -> Card:
    """The card for who runs the event; members of the network are counted, and those who know nothing of it.

    Raises NotFound, NotAllowed.
    """
    shown = await card(session, actor, event_id, now=now)
    await policy.require_coordinator(session, actor, shown.event.network_id)
    members = await session.scalar(
        select(func.count())
        .select_from(Membership)
        .where(Membership.network_id == shown.event.network_id, Membership.state == MembershipState.MEMBER)
    )
    untold = await session.scalar(select(func.count()).select_from(_untold(actor, shown.event).subquery()))
    return replace(shown, members=members or 0, untold=untold or 0)


async def _mine(session: AsyncSession, actor: Person, event_id: int) -> Event:
    event = await locked(session, event_id)
    await policy.require_coordinator(session, actor, event.network_id)
    policy.require_open(event.network)
    return event


async def invite_members(session: AsyncSession, actor: Person, event_id: int, *, now: datetime) -> int:
    """Tell every member of the network about the event; nobody is told twice. Gives how many are told.

    Raises NotFound, NotAllowed, NetworkArchived, EventCancelled, EventBegun.
    """
    event = await _mine(session, actor, event_id)
    require_on(event, now=now)
    members = await session.scalars(_untold(actor, event).order_by(Membership.person_id))
    told = await notifications.put(
        session,
        [
            Notice("event-new", f"event-new:{event.id}:{person_id}", person_id, event.id, now, Priority.ANNOUNCEMENT)
            for person_id in members
        ],
        now=now,
    )
    event.announced_at = event.announced_at or now
    audit.record(session, actor, "event.invite", "event", event.id, now=now, new={"told": told})
    await session.flush()
    return told


async def move(session: AsyncSession, actor: Person, event_id: int, *, starts_at: datetime, now: datetime) -> Card:
    """Give the event another start: everyone who means to come is told, reminders move along.

    Raises NotFound, NotAllowed, NetworkArchived, EventCancelled, EventBegun, EventInPast.
    """
    event = await _mine(session, actor, event_id)
    require_on(event, now=now)
    if starts_at <= now:
        raise EventInPast
    old = event.starts_at
    if starts_at != old:
        was_pressing = is_pressing(event, now=now)
        event.starts_at = starts_at
        event.revision += 1
        audit.record(
            session,
            actor,
            "event.move",
            "event",
            event.id,
            now=now,
            old={"starts_at": old.isoformat()},
            new={"starts_at": starts_at.isoformat()},
        )
        await notifications.forget(session, "event-reminder", event.id)
        seated = _coming(event, RegistrationState.REGISTERED)
        await remind(session, event, await session.scalars(seated), now=now)
        await _tell_moved(session, actor, event, old, urgent=was_pressing or is_pressing(event, now=now), now=now)
        await session.flush()
    return await managed(session, actor, event_id, now=now)


async def _tell_moved(
    session: AsyncSession, actor: Person, event: Event, old: datetime, *, urgent: bool, now: datetime
) -> None:
    """Who has not been told of the move before this one yet is told of both at once: from the start they know."""
    untold = await notifications.waiting_payloads(session, "event-moved", event.id)
    await notifications.cancel(session, "event-moved", event.id)
    notices = []
    for person_id in await _to_tell(session, actor, event):
        known = untold.get(person_id, {}).get("old", old.isoformat())
        if known != event.starts_at.isoformat():
            key = f"event-moved:{event.id}:{event.revision}:{person_id}"
            payload = {"old": known, "new": event.starts_at.isoformat()}
            notices.append(Notice("event-moved", key, person_id, event.id, now, urgent=urgent, payload=payload))
    await notifications.put(session, notices, now=now)


async def relocate(session: AsyncSession, actor: Person, event_id: int, *, place: str, now: datetime) -> Card:
    """Give the event another place or link: everyone who means to come is told. Also while it is going on: a link may break.

    Raises NotFound, NotAllowed, NetworkArchived, EventCancelled.
    """
    event = await _mine(session, actor, event_id)
    require_not_cancelled(event)
    if place != event.place:
        audit.record(
            session,
            actor,
            "event.relocate",
            "event",
            event.id,
            now=now,
            old={"place": event.place},
            new={"place": place},
        )
        event.place = place
        event.revision += 1
        await notifications.cancel(session, "event-place", event.id)
        await _tell(session, actor, event, "event-place", f"event-place:{event.id}:{event.revision}", now=now)
        await session.flush()
    return await managed(session, actor, event_id, now=now)


async def entitle(session: AsyncSession, actor: Person, event_id: int, *, title: str, now: datetime) -> Card:
    """Give the event another title. Raises NotFound, NotAllowed, NetworkArchived, EventCancelled."""
    event = await _mine(session, actor, event_id)
    require_not_cancelled(event)
    if title != event.title:
        old, new = {"title": event.title}, {"title": title}
        audit.record(session, actor, "event.entitle", "event", event.id, now=now, old=old, new=new)
        event.title = title
        event.revision += 1
        await search.index(session, Found.EVENT, event.id, title)
    return await managed(session, actor, event_id, now=now)


async def annotate(session: AsyncSession, actor: Person, event_id: int, *, annotation: str, now: datetime) -> Card:
    """Say what the event is about. Raises NotFound, NotAllowed, NetworkArchived, EventCancelled."""
    event = await _mine(session, actor, event_id)
    require_not_cancelled(event)
    event.annotation = annotation
    audit.record(session, actor, "event.annotate", "event", event.id, now=now)
    await session.flush()
    return await managed(session, actor, event_id, now=now)


async def set_seats(session: AsyncSession, actor: Person, event_id: int, *, seats: int | None, now: datetime) -> Card:
    """Change how many seats there are (None: no limit); more seats promote those who wait longest at once.

    Raises NotFound, NotAllowed, NetworkArchived, EventCancelled, EventBegun, SeatsAreTaken (fewer than are taken).
    """
    event = await _mine(session, actor, event_id)
    require_on(event, now=now)
    if seats is not None and seats < event.taken:
        raise SeatsAreTaken(taken=event.taken)
    old, new = {"seats": event.seats}, {"seats": seats}
    audit.record(session, actor, "event.seats", "event", event.id, now=now, old=old, new=new)
    event.seats = seats
    await promote(session, actor, event, now=now)
    await session.flush()
    return await managed(session, actor, event_id, now=now)


async def call_off(session: AsyncSession, actor: Person, event_id: int, *, reason: str, now: datetime) -> Card:
    """Cancel the event: everyone who meant to come is told why, nothing else is told of it any more. Twice is once.

    Raises NotFound, NotAllowed, NetworkArchived, EventBegun.
    """
    event = await _mine(session, actor, event_id)
    if event.cancelled_at is None:
        require_on(event, now=now)
        await _cancel(session, actor, event, reason=reason, now=now)
    return await managed(session, actor, event_id, now=now)


async def end_with(session: AsyncSession, actor: Person | None, network_ids: Sequence[int], *, now: datetime) -> None:
    """These networks are being closed, by the actor or by their date: what was to come in them is cancelled, with no reason of its own."""
    coming = select(Event.id).where(*still_to_come(network_ids, now=now)).order_by(Event.id)
    for event_id in list(await session.scalars(coming)):
        await _cancel(session, actor, await locked(session, event_id), reason=None, now=now)


def still_to_come(network_ids: Sequence[int], *, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions that an event is one of these networks', stands and has not begun."""
    return [Event.network_id.in_(network_ids), Event.cancelled_at.is_(None), Event.starts_at > now]


async def _cancel(
    session: AsyncSession, actor: Person | None, event: Event, *, reason: str | None, now: datetime
) -> None:
    event.cancelled_at, event.cancel_reason = now, reason
    event.revision += 1
    audit.record(session, actor, "event.cancel", "event", event.id, now=now, new={"reason": reason})
    for kind in TOLD_OF:
        await notifications.cancel(session, kind, event.id)
    await _tell(session, actor, event, "event-cancelled", f"event-cancelled:{event.id}", now=now)
    await session.flush()


def _untold(actor: Person, event: Event) -> Select[int]:
    """The ids of the network's other members who neither mean to come nor were told of the event."""
    told = select(Notification.person_id).where(Notification.kind == "event-new", Notification.subject_id == event.id)
    return select(Membership.person_id).where(
        Membership.network_id == event.network_id,
        Membership.state == MembershipState.MEMBER,
        Membership.person_id != actor.id,
        Membership.person_id.not_in(_coming(event)),
        Membership.person_id.not_in(told),
    )


def _coming(event: Event, *states: RegistrationState) -> Select[int]:
    """The ids of those who mean to come."""
    return select(Registration.person_id).where(
        Registration.event_id == event.id, Registration.state.in_(states or STANDING)
    )


async def _tell(
    session: AsyncSession, actor: Person | None, event: Event, kind: str, key: str, *, now: datetime
) -> None:
    """Have everyone told now who means to come, also at night when it is pressing; `key` is made unique by the person."""
    urgent = is_pressing(event, now=now)
    people = await _to_tell(session, actor, event)
    await notifications.put(
        session,
        [Notice(kind, f"{key}:{person_id}", person_id, event.id, now, urgent=urgent) for person_id in people],
        now=now,
    )


async def _to_tell(session: AsyncSession, actor: Person | None, event: Event) -> Sequence[int]:
    """Everyone who means to come, except the one who did it."""
    ids = _coming(event).order_by(Registration.person_id)
    if actor is not None:
        ids = ids.where(Registration.person_id != actor.id)
    return list(await session.scalars(ids))
