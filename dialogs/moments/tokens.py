"""From what was typed to tokens: numbers, words and marks, each with the meanings its text has in the vocabulary."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from dialogs.moments.vocabulary import TOKEN, Kind, Meaning, Vocabulary, vocabulary

MOST_TOKENS = 40
"""A date is short. What has more tokens is a story: it is not read, so that its length costs nothing."""

_DIGITS = frozenset("0123456789")
_LONGEST_NUMBER = 4

_SAME_MARK = str.maketrans(
    {
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # non-breaking hyphen
        "\u2012": "–",  # figure dash
        "\u2014": "–",  # em dash
        "\u2015": "–",  # horizontal bar
        "\u2212": "–",  # minus sign
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
    }
)
_INVISIBLE = {"Cf", "Mn"}
"""Direction marks, soft hyphens, joiners; stress marks and emoji selectors. They carry no date."""

_PUNCTUATION = frozenset(",.;:!?()[]\"'«»“”„…-–•")
_SYMBOLS = {"So", "Sk"}
"""Emoji and their skin tones: «tomorrow at 3 🙂» says nothing else than without the smile."""


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word or a mark. `spaced`: white space stood before it."""

    text: str
    spaced: bool
    meanings: tuple[Meaning, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is a number that could be a part of a date: a run of one to four digits."""
        return self.text[0] in _DIGITS and len(self.text) <= _LONGEST_NUMBER


_NOTHING = Token("", spaced=True)


class Line:
    """The tokens of one typed line. Every question is about the position `at`; past the end the answer is no."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def text(self, at: int) -> str:
        """The text at a position, empty outside the line."""
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def meaning(self, at: int, kind: Kind) -> Meaning | None:
        """The meaning of this kind that the token has, or None."""
        if not 0 <= at < len(self._tokens):
            return None
        return next((meaning for meaning in self._tokens[at].meanings if meaning.kind is kind), None)

    def has(self, at: int, kind: Kind, value: int | None = None) -> bool:
        """Whether the token has a meaning of this kind (and of this value, if one is given)."""
        meaning = self.meaning(at, kind)
        return meaning is not None and (value is None or meaning.value == value)

    def is_number(self, at: int) -> bool:
        """Whether a number of one to four digits stands here."""
        return 0 <= at < len(self._tokens) and self._tokens[at].is_number

    def digits(self, at: int, *lengths: int) -> int | None:
        """The number written with one of these counts of digits, or None."""
        return int(self.text(at)) if self.is_number(at) and len(self.text(at)) in lengths else None

    def spaced(self, at: int) -> bool:
        """Whether white space stands before the token; the end of the line counts as space."""
        return self._tokens[at].spaced if at < len(self._tokens) else True

    def apart(self, at: int) -> bool:
        """Whether the mark stands alone, with white space on both sides."""
        return self.spaced(at) and self.spaced(at + 1)

    def skippable(self, at: int) -> bool:
        """Whether the token may be passed over because it changes nothing.

        Between two numbers a mark nearly always means something (a range, a fraction, a further date), so there only
        a list's comma, a full stop before a space, and a dash before a clock with a colon may be passed over. A dash
        at a number («-5») is a sign and not one between two parts of a sentence.
        """
        if self.has(at, Kind.NOISE) or self.has(at, Kind.AT):
            return True
        mark = self.text(at)
        if unicodedata.category(mark[0]) in _SYMBOLS:
            return True
        if mark not in _PUNCTUATION:
            return False
        if mark in "-–" and self.is_number(at + 1):
            before_clock = self.text(at + 2) == ":"
            return (self.apart(at) and before_clock) if self.is_number(at - 1) else (self.apart(at) or before_clock)
        if not (self.is_number(at - 1) and self.is_number(at + 1)):
            return True
        return mark in ",;" or (mark == "." and self.spaced(at + 1))


def read_line(typed: str) -> Line | None:
    """Give the tokens of what was typed, or None if there are none or too many for a date. Costs linear time."""
    words = vocabulary()
    text = unicodedata.normalize("NFC", typed).lower().translate(words.letters).translate(_SAME_MARK)
    text = "".join(character for character in text if unicodedata.category(character) not in _INVISIBLE)
    found = list(islice(TOKEN.finditer(text), MOST_TOKENS + 1))
    if not 0 < len(found) <= MOST_TOKENS:
        return None
    plain = [Token(match[0], spaced=match.start() == 0 or text[match.start() - 1].isspace()) for match in found]
    known = [Token(t.text, t.spaced, words.meanings(t.text)) for t in _in_plainer_words(plain, words)]
    return Line([token for before, token in pairwise([_NOTHING, *known]) if not _is_of_abbreviation(before, token)])


def _is_of_abbreviation(before: Token, token: Token) -> bool:
    """Whether this is the full stop of a shortened word: «Nov.», «min.»."""
    return token.text == "." and not token.spaced and bool(before.meanings)


def _in_plainer_words(tokens: Sequence[Token], words: Vocabulary) -> list[Token]:
    """Replace every expression that the vocabulary says in plainer words, the longest first."""
    longest = max(map(len, words.instead), default=0)
    plain: list[Token] = []
    at = 0
    while at < len(tokens):
        for length in range(min(longest, len(tokens) - at), 0, -1):
            instead = words.instead.get(tuple(token.text for token in tokens[at : at + length]))
            if instead is not None:
                plain += [Token(text, spaced=index == 0) for index, text in enumerate(instead)]
                at += length
                break
        else:
            plain.append(tokens[at])
            at += 1
    return plain
