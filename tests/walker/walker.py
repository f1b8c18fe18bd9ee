"""The walker: from every command, breadth first, it presses every button it sees and answers every question it is asked.

A screen is known by its handler and its classes of buttons; of each class at most `INSTANCES` are walked on from. What a
dialog left unfinished adds to the other screens is looked at once. Before each deed the database and the world are what
they were when the screen was drawn, so that no deed hides another. An address that was pressed at the very same moment already
is not pressed again, and notifications are sent when a handler made some of a kind that it had not made before.
"""

from __future__ import annotations

import collections
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import TelegramObject
from structlog.testing import capture_logs

from dialogs import DIALOGS, SUMMARY
from sandbox import Visitor
from sandbox.journal import Call
from sandbox.records import Counter
from sandbox.state import Snapshot
from sandbox.view import MessageView
from tests.support.house import House
from tests.walker.answers import PHOTO, WISHES, Doing, answers_to, saying
from tests.walker.doors import DIALOGS_DOOR, TOLD
from tests.walker.memory import Memory, Moment
from tests.walker.sight import Sight, address_of, faults_of

INSTANCES = 1
"""Of a class at most so many screens are walked on from; with three a walk takes half as long again, and the bound too little room."""

INSTANCES_KNOWN = 1
"""Of a class that somebody with another role walked through before."""

FIRST_UPDATE = 200_000_001
PARTS = 10
"""More updates than one deed makes."""

FEW = 12
"""As many notifications as are delivered after a deed; what goes to hundreds is the sender's own tests' concern."""

BORNE = ("message is not modified", "query is too old")
"""Refusals that the product bears by design: a screen that looks as before, a press from before a downtime."""

LOST_FILE = "wrong file identifier"
"""Telegram no longer knows the file: borne when the very next such call to this person, with the bytes of our copy, is taken."""

Kind = tuple[object, ...]
"""By what a screen is known."""

_SILENT = Sight("", "", "", ())

Share = Callable[[Sight, str | None, int], bool]
"""Whether a screen is walked on from, by its sight, the question that waits there, and how many deeds lead to it."""


def everything(sight: Sight, question: str | None, deeds: int) -> bool:
    """No screen is left to others."""
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that was reached, with everything needed to come back to it.

    `question` is the state of the dialog that waits for an answer, `fresh` marks the first screen of its class. `message_id` is
    the message that shows it, `newest_id` the newest one of the bot then, `around` what of the message handlers may look at.
    """

    sight: Sight
    path: tuple[str, ...]
    world: Snapshot
    moment: Moment
    question: str | None = None
    fresh: bool = False
    message_id: int = 0
    newest_id: int = 0
    around: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do at a place. `address` is that of the button which is pressed."""

    label: str
    do: Doing
    address: str | None = None


@dataclass
class Walk:
    """What a walk found: `faults` maps what is wrong to the shortest way that leads there, `pressed` are names of classes."""

    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    screens: collections.Counter[Kind] = field(default_factory=collections.Counter)
    pressed: set[str] = field(default_factory=set)
    deeds: int = 0

    def report(self) -> str:
        """Every fault with the way to it."""
        return "\n".join(f"· {fault}\n    {' → '.join(path)}" for fault, path in self.faults.items())


