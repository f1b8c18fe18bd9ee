"""Files of the world: bytes kept once, identifiers that belong to one bot, sizes as Telegram allows them."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import replace

from sandbox.pictures import photo_sizes, picture_size
from sandbox.records import Blob, FileRecord, Media
from sandbox.refusals import WRONG_FILE, bad_request
from sandbox.state import State

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
ANY_BOT = 0
"""The owner of files in groups, where several bots may see one message."""

_KINDS = {
    "photo": ("AgAC", "photos", ".jpg"),
    "document": ("BQAC", "documents", ""),
    "voice": ("AwAC", "voice", ".oga"),
    "video": ("BAAC", "videos", ".mp4"),
    "audio": ("CQAC", "music", ".mp3"),
}
_SOME_BYTES = "application/octet-stream"


def _identifier(prefix: str, *facts: object, length: int) -> str:
    digest = hashlib.sha512(":".join(map(str, facts)).encode()).digest()
    return prefix + base64.urlsafe_b64encode(digest).decode()[: length - len(prefix)]


def _mime(kind: str, name: str, given: str) -> str:
    """The type of a file; a client that only says «some bytes» says less than the name does."""
    if given not in ("", _SOME_BYTES):
        return given
    return mimetypes.guess_type(name)[0] or {"voice": "audio/ogg", "photo": "image/jpeg"}.get(kind, _SOME_BYTES)


class Library:
    """Puts files into the world and finds them again."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(
        self,
        owner: int,
        kind: str,
        name: str,
        data: bytes,
        *,
        mime: str = "",
        width: int = 0,
        height: int = 0,
        duration: int = 0,
        title: str = "",
        performer: str = "",
    ) -> Media:
        """Keep a file for the bot `owner`; a photo gets two to four sizes which share its bytes."""
        blob = hashlib.sha256(data).hexdigest()
        if blob not in self._state.blobs:
            self._state.blobs.put(Blob(blob, data))
        number = self._state.next_number("file")
        prefix, folder, usual = _KINDS[kind]
        mime = _mime(kind, name, mime)
        ending = usual or ("." + name.rsplit(".", 1)[1] if "." in name else "")
        sizes = [(width, height)]
        if kind == "photo":
            sizes = photo_sizes(*(picture_size(data) or (width or 800, height or 600)))
        records = tuple(
            FileRecord(
                file_id=_identifier(prefix, "id", owner, number, step, length=72),
                unique_id=_identifier("AQAD", "unique", number, step, length=16),
                bot_id=owner,
                kind=kind,
                path=f"{folder}/file_{number}{f'_{step}' if len(sizes) > 1 else ''}{ending}",
                blob=blob,
                size=len(data),
                name=name,
                mime=mime,
                width=size[0],
                height=size[1],
                duration=duration,
                title=title,
                performer=performer,
            )
            for step, size in enumerate(sizes)
        )
        for record in records:
            self._state.files.put(record)
        return Media(kind, records)

    def find(self, owner: int, file_id: str) -> FileRecord | None:
        """The file as the bot `owner` knows it; another bot's identifier is nobody's."""
        record = self._state.files.get(file_id)
        return record if record is not None and record.bot_id in (owner, ANY_BOT) else None

    def by_path(self, owner: int, path: str) -> FileRecord | None:
        """The file behind `/file/bot<token>/<path>`."""
        for record in self._state.files:
            if record.path == path and record.bot_id in (owner, ANY_BOT):
                return record
        return None

    def again(self, owner: int, kind: str, file_id: str) -> Media:
        """Send a file anew by its identifier; refuses a wrong identifier and a file of another kind."""
        record = self.find(owner, file_id)
        if record is None:
            raise bad_request(WRONG_FILE)
        if record.kind != kind:
            raise bad_request(f"can't use file of type {record.kind.capitalize()} as {kind.capitalize()}")
        if kind != "photo":
            return Media(kind, (record,))
        sizes = tuple(row for row in self._state.files if row.blob == record.blob and _same_photo(row, record))
        return Media(kind, sizes)

    def for_bot(self, owner: int, content: Media) -> Media:
        """The same media as the bot `owner` knows it: identifiers change, unique ones and bytes do not."""
        if content.main.bot_id in (owner, ANY_BOT):
            return content
        prefix = _KINDS[content.kind][0]
        records = tuple(
            replace(row, bot_id=owner, file_id=_identifier(prefix, owner, row.file_id, length=72))
            for row in content.files
        )
        for record in records:
            self._state.files.put(record)
        return Media(content.kind, records)

    def data(self, record: FileRecord) -> bytes:
        """The bytes of a file."""
        return self._state.blobs[record.blob].data


def _same_photo(one: FileRecord, other: FileRecord) -> bool:
    return one.bot_id == other.bot_id and one.path.rsplit("_", 1)[0] == other.path.rsplit("_", 1)[0]
