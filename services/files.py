"""Files people send: remembered with what they were sent for, then copied to our own side (`bot/copier.py` fetches the bytes)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import FileKind, StoredFile

COPIES_DUE = "copies_due"
"""The session's note that this transaction kept files to be copied: the copier is woken after the commit."""

DOWNLOADABLE = 20 * 1024 * 1024
"""Bots download at most 20 MB (telegram.md); larger files are only sent again by Telegram's own handle."""

COPYING = timedelta(minutes=10)
"""After so long without an outcome a copying counts as dead, and the file is taken again."""

FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)
PATIENCE = timedelta(days=3)
"""How long Telegram may refuse a file («wrong, or temporarily unavailable») before it counts as lost."""

_LONGEST_NAME = 255


async def keep(session: AsyncSession, files: Sequence[Mapping[str, Any]], *, now: datetime) -> list[StoredFile]:
    """Remember files as the dialogs give them ({"kind", "file_id", "unique_id", "name", "size"}, see `dialogs.Pieces`), in their order.

    What Telegram calls by the same unique id has the same content: a copy that stands already is not fetched again.
    """
    copied = await _copied_before(session, [file["unique_id"] for file in files])
    kept = []
    for file in files:
        sha256 = copied.get(file["unique_id"])
        too_large = (file["size"] or 0) > DOWNLOADABLE
        kept.append(
            StoredFile(
                kind=FileKind(file["kind"]),
                telegram_file_id=file["file_id"],
                telegram_unique_id=file["unique_id"],
                name=file["name"][:_LONGEST_NAME] if file["name"] else None,
                size=file["size"],
                sha256=sha256,
                too_large=too_large,
                copy_due_at=None if sha256 or too_large else now,
                created_at=now,
            )
        )
    session.add_all(kept)
    await session.flush()
    if any(file.copy_due_at is not None for file in kept):
        session.info[COPIES_DUE] = True
    return kept


async def _copied_before(session: AsyncSession, unique_ids: Sequence[str]) -> dict[str, str]:
    rows = await session.execute(
        select(StoredFile.telegram_unique_id, StoredFile.sha256).where(
            StoredFile.telegram_unique_id.in_(unique_ids), StoredFile.sha256.is_not(None)
        )
    )
    return {unique_id: sha256 for unique_id, sha256 in rows if sha256 is not None}


def as_said(file: StoredFile) -> dict[str, Any]:
    """The file as the dialogs gave it: the opposite of `keep`."""
    return {
        "kind": file.kind.value,
        "file_id": file.telegram_file_id,
        "unique_id": file.telegram_unique_id,
        "name": file.name,
        "size": file.size,
    }


async def is_copy_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether there is anything to claim."""
    return await session.scalar(select(StoredFile.id).where(StoredFile.copy_due_at <= now).limit(1)) is not None


async def claim_copies(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[StoredFile]:
    """Take up to `limit` files whose copying is due, the longest waiting first; each comes back after `COPYING` unless settled.

    Two processes never get the same row.
    """
    chosen = (
        select(StoredFile.id)
        .where(StoredFile.copy_due_at <= now)
        .order_by(StoredFile.copy_due_at, StoredFile.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    # PostgreSQL may run a subquery with LIMIT and a lock more than once; a common table expression runs once.
    once = chosen.cte("chosen")
    rows = await session.scalars(
        update(StoredFile)
        .where(StoredFile.id.in_(select(once.c.id)))
        .values(copy_due_at=now + COPYING)
        .returning(StoredFile)
        .execution_options(synchronize_session=False)
    )
    return sorted(rows, key=lambda row: row.id)


async def settle_copied(session: AsyncSession, file: StoredFile, sha256: str) -> None:
    """Our copy stands; it is that of every row of the same file."""
    await session.execute(
        update(StoredFile)
        .where(StoredFile.telegram_unique_id == file.telegram_unique_id, StoredFile.sha256.is_(None))
        .values(sha256=sha256, copy_due_at=None)
    )


async def copy_anew(session: AsyncSession, sha256: str, *, now: datetime) -> None:
    """Our copy was removed in the moment in which it was made again: whatever names it is copied once more."""
    await session.execute(update(StoredFile).where(StoredFile.sha256 == sha256).values(sha256=None, copy_due_at=now))


async def settle_uncopied(session: AsyncSession, file: StoredFile, *, too_large: bool) -> None:
    """There will be no copy: Telegram refuses to hand the file out, for its size or for good."""
    await session.execute(
        update(StoredFile).where(StoredFile.id == file.id).values(copy_due_at=None, too_large=too_large)
    )


async def postpone_copy(session: AsyncSession, file: StoredFile, *, now: datetime) -> datetime:
    """The network failed: again after as long as it has been tried already, so ever more rarely. Gives when."""
    again = now + min(max(now - file.created_at, FIRST_RETRY), LONGEST_RETRY)
    await session.execute(update(StoredFile).where(StoredFile.id == file.id).values(copy_due_at=again))
    return again


async def copied(session: AsyncSession, telegram_file_ids: Sequence[str]) -> dict[str, StoredFile]:
    """Those of the files known by these handles of Telegram that we have a copy of, by handle."""
    rows = await session.scalars(
        select(StoredFile)
        .where(StoredFile.telegram_file_id.in_(telegram_file_ids), StoredFile.sha256.is_not(None))
        .order_by(StoredFile.id)
    )
    return {row.telegram_file_id: row for row in rows}


async def rename_handle(session: AsyncSession, old: str, new: str) -> None:
    """Telegram knows the file by another handle now: it was sent again from our copy."""
    await session.execute(update(StoredFile).where(StoredFile.telegram_file_id == old).values(telegram_file_id=new))