class Walker:
    """One person walking through one house, whose present state is where every way begins.

    `known` are the classes of screens that others walked through. Of the screens that are no part of the `share` nothing is
    pressed: somebody else walks there.
    """

    def __init__(
        self, house: House, memory: Memory, visitor: Visitor, known: Set[Kind] = frozenset(), share: Share = everything
    ) -> None:
        self._house = house
        self._share = share
        self._memory = memory
        self._visitor = visitor
        self._known = known
        self._handler = ""
        self._calls: list[Call] = []
        self._errors: list[str] = []
        self._seen: set[tuple[object, ...]] = set()
        self._delivered: set[tuple[str, str, bool]] = set()
        self._pressed: dict[tuple[object, ...], tuple[tuple[object, bool], Moment]] = {}
        self._ahead: deque[Place] = deque()
        self.walk = Walk()
        house.dispatcher.message.middleware(self._remember_handler)
        house.dispatcher.callback_query.middleware(self._remember_handler)

    async def go(self, commands: Sequence[str]) -> Walk:
        """Walk from every one of `commands` and from what people send unasked."""
        start = Place(_SILENT, (), self._house.world.snapshot(), self._memory.now)
        with self._listening():
            for message in self._visitor.messages:
                if message.keyboard and message.sender_id == self._visitor.bot_id:
                    self._consider(self._sight(message, TOLD), ("is told",), None, message.message_id)
            for told in [*map(saying, commands), *WISHES]:
                await self._do(start, Deed(*told))
            while self._ahead:
                place = self._ahead.popleft()
                if not any([await self._lead_on(place, deed) for deed in self._deeds(place)]):
                    self._blame("a dead end: whatever one does here, nothing changes", place.path)
        self._return_to(start)
        return self.walk

    async def _lead_on(self, place: Place, deed: Deed) -> bool:
        """Do it, unless the very same address was pressed at the very same moment, under a message just like this one.

        Tells whether anything changed in the person's eyes.
        """
        press = (deed.address, id(place.moment), place.around)
        if deed.address is None or press not in self._pressed:
            self._pressed[press] = (await self._do(place, deed), place.moment)
        (looks, noticed), _ = self._pressed[press]
        return looks != place.sight.looks or noticed

    def _deeds(self, place: Place) -> Iterator[Deed]:
        for row, buttons in enumerate(place.sight.keyboard):
            for column, button in enumerate(buttons):
                address = address_of(button)
                do = _pressing(place.message_id, row, column)
                if address is None:
                    yield Deed(f"opens {str(button)!r}", do)
                    continue
                self.walk.pressed.add(type(address).__name__)
                yield Deed(f"presses {str(button)!r}", do, button.data)
        for key in place.sight.keys:
            yield Deed(f"taps {str(key)!r}", _tapping(key))
        if place.question is None:
            if place.sight.unfinished and place.fresh:
                yield Deed(*WISHES[0])  # typed elsewhere, it is offered as the answer of the dialog that waits
            return
        dialog, _, key = place.question.partition(":")
        question = DIALOGS[dialog].question(key)
        assert question is not None or key == SUMMARY, f"{place.question!r} is no question"
        answers = answers_to(question) if question is not None else [saying("да"), PHOTO]
        told = [*answers, saying("/menu"), saying("/cancel")] if place.fresh else answers[:1]
        yield from (Deed(*one) for one in told)

    async def _do(self, place: Place, deed: Deed) -> tuple[object, bool]:
        """Do it there and look what comes of it: how the screen looks then, and whether a toast, an alert or a link was seen."""
        self._return_to(place)
        self._handler = ""
        self._calls.clear()
        self._errors.clear()
        known = len(self._house.world.faults)
        path = (*place.path, deed.label)
        try:
            await deed.do(self._visitor)
        except Exception as error:  # noqa: BLE001  # whatever escaped from the dispatcher is a find, not the end of the walk
            self._errors.append(f"escaped: {error!r}")
        self.walk.deeds += 1
        person = self._visitor
        noticed = bool(person.toast or person.alert or person.opened)
        shown = self._newest_id()
        message_id = shown if shown > place.newest_id else place.message_id
        sight, question = self._look(message_id)
        faults = [fault.text for fault in self._house.world.faults[known:]]
        for problem in [*self._errors, *faults, *self._talk(deed.label), *faults_of(sight)]:
            self._blame(problem, path)
        self._consider(sight, path, question, message_id)
        if self._memory.now is not place.moment and self._is_news():
            await self._have_delivered((*path, "is told"), shown)
        return sight.looks, noticed

    def _is_news(self) -> bool:
        """Whether few notifications are due, one of them of a kind that this handler has not sent yet to this person, or to others."""
        due = self._memory.due(self._house.clock.now(), self._visitor.id)
        news = {(self._handler, *one) for one in due} - self._delivered
        if not news or len(due) > FEW:
            return False
        self._delivered |= news
        return True

    async def _have_delivered(self, path: tuple[str, ...], newest_id: int) -> None:
        """Send what the deed left to be told, to whomever; what this person is told is walked on from."""
        known = len(self._house.world.faults)
        self._calls.clear()
        self._errors.clear()
        self._handler = TOLD
        await self._house.delivers()
        faults = [fault.text for fault in self._house.world.faults[known:]]
        for problem in [*self._errors, *faults, *self._refusals()]:
            self._blame(problem, path)
        told_id = self._newest_id()
        if told_id > newest_id:
            sight, question = self._look(told_id)
            for problem in faults_of(sight):
                self._blame(problem, path)
            self._consider(sight, path, question, told_id)

    def _newest_id(self) -> int:
        return self._visitor.screen.message_id if self._visitor.sees else 0

    def _return_to(self, place: Place) -> None:
        self._house.world.restore(place.world)
        self._memory.return_to(place.moment)
        # Telegram never gives one number to two updates, and aiogram keeps the last ones by their numbers.
        number = FIRST_UPDATE + self.walk.deeds * PARTS
        self._house.world.state.counters.put(Counter(f"update:{self._visitor.bot_id}", number))

    def _talk(self, label: str) -> Iterator[str]:
        """What is wrong with the calls that answered the deed; a link may open without any."""
        yield from self._refusals()
        answers = sum(call.method == "answerCallbackQuery" for call in self._calls)
        if label.startswith("presses") and answers != 1:
            yield f"the button was answered {answers} times"
        if not self._calls and not label.startswith("opens"):
            yield "nothing was said to this"

    def _refusals(self) -> Iterator[str]:
        for number, call in enumerate(self._calls):
            words = call.description or ""
            if call.ok or any(borne in words for borne in BORNE):
                continue
            again = (
                one for one in self._calls[number + 1 :] if (one.method, one.person_id) == (call.method, call.person_id)
            )
            if LOST_FILE in words and (resent := next(again, None)) is not None and resent.ok:
                continue
            yield f"the sandbox refused {call.method}: {words}"

    def _look(self, message_id: int) -> tuple[Sight, str | None]:
        """The screen in this message, and the question that waits for an answer."""
        state, paused = self._memory.dialog_of(self._visitor.id)
        message = self._message(message_id)
        if message is None:
            return _SILENT, None
        return self._sight(message, self._handler, unfinished=paused), None if paused else state

    def _message(self, message_id: int) -> MessageView | None:
        return next((one for one in reversed(self._visitor.messages) if one.message_id == message_id), None)

    def _sight(self, message: MessageView, handler: str, *, unfinished: bool = False) -> Sight:
        keys = [key for row in self._visitor.reply_keyboard for key in row] if message.record.other_markup else []
        rows = tuple(map(tuple, message.keyboard))
        return Sight(handler, message.text, message.html, rows, unfinished=unfinished, keys=tuple(keys))

    def _consider(self, sight: Sight, path: tuple[str, ...], question: str | None, message_id: int) -> None:
        """Walk on from here later, unless it is known well enough."""
        kind, looks = (*sight.kind, question), (*sight.looks, question)
        if looks in self._seen or self.walk.screens[kind] >= self._most(sight, kind):
            return
        if not self._share(sight, question, len(path)):
            return
        self._seen.add(looks)
        self.walk.screens[kind] += 1
        fresh = self.walk.screens[kind] == 1 and kind not in self._known
        here = (self._house.world.snapshot(), self._memory.now, question, fresh, message_id, self._newest_id())
        self._ahead.append(Place(sight, path, *here, self._around(message_id)))

    def _around(self, message_id: int) -> tuple[object, ...]:
        """What of a message a handler may see beside the button: its file, and what it answers."""
        message = self._message(message_id)
        if message is None:
            return ()
        return (message.media, message.reply_to.text if message.reply_to is not None else None)

    def _most(self, sight: Sight, kind: Kind) -> int:
        if sight.unfinished:
            return 0 if kind in self._known else 1
        return INSTANCES_KNOWN if kind in self._known else INSTANCES

    def _blame(self, problem: str, path: tuple[str, ...]) -> None:
        self.walk.faults.setdefault(problem, path)

    # --- listening

    async def _remember_handler(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        callback = data["handler"].callback
        module = callback.__module__
        self._handler = DIALOGS_DOOR if module.startswith(DIALOGS_DOOR) else f"{module}.{callback.__qualname__}"
        return await handler(event, data)

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Collect the calls to Telegram and every log record of level ERROR, ours and the libraries'."""
        stop = self._house.world.listen(self._hear)
        records = _Records(self._errors)
        logging.getLogger().addHandler(records)
        try:
            with capture_logs([self._read_log]):
                yield
        finally:
            logging.getLogger().removeHandler(records)
            stop()

    def _hear(self, kind: str, facts: dict[str, Any]) -> None:
        if kind == "call":
            self._calls.append(facts["call"])

    def _read_log(self, _logger: Any, name: str, entry: Any) -> Any:
        if name in {"error", "exception", "critical"}:
            self._errors.append(f"logged: {entry['event']}: {entry.get('exc_info')!r}")
        return entry


class _Records(logging.Handler):
    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.append(f"logged: {record.getMessage()}")


def _tapping(key: str) -> Doing:
    return lambda person: person.taps(key)


def _pressing(message_id: int, row: int, column: int) -> Doing:
    return lambda person: person.taps_at(message_id, row, column)
