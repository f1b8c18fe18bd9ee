"""A part that fails is started again with growing pauses, tells why each time, and leaves when told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import serve, supervisor
from bot.copier import Copier
from bot.sender import Sender
from bot.supervisor import LONGEST_PAUSE_SECONDS, keep_running
from tests.support.house import House


class Part:
    """Fails as often as it is told to, each time after so many seconds of a clock that its pauses move."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *lasts: float) -> None:
        self.lasts = list(lasts)
        self.begun = 0
        self.now = 0.0
        self.paused: list[float] = []
        self.stop = asyncio.Event()
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)
        monkeypatch.setattr("bot.supervisor.asyncio.wait_for", self._pause)

    async def run(self) -> None:
        self.begun += 1
        if self.lasts:
            self.now += self.lasts.pop(0)
            raise KeyError("lost")

    async def _pause(self, waiting: Any, seconds: float) -> None:
        waiting.close()
        self.paused.append(seconds)
        if not self.stop.is_set():
            raise TimeoutError


async def test_it_is_started_again_after_growing_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, capture_logs() as logs:
        part = Part(patch, *[0.0] * 8)
        await keep_running("part", part.run, part.stop)
    assert part.begun == 9
    assert part.paused == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]
    assert [log["again_in_seconds"] for log in logs] == part.paused
    assert {(log["event"], log["part"], log["log_level"], log["exc_info"]) for log in logs} == {
        ("part-failed", "part", "error", True)
    }


async def test_whoever_ran_long_begins_with_the_shortest_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        part = Part(patch, 0.0, 0.0, LONGEST_PAUSE_SECONDS + 1)
        await keep_running("part", part.run, part.stop)
    assert part.paused == [1, 2, 1]


async def test_told_to_stop_it_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, capture_logs() as logs:
        part = Part(patch, 0.0, 0.0)
        part.stop.set()
        await keep_running("part", part.run, part.stop)
    assert (part.begun, [log["again_in_seconds"] for log in logs]) == (1, [None])


@pytest.mark.parametrize("part", ["sender", "copier"])
async def test_the_parts_of_the_process_are_looked_after(
    part: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.01)
    owner: type[Sender | Copier] = Sender if part == "sender" else Copier
    whole: Callable[..., Any] = owner.run
    begun = asyncio.Queue[int]()

    async def fail_once(self: object, stop: asyncio.Event) -> None:
        begun.put_nowait(1)
        if begun.qsize() == 1:
            raise KeyError("lost")
        await whole(self, stop)

    monkeypatch.setattr(owner, "run", fail_once)
    working: AbstractAsyncContextManager[None] = serve.doing_what_is_due(
        house.db, house.bot, house.clock, house.kept, house.settings, asyncio.Event()
    )
    with capture_logs() as logs:
        async with working:
            async with asyncio.timeout(5):
                while begun.qsize() < 2:  # noqa: ASYNC110  # the second start is what is waited for
                    await asyncio.sleep(0.01)
    assert [(log["event"], log["part"]) for log in logs] == [("part-failed", part)]
