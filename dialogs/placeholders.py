"""Places in a text where each person reads something of their own: «{name}, the list of {organisation} is due»."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in tomllib.loads(
        Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8")
    ).items()
    for word in words
}
"""What a word in braces stands for, in whichever language it is typed: a field of `Reader`."""

LONGEST = 4096
"""The most characters of one message (https://core.telegram.org/bots/api#sendmessage)."""

LONGEST_VALUE = 200
"""As long as a name or the title of an organisation may be."""

# A word of two letters or more: «{имя}», not the set {1, 2} or the {x} of a mathematician.
_TYPED = re.compile(r"\{\s*([^\W\d_][\w -]{1,30}?)\s*\}")
# The same where a part of it was made bold: Telegram's tags may stand inside the braces, and people's words are escaped.
_TAGS = r"((?:<[^<>]+>)*)"
_FORMATTED = re.compile(rf"\{{\s*{_TAGS}\s*([^\W\d_][\w -]{{1,30}}?)\s*{_TAGS}\s*\}}")


class UnknownWord(ValueError):
    """A word in braces that stands for nothing, or is formatted so that it cannot be found."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class TooLong(ValueError):
    """With the longest values in their places the text would not fit a message."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What one person reads in the places."""

    name: str
    organisation: str


def check(texts: list[dict[str, Any]]) -> None:
    """Make sure that everybody can be told these texts. Raises UnknownWord, TooLong."""
    for one in texts:
        typed = list(_words(_TYPED.finditer(one["text"]), 1))
        for word in typed:
            if word.lower() not in WORDS:
                raise UnknownWord(word)
        found = [word.lower() for word in _words(_FORMATTED.finditer(one["html"]), 2)]
        lost = next((word for word in typed if word.lower() not in found), None)
        if lost is not None or len(found) != len(typed):
            raise UnknownWord(lost or typed[0] if typed else found[0])
        if typed and length(one["text"]) + LONGEST_VALUE * len(typed) > LONGEST:
            raise TooLong


def has_places(texts: list[dict[str, Any]]) -> bool:
    """Whether people read different things."""
    return any(_TYPED.search(one["text"]) for one in texts)


def fill(text: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """The text as this person reads it: {"text", "html"}, with the values escaped in the latter."""

    def value(word: str, otherwise: str) -> str:
        meaning = WORDS.get(word.lower())
        return otherwise if meaning is None else str(getattr(reader, meaning))

    def formatted(match: re.Match[str]) -> str:
        before, word, after = match.groups()
        filled = value(word, "")
        return before + html.escape(filled, quote=False) + after if filled else match[0]

    return {
        "text": _TYPED.sub(lambda match: value(match[1], match[0]), text["text"]),
        "html": _FORMATTED.sub(formatted, text["html"]),
    }


def _words(matches: Iterator[re.Match[str]], group: int) -> Iterator[str]:
    return (match[group] for match in matches)


def length(text: str) -> int:
    """How long a text is to Telegram, which counts as UTF-16 does."""
    return len(text.encode("utf-16-le")) // 2
