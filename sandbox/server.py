"""Door two: the world on HTTP. Bot API, control API and the web chat on one loopback port."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import bot_door, control
from sandbox.events import EventHub
from sandbox.files import UPLOAD_LIMIT
from sandbox.guard import guard
from sandbox.keys import BOT, HUB, WORLD
from sandbox.webhooks import posting
from sandbox.world import World

WEB = Path(__file__).parent / "web"
TICK = 0.25
REQUEST_LIMIT = UPLOAD_LIMIT + 1024 * 1024
"""The largest request: the largest upload and its fields."""


async def _page(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(WEB / "index.html", headers={"Cache-Control": "no-cache"})


@web.middleware
async def _fresh(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let browsers ask again for the page's own files: a developer edits them."""
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


async def _ticker(app: web.Application) -> AsyncIterator[None]:
    """Notice bots that come and go, and presses nobody answers."""
    world = app[WORLD]

    async def tick() -> None:
        while True:
            world.delivery.refresh()
            world.check_presses()
            await asyncio.sleep(TICK)

    task = asyncio.create_task(tick())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):  # we asked for it
        await task


async def _end_streams(app: web.Application) -> None:
    app[HUB].close()
    app[WORLD].delivery.close()


def make_app(world: World, *, host: str, names: Iterable[str] = ()) -> web.Application:
    """The web application of a world with at least one bot; `names` are host names it answers to besides loopback."""
    bot = next(iter(world.state.bots), None)
    if bot is None:
        raise LookupError("add a bot to the world before serving it")
    app = web.Application(client_max_size=REQUEST_LIMIT, middlewares=[guard(frozenset({host, *names})), _fresh])
    app[WORLD], app[BOT], app[HUB] = world, bot, EventHub(world, bot)
    inner = web.Application(client_max_size=REQUEST_LIMIT, middlewares=[control.explain])
    inner[WORLD], inner[BOT], inner[HUB] = world, bot, app[HUB]
    inner.add_routes(control.routes())
    app.add_subapp("/control", inner)
    app.add_routes(bot_door.routes())
    app.add_routes([web.get("/", _page), web.static("/static", WEB / "static")])
    app.cleanup_ctx.append(_ticker)
    app.cleanup_ctx.append(posting)
    app.on_shutdown.append(_end_streams)
    return app


class Server:
    """A running server; `url` is where to open the web chat and what to give aiogram as the Bot API's base."""

    def __init__(self, runner: web.AppRunner, host: str, port: int) -> None:
        self._runner = runner
        self.host = host
        self.port = port

    @property
    def url(self) -> str:
        """The address without a slash at the end."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def close(self) -> None:
        """Stop: streams and long polls end at once, requests in flight get a second to finish."""
        await self._runner.cleanup()


async def serve(world: World, host: str = "127.0.0.1", port: int = 0, *, names: Iterable[str] = ()) -> Server:
    """Serve a world; port 0 takes a free one. Raises OSError, in words for people, if the port is taken."""
    world.delivery.open()
    runner = web.AppRunner(
        make_app(world, host=host, names=names), access_log=None, handler_cancellation=True, shutdown_timeout=1.0
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        raise OSError(error.errno, f"cannot listen on {host}:{port}: {_reason(error)}") from error
    address = runner.addresses[0]
    return Server(runner, host, int(address[1]))


def _reason(error: OSError) -> str:
    """Why the socket refused; asyncio wraps the system's own words into a longer sentence."""
    known = {
        errno.EADDRINUSE: "the port is taken by another program",
        errno.EACCES: "this port belongs to the system",
        errno.EADDRNOTAVAIL: "this machine has no such address",
    }
    return known.get(error.errno or 0) or error.strerror or str(error)
