"""Sending texts, deleting, chat actions, reactions and pins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram.enums import ChatAction
from aiogram.methods import (
    DeleteMessage,
    DeleteMessages,
    PinChatMessage,
    SendChatAction,
    SendMessage,
    SetMessageReaction,
    UnpinAllChatMessages,
    UnpinChatMessage,
)

from sandbox import wire
from sandbox.methods.content import Markup, Words, answered_message, message_words, reply_markup
from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import Target, find_message, find_target, may_write
from sandbox.parser import given
from sandbox.records import Json, Media, Message
from sandbox.refusals import Refusal, bad_request

DELETABLE_FOR = timedelta(hours=48)


def post(
    ctx: Context,
    target: Target,
    words: Words,
    *,
    markup: Markup | None = None,
    media: Media | None = None,
    reply_to: int | None = None,
    protected: Any = None,
    album: str | None = None,
    forward: Json | None = None,
) -> Message:
    """Put a message of the bot into a chat and let it work on the person's reply keyboard."""
    markup = markup or Markup()
    message = ctx.world.post(
        Message(
            bot_id=target.key[0],
            chat_id=target.chat_id,
            message_id=ctx.world.next_message_id(*target.key),
            sender_id=ctx.bot.id,
            date=ctx.world.clock.timestamp(),
            text=words.text,
            entities=words.entities,
            media=media,
            media_group_id=album,
            reply_to=reply_to,
            forward=forward,
            keyboard=markup.inline,
            other_markup=markup.other,
            protected=bool(given(protected)),
        )
    )
    if markup.reply_keyboard is not None and target.person is not None:
        dialogue = ctx.world.dialogue(ctx.bot.id, target.chat_id)
        ctx.world.state.dialogues.put(replace(dialogue, reply_keyboard=markup.reply_keyboard or None))
        ctx.world.emit("keyboard", person_id=target.chat_id, bot_id=ctx.bot.id)
    return message


def prepare(ctx: Context, method: Any) -> tuple[Target, Markup, int | None]:
    """What all sending methods share: the chat, the markup, the message answered."""
    target = find_target(ctx, method.chat_id)
    markup = reply_markup(getattr(method, "reply_markup", None))
    answered = answered_message(
        ctx, target, method.reply_parameters, method.reply_to_message_id, method.allow_sending_without_reply
    )
    return target, markup, answered


@serves(SendMessage)
def send_message(ctx: Context, method: SendMessage) -> Json:
    """Send a text."""
    target, markup, answered = prepare(ctx, method)
    words = message_words(ctx, method.text, method.parse_mode, method.entities)
    may_write(ctx, target)
    ctx.spend(target.chat_id)
    message = post(ctx, target, words, markup=markup, reply_to=answered, protected=method.protect_content)
    return wire.message(ctx.world.state, message)


def _check_deletable(ctx: Context, target: Target, message: Message) -> None:
    """In a private chat everything younger than 48 hours; in groups the bot's own (it is no administrator)."""
    if target.group is not None and message.sender_id != ctx.bot.id:
        raise bad_request("message can't be deleted")
    if ctx.world.now().timestamp() - message.date > DELETABLE_FOR.total_seconds():
        raise bad_request("message can't be deleted for everyone")


def _delete(ctx: Context, target: Target, messages: list[Message]) -> None:
    for message in messages:
        ctx.world.state.messages.put(replace(message, deleted=True))
    if messages:
        ctx.world.emit("delete", messages=messages)


@serves(DeleteMessage)
def delete_message(ctx: Context, method: DeleteMessage) -> bool:
    """Delete one message for everyone."""
    target = find_target(ctx, method.chat_id)
    message = find_message(ctx, target, method.message_id, "delete")
    _check_deletable(ctx, target, message)
    _delete(ctx, target, [message])
    return True


@serves(DeleteMessages)
def delete_messages(ctx: Context, method: DeleteMessages) -> bool:
    """Delete up to 100 messages; those that are not there are skipped."""
    target = find_target(ctx, method.chat_id)
    if not method.message_ids:
        raise bad_request("message identifiers are not specified")
    if len(method.message_ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [ctx.world.state.messages.find(target.key, number) for number in method.message_ids]
    deletable: list[Message] = []
    for message in found:
        if message is None:
            continue
        try:
            _check_deletable(ctx, target, message)
        except Refusal:
            continue  # Telegram skips what cannot be deleted and says nothing
        deletable.append(message)
    _delete(ctx, target, deletable)
    return True


@serves(SendChatAction)
def send_chat_action(ctx: Context, method: SendChatAction) -> bool:
    """Show «печатает…» and the like."""
    if method.action not in {action.value for action in ChatAction}:
        raise bad_request("wrong parameter action in request")
    target = find_target(ctx, method.chat_id)
    may_write(ctx, target)
    ctx.world.emit("action", person_id=target.chat_id, bot_id=ctx.bot.id, action=method.action)
    return True


@serves(SetMessageReaction)
def set_message_reaction(ctx: Context, method: SetMessageReaction) -> bool:
    """React to a message; bots may set at most one reaction."""
    target = find_target(ctx, method.chat_id)
    message = find_message(ctx, target, method.message_id, "react")
    reactions = [reaction.model_dump(mode="json", exclude_none=True) for reaction in method.reaction or []]
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    ctx.world.alter(replace(message, reactions=tuple(reactions)))
    return True


def _set_pins(ctx: Context, target: Target, pins: tuple[int, ...]) -> bool:
    if target.dialogue is not None:
        ctx.world.state.dialogues.put(replace(target.dialogue, pinned=pins))
    return True


@serves(PinChatMessage)
def pin_message(ctx: Context, method: PinChatMessage) -> bool:
    """Pin a message in a private chat."""
    target = find_target(ctx, method.chat_id)
    message = find_message(ctx, target, method.message_id, "pin")
    may_write(ctx, target)
    if target.group is not None:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    before = target.dialogue.pinned if target.dialogue is not None else ()
    return _set_pins(ctx, target, (*(one for one in before if one != message.message_id), message.message_id))


@serves(UnpinChatMessage)
def unpin_message(ctx: Context, method: UnpinChatMessage) -> bool:
    """Unpin one message, by default the newest pin."""
    target = find_target(ctx, method.chat_id)
    before = target.dialogue.pinned if target.dialogue is not None else ()
    if method.message_id is None:
        return _set_pins(ctx, target, before[:-1])
    if method.message_id not in before:
        raise bad_request("message to unpin not found")
    return _set_pins(ctx, target, tuple(one for one in before if one != method.message_id))


@serves(UnpinAllChatMessages)
def unpin_all_messages(ctx: Context, method: UnpinAllChatMessages) -> bool:
    """Unpin everything."""
    return _set_pins(ctx, find_target(ctx, method.chat_id), ())
