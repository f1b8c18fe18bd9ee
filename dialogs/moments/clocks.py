"""Readers of the time of day. Each yields every way to read from a position, the likeliest first.

Two ways to tell a time are kept apart, because they differ in what an hour from one to six means:

* a clock in digits, hours and minutes («3:30», «14.30», «9-00», «9 00») or an hour with a leading zero («03») is the
  24-hour clock and means what it says;
* an hour that is said («at 3», «half past two», «3 hours 30 minutes») without a part of the day means the day as a
  school lives it: one to six are in the afternoon, seven to twelve as they are («at 9» is in the morning).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time

from dialogs.moments.numbers import cardinals, ordinals, spelled
from dialogs.moments.tokens import Line
from dialogs.moments.vocabulary import UNITS, Kind, Unit

_MINUTE = UNITS.index(Unit.MINUTE)
_HOUR = UNITS.index(Unit.HOUR)

Hours = frozenset[int]
"""A part of the day: the hours that belong to it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was told. `said`: not on the 24-hour clock.

    `clear`: nothing but a time. What is not (a bare number; «10 hours» may be how long it lasts) counts only after a
    preposition or a day.
    """

    hour: int
    minute: int = 0
    said: bool = False
    clear: bool = True
    part: Hours | None = None

    def face(self, part: Hours | None = None) -> time | None:
        """The time on the 24-hour clock, also in a part of the day told elsewhere; None if they contradict."""
        parts = [hours for hours in (self.part, part) if hours is not None]
        if not parts:
            return time((self.hour + 12) if self.said and 1 <= self.hour <= 6 else self.hour, self.minute)
        both = {self.hour, (self.hour + 12) % 24} if 1 <= self.hour <= 12 else {self.hour}
        fitting = [hour for hour in both if all(hour in hours for hours in parts)]
        return time(fitting[0], self.minute) if len(fitting) == 1 else None


Reading = tuple[Clock, int]


def times(line: Line, at: int, *, anchored: bool) -> Iterator[Reading]:
    """A time or a range of times, of which the start counts. `anchored`: a preposition of time stands before it."""
    if line.has(at, Kind.FROM):
        for start, end in _one(line, at + 1, anchored=True):
            if line.has(end, Kind.UNTIL):
                yield from _until(line, start, end + 1)
        for clock, end in _range_or_one(line, at + 1, anchored=True):
            yield replace(clock, clear=True), end
        return
    yield from _range_or_one(line, at, anchored=anchored)


def _range_or_one(line: Line, at: int, *, anchored: bool) -> Iterator[Reading]:
    for start, link in _one(line, at, anchored=anchored):
        if _links_hours(line, start, at, link):
            yield from _until(line, start, link + 1)
    yield from _one(line, at, anchored=anchored)


def _links_hours(line: Line, start: Clock, at: int, link: int) -> bool:
    """Whether a range goes on here: not in «10-30», which is a clock, nor in «ten to three», which is ten minutes."""
    if line.has(link, Kind.UNTIL):
        return start.clear or start.hour % 5 != 0 or not line.has(link, Kind.TO)
    return line.text(link) in ("-", "–") and not (link == at + 1 and _may_be_minutes(line, link))


def _until(line: Line, start: Clock, at: int) -> Iterator[Reading]:
    """The start of a range whose end stands here: «7 to 9 pm» starts in the evening too. A range never runs backwards."""
    for end, after in _one(line, at, anchored=True):
        closing = end.face()
        if closing is None:
            continue
        latest = (
            closing.replace(hour=closing.hour + 12) if end.said and end.part is None and closing.hour < 12 else closing
        )
        borrowed = replace(start, part=start.part or end.part)
        for opening, last in ((borrowed, closing), (start, latest)):
            face = opening.face()
            if face is not None and face < last:
                yield replace(opening, clear=start.clear or end.clear), after
                break


def _one(line: Line, at: int, *, anchored: bool) -> Iterator[Reading]:
    """One time with the part of the day that may follow it."""
    for reader in (
        _digital(line, at, anchored=anchored),
        _against_the_hour(line, at),
        _with_units(line, at),
        _bare(line, at),
    ):
        for clock, end in reader:
            part = line.meaning(end, Kind.PART)
            if part is None:
                yield clock, end
            else:
                # In Russian «3 of the day» and «3 days» are the same words: a bare number before them is not yet a time.
                one_word = end == at + 1 and not line.has(at, Kind.ONE_OCLOCK)
                clear = clock.clear or not (one_word and line.has(end, Kind.UNIT))
                yield replace(clock, part=part.hours, clear=clear), end + 1


def _digital(line: Line, at: int, *, anchored: bool) -> Iterator[Reading]:
    """«15:00», «15 : 00», «15.00», «15-00», «15,30», «15 00», with seconds after a colon, with «hours» after it."""
    hour = line.digits(at, 1, 2)
    if hour is None or hour > 23:
        return
    mark = line.text(at + 1)
    minute_at = at + 1 if line.is_number(at + 1) else at + 2
    minute = line.digits(minute_at, 2)
    if minute is None or minute > 59:
        return
    if minute_at == at + 1:
        if minute % 5 == 0:
            yield Clock(hour, minute, clear=False), _past_hours(line, at + 2)
        return
    end = at + 3
    if mark == ":":
        seconds = line.digits(end + 1, 2) if line.text(end) == ":" else None
        if seconds is not None and seconds <= 59:
            end += 2
    elif mark == ".":
        if line.spaced(at + 1):
            return
    elif mark in ("-", "–", ","):
        if not _may_be_minutes(line, at + 1) or (_may_be_hour(line, at + 1) and not anchored):
            return
        if mark == "," and line.spaced(minute_at):
            return
    else:
        return
    yield Clock(hour, minute, clear=mark != ","), _past_hours(line, end)


def _past_hours(line: Line, at: int) -> int:
    """The position after a word «hours» or «o'clock» if there is one: people add it to «15:00» too."""
    return at + 1 if line.has(at, Kind.UNIT, _HOUR) or line.has(at, Kind.OCLOCK) else at


