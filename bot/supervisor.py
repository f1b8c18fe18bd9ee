"""A part of the process that runs as long as the process is started again when it fails, and says so; how long it may take to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger("bot.supervisor")

GRACE_SECONDS = 30
"""How long after SIGTERM the process may live: what operators.md asks for, and what Kubernetes gives by itself."""

STOP_SECONDS = 20.0
"""How long whatever is in flight may take to finish, handlers and deliveries side by side. What remains of the grace is for the last
word to Telegram (at most five seconds, before the handlers' time begins), for giving back, and for closing."""

GIVE_BACK_SECONDS = 3.0
"""How long giving back what did not finish may take: a database that is away keeps nobody."""

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
"""Who ran for longer than this before failing begins with the first pause again."""


async def keep_running(name: str, run: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Run `run` until it ends by itself; whenever it raises, write down why and start it again, unless `stop` is set.

    The pauses grow. The process does not end instead: people are answered without this part, and a fault that comes back at every
    start would take the answers away too, in a loop. What an operator would want to know is an error in the log, with its cause,
    once a minute as long as it lasts. `run` must bear being started anew: its memory is the database.
    """
    loop = asyncio.get_running_loop()
    pause = 0.0
    while True:
        begun = loop.time()
        try:
            await run()
            return
        except Exception:  # whatever it is: a part that stands still in silence is worse than any error
            lasted = loop.time() - begun
            pause = FIRST_PAUSE_SECONDS if lasted > LONGEST_PAUSE_SECONDS or not pause else pause * 2
            pause = min(LONGEST_PAUSE_SECONDS, pause)
            log.exception("part-failed", part=name, again_in_seconds=None if stop.is_set() else pause)
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue  # nobody asked to stop: the usual case
        return
