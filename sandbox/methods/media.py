"""Sending files: one by one and as albums."""

from __future__ import annotations

from typing import Any

from aiogram.methods import SendAudio, SendDocument, SendMediaGroup, SendPhoto, SendVideo, SendVoice

from sandbox import wire
from sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT
from sandbox.methods.content import Words, caption_words
from sandbox.methods.messages import post, prepare
from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import may_write
from sandbox.parser import given
from sandbox.pictures import picture_size
from sandbox.records import Json, Media
from sandbox.refusals import WRONG_FILE, bad_request, too_large

ATTACHED = "attach://"


def take_media(ctx: Context, kind: str, source: Any, **facts: Any) -> Media:
    """The file a call sends: an upload, or one Telegram already has by its identifier.

    Refuses wrong identifiers, empty files, uploads over 50 MB (photos over 10 MB) and pictures that are none. The
    sandbox fetches nothing from the net, so an address gets the words Telegram has for one it cannot reach.
    """
    if not isinstance(source, str):
        raise bad_request(WRONG_FILE)
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not source.startswith(ATTACHED):
        return ctx.world.library.again(ctx.bot.id, kind, source)
    upload = ctx.files.get(source.removeprefix(ATTACHED))
    if upload is None:
        raise bad_request(f'{kind} is not specified: no part "{source.removeprefix(ATTACHED)}" in the request')
    size = len(upload.data)
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_LIMIT:
        raise too_large()
    if kind == "photo":
        if size > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
            )
        if picture_size(upload.data) is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
    known = {name: value for name, value in facts.items() if value is not None}
    return ctx.world.library.add(ctx.bot.id, kind, upload.name, upload.data, mime=upload.content_type, **known)


def _seconds(value: Any) -> int | None:
    return None if value is None else int(value)


@serves(SendPhoto, SendDocument, SendVoice, SendVideo, SendAudio)
def send_one(ctx: Context, method: SendPhoto | SendDocument | SendVoice | SendVideo | SendAudio) -> Json:
    """Send one file with words under it."""
    kind = method.__api_method__.removeprefix("send").lower()
    target, markup, answered = prepare(ctx, method)
    words = caption_words(ctx, method.caption, method.parse_mode, method.caption_entities)
    facts = {name: getattr(method, name, None) for name in ("width", "height", "title", "performer")}
    may_write(ctx, target)
    media = take_media(ctx, kind, getattr(method, kind), duration=_seconds(getattr(method, "duration", None)), **facts)
    ctx.spend(target.chat_id)
    message = post(ctx, target, words, markup=markup, media=media, reply_to=answered, protected=method.protect_content)
    return wire.message(ctx.world.state, message)


def album_media(ctx: Context, item: Any) -> tuple[Media, Words]:
    """One InputMedia of an album or an edit: its file and its words."""
    if item.type not in ("photo", "document", "video", "audio"):
        raise bad_request(f"the sandbox has no media of type {item.type}")
    words = caption_words(ctx, item.caption, item.parse_mode, item.caption_entities)
    facts = {name: getattr(item, name, None) for name in ("width", "height", "title", "performer")}
    return take_media(ctx, item.type, item.media, duration=_seconds(getattr(item, "duration", None)), **facts), words


@serves(SendMediaGroup)
def send_media_group(ctx: Context, method: SendMediaGroup) -> list[Json]:
    """Send 2 to 10 files as one album; documents and audio go only with their like."""
    target, _, answered = prepare(ctx, method)
    if not 2 <= len(method.media) <= 10:
        raise bad_request("there must be 2 to 10 items in the album" if method.media else "media is not specified")
    kinds = {item.type for item in method.media}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request(f"{'document' if 'document' in kinds else 'audio'} can't be mixed with other media types")
    may_write(ctx, target)
    parts = [album_media(ctx, item) for item in method.media]
    ctx.spend(target.chat_id, len(parts))
    album = str(13_000_000_000_000_000 + ctx.world.state.next_number("album"))
    posted = [
        post(ctx, target, words, media=media, reply_to=answered, protected=given(method.protect_content), album=album)
        for media, words in parts
    ]
    return [wire.message(ctx.world.state, message) for message in posted]
