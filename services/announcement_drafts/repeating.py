"""When an announcement that repeats goes out again."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from models import Repeat


def next_time(last: datetime, repeats: Repeat, *, day: int, zone: ZoneInfo, now: datetime) -> datetime:
    """The first time after `last` that is still to come, at the same time of day by the clock of `zone`.

    Monthly it is the `day` of the month, or the last one of a month that has no such day. What was missed is not made up for.
    """
    began = last.astimezone(zone)
    for times in count(1):
        if repeats is Repeat.WEEKLY:
            on = began.date() + timedelta(weeks=times)
        else:
            years, month = divmod(began.month - 1 + times, 12)
            year = began.year + years
            on = began.date().replace(year=year, month=month + 1, day=min(day, monthrange(year, month + 1)[1]))
        at = datetime.combine(on, began.time(), tzinfo=zone).astimezone(UTC)
        if at > now:
            return at
    raise AssertionError("the calendar does not end")
