"""A Bot API on HTTP that says yes to everything at once, in a process of its own: `python -m bench.yes`, which prints its address.

It answers with the message it was asked for, as Telegram does, and reads no more than it needs for that: the other side is measured.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from typing import cast
from urllib.parse import parse_qsl

import uvloop

from bench.null import message

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
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
            body, self._received = self._received[end + len(_HEADERS_END) : whole], self._received[whole:]
            self._answer(dict(parse_qsl(body.decode())))

    def _answer(self, fields: dict[str, str]) -> None:
        result = message(int(fields.get("chat_id", 1)), next(_message_ids), text=fields.get("text", ""))
        if "reply_markup" in fields:
            result["reply_markup"] = json.loads(fields["reply_markup"])
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
