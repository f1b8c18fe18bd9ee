"""The runner: start, serve until told to stop, let what is in flight finish."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramNotFound, TelegramUnauthorizedError

from bot import app, commands, migrations
from bot.inbox import Inbox
from bot.patience import NoBotApi, Patience, name_errors, reason
from bot.scheduler import make_scheduler
from bot.sender import Sender
from bot.settings import Settings
from bot.start import StartError, opening_database
from models import Database
from services.clock import Clock

log = structlog.get_logger("bot.serve")

GREETING_SECONDS = 20
"""How long the first call may take: a network that swallows everything would let the operator wait a minute."""


async def open_database(settings: Settings) -> Database:
    """The database with the tables of this version. Raises StartError when it cannot be opened or is of another version."""
    with opening_database():
        db = Database(settings.database, synchronous=settings.sqlite_synchronous)
        try:
            if settings.database_is_embedded:
                await migrations.upgrade(db)
            elif not await migrations.is_current(db):
                raise StartError("The database's tables are of another version: run «python -m bot migrate» first.")
        except BaseException:
            await db.close()
            raise
    return db


async def greet_telegram(bot: Bot, api_url: str) -> None:
    """Make sure that the Bot API answers and knows the token. Raises StartError."""
    try:
        me = await asyncio.wait_for(bot.me(), GREETING_SECONDS)
    except (TelegramUnauthorizedError, TelegramNotFound) as error:  # 404 is what a token of a wrong shape gets
        raise StartError(f"BOT_TOKEN: {api_url} does not know this token; take it from @BotFather again.") from error
    except TimeoutError as error:
        raise StartError(
            f"BOT_API_URL: {api_url} does not answer within {GREETING_SECONDS} s; check the network, or set BOT_PROXY."
        ) from error
    except TelegramNetworkError as error:
        advice = "check the network and BOT_PROXY" if _uses_proxy(bot) else "check the network, or set BOT_PROXY"
        raise StartError(f"BOT_API_URL: {api_url} cannot be reached ({reason(error)}); {advice}.") from error
    except NoBotApi as error:
        raise StartError(f"BOT_API_URL: {api_url} is no Bot API: {reason(error)}.") from error
    except TelegramAPIError as error:
        raise StartError(f"BOT_API_URL: {api_url} answers with an error ({reason(error)}); try again later.") from error
    log.info("serving", bot=me.username)


def _uses_proxy(bot: Bot) -> bool:
    """Whether the bot's way to Telegram leads through BOT_PROXY."""
    return getattr(bot.session, "proxy", None) is not None


async def serve(settings: Settings, clock: Clock, *, stop: asyncio.Event | None = None) -> None:
    """Serve the Bot API of the settings until SIGTERM, SIGINT or `stop`. Raises StartError, TelegramUnauthorizedError."""
    stop = stop or stop_on_signals()
    if settings.bot_token is None:
        raise StartError("BOT_TOKEN is not set.")
    session = app.make_session(settings)
    session.middleware(
        Patience(stop)
    )  # around the limiter: it must hear of every «too many requests», and waits by itself
    bot = app.make_bot(settings.bot_token.get_secret_value(), session, send_rate=settings.send_rate)
    session.middleware(name_errors)
    try:
        db = await open_database(settings)
        try:
            await greet_telegram(bot, settings.bot_api_url)
            inbox = Inbox(db, bot, app.make_dispatcher(settings, db, clock), stop)
            async with sending_what_is_due(db, bot, clock, settings):
                await _serve(inbox, bot, settings, stop)
        finally:
            await db.close()
    finally:
        await bot.session.close()


async def _serve(inbox: Inbox, bot: Bot, settings: Settings, stop: asyncio.Event) -> None:
    publishing = asyncio.create_task(_publish_commands(bot, settings))  # people need not wait for the menu of commands
    try:
        replayed = await inbox.replay()
        if replayed:
            log.info("replayed", updates=replayed)
        await inbox.poll()
    finally:
        stop.set()
        publishing.cancel()
        left = await inbox.finish()
        await asyncio.gather(publishing, return_exceptions=True)
        log.info("stopped", unfinished=left)


@asynccontextmanager
async def sending_what_is_due(db: Database, bot: Bot, clock: Clock, settings: Settings) -> AsyncIterator[None]:
    """The sender and its clock run inside; at the end what is in flight is finished."""
    sender = Sender(db, bot, clock, zone=settings.zone)
    clock.on_move(sender.wake)
    scheduler = make_scheduler(sender.wake)
    over = asyncio.Event()
    running = asyncio.create_task(sender.run(over), name="sender")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        over.set()
        await running


async def _publish_commands(bot: Bot, settings: Settings) -> None:
    try:
        await commands.publish(bot, settings.admin_ids)
    except TelegramAPIError as error:
        log.warning("commands-not-published", reason=reason(error))  # the bot works without its menu of commands


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
