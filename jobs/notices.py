"""How each kind of notification is drawn, at the moment it goes out: the world is read again, so nothing stale is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, Person
from screens.l10n import L10n
from screens.screen import Screen


@dataclass(frozen=True, slots=True)
class Redraw:
    """No new message: the one that is there already changes. A message that is gone is passed over."""

    chat_id: int
    message_id: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class Later:
    """It cannot be said yet: draw it again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Stale:
    """Its moment has passed, as after a downtime: not said any more, and counted as such."""


Drawn = list[Screen] | Redraw | Later | Stale | None
"""The messages to send, in order (the last one carries the buttons), or a change, or None: there is nothing to say any more."""

Draw = Callable[[AsyncSession, Notification, Person, L10n, datetime], Awaitable[Drawn]]

Unreached = Callable[[AsyncSession, Notification, datetime], Awaitable[None]]
"""Runs in the transaction that settles a notification whose person has blocked the bot: whom else does that concern?"""

DRAWS: dict[str, Draw] = {}
"""Every kind of notification by its name. A name is stored in rows: never reused."""

UNREACHED: dict[str, Unreached] = {}
"""What else is done, by kind, when a notification met a blocked bot."""


def draws(kind: str) -> Callable[[Draw], Draw]:
    """Make a function the drawer of `kind`."""

    def keep(draw: Draw) -> Draw:
        if kind in DRAWS:
            raise ValueError(f"two drawers of {kind!r}")
        DRAWS[kind] = draw
        return draw

    return keep


def when_unreached(*kinds: str) -> Callable[[Unreached], Unreached]:
    """Have a function run when a notification of these `kinds` met a blocked bot."""

    def keep(tell: Unreached) -> Unreached:
        UNREACHED.update(dict.fromkeys(kinds, tell))
        return tell

    return keep
