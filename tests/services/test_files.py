"""Files wait for their copies: shared among processes, tried ever more rarely, never twice for the same content."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text

from models import Database, StoredFile
from services import files

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def said(unique_id: str, *, size: int | None = 10) -> dict[str, object]:
    """A file as the dialogs give it."""
    return {"kind": "document", "file_id": f"id-{unique_id}", "unique_id": unique_id, "name": "урок.docx", "size": size}


async def _keep(db: Database, *given: dict[str, object], now: datetime = NOW) -> list[StoredFile]:
    async with db.write() as session:
        return await files.keep(session, given, now=now)


async def _claim(db: Database, now: datetime, limit: int = 4) -> list[str]:
    async with db.write() as session:
        return [row.telegram_unique_id for row in await files.claim_copies(session, now=now, limit=limit)]


async def test_two_processes_never_copy_the_same_file(each_db: Database) -> None:
    await _keep(each_db, *(said(f"u{number}") for number in range(12)))
    claims = await asyncio.gather(*(_claim(each_db, NOW) for _ in range(4)))
    taken = [one for claim in claims for one in claim]
    assert sorted(taken) == sorted({f"u{number}" for number in range(12)})
    assert await _claim(each_db, NOW + files.COPYING - timedelta(seconds=1)) == []


async def test_no_more_are_taken_than_asked_for_however_postgresql_goes_about_it(each_db: Database) -> None:
    await _keep(each_db, *(said(f"u{number}") for number in range(12)))
    async with each_db.write() as session:
        if not each_db.is_sqlite:  # the plan it may choose by itself, once the tables look otherwise
            for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
                await session.execute(text(f"SET LOCAL enable_{way} = off"))
        assert len(await files.claim_copies(session, now=NOW, limit=4)) == 4


async def test_a_copying_that_died_is_taken_again(each_db: Database) -> None:
    await _keep(each_db, said("one"))
    assert await _claim(each_db, NOW) == ["one"]
    assert await _claim(each_db, NOW + files.COPYING) == ["one"]


async def test_it_is_tried_ever_more_rarely_but_always_again(each_db: Database) -> None:
    (file,) = await _keep(each_db, said("one"))
    moments, now = [], NOW
    for _ in range(12):
        async with each_db.write() as session:
            now = await files.postpone_copy(session, file, now=now)
        moments.append(now - NOW)
    assert moments[:4] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40), timedelta(seconds=80)]
    assert moments[-1] - moments[-2] == files.LONGEST_RETRY
    assert await _claim(each_db, now) == ["one"]


async def test_what_is_copied_already_is_not_fetched_again(each_db: Database) -> None:
    (file, twin) = await _keep(each_db, said("one"), said("one"))
    async with each_db.write() as session:
        await files.settle_copied(session, file, "a" * 64)
    (later,) = await _keep(each_db, said("one"))
    assert later.sha256 == "a" * 64
    async with each_db.read() as session:
        rows = list(await session.scalars(select(StoredFile).where(StoredFile.id.in_((file.id, twin.id, later.id)))))
    assert {row.sha256 for row in rows} == {"a" * 64}
    assert {row.copy_due_at for row in rows} == {None}


async def test_a_file_too_large_to_fetch_is_not_waited_for(each_db: Database) -> None:
    large, edge, unknown = await _keep(
        each_db, said("large", size=files.DOWNLOADABLE + 1), said("edge", size=files.DOWNLOADABLE), said("x", size=None)
    )
    assert [large.too_large, edge.too_large, unknown.too_large] == [True, False, False]
    assert sorted(await _claim(each_db, NOW)) == ["edge", "x"]