def _may_be_hour(line: Line, mark: int) -> bool:
    """Whether after this mark stands a number that can be the end of a range of hours: «14-16», not «14-30», «9-05»."""
    start, end = line.digits(mark - 1, 1, 2), line.digits(mark + 1, 1, 2)
    return start is not None and end is not None and start < end <= 23 and not line.text(mark + 1).startswith("0")


def _may_be_minutes(line: Line, mark: int) -> bool:
    """Whether after this mark stand minutes, as in «15-30», and not (only) the end of a range, as in «15-17».

    What can be both («14-15») is minutes after a preposition of time and is not read at all without one.
    """
    minute = line.digits(mark + 1, 2)
    if minute is None or line.digits(mark - 1, 1, 2) is None:
        return False
    if line.text(mark + 2) in (":", ".") and line.is_number(mark + 3) and not line.spaced(mark + 3):
        return False
    if not _may_be_hour(line, mark):
        return True
    return minute % 5 == 0 and line.text(mark) != "–" and not line.spaced(mark) and not line.spaced(mark + 1)


def _with_units(line: Line, at: int) -> Iterator[Reading]:
    """«15 hours», «15 h 30 min», «15h30», «3 o'clock»; in Russian the word «hour» alone is one o'clock."""
    hours = [(1, at)] if line.has(at, Kind.ONE_OCLOCK) else list(cardinals(line, at))
    for hour, unit in hours:
        oclock = line.has(unit, Kind.OCLOCK)
        if hour > 23 or not (oclock or line.has(unit, Kind.UNIT, _HOUR)):
            continue
        clock = Clock(hour, said=not line.text(at).startswith("0"), clear=oclock)
        for minute, end in cardinals(line, unit + 1):
            if minute <= 59 and line.has(end, Kind.UNIT, _MINUTE):
                yield replace(clock, minute=minute), end + 1
        for minute, end in _minutes_after_hour(line, unit + 1):
            yield replace(clock, minute=minute, clear=True), end
        yield clock, unit + 1


def _bare(line: Line, at: int) -> Iterator[Reading]:
    """«15», «fifteen», «fifteen thirty», «nine zero five»."""
    for hour, end in cardinals(line, at):
        if hour > 23:
            continue
        clock = Clock(hour, said=not line.text(at).startswith("0"), clear=False)
        if not line.is_number(at):
            for minute, after in _spelled_minutes(line, end):
                yield replace(clock, minute=minute), after
        yield clock, end


def _minutes_after_hour(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """Minutes without the word: two digits, or words that cannot be anything else."""
    digits = line.digits(at, 2)
    if digits is not None and digits <= 59:
        yield digits, at + 1
    yield from _spelled_minutes(line, at)


def _spelled_minutes(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """«thirty», «zero five», «zero zero», but not «five»: «twenty five» is no time."""
    for number, end in spelled(line, at):
        if number >= 10:
            yield number, end
        elif number == 0:
            yield from ((minute, after) for minute, after in spelled(line, end) if minute <= 9)


def _against_the_hour(line: Line, at: int) -> Iterator[Reading]:
    """Minutes told by the hour they follow or precede: «half past two», «ten to three», Russian «half of the third»."""
    if line.has(at, Kind.BEFORE):
        for minute, end in _minutes(line, at + 1):
            yield from _before(line, minute, end)
        return
    for minute, end in _minutes(line, at):
        if line.has(end, Kind.PAST):
            yield from (_said(hour, minute, after) for hour, after in _hours(line, end + 1))
        elif line.has(end, Kind.TO) and (minute % 5 == 0 or line.has(end - 1, Kind.UNIT, _MINUTE)):
            yield from _before(line, minute, end + 1)
    halves = line.has(at, Kind.HALF)
    for minute, end in [(30, at + 1)] if halves else _minutes(line, at):
        if halves and line.has(end, Kind.PAST):
            yield from (_said(hour, minute, after) for hour, after in _hours(line, end + 1))
        elif halves or line.has(at, Kind.QUARTER) or line.has(end - 1, Kind.UNIT, _MINUTE):
            for hour, after in ordinals(line, end):
                if 1 <= hour <= 12:
                    yield _said(hour - 1 or 12, minute, after)


def _minutes(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """The minutes of «ten to three», with or without the word «minutes»; a quarter."""
    if line.has(at, Kind.QUARTER):
        yield 15, at + 1
    for minute, end in cardinals(line, at):
        if 1 <= minute <= 59:
            yield minute, end + 1 if line.has(end, Kind.UNIT, _MINUTE) else end


def _hours(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """The hour of «ten to three», with or without the word «hours»."""
    if line.has(at, Kind.ONE_OCLOCK):
        yield 1, at + 1
    for hour, end in cardinals(line, at):
        if 1 <= hour <= 23:
            yield hour, _past_hours(line, end)


def _before(line: Line, minute: int, at: int) -> Iterator[Reading]:
    """So many minutes before the hour that stands here."""
    return (_said(hour - 1 or 12, 60 - minute, after) for hour, after in _hours(line, at))


def _said(hour: int, minute: int, end: int) -> Reading:
    return Clock(hour, minute, said=True), end
