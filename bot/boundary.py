"""What every call to Telegram passes on its way out."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod

from models import inside_write

_answers: dict[Any, Any] = {}
"""aiogram reads every answer as `Response[…]`. pydantic forgets such a class when nobody holds it and makes it anew, 4 ms of CPU."""


async def refuse_talk_in_transactions(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """Commit, then talk: a call inside `db.write()` would hold everybody's lock for as long as Telegram takes. Raises RuntimeError."""
    if inside_write():
        raise RuntimeError(f"{type(method).__name__} inside db.write(): commit, then talk")
    return await make_request(bot, method)


async def hold_answer_types(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """Keep the class of each kind of answer for good: there are some dozens of them."""
    if method.__returning__ not in _answers:
        _answers[method.__returning__] = Response[method.__returning__]  # type: ignore[name-defined]  # made when it runs
    return await make_request(bot, method)
