"""Files people send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import FileKind, StoredFile

DOWNLOADABLE = 20 * 1024 * 1024
"""Bots download at most 20 MB (telegram.md); larger files are only sent again by Telegram's own handle."""

_LONGEST_NAME = 255


async def keep(session: AsyncSession, files: Sequence[Mapping[str, Any]], *, now: datetime) -> list[StoredFile]:
    """Remember files as the dialogs give them ({"kind", "file_id", "unique_id", "name", "size"}, see `dialogs.Pieces`), in their order."""
    kept = [
        StoredFile(
            kind=FileKind(file["kind"]),
            telegram_file_id=file["file_id"],
            telegram_unique_id=file["unique_id"],
            name=file["name"][:_LONGEST_NAME] if file["name"] else None,
            size=file["size"],
            too_large=(file["size"] or 0) > DOWNLOADABLE,
            created_at=now,
        )
        for file in files
    ]
    session.add_all(kept)
    await session.flush()
    return kept
