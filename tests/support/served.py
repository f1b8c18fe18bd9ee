"""A Telegram in a process of its own, for tests that kill others: reached by the Bot API and the control API alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from sandbox.records import Json
from tests.support.processes import Forge, Forged

PAGE = 500


class ServedTelegram:
    """`settings` lead a bot here; `calls` are what it called so far."""

    def __init__(self, client: ClientSession, process: Forged) -> None:
        self.client = client
        self.process = process
        self.url, _, self.token = process.said.strip().partition(" token ")
        self._calls: list[Json] = []

    @classmethod
    async def start(cls, forge: Forge, client: ClientSession, folder: Path) -> ServedTelegram:
        """A new world on a free port."""
        process = forge.start("sandbox", [], folder=folder, log=folder / "sandbox.log", settings={})
        await process.says(" token ")
        return cls(client, process)

    @property
    def settings(self) -> dict[str, str]:
        """What leads a bot here."""
        return {"BOT_TOKEN": self.token, "BOT_API_URL": self.url}

    async def change_limits(self, **limits: float) -> None:
        """From now on it refuses what comes faster."""
        async with self.client.post(f"{self.url}/control/limits", json=limits) as answer:
            answer.raise_for_status()

    async def calls(self) -> list[Json]:
        """Everything that was called, oldest first; only what is new is fetched, in pages."""
        while page := await self._page(after=self._calls[-1]["number"] if self._calls else 0):
            self._calls += page
        return self._calls

    async def _page(self, **query: int) -> Any:
        async with self.client.get(f"{self.url}/control/calls", params=query | {"limit": PAGE}) as answer:
            answer.raise_for_status()
            return await answer.json()
