"""What a person has before them after a deed, and what product.md asks of every screen («How the bot speaks and looks»)."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from dialogs import DIALOGS, Moment, Number
from sandbox.view import Button
from screens import addresses
from screens.l10n import LANGUAGES, L10n
from screens.screen import LABEL

CONTENT_BUTTONS = 8
NAVIGATION_ROWS = 2
TEXT = 4096

ADDRESSES: dict[str, type[CallbackData]] = {
    one.__prefix__: one
    for one in vars(addresses).values()
    if inspect.isclass(one) and issubclass(one, CallbackData) and one is not CallbackData
}
"""Every class of buttons by its prefix."""

_NAVIGATION: tuple[type[CallbackData], ...] = (
    addresses.OpenMenu,
    addresses.QuestionBack,
    addresses.SkipQuestion,
    addresses.TurnQuestion,
    addresses.CancelDialog,
)
_NAVIGATION_LABELS = {
    L10n(language).plain(key) for language in LANGUAGES for key in ("nav-back", "nav-menu", "nav-previous", "nav-next")
}
_NAMES = frozenset({"dialog", "question"})
"""Fields that belong to a button's class, as the dialogs' buttons are one set of classes for all; the others are ids, pages, values."""


def address_of(button: Button) -> CallbackData | None:
    """Where the button leads, None for a link. Raises LookupError for an address that no class knows."""
    if button.data is None:
        return None
    prefix = button.data.partition(":")[0]
    if prefix not in ADDRESSES:
        raise LookupError(f"the button {button!r} has the address {button.data!r} of no class")
    return ADDRESSES[prefix].unpack(button.data)


def class_of(button: Button) -> str:
    """The button's class in words, with the names in its address: «AnswerQuestion(registration, name)»."""
    address = address_of(button)
    if address is None:
        return "link"
    names = [value for name, value in address if name in _NAMES]
    return type(address).__name__ + (f"({', '.join(names)})" if names else "")


@dataclass(frozen=True, slots=True)
class Sight:
    """One screen. `handler` drew it; `unfinished`: a dialog waits while the person is elsewhere.

    `keys` are the buttons that it put in the place of the letters.
    """

    handler: str
    text: str
    html: str
    keyboard: tuple[tuple[Button, ...], ...]
    unfinished: bool = False
    keys: tuple[str, ...] = ()

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row by row."""
        return [button for row in self.keyboard for button in row]

    @property
    def kind(self) -> tuple[object, ...]:
        """By what a screen is known: its handler and its classes of buttons."""
        return (self.handler, frozenset(class_of(button) for button in self.buttons), self.unfinished)

    @property
    def looks(self) -> tuple[object, ...]:
        """Two screens of the same looks are one."""
        labels = tuple(tuple((str(button), button.data, button.url) for button in row) for row in self.keyboard)
        return (self.handler, self.html, labels, self.unfinished)


def faults_of(sight: Sight) -> Iterator[str]:
    """Everything that is wrong with a screen in itself."""
    if not sight.buttons and not sight.keys:
        yield "a dead end: there is no way on from here"
    for button in sight.buttons:
        if len(button) > LABEL:
            yield f"the label {str(button)!r} has {len(button)} characters, {LABEL} fit"
    rows = [row for row in sight.keyboard if not _is_navigation(row)]
    content = [button for row in rows for button in row if not _is_of_a_grid(button)]
    if len(content) > CONTENT_BUTTONS:
        yield f"{len(content)} content buttons, {CONTENT_BUTTONS} at most: {[str(button) for button in content]}"
    if len(sight.keyboard) - len(rows) > NAVIGATION_ROWS:
        yield f"{len(sight.keyboard) - len(rows)} rows of navigation, {NAVIGATION_ROWS} at most"
    if len(sight.text) > TEXT:
        yield f"the text has {len(sight.text)} characters, {TEXT} fit"
    if not says_where(sight):
        yield f"the first line does not say where I am: {sight.text.partition(chr(10))[0]!r}"


def _is_navigation(row: Sequence[Button]) -> bool:
    """Ways around, or the last row of the menu: settings and help."""
    if [type(address_of(button)) for button in row] == [addresses.OpenSettings, addresses.OpenHelp]:
        return True
    return all(str(button) in _NAVIGATION_LABELS or isinstance(address_of(button), _NAVIGATION) for button in row)


def _is_of_a_grid(button: Button) -> bool:
    """Numbers, hours and ratings stand in rows, and are one choice however many they are."""
    match address_of(button):
        case addresses.RateConsultation():
            return True
        case addresses.AnswerQuestion(dialog=dialog, question=question):
            return isinstance(DIALOGS[dialog].question(question), Number | Moment)
    return False


def says_where(sight: Sight) -> bool:
    """Whether the first line is a heading, a dialog's step, or tells what was wrong with the last answer."""
    first = sight.html.partition("\n")[0]
    step = any(
        re.match(_pattern(L10n(language).plain("dialog-step", title="\0", number="\0", total="\0")), sight.text)
        for language in LANGUAGES
    )
    return step or bool(re.match(r"\W*<b>", first)) or first.startswith("❗️")


def _pattern(template: str) -> str:
    return ".+?".join(re.escape(part) for part in template.split("\0"))
