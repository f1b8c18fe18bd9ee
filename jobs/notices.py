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
class Rewrite:
    """Messages that are there get other words: see `handlers.changing.rewrite_messages`.

    `message_ids` were sent first (some texts, then `files` files, then the last text or caption), `below` by changes since.
    """

    chat_id: int
    message_ids: tuple[int, ...]
    below: tuple[int, ...]
    screens: tuple[Screen, ...]
    files: int
    spare: Screen


@dataclass(frozen=True, slots=True)
class Remove:
    """Messages that are there are deleted; those that Telegram deletes no more become `otherwise`."""

    chat_id: int
    message_ids: tuple[int, ...]
    otherwise: Screen


@dataclass(frozen=True, slots=True)
class Later:
    """It cannot be said yet: draw it again at `until`."""

    until: datetime


Drawn = list[Screen] | Redraw | Rewrite | Remove | Later | None
"""The messages to send, in order (the last one carries the buttons), or a change, or None: there is nothing to say any more."""

Then = Callable[[AsyncSession, datetime], Awaitable[object]]
"""Something that is written down together with an outcome."""


@dataclass(frozen=True, slots=True)
class Also:
    """What is `drawn`, and what is done `then`, in the transaction that writes down that it went out, waits or was dropped.

    Not when it failed, nor when the message that was to change is gone.
    """

    drawn: Drawn
    then: Then


Draw = Callable[[AsyncSession, Notification, Person, L10n, datetime], Awaitable[Drawn | Also]]

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
