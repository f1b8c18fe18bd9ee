"""What a call to Telegram bears: foreign errors get aiogram's names, and a person's answer is repeated until it is out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

log = structlog.get_logger("bot.patience")

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
NETWORK_PATIENCE_SECONDS = 3600.0
"""How long an answer waits for the network to come back."""
SERVER_PATIENCE_SECONDS = 60.0
"""How long an answer is repeated when Telegram itself fails: what it cannot digest it will not digest in an hour either."""
LONGEST_RETRY_AFTER_SECONDS = 300.0

_answering: ContextVar[bool] = ContextVar("answering", default=False)


class NoBotApi(TelegramServerError):
    """What came back is no answer of a Bot API: the page of a gateway, of a provider, of another program."""


class NotNow(asyncio.CancelledError):
    """The bot is told to stop while an answer waits for the network: its update stays in the inbox for the next start."""


def next_pause(pause: float, error: Exception) -> float:
    """How long to wait after `error` when the last pause was `pause`: what Telegram asks for, else twice as long, bounded."""
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    return min(LONGEST_PAUSE_SECONDS, pause * 2 or FIRST_PAUSE_SECONDS)


def reason(error: BaseException) -> str:
    """An error of Telegram's in one line for the log."""
    return str(getattr(error, "message", None) or error).partition("\n")[0] or type(error).__name__


@contextmanager
def answering() -> Iterator[None]:
    """What is called inside serves a person's update: `Patience` repeats it."""
    token = _answering.set(True)
    try:
        yield
    finally:
        _answering.reset(token)


async def name_errors(
    make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
) -> Response[Any]:
    """Give the errors that pass aiogram's session unnamed its own names, so that everybody else knows only those.

    A proxy's failures become TelegramNetworkError, an answer that is not the Bot API's becomes NoBotApi.
    """
    try:
        return await make_request(bot, method)
    except ClientDecodeError:
        # without its cause: that quotes the whole answer, which may be somebody's letter, into the log
        raise NoBotApi(method=method, message="the answer is not a Bot API's") from None
    except (ProxyConnectionError, ProxyTimeoutError, ProxyError, OSError) as error:
        words = str(error).strip() or type(error).__name__
        raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {words}") from error


class Patience:
    """Repeats the calls of handlers while the network is away, Telegram fails or says «later».

    The handler just waits and holds its person's turn, so the order of their updates stays; the inbox has the update stored
    meanwhile. A call whose answer was lost may be heard twice. Other calls (deliveries, polling) pass at once: they have
    retries of their own. Raises NotNow when `stop` is set while a call waits.
    """

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Serve one call. Raises its last error when patience ends."""
        pause, begun = 0.0, time.monotonic()
        while True:
            try:
                return await make_request(bot, method)
            except TelegramEntityTooLarge:  # a network error in aiogram's tree only: it stays too large
                raise
            except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter) as error:
                pause = next_pause(pause, error)
                if not _answering.get() or time.monotonic() + pause > begun + _patience(error):
                    raise
                log.warning(
                    "not-answered-yet",
                    method=type(method).__name__,
                    reason=reason(error),
                    retry_in_seconds=round(pause, 1),
                )
            await self._wait(pause)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return  # nobody asked to stop: the usual case
        raise NotNow


def _patience(error: Exception) -> float:
    if isinstance(error, TelegramRetryAfter):
        return LONGEST_RETRY_AFTER_SECONDS
    return NETWORK_PATIENCE_SECONDS if isinstance(error, TelegramNetworkError) else SERVER_PATIENCE_SECONDS
