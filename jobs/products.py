"""A work has come, is published, is returned: whoever it concerns is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.products
from jobs.notices import draws
from models import Notification, Person, ProductState
from screens.l10n import L10n
from screens.screen import Screen
from services import products
from services.errors import NotFound
from services.products import Card


async def _card(
    session: AsyncSession, notification: Notification, person: Person, state: ProductState, now: datetime
) -> Card | None:
    """The work, if it still stands where the notice left it and this person may still see it."""
    try:
        card = await products.card(session, person, notification.subject_id, now=now)
    except NotFound:
        return None
    is_same = card.product.state is state and card.product.version == notification.payload["version"]
    return card if is_same else None


@draws("product-submitted")
async def tell_coordinator(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """A work waits for a decision."""
    card = await _card(session, notification, person, ProductState.SUBMITTED, now)
    return [screens.products.told_submitted(t, card)] if card is not None and card.may_decide else None


@draws("product-published")
async def tell_published(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The work is in the bank."""
    card = await _card(session, notification, person, ProductState.PUBLISHED, now)
    return [screens.products.told_published(t, card.product)] if card is not None else None


@draws("product-returned")
async def tell_returned(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """The work is to be corrected."""
    card = await _card(session, notification, person, ProductState.RETURNED, now)
    return [screens.products.told_returned(t, card)] if card is not None else None
