"""Sending at Telegram's own limit: the bot and the sandbox as processes of their own, beside the two usual ways without a queue."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiohttp import ClientSession
from sqlalchemy import select

from bench.table import Line
from bot import migrations
from demo import ADMINISTRATOR_ID, build
from models import Database, Network, Person
from sandbox.remote import RemoteVisitor
from services import announcements
from services.copies import Copies

RATE = 30
SECONDS = 10.0
SETTLING_SECONDS = 3.0
"""After so long the burst at the beginning is over."""
PRESS_EVERY_SECONDS = 0.5
PAGE = 500
WORDS = "Завтра в 15:00 встречаемся в городском центре."


class _Sandbox:
    """A Telegram in a process of its own."""

    def __init__(self, client: ClientSession, url: str, token: str) -> None:
        self.client = client
        self.url = url
        self.token = token
        self._last = 0

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[_Sandbox]:
        """A new world on a free port."""
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", stdout=PIPE)
        try:
            if process.stdout is None:
                raise RuntimeError("no pipe")
            url, _, token = (await process.stdout.readline()).decode().strip().partition(" token ")
            async with ClientSession() as client:
                yield cls(client, url, token)
        finally:
            process.kill()
            await process.wait()

    async def limit(self) -> None:
        """From now on it refuses what comes faster than Telegram bears; its buckets are full."""
        async with self.client.post(f"{self.url}/control/limits", json={}) as answer:
            answer.raise_for_status()

    async def calls(self) -> list[dict[str, Any]]:
        """What was called since this was asked last."""
        found: list[dict[str, Any]] = []
        while True:
            query = {"after": self._last, "limit": PAGE}
            async with self.client.get(f"{self.url}/control/calls", params=query) as answer:
                page = await answer.json()
            if not page:
                return found
            found += page
            self._last = page[-1]["number"]


@dataclass(frozen=True, slots=True)
class _Seen:
    """The share of the limit that was used, how often it was overstepped, and the share of a core that it took."""

    share: float
    refused: int
    core: float


async def measure(folder: Path) -> list[Line]:
    """Four lines."""
    database = f"sqlite+aiosqlite:///{folder / 'limited.sqlite3'}"
    people = await _announced(database, folder)
    async with _Sandbox.open() as sandbox:
        for telegram_id in people:
            await RemoteVisitor.enter(sandbox.client, sandbox.url, "Участник", id=telegram_id, started=True)
        loop = await _watched(sandbox, lambda bot: _loop(bot, people))
        chunks = await _watched(sandbox, lambda bot: _chunks(bot, people))
        ours, waits = await _ours(sandbox, database, folder)
    at = f"announcing at {RATE}/s"
    return [
        Line(f"{at}: used of the limit", f"{ours.share:.1%}", f"{loop.share:.0%} (loop), {chunks.share:.0%} (chunks)"),
        Line(f"{at}: refused with 429", str(ours.refused), f"{loop.refused} (loop), {chunks.refused} (chunks)"),
        Line(f"{at}: of a core", f"{ours.core:.1%}", f"{loop.core:.0%} (loop), {chunks.core:.0%} (chunks)"),
        Line(f"{at}: a button pressed meanwhile, p95", f"{statistics.quantiles(waits, n=20)[-1] * 1000:.0f} ms"),
    ]


async def _announced(url: str, folder: Path) -> Sequence[int]:
    """The invented city, to whom something has just been announced; gives their Telegram ids."""
    db = Database(url)
    await migrations.upgrade(db)
    now = datetime.now(UTC)
    async with db.write() as session:
        await build(session, copies=Copies(folder / "limited"), now=now)
    async with db.write() as session:
        root = (await session.scalars(select(Network).where(Network.parent_id.is_(None)))).one()
        administrator = (await session.scalars(select(Person).where(Person.administrator_at.is_not(None)))).one()
        await announcements.announce(
            session,
            administrator,
            root.id,
            with_branch=True,
            texts=[{"text": WORDS, "html": WORDS}],
            said_files=[],
            now=now,
        )
        ids = await session.scalars(select(Person.telegram_id).where(Person.telegram_id.is_not(None)))
        found = [telegram_id for telegram_id in ids if telegram_id is not None]
    await db.close()
    return found


async def _watched(sandbox: _Sandbox, send: Callable[[Bot], Awaitable[None]]) -> _Seen:
    """What a way of sending comes to in this process, after its first burst."""
    await sandbox.limit()
    bot = Bot(sandbox.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    sending = asyncio.ensure_future(send(bot))
    await asyncio.sleep(SETTLING_SECONDS)
    before = await sandbox.calls()
    begun, cpu = time.monotonic(), time.process_time()
    await asyncio.sleep(SECONDS)
    seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
    seen = _counted(before, await sandbox.calls(), seconds, cpu)
    sending.cancel()
    with suppress(asyncio.CancelledError):  # it is told to stop
        await sending
    await bot.session.close()
    return seen


def _counted(
    before: Sequence[Mapping[str, Any]], calls: Sequence[Mapping[str, Any]], seconds: float, cpu: float
) -> _Seen:
    arrived = sum(call["method"] == "sendMessage" and call["ok"] for call in calls)
    refused = sum(call["error_code"] == 429 for call in (*before, *calls))
    return _Seen(arrived / seconds / RATE, refused, cpu / seconds)


async def _loop(bot: Bot, people: Sequence[int]) -> None:
    """One after another with a sleep between them."""
    for telegram_id in people:
        await _send(bot, telegram_id)
        await asyncio.sleep(1 / RATE)


async def _chunks(bot: Bot, people: Sequence[int]) -> None:
    """As many at once as may go in a second, then a second's sleep."""
    for start in range(0, len(people), RATE):
        await asyncio.gather(*(_send(bot, telegram_id) for telegram_id in people[start : start + RATE]))
        await asyncio.sleep(1)


