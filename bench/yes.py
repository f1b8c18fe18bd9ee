"""A Bot API on HTTP that says yes to everything at once, in a process of its own: `python -m bench.yes`, which prints its address.

It reads no more of a request than where it ends and whom it is for: the other side is what is measured.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from typing import cast

import uvloop

from bench.null import message

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CHAT = re.compile(rb"chat_id=(-?\d+)")
_HEADERS_END = b"\r\n\r\n"

_message_ids = itertools.count(1)


class Yes(asyncio.Protocol):
    """One connection: requests come one after another, each is answered with the message it asked for."""

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's are none by their class

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole by now."""
        self._received += data
        while (end := self._received.find(_HEADERS_END)) >= 0:
            length = _LENGTH.search(self._received, 0, end + 2)
            whole = end + len(_HEADERS_END) + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            request, self._received = self._received[:whole], self._received[whole:]
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        chat = _CHAT.search(request)
        result = message(int(chat[1]) if chat else 1, next(_message_ids))
        body = json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()
        if self._transport is not None:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Yes, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    print(f"http://{host}:{port}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
