"""Editing what the bot has sent: text, caption, media, keyboard; and answering presses."""

from __future__ import annotations

from dataclasses import replace

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
)

from sandbox import wire
from sandbox.clock import real_seconds
from sandbox.methods.content import caption_words, inline_keyboard, message_words
from sandbox.methods.media import album_media
from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import find_message, find_target
from sandbox.records import Json, Message
from sandbox.refusals import NOT_MODIFIED, QUERY_TOO_OLD, bad_request, forbidden

ALERT_LIMIT = 200


def _editable(ctx: Context, chat_id: int | str | None, message_id: int | None, inline_id: str | None) -> Message:
    """The bot's message to edit; only its own, and only with an inline keyboard or none. Age does not matter."""
    if inline_id is not None:
        raise bad_request("MESSAGE_ID_INVALID")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    target = find_target(ctx, chat_id)
    message = find_message(ctx, target, message_id, "edit")
    if target.person is not None and target.person.deactivated:
        raise forbidden("user is deactivated")
    if message.sender_id != ctx.bot.id or message.other_markup or message.forward is not None:
        raise bad_request("message can't be edited")
    return message


def _edited(ctx: Context, before: Message, after: Message) -> Json:
    """Keep an edit; refuses one that changes nothing. A keyboard alone leaves no mark «изменено»."""
    if before == after:
        raise bad_request(NOT_MODIFIED)
    ctx.spend(before.chat_id)
    if replace(after, keyboard=before.keyboard) != before:
        after = replace(after, edit_date=ctx.world.clock.timestamp())
    return wire.message(ctx.world.state, ctx.world.alter(after))


@serves(EditMessageText)
def edit_message_text(ctx: Context, method: EditMessageText) -> Json:
    """Change the text; the keyboard becomes the one given, or none."""
    message = _editable(ctx, method.chat_id, method.message_id, method.inline_message_id)
    words = message_words(ctx, method.text or "", method.parse_mode, method.entities)
    keyboard = inline_keyboard(method.reply_markup)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edited(ctx, message, replace(message, text=words.text, entities=words.entities, keyboard=keyboard))


@serves(EditMessageCaption)
def edit_message_caption(ctx: Context, method: EditMessageCaption) -> Json:
    """Change the words under a file."""
    message = _editable(ctx, method.chat_id, method.message_id, method.inline_message_id)
    words = caption_words(ctx, method.caption, method.parse_mode, method.caption_entities)
    keyboard = inline_keyboard(method.reply_markup)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edited(ctx, message, replace(message, text=words.text, entities=words.entities, keyboard=keyboard))


@serves(EditMessageReplyMarkup)
def edit_message_reply_markup(ctx: Context, method: EditMessageReplyMarkup) -> Json:
    """Change only the keyboard."""
    message = _editable(ctx, method.chat_id, method.message_id, method.inline_message_id)
    return _edited(ctx, message, replace(message, keyboard=inline_keyboard(method.reply_markup)))


@serves(EditMessageMedia)
def edit_message_media(ctx: Context, method: EditMessageMedia) -> Json:
    """Put another file in the place of the old one (or of a text)."""
    message = _editable(ctx, method.chat_id, method.message_id, method.inline_message_id)
    media, words = album_media(ctx, method.media)
    keyboard = inline_keyboard(method.reply_markup)
    return _edited(
        ctx, message, replace(message, media=media, text=words.text, entities=words.entities, keyboard=keyboard)
    )


@serves(AnswerCallbackQuery)
def answer_callback_query(ctx: Context, method: AnswerCallbackQuery) -> bool:
    """Answer a press, once and soon; a second answer is written down as a fault of the bot."""
    callback = ctx.world.state.callbacks.get(method.callback_query_id)
    if callback is None or callback.bot_id != ctx.bot.id:
        raise bad_request(QUERY_TOO_OLD)
    if callback.answered:
        ctx.world.journal.fault(f"the press {callback.data!r} of person {callback.person_id} was answered twice")
        raise bad_request(QUERY_TOO_OLD)
    if real_seconds() - callback.asked_at > ctx.world.callback_lifetime:
        raise bad_request(QUERY_TOO_OLD)
    text = method.text or ""
    if len(text) > ALERT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    alert = bool(method.show_alert)
    answered = ctx.world.state.callbacks.put(
        replace(callback, answered=True, text=text, alert=alert, url=method.url or "")
    )
    dialogue = ctx.world.dialogue(ctx.bot.id, callback.person_id)
    notice = {"text": text, "alert": alert, "url": method.url or ""}
    ctx.world.state.dialogues.put(replace(dialogue, notice=notice))
    ctx.world.emit("answer", callback=answered)
    return True
