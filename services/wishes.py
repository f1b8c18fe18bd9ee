"""What people choose for themselves: the language, the clock, when and of what they are told."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import News, Notification, Person
from services import audit, policy, zones
from services.errors import NotFound, QuietHoursEmpty
from services.notifications import QuietHours

KINDS: dict[News, frozenset[str]] = {
    News.EVENTS: frozenset({"event-new"}),
    News.REMINDERS: frozenset({"event-reminder"}),
    News.PRODUCTS: frozenset({"product-published", "product-returned"}),
    News.ANNOUNCEMENTS: frozenset({"announcement", "announcement-digest"}),
}
"""The kinds of notifications that a person may do without, grouped as people think of them. All others are told in any case: replies in
one's own consultation, what changes an event that one is going to, appointments, and what a role obliges to."""

MUTED = "muted"
"""Why something was not told; a word of its own in the notification's `error`."""

_NEWS_OF = {kind: news for news, kinds in KINDS.items() for kind in kinds}


async def choose_language(session: AsyncSession, actor: Person, language_code: str | None) -> Person:
    """From now on the bot speaks `language_code` with this person; with None it follows their Telegram again."""
    person = await session.get_one(Person, actor.id)
    person.language_code = language_code
    return person


async def choose_zone(session: AsyncSession, actor: Person, zone_id: int, *, now: datetime) -> Person:
    """The person's clock. Raises NotRegistered, NotFound."""
    policy.require_registered(actor)
    zone = zones.by_id(zone_id)
    if zone is None:
        raise NotFound
    person = await session.get_one(Person, actor.id)
    _write_down(session, person, now, {"time_zone": person.time_zone}, {"time_zone": zone.name})
    person.time_zone = zone.name
    return person


async def choose_quiet_hours(
    session: AsyncSession, actor: Person, hours: QuietHours | None, *, now: datetime
) -> Person:
    """When the person is not to be disturbed: own hours, none (NO_QUIET_HOURS), or (None) the usual ones. Raises NotRegistered."""
    policy.require_registered(actor)
    person = await session.get_one(Person, actor.id)
    old = _in_words(person)
    person.quiet_from = hours.starts if hours else None
    person.quiet_until = hours.ends if hours else None
    _write_down(session, person, now, old, _in_words(person))
    return person


def own_hours(starts: int, ends: int) -> QuietHours:
    """Quiet hours from one whole hour until another. Raises QuietHoursEmpty where both are the same: «off» is another choice."""
    if starts == ends:
        raise QuietHoursEmpty
    return QuietHours(time(starts), time(ends))


async def mute(session: AsyncSession, actor: Person, news: News, *, muted: bool, now: datetime) -> Person:
    """Do without some news, or hear of them again; what waits to be told already is decided when it goes out. Raises NotRegistered."""
    policy.require_registered(actor)
    person = await session.get_one(Person, actor.id, with_for_update=True)
    old = set(person.muted or ())
    new = old | {news.value} if muted else old - {news.value}
    if new != old:
        person.muted = sorted(new) or None
        _write_down(session, person, now, {"muted": sorted(old)}, {"muted": sorted(new)})
    return person


def mutes(person: Person, news: News) -> bool:
    """Whether the person does without these news."""
    return news.value in (person.muted or ())


def is_muted(person: Person, notification: Notification) -> bool:
    """Whether the person did not want to be told this. A mandatory announcement (so marked in its notification) passes."""
    news = _NEWS_OF.get(notification.kind)
    return news is not None and mutes(person, news) and not notification.payload.get("mandatory")


def _in_words(person: Person) -> dict[str, Any]:
    if person.quiet_from is None or person.quiet_until is None:
        return {"quiet": None}
    return {"quiet": f"{person.quiet_from:%H:%M}-{person.quiet_until:%H:%M}"}


def _write_down(session: AsyncSession, person: Person, now: datetime, old: dict[str, Any], new: dict[str, Any]) -> None:
    if old != new:
        audit.record(session, person, "person.choose", "person", person.id, now=now, old=old, new=new)
