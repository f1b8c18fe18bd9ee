"""The runner: start, serve until told to stop, let what is in flight finish."""

from __future__ import annotations

import asyncio
import gc
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
from bot.limiter import Limiter
from bot.patience import NoBotApi, Patience, name_errors, reason
from bot.resender import Resender
from bot.scheduler import add_housekeeping, make_scheduler
from bot.sender import Sender
from bot.settings import Settings
from bot.shared_budget import SharedBudget
from bot.start import StartError, opening_database
from bot.starter import Starter
from bot.supervisor import STOP_SECONDS, keep_running
from bot.webhook import Webhook
from models import DATABASE_ERRORS, Database
from services import announced
from services.clock import Clock
from services.copies import Copies

log = structlog.get_logger("bot.serve")

COLLECT_AFTER = 10_000
"""So many new objects bring the garbage collector: a few megabytes at most wait for it."""

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


def hold_for_good() -> None:
    """Have the garbage collector pass over what is there by now, which stays as long as the process, and look less often.

    Going through aiogram's classes again and again, and through what is young every 700 objects, was a third of what a sent message
    cost (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


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
    limiter = Limiter(settings.send_rate)
    bot = app.make_bot(settings.bot_token.get_secret_value(), session, limiter=limiter)
    session.middleware(name_errors)
    try:
        db = await open_database(settings)
        try:
            if settings.webhook_url is not None and not db.is_sqlite:  # there may be other processes
                limiter.share(SharedBudget(db))
            copies = Copies(settings.files)
            session.middleware(Resender(db, copies))
            await greet_telegram(bot, settings.bot_api_url)
            inbox = Inbox(db, bot, app.make_dispatcher(settings, db, clock), stop)
            hold_for_good()
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
    """The starter of announcements, the sender, the copier and their clock run inside until `stop`, which is set at the end at the latest.

    What is in flight is finished then, beside the handlers; what they still write down, and a copy, is left for the next start.
    """
    announced.A_DAY.set(settings.announcements_a_day)  # the sender's tasks, made below, inherit it
    sender = Sender(db, bot, clock, zone=settings.zone)
    copier = Copier(db, bot, clock, copies)
    starter = Starter(db, clock)

    def wake() -> None:
        starter.wake()
        sender.wake()
        copier.wake()

    clock.on_move(wake)
    housekeeper = Housekeeper(db, clock, stop, keep_days=settings.keep_notifications_days)
    scheduler = make_scheduler(wake)
    add_housekeeping(scheduler, watch=housekeeper.watch, tidy=housekeeper.tidy, zone=settings.zone)
    running = [
        asyncio.create_task(keep_running("sender", partial(sender.run, stop), stop), name="sender"),
        asyncio.create_task(keep_running("starter", partial(starter.run, stop), stop), name="starter"),
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
