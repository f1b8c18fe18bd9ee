"""When Telegram does not know a file's handle any more, its bytes are sent from our own copy: nobody above notices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import Response, SendMediaGroup, TelegramMethod
from aiogram.types import FSInputFile, Message

from handlers.files import is_lost_file
from models import Database, FileKind, StoredFile
from services import files
from services.copies import Copies

log = structlog.get_logger("bot.resender")


class Resender(BaseRequestMiddleware):
    """A session middleware. A handle belongs to one bot: with another bot it is unknown, and in a city that was invented it never lived.

    What was sent from a copy is known by its new handle from then on.
    """

    def __init__(self, db: Database, copies: Copies) -> None:
        self._db = db
        self._copies = copies

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        """Call; after a refusal for a lost handle, once more with the bytes. Raises the refusal when there is no copy."""
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as refusal:
            handles = _handles(method) if is_lost_file(refusal) else []
            copies = await self._standing_copies(handles)
            if not copies:
                raise
        answer: Any = await make_request(bot, _with_bytes(method, copies))
        messages = answer if isinstance(answer, list) else [answer]
        await self._learn(handles, copies, messages)
        log.info("sent-from-copies", files=[file.id for file, _ in copies.values()])
        return answer  # type: ignore[no-any-return]  # whatever the call gives

    async def _standing_copies(self, handles: list[str]) -> dict[str, tuple[StoredFile, Path]]:
        if not handles:
            return {}
        async with self._db.read() as session:
            known = await files.copied(session, handles)
        places = {handle: (file, self._copies.path_of(file.sha256 or "")) for handle, file in known.items()}
        return {handle: (file, path) for handle, (file, path) in places.items() if path.is_file()}

    async def _learn(self, handles: list[str], copies: Mapping[str, Any], messages: list[Message]) -> None:
        """The messages stand in the order of the handles that were asked for."""
        renamed = {
            old: new
            for old, message in zip(handles, messages, strict=False)
            if old in copies and (new := _handle_in(message)) is not None
        }
        async with self._db.write() as session:
            for old, new in renamed.items():
                await files.rename_handle(session, old, new)


def _handles(method: TelegramMethod[Any]) -> list[str]:
    """The handles of Telegram's that this call sends, in order."""
    if isinstance(method, SendMediaGroup):
        return [one.media for one in method.media if isinstance(one.media, str)]
    found = (getattr(method, kind.value, None) for kind in FileKind)
    return [handle for handle in found if isinstance(handle, str)]


def _with_bytes(method: TelegramMethod[Any], copies: Mapping[str, tuple[StoredFile, Path]]) -> TelegramMethod[Any]:
    """The same call with our copies in place of the handles."""

    def bytes_of(handle: str) -> FSInputFile | str:
        if handle not in copies:
            return handle
        file, path = copies[handle]
        return FSInputFile(path, filename=file.name or f"{file.kind.value}{_ENDINGS.get(file.kind, '')}")

    if isinstance(method, SendMediaGroup):
        media = [
            one.model_copy(update={"media": bytes_of(one.media)}) if isinstance(one.media, str) else one
            for one in method.media
        ]
        return method.model_copy(update={"media": media})
    sent = {kind.value: getattr(method, kind.value, None) for kind in FileKind}
    return method.model_copy(update={name: bytes_of(one) for name, one in sent.items() if isinstance(one, str)})


_ENDINGS = {
    FileKind.PHOTO: ".jpg",
    FileKind.VOICE: ".oga",
    FileKind.AUDIO: ".mp3",
    FileKind.VIDEO: ".mp4",
    FileKind.VIDEO_NOTE: ".mp4",
    FileKind.ANIMATION: ".mp4",
}
"""Files that come without a name, as Telegram keeps them."""


def _handle_in(message: Message) -> str | None:
    """The handle of the file in a message that was sent."""
    if message.photo:
        return message.photo[-1].file_id
    for kind in FileKind:
        if kind is not FileKind.PHOTO and (media := getattr(message, kind.value, None)) is not None:
            return str(media.file_id)
    return None
