"""Dates and times as people type them on phones, in Russian and in English, read by a small grammar of our own.

    read_moment("tomorrow at 3pm", now=now)   → Moment(at=…)
    read_moment("25 Nov", now=now)            → DayOnly(on=…): ask for the time, read the answer with `read_time`
    read_moment("yesterday 10:00", now=now)   → Past(at=…): say that it has passed, ask again
    read_moment("soon", now=now)              → NotUnderstood(): ask again with an example

A line is cut into tokens (`tokens`), each with the meanings its word has in `dialogs/moments_words.toml`
(`vocabulary`); readers of the day (`days`) and of the time (`clocks`) yield every way to read from a position; a phrase
(`phrases`) is a way to read the **whole** line. What is left unread could change the meaning, so then nothing is
understood. The rules where people's words leave a choice:

* The result is later than `now`. A time alone is today's, or tomorrow's if it has passed; a weekday that is today is
  a week away if its time has passed, «the 5th» is next month's if it is over (`days`).
* A date without a year is the coming one; but if it passed within the last 60 days it is a slip: Past (`days`).
* «next Friday» is the Friday of the next week, Monday to Sunday; «this Friday» is the nearest (`days`).
* A clock in digits is the 24-hour clock, also «3:30»; an hour that is said («at 3», «half past two») from one to six is in the
  afternoon (`clocks`). A bare number is an hour only after a day or a preposition of time.
* Of a range of times the start counts (`clocks`).
* Midnight of a day is where the day starts; today's, which has passed, is the coming one.
* Words that contradict each other (a weekday and a date, «15:00 in the morning») are not understood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dialogs.moments.days import Wait, WeekdayOf
from dialogs.moments.phrases import DAY_IS_KNOWN, Phrase, phrases
from dialogs.moments.tokens import read_line

__all__ = ["DayOnly", "Moment", "NotUnderstood", "Past", "read_moment", "read_time"]

_FARTHEST_YEARS = 10
"""A year beyond that is a slip of the finger («2206»)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to come: local, naive, to the minute."""

    at: datetime


@dataclass(frozen=True, slots=True)
class DayOnly:
    """The day is clear, today or to come; the time must be asked."""

    on: date


@dataclass(frozen=True, slots=True)
class Past:
    """It was understood and has passed: a moment, or a day if no time was told."""

    at: datetime | date


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Not a date, not one date, or one that does not exist."""


def read_moment(typed: str, *, now: datetime) -> Moment | DayOnly | Past | NotUnderstood:
    """Read a date and time as a person typed it; `now` is the person's local time, naive.

    Never raises, whatever was typed; never gives a moment that is not after `now`.
    """
    line = read_line(typed)
    if line is None:
        return NotUnderstood()
    try:
        phrase = next((phrase for phrase in phrases(line) if _is_one_day(phrase, now.date())), None)
        if phrase is None:
            return NotUnderstood()
        return _meant(phrase, now) if phrase.wait is None else _waited(phrase, phrase.wait, now)
    except (OverflowError, ValueError):  # beyond the calendar of `datetime`, which ends with the year 9999
        return NotUnderstood()


def read_time(typed: str) -> time | None:
    """Read the answer to «At what time?»: a time of day and nothing else, where a bare «15» is one. Else None."""
    line = read_line(typed)
    phrase = None if line is None else next(phrases(line, DAY_IS_KNOWN), None)
    return None if phrase is None or phrase.clock is None else phrase.clock.face(phrase.part)


def _waited(phrase: Phrase, wait: Wait, now: datetime) -> Moment | NotUnderstood:
    """«in an hour» is a whole answer: beside it only «today» makes sense, if it is true."""
    at = now.replace(second=0, microsecond=0) + timedelta(minutes=wait.minutes)
    is_all = phrase == Phrase(wait=wait, relative=phrase.relative)
    on_day = phrase.relative is None or phrase.relative.candidates(now.date()) == [at.date()]
    return Moment(at) if is_all and on_day and _is_near(at, now) else NotUnderstood()


def _meant(phrase: Phrase, now: datetime) -> Moment | DayOnly | Past | NotUnderstood:
    """The first day of those it may mean that is not past, with its time; the last one if all are past."""
    candidates = _candidates(phrase, now.date())
    if phrase.clock is None:
        on = next((day for day in candidates if day >= now.date()), candidates[-1] if candidates else None)
        if on is None or not _is_near(on, now) or not _agrees(phrase, on, now.date()):
            return NotUnderstood()
        return DayOnly(on) if on >= now.date() else Past(on)
    face = phrase.clock.face(phrase.part)
    if face is None or not candidates:
        return NotUnderstood()
    moments = [(on, _at(on, face, now.date(), from_twelve=phrase.clock.hour == 12)) for on in candidates]
    on, at = next((pair for pair in moments if pair[1] > now), moments[-1])
    if not _is_near(on, now) or not _agrees(phrase, on, now.date()):
        return NotUnderstood()
    return Moment(at) if at > now else Past(at)


def _candidates(phrase: Phrase, today: date) -> list[date]:
    """The dates the phrase may mean, in the order they are tried. A time alone is today's or tomorrow's."""
    for day in (phrase.relative, phrase.day, _weekday(phrase)):
        if day is not None:
            return day.candidates(today)
    return [today, today + timedelta(days=1)] if phrase.clock is not None and phrase.week is None else []


def _is_one_day(phrase: Phrase, today: date) -> bool:
    """Whether «tomorrow» and a date beside it are the same day. «tomorrow 10.11» is not: that reads on as 10:11."""
    if phrase.relative is None or phrase.day is None:
        return True
    return phrase.relative.candidates(today)[0] in phrase.day.candidates(today)


def _weekday(phrase: Phrase) -> WeekdayOf | None:
    """The weekday, in the week that was told beside it."""
    if phrase.weekday is None or phrase.week is None:
        return phrase.weekday
    return replace(phrase.weekday, ahead=phrase.week, of_week=True)


def _agrees(phrase: Phrase, on: date, today: date) -> bool:
    """Whether everything else that was told about the day is true of it."""
    if phrase.week is not None and _monday(on) != _monday(today) + timedelta(weeks=phrase.week):
        return False
    weekday = phrase.weekday
    return weekday is None or (
        weekday.weekday == on.weekday() and (weekday.ahead is None or on in weekday.candidates(today))
    )


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _at(on: date, face: time, today: date, *, from_twelve: bool) -> datetime:
    """The moment of a time on a day. «12 at night» today has passed, so the coming one is meant."""
    coming_midnight = from_twelve and face.hour == 0 and on == today
    return datetime.combine(on + timedelta(days=1) if coming_midnight else on, face)


def _is_near(on: date, now: datetime) -> bool:
    return on.year <= now.year + _FARTHEST_YEARS
