"""Commands, names, chats, pins and reactions."""

from __future__ import annotations

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    ReactionTypeEmoji,
    ReactionTypeUnion,
)

from sandbox import Visitor
from sandbox.methods.commands import commands_for
from tests.sandbox.conftest import House


def menu(visitor: Visitor) -> list[str]:
    return [command["command"] for command in commands_for(visitor.world, visitor.bot_id, visitor.id)]


async def test_commands_by_scope_and_language(door: House) -> None:
    bot, anna = door.bot, door.anna
    john = door.world.visitor("John", language="en-GB")
    default = [BotCommand(command="start", description="Начать"), BotCommand(command="/menu", description="Меню")]
    await bot.set_my_commands(default)
    assert (menu(anna), menu(john)) == (["start", "menu"], ["start", "menu"])
    english = [BotCommand(command="start", description="Start")]
    await bot.set_my_commands(english, language_code="en")
    assert (menu(anna), menu(john)) == (["start", "menu"], ["start"])
    private = [BotCommand(command="help", description="Помощь")]
    await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats())
    assert (menu(anna), menu(john)) == (["help"], ["help"])
    own = BotCommandScopeChat(chat_id=anna.id)
    await bot.set_my_commands([BotCommand(command="admin", description="Управление")], scope=own)
    assert (menu(anna), menu(john)) == (["admin"], ["help"])
    assert [command.command for command in await bot.get_my_commands(scope=own)] == ["admin"]
    assert [command.command for command in await bot.get_my_commands()] == ["start", "menu"]
    await bot.delete_my_commands(scope=own)
    assert (menu(anna), await bot.get_my_commands(scope=own)) == (["help"], [])
    for command, words in (
        (BotCommand(command="Меню", description="а"), "BOT_COMMAND_INVALID"),
        (BotCommand(command="menu", description=" "), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ):
        with pytest.raises(TelegramBadRequest, match=words):
            await bot.set_my_commands([command])


async def test_names_and_descriptions(door: House) -> None:
    bot = door.bot
    assert (await bot.get_my_name()).name == "Методсеть"
    await bot.set_my_name("Сеть")
    await bot.set_my_name("Network", language_code="en")
    assert ((await bot.get_my_name()).name, (await bot.get_me()).first_name) == ("Сеть", "Сеть")
    assert (await bot.get_my_name(language_code="en")).name == "Network"
    await bot.set_my_description("Что умеет бот")
    await bot.set_my_short_description("Коротко")
    assert (await bot.get_my_description(language_code="en")).description == "Что умеет бот"
    assert (await bot.get_my_short_description()).short_description == "Коротко"
    with pytest.raises(TelegramBadRequest, match="bot name is too long"):
        await bot.set_my_name("я" * 65)


async def test_the_menu_button(door: House) -> None:
    assert (await door.bot.get_chat_menu_button()).type == "default"
    await door.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await door.bot.get_chat_menu_button(chat_id=door.anna.id)).type == "commands"


async def test_pins(door: House) -> None:
    bot, anna = door.bot, door.anna
    first = await bot.send_message(anna.id, "первое")
    second = await bot.send_message(anna.id, "второе")
    await bot.pin_chat_message(anna.id, first.message_id)
    await bot.pin_chat_message(anna.id, second.message_id)
    chat = await bot.get_chat(anna.id)
    assert chat.pinned_message is not None
    assert (chat.first_name, chat.pinned_message.text) == ("Анна", "второе")
    await bot.unpin_chat_message(anna.id)
    assert anna.dialogue.pinned == (first.message_id,)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await bot.unpin_chat_message(anna.id, message_id=second.message_id)
    await bot.unpin_all_chat_messages(anna.id)
    assert (await bot.get_chat(anna.id)).pinned_message is None
    with pytest.raises(TelegramBadRequest, match="message to pin not found"):
        await bot.pin_chat_message(anna.id, 99)


async def test_reactions(door: House) -> None:
    mine = (await door.anna.says("вопрос"))[0]
    await door.bot.set_message_reaction(door.anna.id, mine.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert [reaction["emoji"] for reaction in door.anna.messages[0].reactions] == ["👍"]
    two: list[ReactionTypeUnion] = [ReactionTypeEmoji(emoji="👍"), ReactionTypeEmoji(emoji="🔥")]
    with pytest.raises(TelegramBadRequest, match="REACTIONS_TOO_MANY"):
        await door.bot.set_message_reaction(door.anna.id, mine.message_id, two)
    await door.bot.set_message_reaction(door.anna.id, mine.message_id)
    assert list(door.anna.messages[0].reactions) == []


async def test_mentions_by_number_need_somebody(door: House) -> None:
    html = f'<a href="tg://user?id={door.anna.id}">Анна</a> <a href="tg://user?id=1">кто-то</a>'
    sent = await door.bot.send_message(door.anna.id, html, parse_mode="HTML")
    assert sent.entities is not None
    assert [entity.type for entity in sent.entities] == ["text_mention", "text_link"]
    assert sent.entities[0].user is not None
    assert sent.entities[0].user.id == door.anna.id
