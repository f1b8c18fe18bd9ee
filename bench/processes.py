"""From the command line to the first question for updates, and the memory of a bot with nothing to do."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from bench.table import Line
from bot import migrations
from models import Database
from sandbox import World
from sandbox.server import serve

SETTLING_SECONDS = 2.0
LONGEST_START_SECONDS = 60.0
MIB = 2**20


async def measure(folder: Path) -> list[Line]:
    """Two lines. Each bot starts twice, the second start counts: the first one writes Python's own caches."""
    url = f"sqlite+aiosqlite:///{folder / 'processes.sqlite3'}"
    db = Database(url)
    await migrations.upgrade(db)
    await db.close()
    found: dict[str, tuple[float, float]] = {}
    for name in ("bare", "ours", "bare", "ours"):
        world = World()
        account = world.add_bot("bench_bot", "Bench")
        server = await serve(world, "127.0.0.1", 0)
        settings = {"BOT_TOKEN": account.token, "BOT_API_URL": server.url, "DATABASE_URL": url, "HTTP_PORT": "0"}
        command = ["-m", "bot", "run"] if name == "ours" else ["-m", "bench.bare", account.token, server.url]
        try:
            found[name] = await _start(command, settings, folder, lambda: world.delivery.connected(account.id))  # noqa: B023  # awaited within the round
        finally:
            await server.close()
    (seconds, memory), (bare_seconds, bare_memory) = found["ours"], found["bare"]
    return [
        Line("cold start, seconds", f"{seconds:.1f}", f"{bare_seconds:.1f}", f"{seconds / bare_seconds:.2f}"),
        Line("idle memory, MiB", f"{memory:.0f}", f"{bare_memory:.0f}", f"{memory / bare_memory:.2f}"),
    ]


async def _start(
    command: Sequence[str], settings: Mapping[str, str], folder: Path, is_polling: Callable[[], bool]
) -> tuple[float, float]:
    """How many seconds it takes till the bot polls, and how many MiB it holds a moment later."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path.cwd())}
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        while not is_polling():
            if process.returncode is not None or time.monotonic() > begun + LONGEST_START_SECONDS:
                raise RuntimeError(f"{' '.join(command)} did not start")
            await asyncio.sleep(0.01)
        seconds = time.monotonic() - begun
        await asyncio.sleep(SETTLING_SECONDS)
        return seconds, psutil.Process(process.pid).memory_info().rss / MIB
    finally:
        process.kill()
        await process.wait()
