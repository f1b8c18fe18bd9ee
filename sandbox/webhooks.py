"""Posts updates to the webhooks of bots, as the official Bot API server does; lives as long as the world is served.

The rules are those of https://github.com/tdlib/telegram-bot-api, `WebhookActor.cpp`: the updates of one chat go one after
another, those of different chats side by side; one that is not answered 2xx is tried again at once, then after 2, 4, 8
seconds and so on, and holds back those behind it; whoever answers with a method in the body has it performed.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, web

from sandbox import gate
from sandbox.keys import WORLD
from sandbox.parser import Request
from sandbox.records import StoredUpdate, Webhook
from sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
PATIENCE = 60.0
"""Seconds in which a webhook must answer."""
_NOT_PERFORMED = ("deletewebhook", "setwebhook", "close", "logout")

LineKey: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a post did not succeed, and how long the bot asked to be left alone."""

    words: str
    retry_after: float = 0.0


@dataclass(slots=True)
class _Route:
    """One webhook while it is set: its lines of updates and what serves them."""

    webhook: Webhook
    room: asyncio.Semaphore
    lines: dict[LineKey, deque[StoredUpdate]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


class Postman:
    """Serves every webhook of a world from `open` to `close`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._routes: dict[int, _Route] = {}
        self._session: ClientSession | None = None
        self._stop_listening = world.listen(self._hear)

    def open(self) -> None:
        """Begin, with what waits already."""
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        for bot in self._world.state.bots:
            self._set_out(bot.id)

    async def close(self) -> None:
        """Leave off: posts in flight are broken off, their updates wait."""
        self._stop_listening()
        tasks = [task for route in self._routes.values() for task in route.tasks]
        for bot_id in list(self._routes):
            self._leave_off(bot_id)
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _hear(self, kind: str, facts: dict[str, Any]) -> None:
        if self._session is None:
            return
        if kind == "webhook":
            self._leave_off(facts["bot_id"])
            self._set_out(facts["bot_id"])
        elif kind == "update" and (route := self._routes.get(facts["bot_id"])) is not None:
            self._put(route, facts["update"])

    def _set_out(self, bot_id: int) -> None:
        webhook = self._world.state.bots[bot_id].webhook
        if webhook is None:
            return
        route = self._routes[bot_id] = _Route(webhook, asyncio.Semaphore(webhook.max_connections))
        for update in self._world.delivery.pending(bot_id):
            self._put(route, update)

    def _leave_off(self, bot_id: int) -> None:
        route = self._routes.pop(bot_id, None)
        for task in route.tasks if route is not None else ():
            task.cancel()

    def _put(self, route: _Route, update: StoredUpdate) -> None:
        key = line_of(update)
        if key in route.lines:
            route.lines[key].append(update)
            return
        route.lines[key] = deque([update])
        task = asyncio.create_task(self._serve(route, key))
        route.tasks.add(task)
        task.add_done_callback(route.tasks.discard)

    async def _serve(self, route: _Route, key: LineKey) -> None:
        line = route.lines[key]
        while line:
            await self._deliver(route, line[0])
            line.popleft()
        del route.lines[key]

    async def _deliver(self, route: _Route, update: StoredUpdate) -> None:
        """Post until it is taken or nobody wants it any more."""
        failures = 0
        while (update.bot_id, update.update_id) in self._world.state.updates:
            async with route.room:
                failure = await self._post(route.webhook, update)
            self._world.delivery.note_webhook(update.bot_id, None if failure is None else failure.words)
            if failure is None:
                self._world.delivery.confirm(update)
                return
            await asyncio.sleep(failure.retry_after or pause_after(failures))
            failures += 1

    async def _post(self, webhook: Webhook, update: StoredUpdate) -> _Failure | None:
        assert self._session is not None
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with self._session.post(
                webhook.url, json=update.payload, headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
        except TimeoutError:
            return _Failure("Read timeout expired")
        except ClientConnectorError as error:
            return _Failure(
                os.strerror(error.os_error.errno) if error.os_error.errno else "Can't connect to the webhook"
            )
        except (ClientError, OSError):
            return _Failure("Webhook connection closed")
        if not 200 <= response.status <= 299:
            words = f"Wrong response from the webhook: {response.status} {response.reason}"
            return _Failure(words, _retry_after(response))
        await self._perform(update.bot_id, response.content_type, body)
        return None

    async def _perform(self, bot_id: int, content_type: str, body: bytes) -> None:
        """Call the method that the answer names, if any; nobody hears what became of it."""
        fields = _fields(content_type, body)
        method = str(fields.pop("method", "")).lower()
        if method and method not in _NOT_PERFORMED and not method.startswith("get"):
            await gate.call(self._world, Request(self._world.state.bots[bot_id].token, method, fields))


def line_of(update: StoredUpdate) -> LineKey:
    """Which updates wait for each other: the messages of a chat, the presses of a person, and so on by kind."""
    kind, body = next((kind, body) for kind, body in update.payload.items() if kind != "update_id")
    if kind in ("message", "edited_message"):
        return "message", body["chat"]["id"]
    return kind, body["from"]["id"]


def pause_after(failures: int) -> float:
    """Seconds to wait when an update has failed so often before: none, then 2, 4, 8, …"""
    return min(LONGEST_PAUSE, 2.0**failures) if failures else 0.0


def _retry_after(response: ClientResponse) -> float:
    value = response.headers.get("Retry-After", "")
    return min(float(value), LONGEST_RETRY_AFTER) if value.isascii() and value.isdigit() else 0.0


def _fields(content_type: str, body: bytes) -> dict[str, Any]:
    try:
        if content_type == "application/json":
            found = json.loads(body)
            return found if isinstance(found, dict) else {}
        if content_type == "application/x-www-form-urlencoded":
            return dict(parse_qsl(body.decode()))
    except ValueError:  # no JSON, no UTF-8: an answer without a method
        pass
    return {}


async def posting(app: web.Application) -> AsyncIterator[None]:
    """Post updates while the application runs (for `cleanup_ctx`)."""
    postman = Postman(app[WORLD])
    postman.open()
    yield
    await postman.close()
