"""Orders of the centre as people type them: «№ 12 от 01.09.2026», «приказ 12/1-о от 1 сентября 2026»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.moments.vocabulary import Kind, vocabulary
from dialogs.questions import WrongAnswer

LONGEST_NUMBER = 50

_IN_DIGITS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_IN_ONE_PIECE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+([^\W\d_]+)\.?\s+(\d{4})(?!\d)")
_SIGN = re.compile(r"^(?:[№#]|[Nn](?=\d))+")
_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class Order:
    """Its number as it stands on the paper, and the day it was signed."""

    number: str
    on: date


def read_order(typed: str) -> str:
    """What was typed, if number and date can be told from it (`order_of`). Raises WrongAnswer."""
    order_of(typed)
    return typed


def order_of(typed: str) -> Order:
    """The number and the date of an order; of several dates the last one is its own. Raises WrongAnswer."""
    days = sorted(_days(typed), key=lambda found: found[0].start())
    if not days:
        raise WrongAnswer("coordinator-order-wrong")
    match, on = days[-1]
    rest = [_SIGN.sub("", word).strip(",;:") for word in f"{typed[: match.start()]} {typed[match.end() :]}".split()]
    number = next((word for word in rest if any(letter.isdigit() for letter in word)), "")
    number = number or next((word for word in rest if "/" in word), "")  # an order may be without a number and say so
    if not number or len(number) > LONGEST_NUMBER:
        raise WrongAnswer("coordinator-order-wrong")
    return Order(number, on)


def _days(typed: str) -> Iterator[tuple[re.Match[str], date]]:
    """Every date in the line, with where it stands."""
    months = vocabulary()
    for match in _IN_DIGITS.finditer(typed):
        yield from _day(match, match[4], int(match[3]), match[1])
    for match in _IN_ONE_PIECE.finditer(typed):
        yield from _day(match, match[1], int(match[2]), match[3])
    for match in _IN_WORDS.finditer(typed):
        meanings = months.meanings(match[2].lower().translate(months.letters))
        month = next((meaning.value for meaning in meanings if meaning.kind is Kind.MONTH), 0)
        yield from _day(match, match[3], month, match[1])


def _day(match: re.Match[str], year: str, month: int, day: str) -> Iterator[tuple[re.Match[str], date]]:
    whole = int(year) + (2000 if len(year) == 2 else 0)
    try:
        on = date(whole, month, int(day))
    except ValueError:  # there is no such day
        return
    if _EARLIEST <= whole <= _LATEST:
        yield match, on
