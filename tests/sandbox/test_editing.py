"""Editing, deleting and answering messages: what Telegram lets a bot do to what it has sent."""

from __future__ import annotations

from datetime import timedelta

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, ReplyParameters

from tests.sandbox.conftest import House, keyboard, refused


async def test_an_edit_that_changes_nothing(door: House) -> None:
    sent = await door.bot.send_message(door.anna.id, "<b>а</b>", parse_mode="HTML", reply_markup=keyboard("б"))
    chat_id, message_id = door.anna.id, sent.message_id
    words = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
    await refused(
        door.bot.edit_message_text(
            "<b>а</b>", parse_mode="HTML", reply_markup=keyboard("б"), chat_id=chat_id, message_id=message_id
        ),
        TelegramBadRequest,
        words,
    )
    await refused(
        door.bot.edit_message_reply_markup(reply_markup=keyboard("б"), chat_id=chat_id, message_id=message_id),
        TelegramBadRequest,
        words,
    )
    assert door.anna.screen.edited_at is None
    await door.bot.edit_message_reply_markup(reply_markup=keyboard("в"), chat_id=chat_id, message_id=message_id)
    assert door.anna.screen.edited_at is None
    await door.bot.edit_message_text("а", chat_id=chat_id, message_id=message_id)
    assert (door.anna.sees, door.anna.buttons) == ("а", [])
    assert door.anna.screen.edited_at is not None


async def test_messages_that_cannot_be_edited(door: House) -> None:
    bot, anna = door.bot, door.anna
    not_found = "Bad Request: message to edit not found"
    never = "Bad Request: message can't be edited"
    await refused(bot.edit_message_text("а", chat_id=anna.id, message_id=77), TelegramBadRequest, not_found)
    own = (await anna.says("моё"))[0]
    await refused(bot.edit_message_text("а", chat_id=anna.id, message_id=own.message_id), TelegramBadRequest, never)
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]])
    with_keyboard = await bot.send_message(anna.id, "а", reply_markup=markup)
    without = await bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardRemove())
    for message in (with_keyboard, without):
        deed = bot.edit_message_text("б", chat_id=anna.id, message_id=message.message_id)
        await refused(deed, TelegramBadRequest, never)
    text = await bot.send_message(anna.id, "текст")
    await refused(
        bot.edit_message_caption(caption="б", chat_id=anna.id, message_id=text.message_id),
        TelegramBadRequest,
        "Bad Request: there is no caption in the message to edit",
    )
    photo = await anna.sends_photo()
    assert photo.file is not None
    picture = await bot.send_photo(anna.id, photo.file.file_id)
    await refused(
        bot.edit_message_text("б", chat_id=anna.id, message_id=picture.message_id),
        TelegramBadRequest,
        "Bad Request: there is no text in the message to edit",
    )
    await refused(
        bot.edit_message_text("б", inline_message_id="x"), TelegramBadRequest, "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_deleting(door: House) -> None:
    bot, anna = door.bot, door.anna
    old = await bot.send_message(anna.id, "старое")
    door.world.shift(timedelta(hours=47))
    await bot.send_message(anna.id, "новее")
    door.world.shift(timedelta(hours=1, seconds=2))
    await refused(
        bot.delete_message(anna.id, old.message_id),
        TelegramBadRequest,
        "Bad Request: message can't be deleted for everyone",
    )
    await bot.delete_message(anna.id, old.message_id + 1)
    gone = "Bad Request: message to delete not found"
    await refused(bot.delete_message(anna.id, old.message_id + 1), TelegramBadRequest, gone)
    assert [message.text for message in anna.messages] == ["старое"]
    await bot.edit_message_text("отозвано", chat_id=anna.id, message_id=old.message_id)
    assert await bot.delete_messages(anna.id, [old.message_id, 999])
    assert anna.sees == "отозвано"
    await refused(
        bot.delete_messages(anna.id, list(range(1, 102))),
        TelegramBadRequest,
        "Bad Request: too many message identifiers specified",
    )


async def test_answering_what_is_not_there(door: House) -> None:
    bot, anna = door.bot, door.anna
    words = "Bad Request: message to be replied not found"
    parameters = ReplyParameters(message_id=99)
    await refused(bot.send_message(anna.id, "а", reply_parameters=parameters), TelegramBadRequest, words)
    parameters = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    await bot.send_message(anna.id, "б", reply_parameters=parameters)
    own = (await anna.says("вопрос"))[0]
    answer = await bot.send_message(anna.id, "ответ", reply_parameters=ReplyParameters(message_id=own.message_id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "вопрос"
    assert anna.screen.reply_to is not None
    assert anna.screen.reply_to.text == "вопрос"
