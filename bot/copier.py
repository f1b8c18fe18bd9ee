"""Fetches our own copies of the files people send: not everything is only on Telegram's side (telegram.md, «reach»).

APScheduler is the clock, the database is the memory, as with the sender: whatever a kill interrupts is due again by itself.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError

from models import DATABASE_ERRORS, Database, StoredFile
from services import erasing, files
from services.clock import Clock
from services.copies import Copies

log = structlog.get_logger("bot.copier")

AT_ONCE = 4
"""How many files are fetched side by side: answers to people share the network with them."""

DOWNLOAD_SECONDS = 300
"""How long one file of at most 20 MB may take; well under `files.COPYING`, after which it would be taken a second time."""


class Copier:
    """One copier a process; several processes share the rows."""

    def __init__(self, db: Database, bot: Bot, clock: Clock, copies: Copies) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._copies = copies
        self._woken = asyncio.Event()
        db.after_commit(self._after_commit)

    def wake(self) -> None:
        """Something may be due: look."""
        self._woken.set()

    def _after_commit(self, notes: dict[str, Any]) -> None:
        if notes.get(files.COPIES_DUE):
            self.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Copy until `stop`; what is under way then is left, and taken again after the next start."""
        swept = await asyncio.to_thread(self._copies.sweep, time.time() - files.COPYING.total_seconds())
        if swept:
            log.info("unfinished-copies-removed", files=swept)
        stopped = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._woken.clear()
                work = asyncio.create_task(self._copy_safely(), name="copies")
                await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)
                elif not work.result():
                    woken = asyncio.ensure_future(self._woken.wait())
                    await asyncio.wait({woken, stopped}, return_when=asyncio.FIRST_COMPLETED)
                    woken.cancel()
        finally:
            stopped.cancel()

    async def _copy_safely(self) -> int:
        try:
            return await self.remove_leftovers() + await self.copy_due()
        except DATABASE_ERRORS:  # the database is away: the next tick tries again, nothing is lost
            log.exception("nothing-copied")
            return 0

    async def copy_due(self) -> int:
        """Copy a few of the files that are due. Gives how many were tried.

        Raises what one of them failed of unforeseen (the database is away), when all have ended: it is due again by itself.
        """
        async with self._db.read() as session:
            if not await files.is_copy_due(session, now=self._clock.now()):
                return 0
        async with self._db.write() as session:
            claimed = await files.claim_copies(session, now=self._clock.now(), limit=AT_ONCE)
        ended = await asyncio.gather(*(self._copy(file) for file in claimed), return_exceptions=True)
        failed = [error for error in ended if error is not None]
        for error in failed[1:]:
            log.error("copy-failed", exc_info=error)
        if failed:
            raise failed[0]
        return len(claimed)

    async def remove_leftovers(self) -> int:
        """Remove the copies that deleted people have left and nobody else's file is. Gives how many.

        They are removed before the commit: a kill in between has them removed once more.
        """
        async with self._db.read() as session:
            if not await erasing.are_leftovers_due(session, now=self._clock.now()):
                return 0
        async with self._db.write() as session:
            copies = await erasing.take_leftovers(session, now=self._clock.now())
            for sha256 in copies:
                await asyncio.to_thread(self._copies.remove, sha256)
        return len(copies)

    async def _copy(self, file: StoredFile) -> None:
        try:
            sha256 = await self._fetch(file)
        except TelegramBadRequest as refusal:
            await self._refused(file, refusal)
        except (AiogramError, ClientError, TimeoutError, OSError) as error:
            # No more than the error's name: the address in its words holds the token.
            await self._postpone(file, type(error).__name__)
        else:
            async with self._db.write() as session:
                await files.settle_copied(session, file, sha256)
            if not await asyncio.to_thread(self._copies.path_of(sha256).exists):  # `remove_leftovers` was faster
                async with self._db.write() as session:
                    await files.copy_anew(session, sha256, now=self._clock.now())

    async def _fetch(self, file: StoredFile) -> str:
        """Bring the bytes to their place, whole or not at all. Gives their hash."""
        written = await asyncio.to_thread(self._copies.unfinished)
        try:
            await self._bot.download(file.telegram_file_id, destination=written, timeout=DOWNLOAD_SECONDS)
            return await asyncio.to_thread(self._copies.take_in, written)
        finally:
            written.unlink(missing_ok=True)

    async def _refused(self, file: StoredFile, refusal: TelegramBadRequest) -> None:
        too_large = "file is too big" in refusal.message
        if not too_large and self._clock.now() - file.created_at < files.PATIENCE:
            await self._postpone(file, refusal.message)  # «or the file is temporarily unavailable», as Telegram says
            return
        log.warning("file-not-copied", file_id=file.id, reason=refusal.message)
        async with self._db.write() as session:
            await files.settle_uncopied(session, file, too_large=too_large)

    async def _postpone(self, file: StoredFile, reason: str) -> None:
        async with self._db.write() as session:
            again = await files.postpone_copy(session, file, now=self._clock.now())
        log.warning("copy-delayed", file_id=file.id, reason=reason, again=again.isoformat(timespec="seconds"))
