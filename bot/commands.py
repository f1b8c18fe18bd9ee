"""Telegram's own command menu, per role and language; the bot's words about itself."""

from __future__ import annotations

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from screens.l10n import LANGUAGES, L10n

EVERYONE = ("menu", "ask", "events", "products", "networks", "profile", "settings", "help", "cancel")
ADMINISTRATOR = ("admin",)


async def publish(bot: Bot, administrators: frozenset[int]) -> None:
    """Tell Telegram the commands. An administrator who never opened the bot gets theirs at the next start."""
    for number, language in enumerate(LANGUAGES):
        code = None if number == 0 else language  # the first language is what everybody else sees too
        t = L10n(language)
        await bot.set_my_commands(_commands(t, EVERYONE), BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_commands(_commands(t, ("help",)), BotCommandScopeAllGroupChats(), language_code=code)
        await bot.set_my_description(t.plain("bot-description"), language_code=code)
        await bot.set_my_short_description(t.plain("bot-short-description"), language_code=code)
        for telegram_id in administrators:
            await _publish_for(bot, t, BotCommandScopeChat(chat_id=telegram_id), code)


async def _publish_for(bot: Bot, t: L10n, scope: BotCommandScopeUnion, code: str | None) -> None:
    try:
        await bot.set_my_commands(_commands(t, (*EVERYONE, *ADMINISTRATOR)), scope, language_code=code)
    except TelegramBadRequest as error:
        if "chat not found" not in error.message:
            raise


def _commands(t: L10n, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=t.plain(f"command-{name}")) for name in names]
