"""A person in a sandbox that runs as a process of its own, by its control API."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiohttp import ClientSession


class Chat:
    """`await anna.says("/start")`, `await anna.taps("Сети")`, `await anna.waits_for("Меню")`."""

    def __init__(self, client: ClientSession, url: str, person_id: int) -> None:
        self.person_id = person_id
        self._client = client
        self._url = f"{url}/control/people/{person_id}"

    @classmethod
    async def open(cls, client: ClientSession, url: str, first_name: str) -> Chat:
        """Let somebody new open an account."""
        async with client.post(f"{url}/control/people", json={"first_name": first_name}) as answer:
            answer.raise_for_status()
            return cls(client, url, (await answer.json())["id"])

    async def says(self, text: str) -> None:
        """Type and send."""
        await self._does("text", text=text)

    async def taps(self, label: str) -> None:
        """Press the button of the newest screen whose label has this in it."""
        screen = await self._screen()
        for row, buttons in enumerate(screen["keyboard"] or []):
            for column, button in enumerate(buttons):
                if label in button["text"]:
                    await self._does("tap", message_id=screen["message_id"], row=row, column=column)
                    return
        raise AssertionError(f"no button {label!r} in {screen}")

    async def waits_for(self, text: str, timeout: float = 20.0) -> None:
        """Wait until the newest screen has this text. Raises AssertionError."""
        deadline = time.monotonic() + timeout
        while text not in (screen := await self._screen())["text"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {text!r} in vain and sees {screen['text']!r}")
            await asyncio.sleep(0.02)

    async def _screen(self) -> dict[str, Any]:
        async with self._client.get(f"{self._url}/messages") as answer:
            answer.raise_for_status()
            messages = (await answer.json())["messages"]
        found = next((one for one in reversed(messages) if not one["from_me"]), None)
        return found or {"text": "", "keyboard": None, "message_id": 0}

    async def _does(self, deed: str, **body: Any) -> None:
        async with self._client.post(f"{self._url}/{deed}", json=body) as answer:
            answer.raise_for_status()
