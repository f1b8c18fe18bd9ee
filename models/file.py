"""Files people send: Telegram's handle for sending again, and our own copy by the hash of its content."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, words


class FileKind(enum.StrEnum):
    """How Telegram sends it."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"


class StoredFile(Base):
    """A file. `telegram_file_id` resends it; `sha256` names our copy under `FILES_DIR`, empty until it is copied.

    `too_large` says that there will be no copy: bots download at most 20 MB. `copy_due_at` is when the next try to copy it is due
    (while one is under way: when it counts as dead), empty when there is nothing left to try.
    """

    __tablename__ = "files"
    __table_args__ = (
        Index(
            "ix_files_copy_due_at",
            "copy_due_at",
            sqlite_where=text("copy_due_at IS NOT NULL"),
            postgresql_where=text("copy_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[FileKind] = mapped_column(words(FileKind, "kind"))
    telegram_file_id: Mapped[str] = mapped_column(String(200), index=True)
    telegram_unique_id: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str | None] = mapped_column(String(255))
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    too_large: Mapped[bool] = mapped_column(default=False)
    copy_due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
