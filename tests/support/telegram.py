"""A Telegram on real HTTP in the test's own process, for a bot in another one: its answers can be held back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import Visitor, World
from sandbox.records import Webhook as WebhookRecord
from sandbox.server import make_app

HOST = "127.0.0.1"


class Hold:
    """Calls of one method wait here until `release`: before Telegram does the deed, or with `after` once it is done."""

    def __init__(self, method: str, chat_id: int | None, *, after: bool) -> None:
        self.method = method.lower()
        self.chat_id = chat_id
        self.after = after
        self.reached = 0
        self._released = asyncio.Event()

    @property
    def is_released(self) -> bool:
        """Whether it holds nothing any more."""
        return self._released.is_set()

    def release(self) -> None:
        """Let all pass, those that come later too."""
        self._released.set()

    async def pass_through(self) -> None:
        """Wait for the release."""
        self.reached += 1
        await self._released.wait()


class Telegram:
    """A world, served. `url` and `token` are the bot's settings."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.account = self.world.add_bot("metodset_bot", "Методсеть")
        self.port = 0
        self.polls = 0
        """How often a bot said that it is ready for updates: asked for them, or told where to post them."""
        self._holds: list[Hold] = []
        self._slowness: dict[str, float] = {}
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The Bot API's address."""
        return f"http://{HOST}:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What leads a bot here."""
        return {"BOT_TOKEN": self.account.token, "BOT_API_URL": self.url}

    async def open(self) -> None:
        """Listen, on the port of the last time if there was one."""
        self.world.delivery.open()
        app = make_app(self.world, host=HOST)
        app.middlewares.append(self._hold)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Be out of reach: calls in flight break off, nothing is held any more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        for hold in self._holds:
            hold.release()

    def visitor(self, first_name: str, *, started: bool = False) -> Visitor:
        """A person."""
        return self.world.visitor(first_name, started=started)

    def hold(self, method: str, chat_id: int | None = None, *, after: bool = False) -> Hold:
        """Hold the calls of `method` (in one chat, if given) from now on."""
        hold = Hold(method, chat_id, after=after)
        self._holds.append(hold)
        return hold

    def slow_down(self, method: str, seconds: float) -> None:
        """Every call of `method` takes so long."""
        self._slowness[method.lower()] = seconds

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self.world.delivery.pending(self.account.id))

    @property
    def webhook(self) -> WebhookRecord | None:
        """What the bot told of its webhook."""
        return self.world.state.bots[self.account.id].webhook

    @property
    def is_polled(self) -> bool:
        """Whether a bot waits for updates at this moment or did a moment ago."""
        return self.world.delivery.connected(self.account.id)

    async def waits(self, condition: Callable[[], object], timeout: float = 20.0) -> None:
        """Wait until `condition()` holds. Raises AssertionError."""
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError("waited in vain")
            await asyncio.sleep(0.005)

    @web.middleware
    async def _hold(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        method = request.match_info.get("method", "").lower()
        self.polls += method in {"getupdates", "setwebhook"}
        hold = await self._hold_for(request, method)
        if hold is not None and not hold.after:
            await hold.pass_through()
        if method in self._slowness:
            await asyncio.sleep(self._slowness[method])
        response = await handler(request)
        if hold is not None and hold.after:
            await hold.pass_through()
        return response

    async def _hold_for(self, request: web.Request, method: str) -> Hold | None:
        for hold in self._holds:
            if not hold.is_released and hold.method == method and hold.chat_id in (None, await _chat_of(request)):
                return hold
        return None


async def _chat_of(request: web.Request) -> int | None:
    is_json = request.content_type == "application/json"
    fields = await request.json() if is_json else await request.post()
    with suppress(ValueError):  # a call without a chat
        return int(str(fields.get("chat_id", "")))
    return None
