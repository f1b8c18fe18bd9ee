"""The world: everything the two doors and the people in it share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from aiogram import Bot

from sandbox.clock import WorldClock, real_seconds
from sandbox.delivery import Delivery, Feed
from sandbox.files import Library
from sandbox.journal import Call, Fault, Journal
from sandbox.limits import Limiter, Limits
from sandbox.records import BotAccount, Callback, Dialogue, Group, Message, Person
from sandbox.state import Snapshot, State
from sandbox.weather import Mishap, Weather

if TYPE_CHECKING:
    from sandbox.people import Visitor

Listener: TypeAlias = Callable[[str, dict[str, Any]], None]
CALLBACK_LIFETIME = 15.0
"""Seconds in which a press can be answered; later Telegram says that the query is too old."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Some of the next calls of a method shall fail, or be slow."""

    method: str
    code: int | Literal["drop", "break", "slow"]
    times: int
    retry_after: int = 0
    description: str | None = None
    seconds: float = 0.0


class World:
    """One Telegram: its people, bots, chats and clock.

    `now` gives aware moments (the system's clock by default). `limits` switches Telegram's sending limits on; without
    them a bot may send as fast as it likes. `callback_grace` is how long, in process, a press may stay unanswered
    after the feed returned before it is written down as a fault of the bot.
    """

    def __init__(
        self,
        now: Callable[[], datetime] | None = None,
        limits: Limits | None = None,
        *,
        callback_grace: float = 0.0,
        callback_lifetime: float = CALLBACK_LIFETIME,
    ) -> None:
        self.state = State()
        self.clock = WorldClock(now)
        self.limiter = Limiter(limits)
        self.library = Library(self.state)
        self.delivery = Delivery(self)
        self.journal = Journal(self.clock.now, self.emit)
        self.callback_grace = callback_grace
        self.callback_lifetime = callback_lifetime
        self.plans: list[Plan] = []
        self.weather: Weather | None = None
        self._listeners: list[Listener] = []
        self._on_shift: list[Callable[[timedelta], object]] = []

    # --- who lives here

    def add_bot(
        self,
        username: str = "metodset_bot",
        first_name: str = "Методсеть",
        token: str | None = None,
        *,
        privacy: bool = True,
        inline: bool = False,
    ) -> BotAccount:
        """Register a bot (`inline`: one that may be asked in any chat), or give back the one who has this username.

        Refuses (ValueError) a malformed token and a token with another number than the bot already has.
        """
        for bot in self.state.bots:
            if bot.username == username:
                if token is not None and token.partition(":")[0] != str(bot.id):
                    raise ValueError(f"@{username} of this world has the number {bot.id}, the token is another's")
                return bot if token is None else self.state.bots.put(replace(bot, token=token))
        if token is None:
            number = self.state.next_number("bot", first=4_200_000_001)
            token = f"{number}:{hashlib.sha256(username.encode()).hexdigest()[:35]}"
        left, _, right = token.partition(":")
        if not left.isdigit() or not right:
            raise ValueError("a token is digits, a colon and a secret")
        return self.state.bots.put(BotAccount(int(left), token, username, first_name, privacy=privacy, inline=inline))

    def bot_of(self, token: str) -> BotAccount | None:
        """The bot whose token this is."""
        return next((bot for bot in self.state.bots if bot.token == token), None)

    def only_bot(self) -> BotAccount:
        """The bot of a world with one bot; raises LookupError otherwise."""
        bots = list(self.state.bots)
        if len(bots) != 1:
            raise LookupError(f"name the bot: this world has {len(bots)} of them")
        return bots[0]

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        language: str = "ru",
        id: int | None = None,
        username: str = "",
        note: str = "",
        group: str = "",
        pinned: bool = False,
    ) -> Person:
        """Let somebody open an account; with an `id` that exists, change that person's particulars."""
        if id is None:
            id = self.state.next_number("person", first=7_000_000_001)
            while id in self.state.people:
                id = self.state.next_number("person")
        person = Person(id, first_name, last_name, username, language, note, group, pinned)
        self.state.people.put(person)
        self.emit("people", person_id=id)
        return person

    def visitor(
        self,
        first_name: str = "",
        last_name: str = "",
        language: str = "ru",
        id: int | None = None,
        *,
        bot: BotAccount | None = None,
        started: bool = False,
        username: str = "",
        note: str = "",
        group: str = "",
        pinned: bool = False,
    ) -> Visitor:
        """Somebody to play, in the private chat with `bot` (the only one by default).

        With the `id` of a person who is already there and no name, that person. `started`: they wrote to the bot long
        ago, so that it may write to them.
        """
        from sandbox.people import Visitor

        bot = bot or self.only_bot()
        known = self.state.people.get(id) if id is not None else None
        if known is None or first_name:
            known = self.add_person(
                first_name or "Некто",
                last_name,
                language=language,
                id=id,
                username=username,
                note=note,
                group=group,
                pinned=pinned,
            )
        if started:
            self.state.dialogues.put(replace(self.dialogue(bot.id, known.id), started=True))
        return Visitor(self, bot.id, known.id)

    def group(self, title: str, members: Iterable[Visitor] = (), *, bots: Iterable[BotAccount] | None = None) -> Group:
        """A supergroup with these people and bots (all bots by default)."""
        number = self.state.next_number("group")
        inside = self.state.bots if bots is None else bots
        return self.state.groups.put(
            Group(
                -1_002_000_000_000 - number,
                title,
                tuple(member.id for member in members),
                tuple(bot.id for bot in inside),
            )
        )

    def dialogue(self, bot_id: int, person_id: int) -> Dialogue:
        """The private chat of a bot and a person, begun or not."""
        return self.state.dialogues.get((bot_id, person_id)) or Dialogue(bot_id, person_id)

    # --- the bot's side

    def attach(self, token: str, feed: Feed, bot: Bot | None = None) -> None:
        """Give every update of this bot to `feed` at once; a deed of a person returns when the feed has.

        With `bot` the updates are bound to it already, which saves the dispatcher a second parse.
        """
        account = self.bot_of(token)
        if account is None:
            raise LookupError("no bot has this token")
        self.delivery.attach(account.id, feed, bot)

    def detach(self, token: str) -> None:
        """Let updates of this bot wait for getUpdates again."""
        account = self.bot_of(token)
        if account is not None:
            self.delivery.detach(account.id)

    def fail_next(
        self,
        method: str,
        code: Mishap = 500,
        times: int = 1,
        retry_after: int = 3,
        description: str | None = None,
    ) -> None:
        """Make the next `times` calls of `method` fail with `code`; "drop" does the deed and loses the answer, "break" only breaks off."""
        self.plans.append(Plan(method.lower(), code, times, retry_after, description))

    def slow_next(self, method: str, seconds: float, times: int = 1) -> None:
        """Make the answers to the next `times` calls of `method` come so late: the deed is done at once."""
        self.plans.append(Plan(method.lower(), "slow", times, seconds=seconds))

    def fail_at_random(
        self, method: str, shares: Mapping[Mishap, float], *, seed: int = 0, retry_after: int = 1
    ) -> None:
        """From now on these shares of the calls of `method` fail so, by chance but the same for one seed; no shares: fair weather.

        What `fail_next` plans comes first. Raises ValueError when the shares are no shares.
        """
        self.weather = Weather(method, shares, seed=seed, retry_after=retry_after) if shares else None

    def take_plan(self, method: str) -> Plan | None:
        """The plan for this call, used up by one, or what chance has for it."""
        for index, plan in enumerate(self.plans):
            if plan.method == method.lower():
                self.plans[index : index + 1] = [replace(plan, times=plan.times - 1)] if plan.times > 1 else []
                return plan
        mishap = self.weather.mishap(method) if self.weather is not None else None
        if self.weather is None or mishap is None:
            return None
        return Plan(self.weather.method, mishap, 1, self.weather.retry_after)

    @property
    def calls(self) -> list[Call]:
        """What bots called, oldest first (polls that brought nothing are left out)."""
        return self.journal.calls

    @property
    def faults(self) -> list[Fault]:
        """What bots did wrong in people's eyes; not part of a snapshot."""
        return self.journal.faults

    # --- messages and presses

    def post(self, message: Message) -> Message:
        """Put a new message into its chat."""
        self.state.messages.put(message)
        self.emit("message", message=message)
        return message

    def alter(self, message: Message) -> Message:
        """Replace a message by its edited self."""
        self.state.messages.put(message)
        self.emit("edit", message=message)
        return message

    def next_message_id(self, bot_id: int, chat_id: int) -> int:
        """The next number in a group, or among all private chats of a bot (as real bots see them)."""
        return self.state.next_number(f"message:{chat_id if bot_id == 0 else bot_id}")

    def report_unanswered(self, callback: Callback) -> None:
        """Write an unanswered press down, once."""
        current = self.state.callbacks.get(callback.id)
        if current is None or current.answered or current.reported:
            return
        self.state.callbacks.put(replace(current, reported=True))
        self.journal.fault(
            f"the press {current.data!r} under message {current.message_id} of person {current.person_id}"
            " was not answered: their button keeps spinning"
        )

    def check_presses(self) -> None:
        """Report presses which a connected bot left unanswered for `callback_lifetime` seconds; called by a server's ticker."""
        for callback in list(self.state.callbacks):
            if callback.answered or callback.reported:
                continue
            waited = self.delivery.connected_seconds(callback.bot_id) - callback.connected_at
            if waited >= self.callback_lifetime:
                self.report_unanswered(callback)

    def expire_callbacks(self) -> None:
        """Make every press so far too old to be answered, as a bot finds them after a downtime."""
        for callback in list(self.state.callbacks):
            self.state.callbacks.put(replace(callback, asked_at=real_seconds() - self.callback_lifetime - 1))

    # --- time

    def now(self) -> datetime:
        """The world's wall time."""
        return self.clock.now()

    def shift(self, by: timedelta) -> None:
        """Move the world's wall time on by `by` and tell everyone who asked with `on_shift`."""
        self.set_shift(self.clock.offset + by)

    def set_shift(self, whole: timedelta) -> None:
        """Set the whole shift against the clock's source (zero: back to the present)."""
        self.clock.offset = whole
        for callback in self._on_shift:
            callback(whole)
        self.emit("time")

    def on_shift(self, callback: Callable[[timedelta], object]) -> None:
        """Call `callback(whole shift)` after every move of the wall time; what it is now says `clock.offset`."""
        self._on_shift.append(callback)

    # --- memory

    def snapshot(self) -> Snapshot:
        """The whole world at this moment: people, chats, files, queues, presses, time shift, planned failures."""
        return self.state.snapshot(self.clock.offset.total_seconds(), self.plans)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot. Calls and faults stay: they tell about the bot, not about the world."""
        self.state.restore(snapshot)
        self.plans = list(snapshot.plans)
        offset = timedelta(seconds=snapshot.shift_seconds)
        if offset != self.clock.offset:
            self.set_shift(offset)

    # --- watching

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener(kind, facts)` about everything that happens; gives a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, kind: str, **facts: Any) -> None:
        """Tell all listeners."""
        for listener in self._listeners:
            listener(kind, facts)
