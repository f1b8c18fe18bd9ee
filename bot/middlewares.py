"""What every handler finds ready: the person, their texts, the update's id; and what an open dialog does when one goes elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update, User

from handlers.show import expect_button
from models import Database, Person
from screens.addresses import BELOW_ADDRESSES, DIALOG_ADDRESSES, STAYING_ADDRESSES
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
    """A command, or a button that opens another screen, means that the person went elsewhere: the open dialog is paused.

    What they type next is then no answer to it, but is offered as one. A button leads nowhere that only does a deed in the message
    where it stands, or that redraws a message above the question: the question is still the last thing the person was asked.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Served for messages and buttons."""
        if data.get("raw_state") and not data.get("keeps_dialog") and self._leads_elsewhere(event):
            db, clock = data["db"], data["clock"]
            async with db.write() as session:
                redrawn = _redrawn_by(event)
                left = await dialogs.pause(session, data["person"], redrawn=redrawn, now=clock.now())
            if left:
                data["raw_state"] = None
        return await handler(event, data)

    @staticmethod
    def _leads_elsewhere(event: TelegramObject) -> bool:
        if isinstance(event, Message):
            return bool(event.text and event.text.startswith("/"))
        if isinstance(event, CallbackQuery):
            return not _is_one_of((*DIALOG_ADDRESSES, *STAYING_ADDRESSES), event)
        return False


def _redrawn_by(event: TelegramObject) -> int | None:
    """The message in which a pressed button shows its screen; None where that becomes a new message, below everything else."""
    if not isinstance(event, CallbackQuery) or _is_one_of(BELOW_ADDRESSES, event):
        return None
    message = event.message  # a file stays what it is, and what is too old cannot be redrawn: see handlers/show.py
    return message.message_id if isinstance(message, Message) and message.text is not None else None


def _is_one_of(addresses: Iterable[type[CallbackData]], call: CallbackQuery) -> bool:
    prefix = (call.data or "").partition(":")[0]
    return any(prefix == address.__prefix__ for address in addresses)
