"""The way to the Bot API: aiogram's own, but what carries no files goes as JSON, a third of the cost of a form (docs/adr/0021)."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, InputFile
from aiohttp import FormData
from aiohttp.payload import BytesPayload
from pydantic_core import to_json

_AS_IT_IS = (str, int, InlineKeyboardMarkup)
"""What pydantic writes as Telegram reads it: nothing inside is left to the bot's defaults, and there is no file."""


class JsonSession(AiohttpSession):
    """Sends one bot's calls as `application/json`, which the Bot API takes for everything but files («Making requests»)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._defaults: dict[str, Any] = {}

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        """The body of a call: JSON, or aiogram's form where a file is uploaded."""
        files: dict[str, InputFile] = {}
        body: dict[str, Any] = {}
        for name, value in method.__dict__.items():
            if isinstance(value, Default):
                said = self._default(bot, value)
            elif value is None or isinstance(value, _AS_IT_IS):
                said = value
            else:
                said = self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if said is not None and said != "":
                body[name] = said
        return super().build_form_data(bot, method) if files else _Json(body)

    def _default(self, bot: Bot, default: Default) -> Any:
        """What the bot says where a call leaves it open: the same for every call."""
        if default.name not in self._defaults:
            self._defaults[default.name] = self.prepare_value(default, bot=bot, files={}, _dumps_json=False)
        return self._defaults[default.name]


class _Json(FormData):
    """A body that is no form, where aiohttp asks a form for its payload."""

    def __init__(
        self, body: dict[str, Any]
    ) -> None:  # a form's own beginnings, a boundary and a writer, are not needed
        self._body = body

    def __call__(self) -> BytesPayload:
        return BytesPayload(to_json(self._body, exclude_none=True), content_type="application/json")
