"""Our own copies of people's files are fetched, whatever the network does in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientPayloadError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.copier import Copier
from models import StoredFile
from services import files
from tests.support.house import House
from tests.support.products import Scene, fills_in, set_scene


async def _hands_in(house: House, *contents: bytes) -> Scene:
    scene = await set_scene(house)
    await fills_in(scene.anna)
    for number, content in enumerate(contents):
        await scene.anna.sends_file(f"файл {number}.pdf", content)
    await scene.anna.taps("Готово")
    await scene.anna.taps("Сдать")
    return scene


async def _stored(house: House) -> list[StoredFile]:
    async with house.db.read() as session:
        return list(await session.scalars(select(StoredFile).order_by(StoredFile.id)))


def _on_disk(house: House, *, unfinished: bool = False) -> list[bytes]:
    folder = house.kept.unfinished().parent
    kept = [path for path in folder.parent.rglob("*") if path.is_file()]
    return sorted(path.read_bytes() for path in kept if (path.parent == folder) is unfinished)


async def test_files_are_copied_once_by_content(house: House) -> None:
    await _hands_in(house, b"lesson", b"cards", b"lesson")
    assert await house.copies() == 3
    first, _, third = await _stored(house)
    assert first.sha256 == third.sha256
    assert _on_disk(house) == [b"cards", b"lesson"]
    assert _on_disk(house, unfinished=True) == []
    assert await house.copies() == 0


async def test_the_copier_is_woken_by_the_commit_and_stops_at_once(house: House) -> None:
    stop, committed = asyncio.Event(), asyncio.Event()
    house.db.after_commit(lambda _: committed.set())
    running = asyncio.create_task(house.copier.run(stop))
    await _hands_in(house, b"lesson")
    async with asyncio.timeout(10):
        while not (await _stored(house))[0].sha256:
            committed.clear()
            await committed.wait()
        stop.set()
        await running


async def test_a_network_away_delays_the_copy_and_loses_nothing(house: House) -> None:
    await _hands_in(house, b"lesson")
    house.world.fail_next("getFile", 502, times=2)
    assert await house.copies() == 1
    assert (await _stored(house))[0].sha256 is None
    assert await house.copies() == 0  # not at once
    house.passes(timedelta(seconds=11))
    assert await house.copies() == 1
    house.passes(timedelta(seconds=12))
    assert await house.copies() == 1
    assert _on_disk(house) == [b"lesson"]


async def test_a_download_that_breaks_off_leaves_no_half_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await _hands_in(house, b"lesson" * 1000)
    whole = type(house.bot.session).stream_content

    async def breaks_off(*_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b"les"
        raise ClientPayloadError("connection lost")

    monkeypatch.setattr(type(house.bot.session), "stream_content", breaks_off)
    assert await house.copies() == 1
    assert [_on_disk(house), _on_disk(house, unfinished=True)] == [[], []]
    monkeypatch.setattr(type(house.bot.session), "stream_content", whole)
    house.passes(timedelta(seconds=11))
    assert await house.copies() == 1
    assert _on_disk(house) == [b"lesson" * 1000]


async def test_a_process_killed_while_it_copies_is_made_good_by_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _hands_in(house, b"lesson")
    begun = asyncio.Event()
    whole = type(house.bot.session).stream_content

    async def hangs(*_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b"les"
        begun.set()
        await asyncio.sleep(3600)

    monkeypatch.setattr(type(house.bot.session), "stream_content", hangs)
    stop = asyncio.Event()
    running = asyncio.create_task(house.copier.run(stop))
    house.copier.wake()
    await begun.wait()
    stop.set()
    await running
    monkeypatch.setattr(type(house.bot.session), "stream_content", whole)
    house.copier = Copier(house.db, house.bot, house.clock, house.kept)
    assert await house.copies() == 0  # as far as anybody knows somebody is at it
    house.passes(files.COPYING)
    assert await house.copies() == 1
    assert _on_disk(house) == [b"lesson"]


async def test_one_that_cannot_be_settled_leaves_the_others_to_end_in_their_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _hands_in(house, b"lesson", b"cards", b"plan")
    whole, fetch, failing = files.settle_copied, house.copier._fetch, [1, 2]

    async def settle(session: AsyncSession, file: StoredFile, sha256: str) -> None:
        if failing:
            raise OperationalError("disk full", None, Exception(failing.pop()))
        await whole(session, file, sha256)

    async def fetch_in_turn(file: StoredFile) -> str:
        await asyncio.sleep(0.02 * file.id)
        return await fetch(file)

    monkeypatch.setattr(files, "settle_copied", settle)
    monkeypatch.setattr(house.copier, "_fetch", fetch_in_turn)
    with capture_logs() as logs, pytest.raises(OperationalError):
        await house.copier.copy_due()
    assert [bool(file.sha256) for file in await _stored(house)] == [False, False, True]
    assert [log["event"] for log in logs] == ["copy-failed"], (
        "the first one is raised, the second one stands in the log"
    )
    house.passes(files.COPYING)
    assert await house.copies() == 2
    assert all(file.sha256 for file in await _stored(house))


async def test_what_telegram_refuses_for_good_is_given_up_in_the_end(house: House) -> None:
    await _hands_in(house, b"lesson")
    async with house.db.write() as session:
        (file,) = await session.scalars(select(StoredFile))
        file.telegram_file_id = "unknown"
    assert await house.copies() == 1
    assert (await _stored(house))[0].copy_due_at is not None
    house.passes(files.PATIENCE)
    assert await house.copies() == 1
    (stored,) = await _stored(house)
    assert [stored.copy_due_at, stored.sha256, stored.too_large] == [None, None, False]


async def test_a_size_that_telegram_did_not_tell_is_found_out(house: House) -> None:
    await _hands_in(house, b"\0" * (21 * 1024 * 1024))
    async with house.db.write() as session:
        (file,) = await session.scalars(select(StoredFile))
        file.too_large, file.copy_due_at = False, house.clock.now()
    assert await house.copies() == 1
    (stored,) = await _stored(house)
    assert [stored.too_large, stored.copy_due_at] == [True, None]
