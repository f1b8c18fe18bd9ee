"""What every call to Telegram passes on its way out."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod

from models import inside_write


async def refuse_talk_in_transactions(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """Commit, then talk: a call inside `db.write()` would hold everybody's lock for as long as Telegram takes. Raises RuntimeError."""
    if inside_write():
        raise RuntimeError(f"{type(method).__name__} inside db.write(): commit, then talk")
    return await make_request(bot, method)


_answer_types: dict[type[TelegramMethod[Any]], type[Response[Any]]] = {}


async def keep_answer_types(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """Hold the type by which a method's answer is read: pydantic builds it anew (5 ms of CPU) whenever the garbage collector has

    taken it, because it remembers such types weakly.
    """
    kind = type(method)
    if kind not in _answer_types:
        _answer_types[kind] = Response[kind.__returning__]  # type: ignore[name-defined]  # a type made while running
    return await make_request(bot, method)
