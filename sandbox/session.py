"""Door one: an aiogram session that leads into a world in the same process."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox import gate
from sandbox.parser import Request, Upload
from sandbox.world import World


class InProcessSession(BaseSession):
    """`Bot(token, session=InProcessSession(world))`: no network, the same words.

    Every call is dumped to the strings HTTP would carry and parsed back, so nothing passes here which HTTP would not
    let through.
    """

    def __init__(self, world: World, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.world = world
        self.closed = False

    async def close(self) -> None:
        """Close the session; like aiogram's own it can be used again afterwards."""
        self.closed = True

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,
    ) -> TelegramType:
        """Call the world; raises aiogram's exceptions for refusals, TelegramNetworkError for a lost answer."""
        files: dict[str, InputFile] = {}
        fields: dict[str, Any] = {}
        for name, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=files)
            if prepared:  # aiogram's HTTP session leaves empty values out too
                fields[name] = prepared
        uploads = {
            key: Upload(file.filename or key, b"".join([chunk async for chunk in file.read(bot)]))
            for key, file in files.items()
        }
        answer = await gate.call(self.world, Request(bot.token, method.__api_method__, fields, uploads))
        if answer.lost:
            raise TelegramNetworkError(method=method, message="ServerDisconnectedError: Server disconnected")
        response = self.check_response(bot, method, answer.status, json.dumps(answer.body))
        return cast(TelegramType, response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Give the bytes behind a download address of this world; raises FileNotFoundError for any other."""
        data = file_behind(self.world, url)
        if data is None:
            raise FileNotFoundError("no such file in this world")
        for start in range(0, len(data), chunk_size):
            yield data[start : start + chunk_size]


def file_behind(world: World, url: str) -> bytes | None:
    """The bytes of `…/file/bot<token>/<path>`; None for a wrong token or path."""
    _, found, rest = url.partition("/file/bot")
    token, _, path = rest.partition("/")
    bot = world.bot_of(token)
    record = world.library.by_path(bot.id, path) if found and bot is not None else None
    return world.library.data(record) if record is not None else None
