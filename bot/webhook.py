"""Updates by webhook: Telegram posts them, and each post is answered 200 only when its update is finished or stored.

What the answer does not confirm Telegram posts again: at once, then after pauses that grow to two minutes, for a day
(`WebhookActor.cpp` of https://github.com/tdlib/telegram-bot-api). Meanwhile it holds back what came later in the same chat.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import hmac
import os
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramUnauthorizedError
from aiogram.types import Update, WebhookInfo
from aiohttp import web
from pydantic import ValidationError

from bot.inbox import Inbox, person_of
from bot.patience import next_pause, reason
from bot.settings import Settings
from bot.start import StartError
from bot.stopping import rest, unless_stopped

log = structlog.get_logger("bot.webhook")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SETTLING = timedelta(minutes=3)
"""For so long after a start Telegram may post again what the last process did not confirm: its longest pause and some more."""

WATCH_SECONDS = 60.0
"""How often Telegram is asked how the webhook fares: a lost certificate or a closed port is seen only from there."""

COMPLAINT_SECONDS = 60.0
"""How often at most the log tells of posts without the secret."""

CLOSING_SECONDS = 10.0


class Webhook:
    """The door for Telegram's posts: open it, then `serve` until the bot is told to stop, then close it."""

    def __init__(self, inbox: Inbox, bot: Bot, settings: Settings, url: str, stop: asyncio.Event) -> None:
        self._inbox = inbox
        self._bot = bot
        self._url = url
        self._address = settings.http_host, settings.http_port
        self._secret = secret_of(settings, bot.token)
        self._stop = stop
        self._runner: web.AppRunner | None = None
        self._ready = asyncio.Event()
        self._started_at = datetime.now(UTC)
        self._turns: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
        self._came_since_start: set[tuple[int | None, bool]] = set()
        self._complained_at = -COMPLAINT_SECONDS
        self._last_trouble = self._started_at

    async def open(self) -> None:
        """Listen; posts wait until `serve`. Raises StartError when the port cannot be had."""
        host, port = self._address
        if port == 0:
            raise StartError("HTTP_PORT: with WEBHOOK_URL it must be the port to which posts are forwarded, not 0.")
        application = web.Application()
        application.router.add_post(urlsplit(self._url).path or "/", self._receive)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=CLOSING_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            number = error.errno or 0
            name = "HTTP_PORT" if number in (errno.EADDRINUSE, errno.EACCES) else "HTTP_HOST"
            # asyncio wraps the system's words into a sentence; a name that is not known has none of the system's.
            words = os.strerror(number) if number > 0 else error.strerror
            raise StartError(f"{name}: cannot listen on {host}:{port} ({words}).") from error

    async def serve(self) -> None:
        """Let posts in, tell Telegram where to post, and watch that it does, until told to stop.

        Raises StartError when Telegram refuses the address, TelegramUnauthorizedError: the token was revoked.
        """
        self._ready.set()
        watching = asyncio.ensure_future(self._watch())
        if await unless_stopped(watching, self._stop):
            watching.result()
            return
        watching.cancel()  # a Telegram that does not answer must not hold the stop up
        await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        await self._announce()
        while await rest(self._stop, WATCH_SECONDS):
            try:
                await self._look_after()
            except TelegramUnauthorizedError:
                raise
            except AiogramError as error:
                log.warning("webhook-not-checked", reason=reason(error))

    async def close(self) -> None:
        """Take no more and let the posts in hand be answered; the webhook stays set, so that Telegram keeps what comes."""
        self._ready.set()
        if self._runner is not None:
            await self._runner.cleanup()

    # --- what Telegram posts

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            self._complain(request)
            return web.Response(status=403)
        try:
            update = Update.model_validate_json(await request.read(), context={"bot": self._bot})
        except ValidationError as error:
            # Posted again it would be no clearer, and hold back for a day whatever this person does.
            log.error("update-not-read", faults=error.error_count())  # its text stays unsaid
            return web.Response()
        await self._ready.wait()
        person = person_of(update)
        async with self._turn(person):
            store_first, doubtful = self._judge(update, person)
            taken = await self._inbox.take_posted(update, store_first=store_first, doubtful=doubtful)
        return web.Response(status=200 if taken else 503)

    def _judge(self, update: Update, person: int | None) -> tuple[bool, bool]:
        """Whether it must be stored before it is served, and whether it may have been served before.

        In the first minutes it may be one that killed the last process, which nobody has counted yet. The first message and
        the first tap of each person may have been served already, unless written later than this process began: Telegram
        posts the next message, and the next tap, only when this one is confirmed.
        """
        if datetime.now(UTC) - self._started_at > SETTLING:
            self._came_since_start.clear()
            return False, False
        line = person, update.callback_query is not None
        is_first = line not in self._came_since_start
        self._came_since_start.add(line)
        written = update.message.date if update.message is not None else None
        return True, is_first and (written is None or written <= self._started_at)

    def _turn(self, person: int | None) -> asyncio.Lock:
        """Posts of one person are taken one after another: a message and a tap come side by side."""
        lock = self._turns.get(person)
        if lock is None:
            lock = self._turns[person] = asyncio.Lock()
        return lock

    def _complain(self, request: web.Request) -> None:
        if time.monotonic() - self._complained_at >= COMPLAINT_SECONDS:
            self._complained_at = time.monotonic()
            log.warning("post-refused", reason="it does not carry the webhook's secret", sender=request.remote)

    # --- what Telegram is told

    async def _announce(self) -> None:
        pause = 0.0
        while not self._stop.is_set():
            try:
                await self._set()
            except TelegramUnauthorizedError:
                raise
            except TelegramBadRequest as error:
                raise StartError(f"WEBHOOK_URL: Telegram refuses it ({reason(error)}).") from error
            except AiogramError as error:
                pause = next_pause(pause, error)
                log.warning("webhook-not-set", reason=reason(error), retry_in_seconds=round(pause, 1))
                await rest(self._stop, pause)
            else:
                log.info("webhook-set", url=self._url)
                return

    async def _set(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url == self._url and _waits_out_pauses(info):
            # Set anew, it gets at once what would come in up to two minutes; setting the same again changes nothing.
            await self._bot.delete_webhook(drop_pending_updates=False)
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=self._inbox.allowed_updates,
            drop_pending_updates=False,
        )

    async def _look_after(self) -> None:
        info = await self._bot.get_webhook_info()
        if not info.url:
            log.warning("webhook-gone", reason="somebody removed it: it is set again")
            await self._set()
        elif info.url != self._url:
            log.warning("webhook-elsewhere", reason="another address was set for this bot: this process gets nothing")
        elif info.last_error_date is not None and info.last_error_date > self._last_trouble:
            self._last_trouble = info.last_error_date
            log.warning("webhook-trouble", reason=info.last_error_message, waiting=info.pending_update_count)


def secret_of(settings: Settings, token: str) -> str:
    """What Telegram says with each post: WEBHOOK_SECRET, or one made from the token, the same in every process."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(token.encode(), b"the webhook's secret", hashlib.sha256).hexdigest()


def _waits_out_pauses(info: WebhookInfo) -> bool:
    """Whether updates wait because posts have failed of late: while the bot was down."""
    failed_at = info.last_error_date
    return bool(info.pending_update_count) and failed_at is not None and datetime.now(UTC) - failed_at < SETTLING