async def _send(bot: Bot, telegram_id: int) -> None:
    with suppress(TelegramRetryAfter):  # it is counted at the other end
        await bot.send_message(telegram_id, WORDS)


async def _ours(sandbox: _Sandbox, database: str, folder: Path) -> tuple[_Seen, list[float]]:
    """The bot as it runs; then how long somebody waits who presses buttons meanwhile."""
    await sandbox.limit()
    await sandbox.calls()
    settings = {
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.url,
        "DATABASE_URL": database,
        "HTTP_PORT": "0",
        "SEND_RATE": str(RATE),
        "TIMEZONE": _noon(),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env={**os.environ, **settings, "PYTHONPATH": str(Path.cwd())},
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        before: list[dict[str, Any]] = []
        while not any(call["method"] == "sendMessage" for call in before):
            await asyncio.sleep(0.1)
            before += await sandbox.calls()
        await asyncio.sleep(SETTLING_SECONDS)
        before += await sandbox.calls()
        its = psutil.Process(process.pid)
        begun, cpu = time.monotonic(), _cpu(its)
        await asyncio.sleep(SECONDS)
        seconds, cpu = time.monotonic() - begun, _cpu(its) - cpu
        seen = _counted(before, await sandbox.calls(), seconds, cpu)
        return seen, await _pressed(sandbox)
    finally:
        process.kill()
        await process.wait()


async def _pressed(sandbox: _Sandbox) -> list[float]:
    """Seconds from each press until its screen was there and its button answered, whichever came later."""
    person = RemoteVisitor(sandbox.client, sandbox.url, ADMINISTRATOR_ID)
    await person.says("/menu")
    await person.waits(lambda screen: screen["keyboard"])
    presses: list[datetime] = []
    for number in range(int(SECONDS / PRESS_EVERY_SECONDS)):
        label = "События" if number % 2 == 0 else "Меню"
        presses.append(datetime.now(UTC))
        await person.taps(label)
        await asyncio.sleep(PRESS_EVERY_SECONDS)
    done = [
        datetime.fromisoformat(call["at"])
        for call in await sandbox.calls()
        if call["person_id"] == ADMINISTRATOR_ID and call["method"] in {"answerCallbackQuery", "editMessageText"}
    ]
    ends = [*presses[1:], datetime.now(UTC)]
    return [
        max((at for at in done if pressed <= at < end), default=end).timestamp() - pressed.timestamp()
        for pressed, end in zip(presses, ends, strict=True)
    ]


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _noon() -> str:
    """A time zone in which it is about noon: no quiet hours."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # the sign of these names is reversed
