"""A world with one bot behind either door: what holds must hold through both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

from sandbox import InProcessSession, Visitor, World
from sandbox.server import Server, serve


class QuickSession(AiohttpSession):
    """aiogram's own HTTP session without the quarter of a second it gives TLS connections to close."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@dataclass
class House:
    """A world, its bot and somebody to talk to."""

    world: World
    bot: Bot
    anna: Visitor

    @property
    def token(self) -> str:
        return self.bot.token


def keyboard(*labels: str, data: str = "x") -> InlineKeyboardMarkup:
    """One button under another."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)] for label in labels]
    )


async def refused(deed: Awaitable[object], kind: type[TelegramAPIError], words: str) -> None:
    """The deed must end in exactly this exception of aiogram with exactly these words of Telegram."""
    with pytest.raises(kind) as caught:
        await deed
    assert type(caught.value) is kind
    assert caught.value.message == words


@pytest.fixture
def world() -> World:
    world = World()
    world.add_bot(username="metodset_bot", first_name="Методсеть")
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    server = await serve(world)
    yield server
    await server.close()


def http_bot(url: str, token: str) -> Bot:
    return Bot(token, session=QuickSession(api=TelegramAPIServer.from_base(url)))


@pytest.fixture
async def http(world: World, server: Server) -> AsyncIterator[House]:
    """The world behind HTTP, with the real aiogram client."""
    bot = http_bot(server.url, world.only_bot().token)
    yield House(world, bot, world.visitor("Анна", started=True))
    await bot.session.close()


@pytest.fixture
async def house(world: World) -> House:
    """The world in process."""
    bot = Bot(world.only_bot().token, session=InProcessSession(world))
    return House(world, bot, world.visitor("Анна", started=True))


@pytest.fixture(params=["in process", "http"])
async def door(request: pytest.FixtureRequest, world: World) -> AsyncIterator[House]:
    """Both, one after the other."""
    account = world.only_bot()
    anna = world.visitor("Анна", started=True)
    if request.param == "in process":
        yield House(world, Bot(account.token, session=InProcessSession(world)), anna)
        return
    server = await serve(world)
    bot = http_bot(server.url, account.token)
    yield House(world, bot, anna)
    await bot.session.close()
    await server.close()


class Page:
    """A web chat's side of the API."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/control{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/control{path}", json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
async def page(server: Server) -> AsyncIterator[Page]:
    async with ClientSession() as session:
        yield Page(session, server.url)
