"""The bot and the sandbox as processes of their own: started, killed, their logs read, none left behind.

`import aiogram` costs seconds of a core. A test that restarts the bot a dozen times cannot pay them each time, so a
`Forge` pays once: it is the standard library's fork server, in which the imports are done, and every process forked from
it runs the same command line in a process of its own. `Program` starts a real `python -m …` where that itself matters.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from multiprocessing.connection import wait as wait_for_pipes
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = re.compile(r"(BOT_|WEBHOOK_|DATABASE_|SQLITE_|HTTP_|LOG_|KEEP_)\w+|ADMIN_IDS|TIMEZONE|FILES_DIR|SEND_RATE")
"""Settings in the environment of whoever runs the tests must not reach what is tested."""


class Running(ABC):
    """A process with its log. Every command is given the folder it runs in."""

    def __init__(self, log: Path) -> None:
        self._log = log

    @property
    @abstractmethod
    def pid(self) -> int:
        """Its id."""

    @property
    @abstractmethod
    def exit_code(self) -> int | None:
        """How it ended (minus the signal's number when by a signal), or None while it runs."""

    @property
    def said(self) -> str:
        """All it wrote, on both streams."""
        return self._log.read_text(encoding="utf-8")

    def lines(self, event: str) -> list[str]:
        """The lines of the structured log about `event`."""
        return [line for line in self.said.splitlines() if f" event={event} " in f"{line} "]

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.exit_code is None:
            os.kill(self.pid, number)

    async def says(self, words: str, timeout: float = 20.0) -> None:
        """Wait until its log has these words. Raises AssertionError with the log when it ends or the time is over."""
        deadline = time.monotonic() + timeout
        while words not in self.said:
            if self.exit_code is not None or time.monotonic() > deadline:
                raise AssertionError(f"{words!r} was not said (exit code {self.exit_code}):\n{self.said[-4000:]}")
            await asyncio.sleep(0.01)

    async def ends(self, timeout: float = 30.0) -> int:
        """Wait for its end and give its exit code. Raises AssertionError when it goes on."""
        deadline = time.monotonic() + timeout
        while self.exit_code is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"process {self.pid} goes on:\n{self.said[-4000:]}")
            await asyncio.sleep(0.01)
        assert self.exit_code is not None
        return self.exit_code

    async def dies(self) -> None:
        """`kill -9`, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        await self.ends()


class Forged(Running):
    """A process forked from a `Forge`."""

    def __init__(self, process: multiprocessing.process.BaseProcess, log: Path) -> None:
        super().__init__(log)
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode


class Program(Running):
    """`python -m module arguments…` as an operator starts it."""

    def __init__(
        self, module: str, arguments: Sequence[str], *, folder: Path, log: Path, settings: Mapping[str, str]
    ) -> None:
        super().__init__(log)
        environment = _environment(settings) | {"PYTHONPATH": str(ROOT)}
        with log.open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()


class Forge:
    """Starts command lines in processes of their own within milliseconds; `close` ends all that still run."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, "tests.support.forge"])
        self._running: list[Forged] = []

    def start(
        self, module: str, arguments: Sequence[str], *, folder: Path, log: Path, settings: Mapping[str, str]
    ) -> Forged:
        """Run `python -m module arguments…` in `folder` with these settings and no others."""
        log.touch()
        process = self._context.Process(
            target=_run, args=(module, list(arguments), str(folder), str(log), _environment(settings)), daemon=True
        )
        process.start()
        forged = Forged(process, log)
        self._running.append(forged)
        return forged

    async def end_all(self) -> None:
        """Kill what a test left running."""
        for process in self._running:
            await process.dies()
        self._running.clear()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not OURS.fullmatch(name)}
    return inherited | dict(settings)


def _run(module: str, arguments: list[str], folder: str, log: str, environment: dict[str, str]) -> None:
    """The body of a forged process: become what the command line would have started."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.argv = [f"python -m {module}", *arguments]
    entry = __import__(f"{module}.__main__", fromlist=["main"])
    sys.exit(entry.main())


def _die_with_parent() -> None:
    """A killed test run must not leave processes behind."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait_for_pipes([parent.sentinel])
    os._exit(1)
