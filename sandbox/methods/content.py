"""What a call wants to show: text with its entities, keyboards, the message it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from sandbox.entities import CAPTION_LIMIT, TYPED_LIMIT, find_entities, trim, utf16_length
from sandbox.html_parser import parse_html
from sandbox.methods.registry import Context
from sandbox.methods.targets import Target
from sandbox.parser import given
from sandbox.records import Json
from sandbox.refusals import Refusal, bad_request

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_DATA_BYTES = 64


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its entities, ready to be kept."""

    text: str
    entities: tuple[Json, ...] = ()


def formatted(ctx: Context, text: str, parse_mode: Any, entities: Sequence[MessageEntity] | None) -> Words:
    """Read a text in its parse mode, trim it and find links and commands; refuses broken HTML and unknown modes."""
    mode = given(parse_mode)
    found: list[Json] = []
    if entities:
        found = [_known_entity(ctx, entity.model_dump(mode="json", exclude_none=True)) for entity in entities]
        length = utf16_length(text)
        if any(entity["offset"] < 0 or entity["offset"] + entity["length"] > length for entity in found):
            raise bad_request("entity beyond the end of the text")
    elif mode:
        if str(mode).lower() in ("markdown", "markdownv2"):
            ctx.world.journal.fault(f"parse_mode {mode} is not read by the sandbox: use HTML")
            raise bad_request(f"the sandbox reads HTML only, not {mode}")
        if str(mode).lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, found = parse_html(text)
        found = [_known_entity(ctx, entity) for entity in found]
    kept, moved = trim(text, found)
    return Words(kept, tuple(find_entities(kept, moved)))


def _known_entity(ctx: Context, entity: Json) -> Json:
    """`tg://user?id=` becomes a mention if the bot may know that person, as on Telegram."""
    url = str(entity.get("url", ""))
    if entity["type"] != "text_link" or not url.startswith("tg://user?id="):
        return entity
    number = url.removeprefix("tg://user?id=")
    person = ctx.world.state.people.get(int(number)) if number.isdigit() else None
    if person is None:
        return entity
    user = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    return {"type": "text_mention", "offset": entity["offset"], "length": entity["length"], "user": user}


def message_words(ctx: Context, text: str, parse_mode: Any, entities: Sequence[MessageEntity] | None) -> Words:
    """The words of a text message: 1 to 4096 after entities, counted in UTF-16."""
    if not text:
        raise bad_request("message text is empty")
    words = formatted(ctx, text, parse_mode, entities)
    if not words.text:
        raise bad_request("text must be non-empty")
    if utf16_length(words.text) > TYPED_LIMIT:
        raise bad_request("message is too long")
    return words


def caption_words(
    ctx: Context, caption: str | None, parse_mode: Any, entities: Sequence[MessageEntity] | None
) -> Words:
    """The words under a file: at most 1024 after entities."""
    words = formatted(ctx, caption or "", parse_mode, entities)
    if utf16_length(words.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words


def inline_keyboard(markup: InlineKeyboardMarkup | None) -> Json | None:
    """An inline keyboard in Telegram's JSON; None for one without buttons. Refuses what Telegram's server refuses."""
    if markup is None:
        return None
    rows = [[_checked_button(button) for button in row] for row in markup.inline_keyboard if row]
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _checked_button(button: InlineKeyboardButton) -> Json:
    raw = button.model_dump(mode="json", exclude_none=True)
    if not button.text:
        raise bad_request("inline keyboard button text must be non-empty")
    if len(raw.keys() - {"text", "style", "icon_custom_emoji_id"}) == 0:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url is not None:
        raw["url"] = _checked_url(button.url)
    return raw


def _checked_url(url: str) -> str:
    if url.startswith(("tg://", "ton://", "mailto:", "tel:")):
        return url
    whole = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        raise _wrong_url(url) from None
    if parts.scheme not in ("http", "https") or "." not in host or " " in url:
        raise _wrong_url(url)
    return whole if parts.path or parts.query else f"{whole}/"


def _wrong_url(url: str) -> Refusal:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


@dataclass(frozen=True, slots=True)
class Markup:
    """A reply markup taken apart: the inline keyboard, or what happens to the person's reply keyboard."""

    inline: Json | None = None
    other: bool = False
    reply_keyboard: Json | None = None


def reply_markup(markup: Any) -> Markup:
    """Read any of the four kinds of reply markup; refuses what Telegram's server refuses."""
    if markup is None:
        return Markup()
    if isinstance(markup, InlineKeyboardMarkup):
        return Markup(inline=inline_keyboard(markup))
    if isinstance(markup, ReplyKeyboardMarkup):
        rows = [row for row in markup.keyboard if row]
        if any(not button.text for row in rows for button in row):
            raise bad_request("keyboard button text must be non-empty")
        if sum(map(len, rows)) > 3 * MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        keyboard: Json = markup.model_dump(mode="json", exclude_none=True)
        return Markup(other=True, reply_keyboard=keyboard if rows else None)
    return Markup(other=True, reply_keyboard={} if isinstance(markup, ReplyKeyboardRemove) else None)


def answered_message(
    ctx: Context, target: Target, parameters: ReplyParameters | None, old_id: int | None, old_allow: bool | None
) -> int | None:
    """The message a call answers; refuses «message to be replied not found» unless it may go without.

    Both `reply_parameters` and the older `reply_to_message_id` are read. Answers to another chat are refused: no
    screen of ours needs them.
    """
    message_id = parameters.message_id if parameters is not None else old_id
    if message_id is None:
        return None
    elsewhere = parameters.chat_id if parameters is not None else None
    allowed = given(parameters.allow_sending_without_reply) if parameters is not None else old_allow
    found = elsewhere in (None, target.chat_id) and ctx.world.state.messages.find(target.key, message_id) is not None
    if found:
        return message_id
    if allowed:
        return None
    raise bad_request("message to be replied not found")
