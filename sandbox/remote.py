"""Actors for a sandbox in another process: the words of `sandbox.people`, spoken over the control API.

For tests that kill and restart processes, and for load. A deed returns when the sandbox has taken it; what the bot makes
of it is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession

from sandbox.clock import real_seconds
from sandbox.records import Json


class RemoteVisitor:
    """One person of a served world; made by `enter` or for an id that is known."""

    def __init__(self, session: ClientSession, url: str, person_id: int) -> None:
        self.session = session
        self.url = url
        self.id = person_id

    @classmethod
    async def enter(cls, session: ClientSession, url: str, first_name: str, **particulars: Any) -> RemoteVisitor:
        """Open an account; `particulars` as in `POST /control/people`."""
        body = await _ask(session, "POST", f"{url}/control/people", {"first_name": first_name, **particulars})
        return cls(session, url, body["id"])

    async def messages(self, limit: int = 50) -> list[Json]:
        """The last messages of the chat, oldest first."""
        page = await self._get(f"messages?limit={limit}")
        found: list[Json] = page["messages"]
        return found

    async def screen(self) -> Json | None:
        """The newest message of the bot."""
        return next((message for message in reversed(await self.messages()) if not message["from_me"]), None)

    async def sees(self) -> str:
        """Its text; empty before the first."""
        screen = await self.screen()
        return "" if screen is None else str(screen["text"])

    async def buttons(self) -> list[str]:
        """The labels under it."""
        screen = await self.screen()
        return [button["text"] for row in (screen or {}).get("keyboard") or [] for button in row]

    async def says(self, text: str) -> None:
        """Type and send."""
        await self._post("text", text=text)

    async def taps(self, label: str) -> str:
        """Press the newest button with this label, or with this in its label; gives the callback's id.

        Raises AssertionError if there is none.
        """
        for message in reversed(await self.messages()):
            places = [
                (button["text"], row, column)
                for row, buttons in enumerate(message["keyboard"] or [])
                for column, button in enumerate(buttons)
            ]
            for text, row, column in sorted(places, key=lambda place: place[0] != label):
                if label in text:
                    answer = await self._post("tap", message_id=message["message_id"], row=row, column=column)
                    return str(answer["callback_id"])
        raise AssertionError(f"no button {label!r} under the last messages, the newest has {await self.buttons()}")

    async def waits_for(self, text: str, timeout: float = 10.0) -> Json:
        """Wait till the newest message of the bot contains `text`; raises AssertionError if it does not in time."""
        return await self.waits(lambda screen: text in screen["text"], timeout, f"for {text!r}")

    async def waits(self, condition: Callable[[Json], object], timeout: float = 10.0, what: str = "") -> Json:
        """Wait till `condition(newest message of the bot)` holds and give that message."""
        deadline = real_seconds() + timeout
        while True:
            screen = await self.screen()
            if screen is not None and condition(screen):
                return screen
            if real_seconds() > deadline:
                raise AssertionError(f"waited {timeout} s in vain {what} and sees {await self.sees()!r}")
            await asyncio.sleep(0.05)

    async def _get(self, path: str) -> Any:
        return await _ask(self.session, "GET", f"{self.url}/control/people/{self.id}/{path}")

    async def _post(self, path: str, **body: Any) -> Any:
        return await _ask(self.session, "POST", f"{self.url}/control/people/{self.id}/{path}", body)


async def _ask(session: ClientSession, method: str, url: str, body: Json | None = None) -> Any:
    async with session.request(method, url, json=body) as response:
        answer = await response.json()
        if response.status != 200:
            raise AssertionError(f"{url} refused: {answer}")
        return answer
