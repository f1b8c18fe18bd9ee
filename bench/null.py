"""A Telegram that says yes at once: what is measured is the bot and not the other side."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

TOKEN = "1:bench"
DATE = 1_790_000_000


class NullSession(BaseSession):
    """Prepares every call as for HTTP and reads a canned answer as from HTTP, with nothing between."""

    def __init__(self) -> None:
        super().__init__()
        self._message_ids = itertools.count(1000)
        self.last: TelegramMethod[Any] | None = None
        """The last message that was shown."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Give a message for what shows one, else yes."""
        files: dict[str, InputFile] = {}
        for value in method.model_dump(warnings=False).values():
            self.prepare_value(value, bot=bot, files=files)
        result: Any = True
        if isinstance(method, SendMessage | EditMessageText):
            self.last = method
            message_id = method.message_id if isinstance(method, EditMessageText) else next(self._message_ids)
            result = message(int(method.chat_id or 0), message_id or 0)
        answer = self.check_response(bot, method, 200, json.dumps({"ok": True, "result": result}))
        return cast(TelegramType, answer.result)

    async def close(self) -> None:
        """There is nothing to close."""

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """There are no files here: every one is empty."""
        yield b""


def message(
    chat_id: int, message_id: int, *, text: str = "…", from_bot: bool = True, replies_to: str = ""
) -> dict[str, Any]:
    """A message as Telegram sends it; `replies_to` is what the person typed that it answers to."""
    bot = {"id": 1, "is_bot": True, "first_name": "Bench"}
    person = {"id": chat_id, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    typed_before = message(chat_id, message_id - 1, text=replies_to, from_bot=False) if replies_to else None
    return {
        **({"reply_to_message": typed_before} if typed_before else {}),
        "message_id": message_id,
        "date": DATE,
        "chat": {"id": chat_id, "type": "private", "first_name": "Анна"},
        "from": bot if from_bot else person,
        "text": text,
    }


_update_ids = itertools.count(1)


def pressed(chat_id: int, data: str, *, replies_to: str = "") -> dict[str, Any]:
    """The update of a pressed button; its screen is the answer to what was typed as `replies_to`."""
    number = next(_update_ids)
    return {
        "update_id": number,
        "callback_query": {
            "id": str(number),
            "from": message(chat_id, 1, from_bot=False)["from"],
            "chat_instance": "1",
            "message": message(chat_id, 500, replies_to=replies_to),
            "data": data,
        },
    }


def typed(chat_id: int, text: str) -> dict[str, Any]:
    """The update of a typed text, below everything that the bot has shown."""
    number = next(_update_ids)
    return {"update_id": number, "message": message(chat_id, 10**6 + number, text=text, from_bot=False)}


def is_answer(method: TelegramMethod[Any]) -> bool:
    """Whether it only stops a button's spinning."""
    return isinstance(method, AnswerCallbackQuery)
