"""The only place where an exception becomes words."""

from __future__ import annotations

import secrets
import time
from typing import Any

import structlog
from aiogram import Bot, Router
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message, Update

import screens.menu
from bot.patience import reason
from handlers.home import draw_home
from handlers.show import answer_button, send_screens, show
from models import Database, Person
from screens.l10n import L10n, language_of
from services import persons
from services.clock import Clock
from services.errors import DomainError, NotRegistered

log = structlog.get_logger("bot.errors")

NOTE_EVERY_SECONDS = 300
"""How often at most the administrators are told of surprises."""


def error_router(administrators: frozenset[int]) -> Router:
    """The three handlers of what went wrong: a refusal, a person who blocked the bot, a surprise."""
    router = Router(name="errors")
    told = _Throttle(NOTE_EVERY_SECONDS)

    @router.error(ExceptionTypeFilter(DomainError))
    async def refuse(event: ErrorEvent, bot: Bot, **data: Any) -> None:
        """A refusal: an alert for a button, a message for a message, in the person's language."""
        refusal = event.exception
        if not isinstance(refusal, DomainError):
            raise TypeError("not a refusal")
        t: L10n = data["t"]
        source = event.update.callback_query or event.update.message
        if isinstance(refusal, NotRegistered) and "person" in data and source is not None:
            db: Database = data["db"]
            await show(source, await draw_home(db, data["person"], t))
        elif source is not None:
            await _say(source, bot, t, refusal.key, **refusal.values)

    @router.error(ExceptionTypeFilter(TelegramForbiddenError))
    async def remember_block(event: ErrorEvent, db: Database, clock: Clock, **data: Any) -> None:
        """The person blocked the bot, or left Telegram, before the answer came."""
        person: Person | None = data.get("person")
        log.info("blocked", reason=str(event.exception))
        if person is not None and person.telegram_id is not None:
            async with db.write() as session:
                await persons.mark_blocked(session, person.telegram_id, now=clock.now())

    @router.error()
    async def apologize(event: ErrorEvent, bot: Bot, **data: Any) -> None:
        """A surprise: logged with its traceback, an apology with a code to quote, a note to the administrators.

        A call that Telegram never took, in spite of all patience, is told in a line.
        """
        if _is_unheard(event.exception):
            log.warning("not-answered", reason=reason(event.exception))
            return
        code = secrets.token_hex(3)
        log.error("surprise", code=code, exc_info=event.exception)
        t = data.get("t") or _texts_of(event.update)
        try:
            source = event.update.callback_query or event.update.message
            if t is not None and source is not None:
                await _say(source, bot, t, "surprise", code=code)
            if t is not None and told.may_pass():
                for telegram_id in administrators:
                    await bot.send_message(telegram_id, t("surprise-note", code=code))
        except TelegramAPIError as error:
            log.warning("no-apology", code=code, reason=str(error))

    return router


async def _say(source: CallbackQuery | Message, bot: Bot, t: L10n, key: str, **values: Any) -> None:
    """Why it did not go: a window over the button, a message where no window opens any more or nobody pressed anything."""
    if isinstance(source, Message):
        await show(source, screens.menu.refusal(t, key, **values))
    elif not await answer_button(source, t.plain(key, **values), alert=True):
        await send_screens(bot, source.from_user.id, [screens.menu.refusal(t, key, **values)])


def _is_unheard(error: Exception) -> bool:
    """Whether Telegram itself was out of reach or said «later»: an apology would not get through either."""
    if isinstance(error, TelegramEntityTooLarge):  # a network error in aiogram's tree only
        return False
    return isinstance(error, TelegramNetworkError | TelegramRetryAfter)


def _texts_of(update: Update) -> L10n | None:
    """Words for somebody whose row could not be read: in their Telegram's language."""
    user = UserContextMiddleware.resolve_event_context(update).user
    return L10n(language_of(None, user.language_code)) if user is not None else None


class _Throttle:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last = float("-inf")

    def may_pass(self) -> bool:
        now = time.monotonic()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True
