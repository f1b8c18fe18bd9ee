"""One parser for both doors: the fields of a request become an aiogram method object.

Over HTTP every value is a string, so JSON is decoded only where the method's annotation has no room for a string;
in process the session makes the same strings first.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from pydantic import ValidationError

from sandbox.refusals import Refusal, bad_request, method_not_found


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a request."""

    name: str
    data: bytes
    content_type: str = ""


@dataclass(slots=True)
class Request:
    """What came through a door: a token, a method's name, its fields and its files."""

    token: str
    method: str
    fields: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)


@cache
def known_methods() -> dict[str, type[TelegramMethod[Any]]]:
    """Every method aiogram knows, by its lower-case name (Telegram ignores case in method names)."""
    classes = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    return {
        cls.__api_method__.lower(): cls
        for cls in classes
        if isinstance(cls, type) and issubclass(cls, TelegramMethod) and cls is not TelegramMethod
    }


@cache
def _takes_text(method: type[TelegramMethod[Any]], name: str) -> bool:
    """Whether a field may be a string as it is."""
    info = method.model_fields.get(name)
    return info is None or _has_str(info.annotation)


def _has_str(annotation: Any) -> bool:
    if annotation is str:
        return True
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated or origin is typing.Union or origin is types.UnionType:
        return any(_has_str(part) for part in typing.get_args(annotation))
    return False


def _decoded(method: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in ("chat_id", "from_chat_id"):
        return int(value) if value.lstrip("-").isdigit() else value
    if _takes_text(method, name):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # «true», «5» are JSON already; what is not will fail the method's own validation below


_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "media": "media is not specified",
    "file_id": "file_id is empty",
    "callback_query_id": "callback query identifier is not specified",
    "action": "wrong parameter action in request",
    "commands": "parameter commands is required",
    "inline_query_id": "inline query identifier is not specified",
}

_UNLESS_GIVEN: dict[type[TelegramMethod[Any]], dict[str, Any]] = {
    aiogram.methods.SetWebhook: {"url": ""},
    aiogram.methods.AnswerInlineQuery: {"results": []},
}
"""Fields that aiogram wants and Telegram does without."""


def _complaint(error: ValidationError) -> Refusal:
    """Put pydantic's first complaint into Telegram's words."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(_MISSING.get(name, f"parameter {name} is required"))
    if name == "reply_markup":
        return bad_request("object expected as reply markup")
    if name in ("entities", "caption_entities"):
        return bad_request("can't parse entities: expected an Array of MessageEntity")
    return bad_request(f"can't parse parameter {name}: {first['msg']}")


def parse(request: Request) -> TelegramMethod[Any]:
    """Build the aiogram method of a request.

    Raises the Refusal 404 for a method nobody knows and 400 for fields that do not fit it.
    """
    method = known_methods().get(request.method.lower())
    if method is None:
        raise method_not_found()
    values = _UNLESS_GIVEN.get(method, {}) | {
        name: _decoded(method, name, value) for name, value in request.fields.items() if value is not None
    }
    for name in request.files:
        if name in method.model_fields and name not in values:
            values[name] = f"attach://{name}"  # curl -F photo=@file: the part carries the field's own name
    try:
        return method.model_validate(values)
    except ValidationError as error:
        raise _complaint(error) from error


def given(value: Any) -> Any:
    """A method's value, or None where the caller left it to a default (a door has already applied the bot's own)."""
    return None if isinstance(value, Default) else value
