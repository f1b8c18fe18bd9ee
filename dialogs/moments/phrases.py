"""How a day, a time and the rest make one phrase, in any order, with nothing left unread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dialogs.moments.clocks import Clock, Hours, times
from dialogs.moments.days import Day, RelativeDay, Span, Wait, WeekdayOf, days, relative_days, spans, weekdays, weeks
from dialogs.moments.tokens import Line
from dialogs.moments.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was read so far. Each place is filled once: a second time makes no sense, a second day only as the same one
    told in another way («tomorrow, Saturday, 21 November»)."""

    relative: RelativeDay | None = None
    day: Day | None = None
    weekday: WeekdayOf | None = None
    week: int | None = None
    wait: Wait | None = None
    clock: Clock | None = None
    part: Hours | None = None
    day_is_known: bool = False
    """Only the time is asked for: no day is read, and a bare number is an hour."""

    @property
    def tells_day(self) -> bool:
        """Whether a number after it can be nothing but an hour. After «in 2 days» it could go on counting."""
        if self.day_is_known or self.relative is not None or self.weekday is not None:
            return True
        return self.day is not None and not isinstance(self.day, Span)


NOTHING_YET = Phrase()
DAY_IS_KNOWN = Phrase(day_is_known=True)


def phrases(line: Line, so_far: Phrase = NOTHING_YET, at: int = 0) -> Iterator[Phrase]:
    """Every way to read the whole line from a position on, added to what is known so far; the likeliest first.

    Bounded: a phrase has seven places, each with a handful of readings, and a line has few tokens.
    """
    if at == len(line):
        yield so_far
        return
    for phrase, end in _pieces(line, so_far, at):
        yield from phrases(line, phrase, end)
    if line.skippable(at):
        yield from phrases(line, so_far, at + 1)


def _pieces(line: Line, so_far: Phrase, at: int) -> Iterator[tuple[Phrase, int]]:
    """Every piece that can stand here and whose place is free. After a preposition of time a time comes first."""
    anchored = line.has(at - 1, Kind.AT)
    if anchored:
        yield from _with_clock(line, so_far, at, anchored=True)
    if not so_far.day_is_known:
        yield from _with_day(line, so_far, at)
    if not anchored:
        yield from _with_clock(line, so_far, at, anchored=False)
    part = line.meaning(at, Kind.PART)
    if so_far.part is None and part is not None:
        yield replace(so_far, part=part.hours), at + 1


def _with_day(line: Line, so_far: Phrase, at: int) -> Iterator[tuple[Phrase, int]]:
    if so_far.relative is None:
        yield from ((replace(so_far, relative=relative), end) for relative, end in relative_days(line, at))
    if so_far.day is None:
        yield from ((replace(so_far, day=day), end) for day, end in days(line, at))
    if so_far.day is None and so_far.wait is None:
        for span, end in spans(line, at):
            yield replace(so_far, wait=span) if isinstance(span, Wait) else replace(so_far, day=span), end
    if so_far.weekday is None:
        yield from ((replace(so_far, weekday=weekday), end) for weekday, end in weekdays(line, at))
    if so_far.week is None:
        yield from ((replace(so_far, week=week), end) for week, end in weeks(line, at))


def _with_clock(line: Line, so_far: Phrase, at: int, *, anchored: bool) -> Iterator[tuple[Phrase, int]]:
    if so_far.clock is None:
        for clock, end in times(line, at, anchored=anchored):
            if clock.clear or anchored or so_far.tells_day:
                yield replace(so_far, clock=clock), end
