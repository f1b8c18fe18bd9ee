"""Live events for web chats: one queue per open page, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.control_view import event_json
from sandbox.records import BotAccount
from sandbox.world import World

QUEUE_LIMIT = 2_000
"""Events a page may be behind; a slower one is cut off and fetches everything anew."""
HEARTBEAT = 15.0


class EventHub:
    """Turns what happens in a world into streams."""

    def __init__(self, world: World, bot: BotAccount) -> None:
        self._world = world
        self._bot_id = bot.id
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._stop_listening = world.listen(self._tell)

    def _tell(self, kind: str, facts: dict[str, Any]) -> None:
        if not self._queues:
            return
        body = event_json(self._world, self._world.state.bots[self._bot_id], kind, facts)
        if body is None:
            return
        line = json.dumps(body, ensure_ascii=False)
        for queue in list(self._queues):
            if queue.qsize() >= QUEUE_LIMIT:
                self._queues.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(line)

    def close(self) -> None:
        """End every stream at once."""
        self._stop_listening()
        for queue in self._queues:
            queue.put_nowait(None)
        self._queues.clear()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Serve one page until it leaves, falls too far behind or the server stops."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        with suppress(ConnectionResetError):  # the page left: that is how streams usually end
            await response.prepare(request)
            await response.write(b": here\n\n")
            await self._pump(queue, response)
        self._queues.discard(queue)
        return response

    async def _pump(self, queue: asyncio.Queue[str | None], response: web.StreamResponse) -> None:
        while True:
            try:
                line = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if line is None:
                return
            await response.write(f"data: {line}\n\n".encode())
