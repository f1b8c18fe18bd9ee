"""A bare aiogram bot with long polling, as small as one can be: `python -m bench.bare TOKEN API_URL`."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def main() -> None:
    """Echo until killed."""
    token, url = sys.argv[1:]
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "…")

    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url))))


asyncio.run(main())
