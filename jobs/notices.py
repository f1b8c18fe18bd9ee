"""How each kind of notification is drawn, at the moment it goes out: the world is read again, so nothing stale is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Stale:
    """Its moment has passed, as after a downtime: not said any more, and counted as such."""


Drawn = list[Screen] | Redraw | Rewrite | Remove | Later | Stale | None
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


@dataclass(frozen=True, slots=True)
class Recipient:
    """A notification, its person, and the texts of their language."""

    notification: Notification
    person: Person
    t: L10n


DrawAll = Callable[[AsyncSession, Sequence[Recipient], datetime], Awaitable[Mapping[int, Drawn | Also]]]
"""Draws many notifications of one kind together; gives what is said by the notification's id. Whoever is left out is told nothing."""

Unreached = Callable[[AsyncSession, Notification, datetime], Awaitable[None]]
"""Runs in the transaction that settles a notification whose person has blocked the bot: whom else does that concern?"""

DRAWS: dict[str, Draw] = {}
"""Every kind of notification by its name. A name is stored in rows: never reused."""

DRAWS_ALL: dict[str, DrawAll] = {}
"""The kinds that are said to many at once have a drawer for many as well: what all of them are told is read once."""

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


def draws_all(kind: str) -> Callable[[DrawAll], DrawAll]:
    """Make a function the drawer of many notifications of `kind`, and of one."""

    def keep(draw_all: DrawAll) -> DrawAll:
        async def draw(
            session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
        ) -> Drawn | Also:
            drawn = await draw_all(session, [Recipient(notification, person, t)], now)
            return drawn.get(notification.id)

        draws(kind)(draw)
        DRAWS_ALL[kind] = draw_all
        return draw_all

    return keep


def when_unreached(*kinds: str) -> Callable[[Unreached], Unreached]:
    """Have a function run when a notification of these `kinds` met a blocked bot."""

    def keep(tell: Unreached) -> Unreached:
        UNREACHED.update(dict.fromkeys(kinds, tell))
        return tell

    return keep
