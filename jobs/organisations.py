"""What became of an organisation that somebody proposed: its people are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.organisations
from jobs.notices import draws
from models import Notification, Organisation, Person
from screens.l10n import L10n
from screens.screen import Screen


@draws("organisation-accepted")
async def tell_accepted(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It is in the registry."""
    organisation = await session.get(Organisation, notification.subject_id)
    return None if organisation is None else [screens.organisations.told_accepted(t, organisation.title)]


@draws("organisation-replaced")
async def tell_replaced(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It is there under another name; whoever chose another one meanwhile need not know."""
    organisation = await session.get(Organisation, notification.subject_id)
    if organisation is None or person.organisation_id != organisation.id:
        return None
    return [screens.organisations.told_replaced(t, notification.payload["title"], organisation.title)]


@draws("organisation-declined")
async def tell_declined(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It is not; whoever chose another one meanwhile need not know."""
    if person.organisation_id is not None:
        return None
    return [screens.organisations.told_declined(t, notification.payload["title"], notification.payload["reason"])]
