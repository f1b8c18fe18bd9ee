"""What is told about events: drawn when it goes out, so that nobody hears of what is no longer so."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

import screens.events
from jobs.notices import Stale, draws
from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import events
from services.errors import NotFound
from services.events import REMINDERS, Card


async def _card(session: AsyncSession, notification: Notification, person: Person, now: datetime) -> Card | None:
    """The event as the person sees it now; None when they see it no longer."""
    try:
        return await events.card(session, person, notification.subject_id, now=now)
    except NotFound:
        return None


@draws("event-new")
async def tell_of_event(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Stale | None:
    """To members who have not signed up by themselves meanwhile."""
    card = await _card(session, notification, person, now)
    if card is None or card.event.cancelled_at is not None or card.means_to_come:
        return None
    if card.has_begun:
        return Stale()
    if not await events.is_invited(session, person, card.event):
        return None
    return [screens.events.told_new(t, card)]


@draws("event-promoted")
async def tell_promoted(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Stale | None:
    """To whoever still has that seat."""
    card = await _card(session, notification, person, now)
    if card is None or card.event.cancelled_at is not None or not card.has_seat:
        return None
    return Stale() if card.has_begun else [screens.events.told_promoted(t, card)]


@draws("event-reminder")
async def remind(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Stale | None:
    """A reminder that is late by a downtime is sent as long as the next one, or the start, is still to come."""
    card = await _card(session, notification, person, now)
    if card is None or card.event.cancelled_at is not None or not card.has_seat:
        return None
    minutes = notification.payload["minutes"]
    later = max((other for other in REMINDERS if other < minutes), default=0)
    starts_at = card.event.starts_at
    if now < starts_at - timedelta(
        minutes=minutes
    ):  # moved to a later day meanwhile: that day has reminders of its own
        return None
    if now >= starts_at - timedelta(minutes=later):
        return Stale()
    return [screens.events.told_reminder(t, card, is_last=later == 0)]


@draws("event-moved")
async def tell_moved(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Stale | None:
    """A move that was overtaken by another one is not told: the later one tells of both."""
    card = await _card(session, notification, person, now)
    if card is None or card.event.cancelled_at is not None or not card.means_to_come:
        return None
    if card.event.starts_at != datetime.fromisoformat(notification.payload["new"]):
        return None
    if card.has_begun and not card.is_going_on:
        return Stale()
    return [screens.events.told_moved(t, card, datetime.fromisoformat(notification.payload["old"]))]


@draws("event-place")
async def tell_place(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | Stale | None:
    """As long as one may still go there."""
    card = await _card(session, notification, person, now)
    if card is None or card.event.cancelled_at is not None or not card.means_to_come:
        return None
    return [screens.events.told_place(t, card)] if not card.has_begun or card.is_going_on else Stale()


@draws("event-cancelled")
async def tell_cancelled(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Also after the time it would have begun: nobody came to a closed door without knowing why."""
    card = await _card(session, notification, person, now)
    return None if card is None else [screens.events.told_cancelled(t, card)]
