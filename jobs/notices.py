"""How each kind of notification is drawn, at the moment it goes out: the world is read again, so nothing stale is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen

Draw = Callable[[AsyncSession, Notification, Person, L10n, datetime], Awaitable[list[Screen] | None]]
"""Gives the messages to send, in order (the last one carries the buttons), or None when there is nothing to say any more."""

DRAWS: dict[str, Draw] = {}
"""Every kind of notification by its name. A name is stored in rows: never reused."""


def draws(kind: str) -> Callable[[Draw], Draw]:
    """Make a function the drawer of `kind`."""

    def keep(draw: Draw) -> Draw:
        if kind in DRAWS:
            raise ValueError(f"two drawers of {kind!r}")
        DRAWS[kind] = draw
        return draw

    return keep
