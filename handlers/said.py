"""What a message says, as the dialogs see it."""

from __future__ import annotations

from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, MessageOriginChannel, MessageOriginChat

from dialogs.questions import Said

SAID = F.content_type.in_(
    {
        ContentType.TEXT,
        ContentType.PHOTO,
        ContentType.DOCUMENT,
        ContentType.VOICE,
        ContentType.AUDIO,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.ANIMATION,
        ContentType.STICKER,
        ContentType.CONTACT,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.VENUE,
        ContentType.POLL,
        ContentType.DICE,
        ContentType.STORY,
        ContentType.CHECKLIST,
        ContentType.PAID_MEDIA,
        ContentType.GAME,
    }
)
"""What a person sends on purpose; a pinned message, a changed timer or picture of the chat says nothing to the bot."""


def said_of(message: Message) -> Said:
    """The text (or caption) with its formatting, and the file if there is one."""
    text = message.text if message.text is not None else message.caption
    file = _file(message)
    return Said(
        text=text,
        html=message.html_text if text is not None else None,
        files=(file,) if file else (),
        message_id=message.message_id,
        album=message.media_group_id,
        sent_at=message.date,
        origin=_origin(message),
    )


def _origin(message: Message) -> dict[str, str] | None:
    """The channel or chat whose post was forwarded; a person who is passed on is not named to others."""
    match message.forward_origin:
        case MessageOriginChannel(chat=chat) if chat.title:
            return {"kind": "channel", "title": chat.title}
        case MessageOriginChat(sender_chat=chat) if chat.title:
            return {"kind": "chat", "title": chat.title}
    return None


def _file(message: Message) -> dict[str, Any] | None:
    if message.photo:
        largest = message.photo[-1]
        return _described("photo", largest.file_id, largest.file_unique_id, None, largest.file_size)
    for kind in ("document", "voice", "audio", "video", "video_note", "animation"):
        media = getattr(message, kind)
        if media is not None:
            name = getattr(media, "file_name", None)
            return _described(kind, media.file_id, media.file_unique_id, name, media.file_size)
    return None


def _described(kind: str, file_id: str, unique_id: str, name: str | None, size: int | None) -> dict[str, Any]:
    return {"kind": kind, "file_id": file_id, "unique_id": unique_id, "name": name, "size": size}


def said_before(call: CallbackQuery) -> Said | None:
    """The message that the pressed button's screen answers to (ADR 0007), if Telegram still knows it."""
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage) or message.reply_to_message is None:
        return None
    return said_of(message.reply_to_message)


def typed_before(call: CallbackQuery) -> str:
    """The words that the pressed button's screen answers to (ADR 0007); empty when they are gone, or the screen is too old."""
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage) or message.reply_to_message is None:
        return ""
    return (message.reply_to_message.text or "")[:200]
