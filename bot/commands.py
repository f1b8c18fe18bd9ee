"""Telegram's own command menu, per role and language; the bot's words about itself."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Message,
    TelegramObject,
)
from sqlalchemy import update

from bot.patience import reason
from models import DATABASE_ERRORS, Database, Person
from screens.l10n import LANGUAGES, L10n, language_of
from services import persons, roles
from services.roles import Roles

log = structlog.get_logger("bot.commands")

EVERYONE = ("menu", "ask", "events", "products", "networks", "profile", "settings", "help", "cancel")
EXPERT = ("queue",)
COORDINATOR = ("manage", "announce")
MODERATOR = ("manage",)
ADMINISTRATOR = ("admin",)

ORDER = (EVERYONE[0], *EXPERT, *COORDINATOR, *ADMINISTRATOR, *EVERYONE[1:])

ROLE_NOTICES = frozenset(
    f"{role}-{what}"
    for role in ("administrator", "coordinator", "moderator", "expert")
    for what in ("appointed", "dismissed")
)
"""The notifications after which a person's commands are others."""

_HOME = ("/start", "/menu")


async def publish(bot: Bot, db: Database, administrators: frozenset[int]) -> None:
    """Tell Telegram everybody's commands and the bot's words, and the administrators theirs.

    Whoever else has a role got their commands when they were appointed.
    """
    for number, language in enumerate(LANGUAGES):
        code = None if number == 0 else language  # the first language is what everybody else sees too
        t = L10n(language)
        await bot.set_my_commands(_commands(t, EVERYONE), BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_commands(_commands(t, ("help",)), BotCommandScopeAllGroupChats(), language_code=code)
        await bot.set_my_description(t.plain("bot-description"), language_code=code)
        await bot.set_my_short_description(t.plain("bot-short-description"), language_code=code)
    for telegram_id in administrators:
        async with db.read() as session:
            person = await persons.find(session, telegram_id)
        if person is not None:  # whoever never opened the bot gets theirs with the first «/start»
            await suit(bot, db, person.id)


async def suit(bot: Bot, db: Database, person_id: int) -> None:
    """Have Telegram show a person the commands of their roles, in their language.

    What it shows already is remembered, so that this calls Telegram only when something has changed: a role, the language, the
    commands of a new version. A refusal is only written down: the next opening of the menu tries again.
    """
    async with db.read() as session:
        person = await session.get(Person, person_id)
        if person is None or person.telegram_id is None:
            return
        has = await roles.of(session, person)
    names = _names(has)
    commands = _commands(L10n(language_of(person.language_code, person.telegram_language)), names)
    wanted = _digest(commands) if names > set(EVERYONE) else None
    if wanted == person.command_menu:
        return
    scope = BotCommandScopeChat(chat_id=person.telegram_id)
    try:
        if wanted is None:
            await bot.delete_my_commands(scope)
        else:
            await bot.set_my_commands(commands, scope)
    except TelegramAPIError as error:
        log.warning("commands-not-suited", person_id=person_id, reason=reason(error))
        return
    async with db.write() as session:
        await session.execute(update(Person).where(Person.id == person_id).values(command_menu=wanted))


class SuitCommands(BaseMiddleware):
    """After «/start» and «/menu»: whatever was missed before (a bot that was blocked, a new version) is put right."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Served for messages, after their answer."""
        result = await handler(event, data)
        person: Person | None = data.get("person")
        if person is not None and isinstance(event, Message) and (event.text or "").startswith(_HOME):
            try:
                await suit(data["bot"], data["db"], person.id)
            except DATABASE_ERRORS as error:  # the menu is there; an apology after it would only frighten
                log.warning("commands-not-suited", person_id=person.id, reason=type(error).__name__)
        return result


def _names(has: Roles) -> set[str]:
    names = set(EVERYONE)
    if has.is_expert:
        names.update(EXPERT)
    if has.is_moderator:
        names.update(MODERATOR)
    if has.is_coordinator or has.is_administrator:
        names.update(COORDINATOR)
    if has.is_administrator:
        names.update(ADMINISTRATOR)
    return names


def _commands(t: L10n, names: Collection[str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=t.plain(f"command-{name}")) for name in ORDER if name in names]


def _digest(commands: list[BotCommand]) -> str:
    lines = "\n".join(f"{one.command} {one.description}" for one in commands)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
