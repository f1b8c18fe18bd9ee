"""A bot behind its webhook, and somebody who plays Telegram to it: what is posted, and how it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiogram.types import Update
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.settings import Settings
from bot.webhook import SECRET_HEADER, SETTLING, Webhook
from models import Database
from sandbox import Visitor
from sandbox.records import Webhook as WebhookRecord
from tests.support.post import Post, make_post, says


class House:
    """A Telegram that posts nothing by itself, a bot and its open webhook; `posts` plays Telegram."""

    def __init__(self, post: Post, port: int, client: ClientSession) -> None:
        self.post = post
        self.client = client
        self.url = f"http://127.0.0.1:{port}/telegram"
        settings = Settings(_env_file=None, http_port=port, webhook_secret=SecretStr("geheim"))
        self.webhook = Webhook(post.inbox, post.bot, settings, self.url, post.stop)

    def settle(self) -> None:
        """Be past the first minutes."""
        self.webhook._started_at -= SETTLING + timedelta(seconds=1)

    async def posts(self, update: Update | None = None, *, secret: str | None = "geheim", body: str = "") -> int:
        """Post an update, or any body; gives the status of the answer."""
        data = body if update is None else update.model_dump_json(exclude_unset=True)
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.client.post(self.url, data=data, headers=headers) as response:
            return response.status

    @property
    def known(self) -> WebhookRecord | None:
        """What Telegram knows of the webhook."""
        return self.post.world.state.bots[self.post.bot.id].webhook

    async def given(self) -> list[Update]:
        """What people have done."""
        pending = self.post.world.delivery.pending(self.post.bot.id)
        return [Update.model_validate(update.payload) for update in pending]


@asynccontextmanager
async def webhook_house(db: Database, port: int) -> AsyncIterator[House]:
    """An open webhook on `port`, closed at the end."""
    async with ClientSession() as client:
        house = House(make_post(db), port, client)
        await house.webhook.open()
        house.webhook._ready.set()
        yield house
        house.post.stop.set()
        await house.webhook.close()
        await house.post.inbox.finish(timeout_seconds=0.1)


async def said(house: House, person: Visitor, *texts: str) -> list[Update]:
    """The updates of what a person says."""
    await says(person, *texts)
    return (await house.given())[-len(texts) :]
