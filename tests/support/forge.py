"""Done once in the fork server, so that no forged process has to: slow imports, the texts, types built on first use."""

from importlib import import_module
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetMe,
    GetUpdates,
    Response,
    SendMessage,
    SetMyCommands,
    SetMyDescription,
    TelegramMethod,
)
from sqlalchemy.orm import configure_mappers

from screens.l10n import LANGUAGES, L10n

METHODS: tuple[type[TelegramMethod[Any]], ...] = (
    AnswerCallbackQuery,
    EditMessageText,
    GetMe,
    GetUpdates,
    SendMessage,
    SetMyCommands,
    SetMyDescription,
)

for name in ("bot.serve", "sandbox.__main__", "aiosqlite", "alembic.command", "alembic.runtime.migration", "uvloop"):
    import_module(name)
configure_mappers()
for language in LANGUAGES:
    L10n(language)
for method in METHODS:
    Response.__class_getitem__(method.__returning__)  # pydantic builds the type of this answer here and keeps it
