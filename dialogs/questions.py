"""The kinds of question a dialog may ask, as data. Words live in `locales/`, rows of choices in `services/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Answers = dict[str, Any]
"""What was answered so far, as JSON: question's key → its value."""

META = "_"
"""The reserved key of `Answers` where the engine keeps its place: page, query, «return to the summary»."""


ABOUT = "about"
"""The key under which `prepare` may name what the dialog is about, in people's own words: every question and the summary show it,
in the text `<titles>-about` if there is one."""


class WrongAnswer(Exception):
    """What was typed is no answer to this question. `key` names the sentence that tells how to put it right.

    `understood` is what of it need not be typed again: the day of which the time is still asked.
    """

    def __init__(self, key: str, *, understood: str | None = None, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.understood = understood
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `optional` ones may be skipped; `when` hides the question until earlier answers call for it."""

    key: str
    optional: bool = False
    when: Callable[[Answers], bool] | None = None

    def is_open(self, answers: Answers) -> bool:
        """Whether it still waits for an answer: never asked, or required and empty (all ticks taken off again)."""
        return self.key not in answers or (not self.optional and answers[self.key] in (None, []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Question):
    """A typed text. `read` tidies it and raises WrongAnswer. Answer: str."""

    longest: int
    shortest: int = 1
    read: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Question):
    """A whole number from `lowest` to `highest`, typed or tapped from `suggestions`. Answer: int."""

    lowest: int
    highest: int
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """One of `options`, whose words are `<dialog>-<question>-<option>`. Answer: the option."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Question):
    """One row of `source`: shown in pages, found by typing. Answer: {"id": int, "label": str} and what the source knows beside.

    `typed`: what was typed and not found may be taken as it is ({"id": None, "label": typed}).
    `absent`: a button «моей нет» gives {"id": 0, "label": ""}; a later question asks for the new one.
    `search_only`: nothing is listed before something is typed (long registries).
    """

    source: str
    typed: bool = False
    absent: bool = False
    search_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Question):
    """Several rows of `source`, ticked. Answer: [{"id": int, "label": str}, …], at most `most` of them."""

    source: str
    most: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Question):
    """A date and time as people type it, in the person's time zone, never past. Answer: ISO, aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayToCome(Question):
    """A day, today or later, as people type it, or tapped from likely ones. Answer: ISO («2026-12-31»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces(Question):
    """Text, photos, files, voice, albums, in any number of messages up to `most` files; with `files_needed` files only.

    Answer: {"texts": [{"text", "html"}], "files": [{"kind", "file_id", "unique_id", "name", "size"}], "message_ids": [int]}, and
    "origins" (see `Said.origin`) where something was forwarded. With no file at `most` it is text alone.
    `flowing`: no «Готово», the first message leads on at once; at the summary further ones are added. Without a
    summary the first message is all (what belongs to it, the act may gather).
    """

    most: int = 10
    text_needed: bool = False
    flowing: bool = False
    files_needed: bool = False


@dataclass(frozen=True, slots=True)
class Dialog:
    """A finite-state dialog: its `questions` in order. Its state in words is `<name>:<question>`.

    `texts` is the prefix of its words in `locales/` (its name unless given), `titles` that of its title (`texts` unless given).
    With `summary` it ends with a read-back to confirm; without, the last answer finishes it. `previewed`: the summary comes after
    the messages themselves, as others will see them; more pieces then lead back to collecting. `name` and the questions' keys are
    stored and stand in buttons: short, never reused.
    """

    name: str
    questions: tuple[Question, ...]
    summary: bool = True
    previewed: bool = False
    texts: str = ""
    titles: str = ""

    def __post_init__(self) -> None:
        if not self.texts:
            object.__setattr__(self, "texts", self.name)
        if not self.titles:
            object.__setattr__(self, "titles", self.texts)

    def question(self, key: str) -> Question | None:
        """The question called `key`, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that these answers call for as steps, in order."""
        return [question for question in self.questions if question.when is None or question.when(answers)]

    def missing(self, answers: Answers) -> Question | None:
        """The first question that these answers call for and leave open; nothing may be done before it is answered."""
        return next((question for question in self.asked(answers) if question.is_open(answers)), None)


SUMMARY = "summary"
"""The state after the last question: everything is read back and waits for «Всё верно»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a person, as the dialogs see it. `html` is the text with its formatting; `files` as in `Pieces`.

    `album` is the same for all parts of one album. `sent_at` tells the tail of a text that the person's app cut in two. `together` is
    all that was sent with it, itself included, as `Pieces` keeps it, where that came before anybody waited for it. `origin` is the
    public place it was forwarded from: {"kind": "channel" | "chat", "title"}.
    """

    text: str | None = None
    html: str | None = None
    files: tuple[dict[str, Any], ...] = ()
    message_id: int = 0
    album: str | None = None
    sent_at: datetime | None = None
    together: Answers | None = None
    origin: dict[str, str] | None = None
