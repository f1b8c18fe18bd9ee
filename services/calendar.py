"""Events as files that calendars on phones and computers read."""

from __future__ import annotations

from datetime import datetime

from models import Event
from services.events import USUAL_LENGTH


def event_file(event: Event, *, title: str, place: str | None, text: str, address: str, now: datetime) -> bytes:
    """The event in the iCalendar format (RFC 5545, RFC 5546), with `title`, `place` and `text` in the reader's words.

    The same UID with a higher SEQUENCE makes a calendar change its entry instead of adding a second one; a cancelled event is taken
    out by METHOD:CANCEL. `address` is where the organizer is found: RFC 5546 demands an ORGANIZER, which any URI may name.
    """
    import icalendar  # on first use: most processes never need it

    is_cancelled = event.cancelled_at is not None
    entry = icalendar.Event()
    entry.add("uid", event.calendar_uid)
    entry.add("sequence", event.revision)
    entry.add("dtstamp", now)
    entry.add("created", event.created_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.starts_at + USUAL_LENGTH)
    entry.add("summary", title)
    if place is not None:
        entry.add("location", place)
    entry.add("description", text)
    entry.add("url", address)
    organizer = icalendar.vCalAddress(address)
    organizer.params["CN"] = event.network.title
    entry.add("organizer", organizer)
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Metodset//Events//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
