"""Readers of numbers: in digits and in words. Each yields every way to read, as (number, the position after it)."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.moments.tokens import Line
from dialogs.moments.vocabulary import Kind

_TENS = (20, 30, 40, 50)


def cardinals(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """A number of one or two digits, or in words up to fifty-nine: the longer reading first («twenty» + «five»)."""
    digits = line.digits(at, 1, 2)
    if digits is not None:
        yield digits, at + 1
        return
    yield from spelled(line, at)


def spelled(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """A number in words."""
    word = line.meaning(at, Kind.CARDINAL)
    if word is None:
        return
    if word.value in _TENS:
        unit_at = at + 2 if line.text(at + 1) == "-" else at + 1
        unit = line.meaning(unit_at, Kind.CARDINAL)
        if unit is not None and 1 <= unit.value <= 9:
            yield word.value + unit.value, unit_at + 1
    yield word.value, at + 1


def ordinals(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """«25th», or an ordinal in words («twenty-fifth»). A number without an ending is none."""
    digits = line.digits(at, 1, 2)
    if digits is not None:
        ending = at + 2 if line.text(at + 1) == "-" and not line.spaced(at + 1) else at + 1
        if line.has(ending, Kind.ORDINAL_ENDING) and not line.spaced(ending):
            yield digits, ending + 1
        return
    word = line.meaning(at, Kind.ORDINAL)
    if word is not None:
        yield word.value, at + 1
    tens = line.meaning(at, Kind.CARDINAL)
    if tens is not None and tens.value in _TENS:
        unit_at = at + 2 if line.text(at + 1) == "-" else at + 1
        unit = line.meaning(unit_at, Kind.ORDINAL)
        if unit is not None and unit.value <= 9:
            yield tens.value + unit.value, unit_at + 1
