"""When people are not to be disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from models import Person

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(7, 0)
"""Quiet hours by default (product.md §5), in the person's own time zone."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day until another, over midnight where it comes first; the same twice are no hours at all."""

    starts: time = QUIET_FROM
    ends: time = QUIET_UNTIL

    @property
    def are_none(self) -> bool:
        """Whether the person may be told things at any hour."""
        return self.starts == self.ends


USUAL = QuietHours()
NO_QUIET_HOURS = QuietHours(time(0), time(0))


def hours_of(person: Person) -> QuietHours:
    """The person's own quiet hours, the usual ones of whoever chose none."""
    if person.quiet_from is None or person.quiet_until is None:
        return USUAL
    return QuietHours(person.quiet_from, person.quiet_until)


def quiet_until(moment: datetime, zone: tzinfo, hours: QuietHours = USUAL) -> datetime | None:
    """The end of the quiet hours that `moment` falls into, or None outside them."""
    local = moment.astimezone(zone)
    day, now = local.date(), local.time()
    if hours.are_none:
        return None
    if hours.starts < hours.ends:
        if not hours.starts <= now < hours.ends:
            return None
    elif now >= hours.starts:
        day += timedelta(days=1)
    elif now >= hours.ends:
        return None
    return datetime.combine(day, hours.ends, tzinfo=zone)
