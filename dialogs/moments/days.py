"""Readers of the day. Each yields every way to read from a position, the likeliest first.

A day as it was told is an object that gives its `candidates`: the dates it may mean, seen from today, in the order in
which they are tried; the first that is not past is meant. Where somebody names a day that is clearly gone the only
candidate is that day, so that the answer is «has passed» and never a date a year away.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain
from typing import Protocol

from dialogs.moments.numbers import cardinals, ordinals
from dialogs.moments.tokens import Line
from dialogs.moments.vocabulary import UNITS, Kind, Unit

_RECENTLY = timedelta(days=60)
"""A date without a year that passed within this time is a slip («10.11» on 20 November); one that passed earlier
means the coming one («15 January», «1 September»)."""

_CENTURY = 2000
_YEAR = UNITS.index(Unit.YEAR)
_MONTH = UNITS.index(Unit.MONTH)
_WEEK = UNITS.index(Unit.WEEK)
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class Day(Protocol):
    """A day as it was told."""

    def candidates(self, today: date) -> list[date]:
        """The dates it may mean, in the order they are tried; none if there is no such date."""


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """«today», «tomorrow», «yesterday»."""

    days: int

    def candidates(self, today: date) -> list[date]:
        return [today + timedelta(days=self.days)]


@dataclass(frozen=True, slots=True)
class Span:
    """«in two weeks», «in a month». A month later is the same number, or the last day of a shorter month."""

    days: int = 0
    months: int = 0

    def candidates(self, today: date) -> list[date]:
        year, month = _month(today, self.months)
        last = calendar.monthrange(year, month)[1]
        return [date(year, month, min(today.day, last)) + timedelta(days=self.days)]


@dataclass(frozen=True, slots=True)
class Wait:
    """«in 45 minutes»: from now, to the minute. It is a day and a time in one."""

    minutes: int


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """«25 November», «25.11.2026», «25 November next year»."""

    day: int
    month: int
    year: int | None = None
    years_ahead: int | None = None

    def candidates(self, today: date) -> list[date]:
        if self.year is not None:
            return _existing(self.year, self.month, self.day)
        if self.years_ahead is not None:
            return _existing(today.year + self.years_ahead, self.month, self.day)
        for year in (today.year - 1, today.year, today.year + 1):
            found = _existing(year, self.month, self.day)
            if found and found[0] >= today - _RECENTLY:
                return found
            if not found and _existing(year, self.month, 28) >= [today]:
                return []  # the coming February has no 29th: a slip, and nobody means the one years away
        return []


@dataclass(frozen=True, slots=True)
class MonthDay:
    """«the 25th»: of this month, or of the next if it is over; «the 5th of next month»."""

    day: int
    months_ahead: int | None = None

    def candidates(self, today: date) -> list[date]:
        if self.months_ahead is not None:
            return _existing(*_month(today, self.months_ahead), self.day)
        both = _existing(*_month(today, 0), self.day) + _existing(*_month(today, 1), self.day)
        return [on for on in both if on >= today]


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """«on Friday»: the nearest, today too while its hour has not come; «this Friday»: the nearest and no other;
    «next Friday» and «Friday next week»: of the next calendar week, Monday to Sunday."""

    weekday: int
    ahead: int | None = None
    of_week: bool = False

    def candidates(self, today: date) -> list[date]:
        nearest = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        if self.ahead is None:
            return [nearest, nearest + timedelta(days=7)]
        if self.ahead == 0 and not self.of_week:
            return [nearest]
        return [today + timedelta(days=self.weekday - today.weekday() + 7 * self.ahead)]


def _month(today: date, ahead: int) -> tuple[int, int]:
    """The year and the month so many months from today."""
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return year, month + 1


def _existing(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:  # no such day in that month: the caller has other candidates, or asks
        return []


def days(line: Line, at: int) -> Iterator[tuple[Day, int]]:
    """A day told by its date or its number."""
    yield from _in_digits(line, at)
    yield from _with_month(line, at)
    yield from _numbered(line, at)


def relative_days(line: Line, at: int) -> Iterator[tuple[RelativeDay, int]]:
    """«today», «tomorrow»."""
    relative = line.meaning(at, Kind.DAY)
    if relative is not None:
        yield RelativeDay(relative.value), at + 1


def spans(line: Line, at: int) -> Iterator[tuple[Span | Wait, int]]:
    """«in 2 days», «in an hour and 15 minutes», «in 1.5 hours». Days and minutes do not mix."""
    if not line.has(at, Kind.THROUGH):
        return
    start = end = at + 1
    minutes = whole_days = months = 0
    while (amount := _amount(line, end if end == start else end + line.has(end, Kind.AND))) is not None:
        count, unit, after = amount
        if (unit in _MINUTES and (whole_days or months)) or (unit not in _MINUTES and minutes):
            break
        counted = count * (_MINUTES.get(unit) or _DAYS.get(unit) or _MONTHS[unit])
        if counted.denominator != 1:
            return  # «1.5 weeks» is no day
        minutes += int(counted) if unit in _MINUTES else 0
        whole_days += int(counted) if unit in _DAYS else 0
        months += int(counted) if unit in _MONTHS else 0
        end = after
    if minutes:
        yield Wait(minutes), end
    elif whole_days or months:
        yield Span(whole_days, months), end


def weekdays(line: Line, at: int) -> Iterator[tuple[WeekdayOf, int]]:
    """«Friday», «this Friday», «next Friday»."""
    ahead, start = _shift(line, at)
    if ahead is None and line.has(at, Kind.NEAREST):
        start = at + 1
    weekday = line.meaning(start, Kind.WEEKDAY)
    if weekday is not None:
        yield WeekdayOf(weekday.value, ahead), start + 1


def weeks(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """«this week» is 0, «next week» is 1."""
    ahead, end = _shift(line, at, _WEEK)
    if ahead is not None and end > at:
        yield ahead, end


def _shift(line: Line, at: int, unit: int | None = None) -> tuple[int | None, int]:
    """«this», «next» and the unit, if one is asked for; else (None, at)."""
    ahead = 0 if line.has(at, Kind.THIS) else 1 if line.has(at, Kind.NEXT) else None
    if ahead is None:
        return None, at
    if unit is None:
        return ahead, at + 1
    return (ahead, at + 2) if line.has(at + 1, Kind.UNIT, unit) else (None, at)


def _in_digits(line: Line, at: int) -> Iterator[tuple[Day, int]]:
    """«25.11.2026», «25.11.26», «25.11», «25/11/2026», «25-11-2026», «2026-11-25» (with the «T» of ISO 8601)."""
    mark = line.text(at + 1)
    if mark not in (".", "/", "-") or line.spaced(at + 1):
        return
    third = line.text(at + 3) == mark and not line.spaced(at + 3)
    year = line.digits(at, 4)
    if year is not None:
        month, day = line.digits(at + 2, 1, 2), line.digits(at + 4, 1, 2)
        if third and month is not None and day is not None:
            yield CalendarDay(day, month, year), at + 5 + _is_iso_separator(line, at + 5)
        return
    day, month = line.digits(at, 1, 2), line.digits(at + 2, 1, 2)
    if day is None or month is None or not (1 <= day <= 31 and 1 <= month <= 12):
        return
    if third:
        year = line.digits(at + 4, 4)
        if year is None and mark != "-" and not line.spaced(at + 4):
            short = line.digits(at + 4, 2)
            year = None if short is None else _CENTURY + short
        if year is not None:
            yield CalendarDay(day, month, year), _past_year_word(line, at + 5)
    if mark != "-":
        yield from _with_year(line, day, month, at + 3)


def _is_iso_separator(line: Line, at: int) -> bool:
    return line.text(at) == "t" and line.is_number(at + 1) and not line.spaced(at) and not line.spaced(at + 1)


def _past_year_word(line: Line, at: int) -> int:
    return at + 1 if line.has(at, Kind.UNIT, _YEAR) else at


def _with_month(line: Line, at: int) -> Iterator[tuple[Day, int]]:
    """«25 November 2026», «25th of November», «the twenty-fifth of November», «November 25, 2026»."""
    for day, end in chain(ordinals(line, at), cardinals(line, at)):
        month_at = end + (line.has(end, Kind.NOISE) and line.has(end + 1, Kind.MONTH))
        month = line.meaning(month_at, Kind.MONTH)
        if month is not None:
            yield from _with_year(line, day, month.value, month_at + 1)
    month = line.meaning(at, Kind.MONTH_FIRST)
    if month is not None:
        start = at + 1 + line.has(at + 1, Kind.NOISE)
        for day, end in chain(ordinals(line, start), cardinals(line, start)):
            yield from _with_year(line, day, month.value, end)


def _with_year(line: Line, day: int, month: int, at: int) -> Iterator[tuple[Day, int]]:
    """The year that may follow: four digits, two with the word «year», «this year», «next year»."""
    year_at = at + (line.text(at) == "," and line.digits(at + 1, 4) is not None)
    year = line.digits(year_at, 4)
    if year is not None:
        yield CalendarDay(day, month, year), _past_year_word(line, year_at + 1)
        return
    short = line.digits(at, 2)
    if short is not None and line.has(at + 1, Kind.UNIT, _YEAR):
        yield CalendarDay(day, month, _CENTURY + short), at + 2
    ahead, end = _shift(line, at, _YEAR)
    yield CalendarDay(day, month, years_ahead=ahead), end


def _numbered(line: Line, at: int) -> Iterator[tuple[Day, int]]:
    """«the 25th», Russian «the number 25», also «of next month»."""
    for day, end in ordinals(line, at):
        yield from _of_month(line, day, end + line.has(end, Kind.DAY_NUMBER))
    for day, end in cardinals(line, at):
        if line.has(end, Kind.DAY_NUMBER):
            yield from _of_month(line, day, end + 1)


def _of_month(line: Line, day: int, at: int) -> Iterator[tuple[Day, int]]:
    start = at + line.has(at, Kind.NOISE)
    ahead, end = _shift(line, start, _MONTH)
    yield MonthDay(day, ahead), at if ahead is None else end


def _amount(line: Line, at: int) -> tuple[Fraction, Unit, int] | None:
    """A number and its unit. Alone, a unit counts as one, but not «day»: in Russian that is also «every other day»."""
    whole, end = _count(line, at)
    unit = line.meaning(end, Kind.UNIT)
    if unit is None or (end == at and UNITS[unit.value] is Unit.DAY):
        return None
    return whole, UNITS[unit.value], end + 1


def _count(line: Line, at: int) -> tuple[Fraction, int]:
    """How many: a number, «1.5», «two and a half», «a»; 1 without any."""
    count, end = _number(line, at)
    if line.text(end) in (",", ".") and end > at and line.digits(end + 1, 1) is not None and not line.spaced(end + 1):
        return count + Fraction(int(line.text(end + 1)), 10), end + 2
    half = end + 1 + line.has(end + 1, Kind.ARTICLE)
    if end > at and (line.has(end, Kind.AND) or line.has(end, Kind.FROM)) and line.has(half, Kind.HALF):
        return count + Fraction(1, 2), half + 1
    return Fraction(count), end


def _number(line: Line, at: int) -> tuple[int, int]:
    """A whole number of up to three digits, a number in words, «a»; else 1 of no length."""
    long = line.digits(at, 3)
    if long is not None:
        return long, at + 1
    if line.has(at, Kind.ARTICLE):
        return 1, at + 1
    return next(cardinals(line, at), (1, at))
