"""The bot's face: commands by scope and language, names, descriptions, the menu button."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from aiogram.methods import (
    DeleteMyCommands,
    GetChatMenuButton,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)

from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import find_target
from sandbox.records import BotText, CommandList, Json
from sandbox.refusals import bad_request
from sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def _scope(ctx: Context, scope: Any) -> str:
    """A scope as a string; refuses a chat that does not exist."""
    if scope is None:
        return "default"
    chat_id = getattr(scope, "chat_id", None)
    if chat_id is not None:
        chat_id = find_target(ctx, chat_id).chat_id
    return ":".join(str(part) for part in (scope.type, chat_id, getattr(scope, "user_id", None)) if part is not None)


def _language(code: str | None) -> str:
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code or ""


@serves(SetMyCommands)
def set_commands(ctx: Context, method: SetMyCommands) -> bool:
    """Set the `/` menu of a scope and language: at most 100, names of a-z, 0-9 and _, words of 1 to 256."""
    if len(method.commands) > 100:
        raise bad_request("too much commands specified")
    commands: list[Json] = []
    for command in method.commands:
        name = command.command.removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description.strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": command.description.strip()})
    scope, language = _scope(ctx, method.scope), _language(method.language_code)
    ctx.world.state.commands.put(CommandList(ctx.bot.id, scope, language, tuple(commands)))
    return True


@serves(DeleteMyCommands)
def delete_commands(ctx: Context, method: DeleteMyCommands) -> bool:
    """Forget the menu of a scope and language; the wider one shows again."""
    ctx.world.state.commands.drop((ctx.bot.id, _scope(ctx, method.scope), _language(method.language_code)))
    return True


@serves(GetMyCommands)
def get_commands(ctx: Context, method: GetMyCommands) -> list[Json]:
    """The menu set for exactly this scope and language."""
    row = ctx.world.state.commands.get((ctx.bot.id, _scope(ctx, method.scope), _language(method.language_code)))
    return list(row.commands) if row is not None else []


def commands_for(world: World, bot_id: int, person_id: int) -> list[Json]:
    """The menu a person sees in the private chat: the narrowest scope first, in each their language first.

    https://core.telegram.org/bots/api#determining-list-of-commands
    """
    language = world.state.people[person_id].language_code[:2]
    for scope in (f"chat:{person_id}", "all_private_chats", "default"):
        for code in dict.fromkeys((language, "")):
            row = world.state.commands.get((bot_id, scope, code))
            if row is not None and row.commands:
                return list(row.commands)
    return []


def _set_text(ctx: Context, field: str, text: str | None, language_code: str | None) -> bool:
    words = (text or "").strip()
    if len(words) > _LIMITS[field]:
        raise bad_request(f"bot {field.replace('_', ' ')} is too long")
    language = _language(language_code)
    key = (ctx.bot.id, field, language)
    if words or field == "name":
        ctx.world.state.bot_texts.put(BotText(*key, words))
    else:
        ctx.world.state.bot_texts.drop(key)
    if not language:
        _rename(ctx, field, words)
    return True


def _rename(ctx: Context, field: str, words: str) -> None:
    """Keep the text for all languages with the bot itself, where getMe and the web chat look."""
    bot = ctx.world.state.bots[ctx.bot.id]
    if field == "name":
        bot = replace(bot, first_name=words or bot.first_name)
    elif field == "description":
        bot = replace(bot, description=words)
    else:
        bot = replace(bot, short_description=words)
    ctx.world.state.bots.put(bot)


def _get_text(ctx: Context, field: str, language_code: str | None) -> str:
    rows = ctx.world.state.bot_texts
    row = rows.get((ctx.bot.id, field, _language(language_code))) or rows.get((ctx.bot.id, field, ""))
    if row is not None and row.text:
        return row.text
    return ctx.bot.first_name if field == "name" else ""


@serves(SetMyName)
def set_name(ctx: Context, method: SetMyName) -> bool:
    """Set the bot's name for a language."""
    return _set_text(ctx, "name", method.name, method.language_code)


@serves(GetMyName)
def get_name(ctx: Context, method: GetMyName) -> Json:
    """The bot's name for a language."""
    return {"name": _get_text(ctx, "name", method.language_code)}


@serves(SetMyDescription)
def set_description(ctx: Context, method: SetMyDescription) -> bool:
    """Set what an empty chat shows before «Start»."""
    return _set_text(ctx, "description", method.description, method.language_code)


@serves(GetMyDescription)
def get_description(ctx: Context, method: GetMyDescription) -> Json:
    """What an empty chat shows before «Start»."""
    return {"description": _get_text(ctx, "description", method.language_code)}


@serves(SetMyShortDescription)
def set_short_description(ctx: Context, method: SetMyShortDescription) -> bool:
    """Set what the bot's profile says."""
    return _set_text(ctx, "short_description", method.short_description, method.language_code)


@serves(GetMyShortDescription)
def get_short_description(ctx: Context, method: GetMyShortDescription) -> Json:
    """What the bot's profile says."""
    return {"short_description": _get_text(ctx, "short_description", method.language_code)}


@serves(SetChatMenuButton)
def set_menu_button(ctx: Context, method: SetChatMenuButton) -> bool:
    """Set the button beside the input field, for one chat or for all."""
    button = method.menu_button.model_dump(mode="json", exclude_none=True) if method.menu_button else None
    if method.chat_id is None:
        ctx.world.state.bot_texts.put(BotText(ctx.bot.id, "menu_button", "", json.dumps(button or {"type": "default"})))
        return True
    target = find_target(ctx, method.chat_id)
    if target.dialogue is None:
        raise bad_request("chat not found")
    ctx.world.state.dialogues.put(replace(target.dialogue, menu_button=button))
    return True


@serves(GetChatMenuButton)
def get_menu_button(ctx: Context, method: GetChatMenuButton) -> Json:
    """The button beside the input field."""
    if method.chat_id is not None:
        target = find_target(ctx, method.chat_id)
        if target.dialogue is not None and target.dialogue.menu_button is not None:
            return target.dialogue.menu_button
    row = ctx.world.state.bot_texts.get((ctx.bot.id, "menu_button", ""))
    button: Json = json.loads(row.text) if row is not None else {"type": "default"}
    return button
