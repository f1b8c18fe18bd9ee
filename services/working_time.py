"""Working time of the centre: when an answer is promised.

The days off are Saturday and Sunday; public holidays, moved days and working hours of single experts will be told to `is_working_day`
and to whoever calls it, nothing else needs to know them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

END_OF_DAY = time(18, 0)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def end_of_next_working_day(moment: datetime, zone: tzinfo) -> datetime:
    """18:00 of the next working day as the clocks of `zone` show it, in UTC: asked on a Friday or at a weekend, answered on Monday."""
    day = next_working_day(moment.astimezone(zone).date())
    return datetime.combine(day, END_OF_DAY, tzinfo=zone).astimezone(UTC)


def working_days_later(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day, so many working days later, in UTC: three days after a Thursday is a Tuesday."""
    local = moment.astimezone(zone)
    day = local.date()
    for _ in range(days):
        day = next_working_day(day)
    return datetime.combine(day, local.time(), tzinfo=zone).astimezone(UTC)
