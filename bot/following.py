"""Whoever opens something else in a message that shows a live report does not want to see the report there again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message, TelegramObject

from models import Database
from screens.addresses import OpenMenuBelow, SendTable, ShowAnnouncement
from services import announced

_MARK = ShowAnnouncement
"""The button by which a report is known: Telegram sends the pressed message along, so nothing is looked up for other screens."""

_STAYS: tuple[type[CallbackData], ...] = (ShowAnnouncement, SendTable, OpenMenuBelow)
"""What answers below and leaves the report as it is."""


class LeavingReport(BaseMiddleware):
    """A button of a live report that redraws its message ends the following; the report's own screen begins it anew."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Served for buttons, before their deed."""
        if isinstance(event, CallbackQuery) and isinstance(event.message, Message) and _leaves_report(event):
            db: Database = data["db"]
            place = {"chat_id": event.message.chat.id, "message_id": event.message.message_id}
            async with db.read() as session:
                follows = await announced.is_following(session, **place)
            if follows:
                async with db.write() as session:
                    await announced.unfollow(session, **place)
        return await handler(event, data)


def _leaves_report(call: CallbackQuery) -> bool:
    message = call.message
    markup = message.reply_markup if isinstance(message, Message) else None
    if markup is None or _prefix(call.data) in {one.__prefix__ for one in _STAYS}:
        return False
    return any(_prefix(button.callback_data) == _MARK.__prefix__ for row in markup.inline_keyboard for button in row)


def _prefix(data: str | None) -> str:
    return (data or "").partition(":")[0]
