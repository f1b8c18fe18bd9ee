"""The runner: start, serve until told to stop, let what is in flight finish."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramNotFound, TelegramUnauthorizedError

from bot import app, commands, migrations
from bot.copier import Copier
from bot.housekeeper import Housekeeper
from bot.inbox import Inbox
from bot.patience import NoBotApi, Patience, name_errors, reason
from bot.resender import Resender
from bot.scheduler import add_housekeeping, make_scheduler
from bot.sender import Sender
from bot.settings import Settings
from bot.start import StartError, opening_database
from bot.supervisor import STOP_SECONDS, keep_running
from bot.webhook import Webhook
from models import DATABASE_ERRORS, Database
from services.clock import Clock
from services.copies import Copies

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
            copies = Copies(settings.files)
            session.middleware(Resender(db, copies))
            await greet_telegram(bot, settings.bot_api_url)
            inbox = Inbox(db, bot, app.make_dispatcher(settings, db, clock), stop)
            async with doing_what_is_due(db, bot, clock, copies, settings, stop):
                await _serve(inbox, bot, db, settings, stop)
        finally:
            await db.close()
    finally:
        await bot.session.close()


async def _serve(inbox: Inbox, bot: Bot, db: Database, settings: Settings, stop: asyncio.Event) -> None:
    webhook = None if settings.webhook_url is None else Webhook(inbox, bot, settings, settings.webhook_url, stop)
    # People need not wait for the menu of commands.
    publishing = asyncio.create_task(_publish_commands(bot, db, settings))
    try:
        if webhook is not None:
            await webhook.open()
        replayed = await inbox.replay()
        if replayed:
            log.info("replayed", updates=replayed)
        await (inbox.poll() if webhook is None else webhook.serve())
    finally:
        stop.set()
        publishing.cancel()
        if webhook is not None:
            await webhook.close()
        left = await inbox.finish(STOP_SECONDS)
        await asyncio.gather(publishing, return_exceptions=True)
        log.info("stopped", unfinished=left)


@asynccontextmanager
async def doing_what_is_due(
    db: Database, bot: Bot, clock: Clock, copies: Copies, settings: Settings, stop: asyncio.Event
) -> AsyncIterator[None]:
    """The sender, the copier and their clock run inside until `stop`, which is set at the end at the latest.

    What is in flight is finished then, beside the handlers; what they still write down, and a copy, is left for the next start.
    """
    sender = Sender(db, bot, clock, zone=settings.zone)
    copier = Copier(db, bot, clock, copies)

    def wake() -> None:
        sender.wake()
        copier.wake()

    clock.on_move(wake)
    housekeeper = Housekeeper(db, clock, stop, keep_days=settings.keep_notifications_days)
    scheduler = make_scheduler(wake)
    add_housekeeping(scheduler, watch=housekeeper.watch, tidy=housekeeper.tidy, zone=settings.zone)
    running = [
        asyncio.create_task(keep_running("sender", partial(sender.run, stop), stop), name="sender"),
        asyncio.create_task(keep_running("copier", partial(copier.run, stop), stop), name="copier"),
    ]
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        stop.set()
        await asyncio.gather(*running)


async def _publish_commands(bot: Bot, db: Database, settings: Settings) -> None:
    try:
        await commands.publish(bot, db, settings.admin_ids)
    except (TelegramAPIError, *DATABASE_ERRORS) as error:
        log.warning("commands-not-published", reason=reason(error))  # the bot works without its menu of commands


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
