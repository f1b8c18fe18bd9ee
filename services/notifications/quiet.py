"""When people are not to be disturbed."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(7, 0)
"""Quiet hours by default (product.md §5), in the person's own time zone."""


def quiet_until(moment: datetime, zone: tzinfo) -> datetime | None:
    """The end of the quiet hours that `moment` falls into, or None outside them."""
    local = moment.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone)
