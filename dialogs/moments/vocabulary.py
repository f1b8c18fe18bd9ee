"""The words of dates and times, loaded once from `dialogs/moments_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent.parent / "moments_words.toml"

TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")
"""How a line is cut: a run of digits, a word (with an apostrophe inside), or one other character. Linear."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class Kind(StrEnum):
    """What a word does in a sentence about time. The first group are the `roles` of the words file."""

    NOISE = "noise"  # changes nothing
    AT = "at"  # the time follows
    FROM = "from"  # the start of a range follows
    UNTIL = "until"  # its end follows
    THROUGH = "through"  # a span from now follows: «in two days»
    BEFORE = "before"  # so many minutes before the hour that follows them
    TO = "to"  # the same after the minutes: «ten to three»
    PAST = "past"  # so many minutes past the hour: «ten past three»
    HALF = "half"
    QUARTER = "quarter"
    AND = "and"
    ARTICLE = "article"  # counts as one in a span: «in an hour»
    THIS = "this"
    NEXT = "next"
    NEAREST = "nearest"
    ORDINAL_ENDING = "ordinal_ending"  # «25th»
    DAY_NUMBER = "day_number"  # says that the number before it is a day of the month
    ONE_OCLOCK = "one_oclock"  # the hour one without a number
    OCLOCK = "oclock"

    WEEKDAY = "weekday"  # 0 is Monday
    MONTH = "month"  # 1 is January
    MONTH_FIRST = "month_first"  # the same, in a language that says «Nov 25»
    DAY = "day"  # days from today
    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    UNIT = "unit"
    PART = "part"  # a part of the day: its hours


class Unit(StrEnum):
    """What a span is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


UNITS = tuple(Unit)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word. `value` is told at its kind (a unit: its place in `UNITS`); `hours` only a PART has."""

    kind: Kind
    value: int = 0
    hours: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all languages together."""

    words: Mapping[str, tuple[Meaning, ...]]
    instead: Mapping[tuple[str, ...], tuple[str, ...]]
    """Expressions, cut into tokens, and what they say in plainer words."""
    lookalikes: frozenset[str]
    letters: Mapping[int, str]
    """For `str.translate`: letters that are typed one for the other."""

    mended: Mapping[str, tuple[Meaning, ...]]
    """The words that are also known with one slip of a finger."""

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """All meanings of a word, or of the one word of time that it is one slip of a finger away from; else none."""
        return self.words.get(text) or self._meant(text)

    def _meant(self, text: str) -> tuple[Meaning, ...]:
        """A long word with one letter wrong, missing, too many or two letters swapped. Refuses what could be several."""
        if text in self.lookalikes or not _SHORTEST_MENDED - 1 <= len(text) <= _LONGEST_MENDED:
            return ()
        found = {meanings for word, meanings in self.mended.items() if _one_slip(text, word)}
        return found.pop() if len(found) == 1 else ()


_SHORTEST_MENDED = 6
_LONGEST_MENDED = 20
_MENDED = {Kind.WEEKDAY, Kind.MONTH, Kind.DAY}


def _can_be_mended(word: str, meanings: tuple[Meaning, ...]) -> bool:
    """Only names of days and months: a number is another number after one slip, and in short words all is a slip."""
    return len(word) >= _SHORTEST_MENDED and any(meaning.kind in _MENDED for meaning in meanings)


def _one_slip(typed: str, word: str) -> bool:
    """Whether one letter was replaced, left out, put in, or two neighbours swapped."""
    if abs(len(typed) - len(word)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    a, b = typed[same:], word[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@cache
def vocabulary() -> Vocabulary:
    """Load the words. Raises at a table the grammar has no use for: a misspelt one would silently be deaf."""
    with WORDS.open("rb") as file:
        languages: dict[str, Any] = tomllib.load(file)
    letters = str.maketrans(
        {typed: meant for language in languages.values() for typed, meant in language["letters"].items()}
    )

    def cut(text: str) -> tuple[str, ...]:
        return tuple(TOKEN.findall(text.translate(letters)))

    words: dict[str, tuple[Meaning, ...]] = {}
    for language in languages.values():
        for text, meaning in _words_of(language):
            word = text.translate(letters)
            if meaning not in words.get(word, ()):
                words[word] = (*words.get(word, ()), meaning)
    return Vocabulary(
        words=words,
        instead={
            cut(text): cut(plain) for language in languages.values() for text, plain in language["instead"].items()
        },
        lookalikes=frozenset(
            word.translate(letters) for language in languages.values() for word in language["lookalikes"]
        ),
        letters=letters,
        mended={word: meanings for word, meanings in words.items() if _can_be_mended(word, meanings)},
    )


def _words_of(language: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    """Every word of one language with each of its meanings."""
    for role, texts in language["roles"].items():
        yield from ((text, Meaning(Kind(role))) for text in texts)
    for name, texts in language["weekdays"].items():
        yield from ((text, Meaning(Kind.WEEKDAY, _WEEKDAYS.index(name))) for text in texts)
    for name, texts in language["months"].items():
        yield from ((text, Meaning(Kind.MONTH, _MONTHS.index(name) + 1)) for text in texts)
        if language["month_first"]:
            yield from ((text, Meaning(Kind.MONTH_FIRST, _MONTHS.index(name) + 1)) for text in texts)
    for name, texts in language["units"].items():
        yield from ((text, Meaning(Kind.UNIT, UNITS.index(Unit(name)))) for text in texts)
    for table, kind in (("days", Kind.DAY), ("cardinals", Kind.CARDINAL), ("ordinals", Kind.ORDINAL)):
        for number, texts in language[table].items():
            yield from ((text, Meaning(kind, int(number))) for text in texts)
    for part in language["parts"].values():
        first, last = part["hours"]
        hours = frozenset((first + hour) % 24 for hour in range((last - first) % 24 + 1))
        yield from ((text, Meaning(Kind.PART, hours=hours)) for text in part["words"])
