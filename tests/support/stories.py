"""What every story checks besides its own point: screens as product.md wants them, no spinning button, no surprise in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase

from models import Audit, DialogState, Organisation, OrganisationKind, Person
from sandbox import MessageView, Visitor
from sandbox.records import Message
from screens.l10n import LANGUAGES, L10n
from screens.screen import LABEL
from services import organisations
from tests.support.house import House, make_house

MOST_CONTENT = 8
_WAYS = ("nav-menu", "nav-back", "nav-previous", "nav-next", "dialog-cancel", "dialog-skip", "dialog-show-all")
_MENU_ROW = ("menu-settings", "menu-help")
"""The last row of the menu stands where other screens have their navigation."""
_NUMBER = re.compile(r"\d+(:\d\d)?")
"""A grid of numbers or hours is a declared exception (product.md)."""


class Watch:
    """Looks at every screen as it is drawn and keeps what is wrong with it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.faults: list[str] = []
        self._ways = {L10n(language).plain(key) for language in LANGUAGES for key in (*_WAYS, *_MENU_ROW)}
        self._stop: Callable[[], None] = house.world.listen(self._look)

    def _look(self, kind: str, facts: dict[str, Any]) -> None:
        message = facts.get("message")
        if kind not in ("message", "edit") or not isinstance(message, Message):
            return
        view = MessageView(self.house.world.state, message)
        if not view.from_bot:
            return
        content = [label for label in view.buttons if label not in self._ways and not _NUMBER.fullmatch(label)]
        if len(content) > MOST_CONTENT:
            self.faults.append(f"{len(content)} content buttons under {view.text!r}")
        self.faults += [f"too long a label: {label!r}" for label in view.buttons if len(label) > LABEL]
        self.faults += [
            f"a placeable is left in {view.text!r}" for sign in ("{ $", "None", "\u2068") if sign in view.text
        ]

    def end(self) -> None:
        """Stop looking; raises AssertionError with everything that was wrong."""
        self._stop()
        assert not self.faults, self.faults
        assert not self.house.world.faults, self.house.world.faults


def restarted(house: House, *, administrators: frozenset[int] | None = None) -> House:
    """The same chats and the same database served by a new process: everything that lived in memory is gone.

    With `administrators`, `ADMIN_IDS` was changed meanwhile.
    """
    fresh = make_house(
        house.db,
        world=house.world,
        administrators=house.settings.admin_ids if administrators is None else administrators,
    )
    fresh.updates = house.updates
    return fresh


async def again(house: House) -> None:
    """Serve the last update once more, as a new process does after a crash whose extent nobody knows.

    Its button was answered before the crash: the second answer is refused by Telegram, which is no fault of the bot.
    """
    known = len(house.world.faults)
    await house.again(house.updates[-1])
    house.world.faults[known:] = [fault for fault in house.world.faults[known:] if "answered twice" not in fault.text]


async def person_of(house: House, visitor: Visitor) -> Person:
    """The row of this person."""
    async with house.db.read() as session:
        return (await session.scalars(select(Person).where(Person.telegram_id == visitor.id))).one()


async def answers_of(house: House, visitor: Visitor) -> dict[str, Any] | None:
    """What the open dialog of this person holds, without the engine's own notes; None when none is open."""
    async with house.db.read() as session:
        answers = await session.scalar(
            select(DialogState.answers)
            .join(Person, Person.id == DialogState.person_id)
            .where(Person.telegram_id == visitor.id)
        )
    return None if answers is None else {key: value for key, value in answers.items() if key != "_"}


async def put_organisations(house: House, *titles: str) -> list[Organisation]:
    """Organisations of the registry, confirmed."""
    now = house.clock.now()
    async with house.db.write() as session:
        return [
            await organisations.add(
                session, None, title=title, kind=OrganisationKind.SCHOOL, address=None, confirmed_at=now, now=now
            )
            for title in titles
        ]


async def deeds(house: House) -> list[str]:
    """The deeds in the audit, oldest first."""
    async with house.db.read() as session:
        return list(await session.scalars(select(Audit.deed).order_by(Audit.id)))


async def count(house: House, table: type[DeclarativeBase], *conditions: Any) -> int:
    """How many rows there are."""
    async with house.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def from_bot(visitor: Visitor) -> list[MessageView]:
    """The bot's messages in this chat, oldest first."""
    return [message for message in visitor.messages if message.from_bot]


def first_line(seen: Visitor | MessageView) -> str:
    """Where the newest screen, or this one, says one is."""
    text = seen.sees if isinstance(seen, Visitor) else seen.text
    return text.partition("\n")[0]


def redrawn(visitor: Visitor, message: MessageView) -> MessageView:
    """The same message as it is now."""
    return next(view for view in visitor.messages if view.message_id == message.message_id)
