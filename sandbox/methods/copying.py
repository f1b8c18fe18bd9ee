"""Copying and forwarding messages."""

from __future__ import annotations

import itertools

from aiogram.methods import CopyMessage, CopyMessages, ForwardMessage

from sandbox import wire
from sandbox.methods.content import Markup, Words, answered_message, caption_words, reply_markup
from sandbox.methods.messages import post
from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import Target, find_message, find_target, may_write
from sandbox.records import Json, Media, Message
from sandbox.refusals import bad_request


def _source(ctx: Context, chat_id: int | str, message_id: int, purpose: str) -> Message:
    message = find_message(ctx, find_target(ctx, chat_id), message_id, purpose)
    if message.protected:
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


def _media(ctx: Context, message: Message) -> Media | None:
    return message.media and ctx.world.library.for_bot(ctx.bot.id, message.media)


@serves(CopyMessage)
def copy_message(ctx: Context, method: CopyMessage) -> Json:
    """Send the contents of a message anew, without its keyboard and without a link to the original."""
    target = find_target(ctx, method.chat_id)
    source = _source(ctx, method.from_chat_id, method.message_id, "copy")
    markup = reply_markup(method.reply_markup)
    answered = answered_message(
        ctx, target, method.reply_parameters, method.reply_to_message_id, method.allow_sending_without_reply
    )
    words = Words(source.text, source.entities)
    if method.caption is not None and source.media is not None:
        words = caption_words(ctx, method.caption, method.parse_mode, method.caption_entities)
    may_write(ctx, target)
    ctx.spend(target.chat_id)
    copy = post(
        ctx,
        target,
        words,
        markup=markup,
        media=_media(ctx, source),
        reply_to=answered,
        protected=method.protect_content,
    )
    return {"message_id": copy.message_id}


@serves(CopyMessages)
def copy_messages(ctx: Context, method: CopyMessages) -> list[Json]:
    """Copy up to 100 messages in rising order; those that cannot be found or copied are skipped."""
    target = find_target(ctx, method.chat_id)
    origin = find_target(ctx, method.from_chat_id)
    _check_order(method.message_ids)
    found = [ctx.world.state.messages.find(origin.key, number) for number in method.message_ids]
    sources = [message for message in found if message is not None and not message.protected]
    if not sources:
        raise bad_request("there are no messages to copy")
    may_write(ctx, target)
    ctx.spend(target.chat_id, len(sources))
    albums: dict[str, str] = {}
    copies = [_copy_part(ctx, target, source, albums, remove_caption=bool(method.remove_caption)) for source in sources]
    return [{"message_id": copy.message_id} for copy in copies]


def _check_order(numbers: list[int]) -> None:
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many messages to copy")
    if any(one >= other for one, other in itertools.pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")


def _copy_part(
    ctx: Context, target: Target, source: Message, albums: dict[str, str], *, remove_caption: bool
) -> Message:
    """Copy one of many; parts of an album stay an album."""
    album = source.media_group_id
    if album is not None and album not in albums:
        albums[album] = str(13_000_000_000_000_000 + ctx.world.state.next_number("album"))
    bare = remove_caption and source.media is not None
    words = Words("") if bare else Words(source.text, source.entities)
    return post(ctx, target, words, markup=Markup(), media=_media(ctx, source), album=albums[album] if album else None)


@serves(ForwardMessage)
def forward_message(ctx: Context, method: ForwardMessage) -> Json:
    """Forward a message with the name of whoever wrote it first."""
    target = find_target(ctx, method.chat_id)
    source = _source(ctx, method.from_chat_id, method.message_id, "forward")
    may_write(ctx, target)
    ctx.spend(target.chat_id)
    origin = source.forward or {
        "type": "user",
        "date": source.date,
        "sender_user": wire.sender(ctx.world.state, source.sender_id),
    }
    forwarded = post(
        ctx,
        target,
        Words(source.text, source.entities),
        media=_media(ctx, source),
        protected=method.protect_content,
        forward=origin,
    )
    return wire.message(ctx.world.state, forwarded)
