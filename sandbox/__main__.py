"""`python -m sandbox`: a Telegram of our own as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.server import serve
from sandbox.world import World
from sandbox.worldfile import WorldFile


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: loopback)")
    parser.add_argument("--port", type=int, default=0, help="the port (default 0: a free one)")
    parser.add_argument("--state", type=Path, help="the file which keeps the world between runs")
    parser.add_argument("--token", help="the bot's token (default: one made from its username)")
    parser.add_argument("--username", default="metodset_bot", help="the bot's username")
    parser.add_argument("--name", default="Методсеть", help="the bot's name")
    parser.add_argument("--allow-host", action="append", default=[], help="another host name to answer to")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    world = World()
    file = WorldFile(world, arguments.state) if arguments.state is not None else None
    if file is not None:
        file.load()
    bot = world.add_bot(arguments.username, arguments.name, arguments.token)
    server = await serve(world, arguments.host, arguments.port, names=arguments.allow_host)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if file is not None:
        file.start()
    sys.stdout.write(f"{server.url} token {bot.token}\n")
    sys.stdout.flush()
    await stop.wait()
    await server.close()
    if file is not None:
        await file.close()


def main() -> int:
    """Run until SIGINT or SIGTERM; 1 and one sentence if the port or the state file cannot be used."""
    try:
        asyncio.run(_run(_arguments()))
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        sys.stderr.write(f"{words}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
