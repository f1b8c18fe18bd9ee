"""What every handler finds ready: the person, their texts, the update's id; and what an open dialog does when one goes elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update, User

from handlers.show import expect_button
from models import Database, Person
from screens.addresses import DIALOG_ADDRESSES
from screens.l10n import L10n, language_of
from services import dialogs, persons
from services.clock import Clock

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class PersonMiddleware(BaseMiddleware):
    """Finds or remembers the person and gives `person` (a detached snapshot), `t` and `update_id`.

    In groups nobody is remembered: handlers there get `t` only.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo, administrators: frozenset[int]) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._administrators = administrators

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Served once an update, inside the person's lock."""
        if not isinstance(event, Update):
            raise TypeError("PersonMiddleware belongs on the dispatcher's updates")
        expect_button()
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        data["update_id"] = event.update_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(update_id=event.update_id)
        if user is None:
            return await handler(event, data)
        data["t"] = L10n(language_of(None, user.language_code), self._zone)
        if chat is not None and chat.type == ChatType.PRIVATE and event.my_chat_member is None:
            person = await self._meet(user)
            data["person"] = person
            zone = ZoneInfo(person.time_zone) if person.time_zone else self._zone
            data["t"] = L10n(language_of(person.language_code, person.telegram_language), zone)
            structlog.contextvars.bind_contextvars(person_id=person.id)
        return await handler(event, data)

    async def _meet(self, user: User) -> Person:
        administrator = user.id in self._administrators
        async with self._db.read() as session:
            person = await persons.find(session, user.id)
        if person is not None and persons.is_up_to_date(
            person, telegram_language=user.language_code, administrator=administrator
        ):
            return person
        async with self._db.write() as session:
            return await persons.meet(
                session,
                telegram_id=user.id,
                telegram_language=user.language_code,
                administrator=administrator,
                now=self._clock.now(),
            )


class LeavingDialog(BaseMiddleware):
    """A command, or a button of another screen, means that the person went elsewhere: the open dialog is paused.

    What they type next is then no answer to it; the menu offers to continue.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Served for messages and buttons."""
        if data.get("raw_state") and self._leads_elsewhere(event):
            db, clock = data["db"], data["clock"]
            async with db.write() as session:
                await dialogs.pause(session, data["person"], now=clock.now())
            data["raw_state"] = None
        return await handler(event, data)

    @staticmethod
    def _leads_elsewhere(event: TelegramObject) -> bool:
        if isinstance(event, Message):
            return bool(event.text and event.text.startswith("/"))
        if isinstance(event, CallbackQuery):
            return not is_dialog_button(event.data or "")
        return False


def is_dialog_button(callback_data: str) -> bool:
    """Whether the button belongs to a dialog."""
    prefix = callback_data.partition(":")[0]
    return any(prefix == address.__prefix__ for address in DIALOG_ADDRESSES)
