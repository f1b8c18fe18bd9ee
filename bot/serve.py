"""The runner: start, serve until told to stop, let what is in flight finish."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot import app, commands, migrations
from bot.inbox import Inbox
from bot.scheduler import make_scheduler
from bot.sender import Sender
from bot.settings import Settings
from bot.start import StartError
from models import Database
from services.clock import Clock

log = structlog.get_logger("bot.serve")


async def open_database(settings: Settings) -> Database:
    """The database with the tables of this version. Raises StartError when it cannot be opened or is of another version."""
    db = Database(settings.database, synchronous=settings.sqlite_synchronous)
    try:
        if settings.database_is_embedded:
            await migrations.upgrade(db)
        elif not await migrations.is_current(db):
            raise StartError("The database's tables are of another version: run «python -m bot migrate» first.")
    except (SQLAlchemyError, OSError) as error:
        await db.close()
        raise StartError(f"DATABASE_URL: the database cannot be opened ({_first_line(error)}).") from error
    except StartError:
        await db.close()
        raise
    return db


async def greet_telegram(bot: Bot, api_url: str) -> None:
    """Make sure that the Bot API answers and knows the token. Raises StartError."""
    try:
        me = await bot.me()
    except TelegramUnauthorizedError as error:
        raise StartError("BOT_TOKEN: Telegram does not know this token; take it from @BotFather again.") from error
    except TelegramNetworkError as error:
        raise StartError(
            f"BOT_API_URL: {api_url} cannot be reached ({_first_line(error)}); check the network, or set BOT_PROXY."
        ) from error
    except TelegramAPIError as error:
        raise StartError(f"BOT_API_URL: {api_url} does not answer as a Bot API ({_first_line(error)}).") from error
    log.info("serving", bot=me.username)


async def serve(settings: Settings, clock: Clock, *, stop: asyncio.Event | None = None) -> None:
    """Serve the Bot API of the settings until SIGTERM, SIGINT or `stop`. Raises StartError, TelegramUnauthorizedError."""
    stop = stop or stop_on_signals()
    if settings.bot_token is None:
        raise StartError("BOT_TOKEN is not set.")
    try:
        session = app.make_session(settings)
        bot = app.make_bot(settings.bot_token.get_secret_value(), session, send_rate=settings.send_rate)
    except TokenValidationError as error:
        raise StartError(
            "BOT_TOKEN is no bot token: it looks like 123456789:AAE… and comes from @BotFather."
        ) from error
    except (ValueError, TypeError) as error:
        raise StartError(f"BOT_PROXY: {_first_line(error)}.") from error
    db = None
    try:
        db = await open_database(settings)
        await greet_telegram(bot, settings.bot_api_url)
        dispatcher = app.make_dispatcher(settings, db, clock)
        await _publish_commands(bot, settings)
        inbox = Inbox(db, bot, dispatcher)
        async with sending_what_is_due(db, bot, clock, settings):
            try:
                replayed = await inbox.replay()
                if replayed:
                    log.info("replayed", updates=replayed)
                await inbox.poll(stop)
            finally:
                left = await inbox.finish()
                log.info("stopped", unfinished=left)
    finally:
        await bot.session.close()
        if db is not None:
            await db.close()


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
        log.warning("commands-not-published", reason=str(error))  # the bot works without its menu of commands


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _first_line(error: BaseException) -> str:
    """The reason in one line, without the library's prefixes."""
    cause = getattr(error, "orig", None) or error
    text = str(cause).strip() or type(cause).__name__
    return text.splitlines()[0].rstrip(".")
