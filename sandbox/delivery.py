"""How updates reach a bot: handed over at once in process, or kept until they are confirmed.

What is kept is confirmed by an offset of getUpdates, or posted to the bot's webhook (`sandbox.webhooks`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from aiogram import Bot
from aiogram.types import Update

from sandbox.clock import real_seconds
from sandbox.records import BotAccount, Json, StoredUpdate, Webhook
from sandbox.refusals import other_poller, webhook_active, webhook_came

if TYPE_CHECKING:
    from sandbox.world import World

Feed: TypeAlias = Callable[[Update], Awaitable[object]]

STILL_CONNECTED = 3.0
"""Seconds after a getUpdates for which its bot still counts as connected: it is handling what it got."""
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class _Line:
    """The connection of one bot: its long poll or webhook, and how long it has been connected in all."""

    wake: asyncio.Event
    poll: object | None = None
    last_seen: float | None = None
    webhook_answers: bool = False
    connected_before: float = 0.0
    connected_since: float | None = None


@dataclass(frozen=True, slots=True)
class _Attached:
    feed: Feed
    bot: Bot | None


class Delivery:
    """The queues and connections of all bots of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lines: dict[int, _Line] = {}
        self._attached: dict[int, _Attached] = {}
        self._closing = False

    def attach(self, bot_id: int, feed: Feed, bot: Bot | None) -> None:
        """Hand updates of this bot to `feed` as they happen instead of queueing them."""
        self._attached[bot_id] = _Attached(feed, bot)

    def detach(self, bot_id: int) -> None:
        """Queue updates of this bot again."""
        self._attached.pop(bot_id, None)

    def is_attached(self, bot_id: int) -> bool:
        """Whether this bot is fed in process."""
        return bot_id in self._attached

    def open(self) -> None:
        """Let long polls wait (again)."""
        self._closing = False

    def close(self) -> None:
        """End every long poll at once with what there is."""
        self._closing = True
        for line in self._lines.values():
            line.wake.set()

    def enqueue(self, bot_id: int, kind: str, body: Json) -> StoredUpdate | None:
        """Make the update; None if the bot asked not to get this kind. It waits to be fetched unless a feed takes it."""
        bot = self._world.state.bots[bot_id]
        allowed = bot.allowed_updates
        if kind not in allowed if allowed else kind in _NOT_BY_DEFAULT:
            return None
        number = self._world.state.next_number(f"update:{bot_id}", first=100_000_001)
        update = StoredUpdate(bot_id, number, {"update_id": number, kind: body})
        if bot_id not in self._attached:
            self._world.state.updates.put(update)
            self._line(bot_id).wake.set()
            self._world.emit("update", bot_id=bot_id, update=update)
        return update

    async def hand_over(self, updates: Sequence[StoredUpdate]) -> None:
        """Feed updates to attached bots and wait till they are done: begun in order, served side by side.

        That is what polling does as well; keeping one person's order is the bot's own affair. The first error of a
        feed is raised after all have ended.
        """
        fed = [
            attached.feed(Update.model_validate(update.payload, context={"bot": attached.bot}))
            for update in updates
            if (attached := self._attached.get(update.bot_id)) is not None
        ]
        if len(fed) == 1:
            await fed[0]  # by far the most usual case needs no tasks
            return
        results = await asyncio.gather(*fed, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    def pending(self, bot_id: int) -> list[StoredUpdate]:
        """Updates that wait for this bot, oldest first."""
        return [update for update in self._world.state.updates if update.bot_id == bot_id]

    def forget_pending(self, bot_id: int) -> None:
        """Drop everything that waits."""
        for update in self.pending(bot_id):
            self._world.state.updates.drop((bot_id, update.update_id))

    def confirm(self, update: StoredUpdate) -> None:
        """Forget an update that its bot has."""
        self._world.state.updates.drop((update.bot_id, update.update_id))

    def choose(self, bot_id: int, allowed: Sequence[str] | None) -> None:
        """Keep from now on only these kinds of updates; an empty list is Telegram's default, None changes nothing."""
        bot = self._world.state.bots[bot_id]
        if allowed is not None and tuple(allowed) != (bot.allowed_updates or ()):
            self._world.state.bots.put(replace(bot, allowed_updates=tuple(allowed) or None))

    def set_webhook(self, bot_id: int, webhook: Webhook | None) -> None:
        """Post this bot's updates there from now on, or (None) keep them for getUpdates; a poll that waits ends with 409."""
        self._world.state.bots.put(replace(self._world.state.bots[bot_id], webhook=webhook))
        line = self._line(bot_id)
        line.wake.set()
        line.webhook_answers = False
        self._world.emit("webhook", bot_id=bot_id)

    def note_webhook(self, bot_id: int, error: str | None) -> None:
        """Remember how the last post to this bot's webhook ended; `error` is what getWebhookInfo tells, None a success."""
        self._line(bot_id).webhook_answers = error is None
        bot = self._world.state.bots[bot_id]
        if error is not None and bot.webhook is not None:
            now = self._world.clock.timestamp()
            failed = replace(bot.webhook, last_error_date=now, last_error_message=error)
            self._world.state.bots.put(replace(bot, webhook=failed))
        self.refresh()

    async def poll(
        self, bot: BotAccount, *, offset: int, limit: int, seconds: float, allowed: Sequence[str] | None
    ) -> list[Json]:
        """One getUpdates: confirm below `offset`, then wait up to `seconds` for something to give.

        Raises the Refusal 409 while a webhook is set, and in the poll that was there before, as Telegram does when a
        second one or a webhook comes.
        """
        if bot.webhook is not None:
            raise webhook_active()
        self.choose(bot.id, allowed)
        waiting = self.pending(bot.id)
        if offset < 0 and waiting:
            offset = waiting[max(offset, -len(waiting))].update_id  # counted from the end; all before is forgotten
        for update in waiting:
            if update.update_id < offset:
                self.confirm(update)
        line = self._line(bot.id)
        ticket = object()
        line.poll = ticket
        line.wake.set()  # whoever waits on this line sees that it was pushed aside
        line.last_seen = real_seconds()
        self.refresh()
        deadline = line.last_seen + seconds
        try:
            while True:
                line.wake.clear()
                waiting = self.pending(bot.id)[:limit]
                left = deadline - real_seconds()
                if waiting or left <= 0 or self._closing:
                    return [update.payload for update in waiting]
                try:
                    await asyncio.wait_for(line.wake.wait(), left)
                except TimeoutError:
                    continue
                if self._world.state.bots[bot.id].webhook is not None:
                    raise webhook_came()
                if line.poll is not ticket:
                    raise other_poller()
        finally:
            line.last_seen = real_seconds()
            if line.poll is ticket:
                line.poll = None
            self.refresh()

    def connected(self, bot_id: int) -> bool:
        """Whether this bot is there: fed in process, polling (or gone from it only a moment ago), its webhook answering."""
        if bot_id in self._attached:
            return True
        line = self._lines.get(bot_id)
        if line is None:
            return False
        recent = line.last_seen is not None and real_seconds() - line.last_seen < STILL_CONNECTED
        return line.poll is not None or recent or line.webhook_answers

    def connected_seconds(self, bot_id: int) -> float:
        """How long this bot has been connected in all: the measure of its unanswered buttons."""
        line = self._line(bot_id)
        since = line.connected_since
        return line.connected_before + (real_seconds() - since if since is not None else 0.0)

    def refresh(self) -> None:
        """Notice bots that came or went and tell those who watch the world."""
        for bot_id, line in self._lines.items():
            connected = self.connected(bot_id)
            if connected == (line.connected_since is not None):
                continue
            if connected:
                line.connected_since = real_seconds()
            else:
                line.connected_before = self.connected_seconds(bot_id)
                line.connected_since = None
            self._world.emit("connected", bot_id=bot_id, connected=connected)

    def _line(self, bot_id: int) -> _Line:
        line = self._lines.get(bot_id)
        if line is None:
            line = self._lines[bot_id] = _Line(asyncio.Event())
        return line
