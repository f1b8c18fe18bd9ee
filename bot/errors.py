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
    TelegramBadRequest,
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
from handlers.show import _button_answered, send_screens, show
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
    async def refuse(event: ErrorEvent, **data: Any) -> None:
        """A refusal: an alert for a button, a message for a message, in the person's language."""
        refusal = event.exception
        if not isinstance(refusal, DomainError):
            raise TypeError("not a refusal")
        t: L10n = data["t"]
        source = event.update.callback_query or event.update.message
        if isinstance(refusal, NotRegistered) and "person" in data and source is not None:
            db: Database = data["db"]
            await show(source, await draw_home(db, data["person"], t))
        elif isinstance(source, CallbackQuery):
            await _alert(source, t, refusal.key, **refusal.values)
        elif isinstance(source, Message):
            await show(source, screens.menu.refusal(t, refusal.key, **refusal.values))

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
        if t is None:
            return
        try:
            await _say_sorry(event, t, code)
        except TelegramAPIError as error:
            log.warning("no-apology", code=code, reason=reason(error))
        if told.may_pass():
            for telegram_id in administrators:
                await _note(bot, telegram_id, t, code)

    return router


async def _say_sorry(event: ErrorEvent, t: L10n, code: str) -> None:
    if event.update.callback_query is not None:
        await _alert(event.update.callback_query, t, "surprise", code=code)
    elif event.update.message is not None:
        await show(event.update.message, screens.menu.refusal(t, "surprise", code=code))


async def _note(bot: Bot, administrator: int, t: L10n, code: str) -> None:
    """Tell one administrator; that it fails (they blocked the bot, never opened it) is no reason not to tell the next."""
    try:
        await bot.send_message(administrator, t("surprise-note", code=code))
    except TelegramAPIError as error:
        log.warning("administrator-not-told", telegram_id=administrator, code=code, reason=reason(error))


async def _alert(call: CallbackQuery, t: L10n, key: str, **values: Any) -> None:
    """Say it in a window over the screen, or in a message where there can be no window: the press has its answer already, or is
    too old for one after a downtime."""
    if not _button_answered.get():
        _button_answered.set(True)
        try:
            await call.answer(t.plain(key, **values)[:200], show_alert=True)
            return
        except TelegramBadRequest as error:
            if "query is too old" not in error.message:
                raise
    if call.bot is None:
        raise RuntimeError("a button without its bot")
    await send_screens(call.bot, call.from_user.id, [screens.menu.refusal(t, key, **values)])


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
