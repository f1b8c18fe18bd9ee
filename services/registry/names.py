"""Names of people as they are compared: «Семёнова  Анна Петровна», «Семенова А. П.»."""

from __future__ import annotations

import enum

from services import search


class Likeness(enum.IntEnum):
    """How two names agree: not at all; as far as initials and a missing patronymic let tell; in every word."""

    NONE = 0
    ALIKE = 1
    SAME = 2


def key(full_name: str) -> str:
    """The words of a name folded and in alphabetical order: «Анна Петровна Иванова» is «Иванова Анна Петровна»."""
    return " ".join(sorted(search.fold(full_name)))


def surname(full_name: str) -> str:
    """The folded first word, by which lists look people up."""
    return search.fold(full_name)[0]


def likeness(one: str, other: str) -> Likeness:
    """How far two names agree."""
    if key(one) == key(other):
        return Likeness.SAME
    here, there = search.fold(one), search.fold(other)
    if not here or not there or here[0] != there[0]:
        return Likeness.NONE
    pairs = list(zip(here[1:], there[1:], strict=False))
    return Likeness.ALIKE if pairs and all(_agree(*pair) for pair in pairs) else Likeness.NONE


def _agree(one: str, other: str) -> bool:
    """Equal, or one is the other's initial."""
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))
