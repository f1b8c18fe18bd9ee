"""`demo`: the invented city on our own Telegram sandbox, with a web chat to play its people.

The only module of the product that knows the sandbox.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.data import migrate
from bot.serve import open_database, serve, stop_on_signals
from bot.settings import Settings
from bot.start import StartError
from demo import ADMINISTRATOR_ID, NEWCOMER_ID, CityNotEmpty, accounts, build
from sandbox import World
from sandbox.server import Server, serve as serve_world
from sandbox.worldfile import WorldFile
from services.clock import Clock
from services.copies import Copies

FOLDER = Path("var/demo")


async def demo(settings: Settings) -> None:
    """Serve the demo city until SIGTERM or SIGINT; the next start finds the same chats. Raises StartError."""
    stop = stop_on_signals()
    clock = Clock(settings.zone)
    world = World()
    file = _open_world(world)
    account = world.add_bot("metodset_bot", "Методсеть")
    embedded = settings.database_is_embedded
    settings = settings.model_copy(
        update={
            "bot_token": SecretStr(account.token),
            "bot_proxy": None,
            "webhook_url": None,
            "admin_ids": settings.admin_ids | {ADMINISTRATOR_ID},
            "files_dir": settings.files_dir or FOLDER / "files",
            "database_url": settings.database_url or SecretStr(f"sqlite+aiosqlite:///{FOLDER / 'city.sqlite3'}"),
        }
    )
    if embedded:
        await migrate(settings)
    _keep_one_time(world, clock)
    await _fill(settings, clock)
    _open_accounts(world)
    server = await _open_server(settings, world)
    file.start()
    try:
        print(f"Веб-чат · web chat: {server.url}", flush=True)  # noqa: T201  # the one line that `make run` promises
        await serve(settings.model_copy(update={"bot_api_url": server.url}), clock, stop=stop)
    finally:
        await server.close()
        await file.close()


def _open_world(world: World) -> WorldFile:
    """The file beside the demo's database that keeps the world between runs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = WorldFile(world, FOLDER / "world.sqlite3")
    file.load()
    return file


def _keep_one_time(world: World, clock: Clock) -> None:
    """«⏩ время» moves the world's wall time and the bot's together, over restarts too."""

    def follow(whole: timedelta) -> None:
        clock.move(whole)

    world.on_shift(follow)
    follow(world.clock.offset)


async def _fill(settings: Settings, clock: Clock) -> None:
    """Make the city; one that is there already stays as its people left it."""
    db = await open_database(settings)
    try:
        async with db.write() as session:
            await build(session, copies=Copies(settings.files), now=clock.now())
    except CityNotEmpty:
        print("Демо-город уже есть · the demo city is as you left it", file=sys.stderr)  # noqa: T201  # for the operator
    finally:
        await db.close()


def _open_accounts(world: World) -> None:
    """Everyone of the city has a Telegram account and wrote to the bot long ago; the newcomer has not."""
    for account in accounts():
        if account.telegram_id not in world.state.people:
            world.visitor(
                account.first_name,
                account.last_name,
                account.language_code,
                account.telegram_id,
                username=account.username or "",
                note=account.note,
                group=account.group,
                pinned=account.pinned,
                started=account.telegram_id != NEWCOMER_ID,
            )


async def _open_server(settings: Settings, world: World) -> Server:
    try:
        return await serve_world(world, settings.http_host, settings.http_port)
    except OSError as error:
        raise StartError(f"HTTP_PORT: {error.strerror}.") from error
