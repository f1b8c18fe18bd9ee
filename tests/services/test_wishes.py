"""What people set for themselves is kept, written down and refused to strangers, on each database."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from sqlalchemy import select

from models import Audit, Database, News, Person
from services import notifications, wishes, zones
from services.errors import NotFound, NotRegistered, QuietHoursEmpty
from services.notifications import NO_QUIET_HOURS, QuietHours
from tests.support.people import NOW, put_people

ZONE = ZoneInfo("Asia/Yekaterinburg")


async def test_wishes_are_kept_and_written_down_once(each_db: Database) -> None:
    (anna,) = await put_people(each_db)
    nap = QuietHours(time(13), time(15))
    for _ in range(2):
        async with each_db.write() as session:
            await wishes.choose_zone(session, anna, 21, now=NOW)
            await wishes.choose_quiet_hours(session, anna, nap, now=NOW)
            await wishes.mute(session, anna, News.REMINDERS, muted=True, now=NOW)
            await wishes.mute(session, anna, News.EVENTS, muted=True, now=NOW)
    async with each_db.read() as session:
        person = await session.get_one(Person, anna.id)
        assert (person.time_zone, person.muted) == ("Asia/Vladivostok", ["events", "reminders"])
        assert notifications.hours_of(person) == nap
        written = list(await session.scalars(select(Audit.new).order_by(Audit.id)))
    assert written == [
        {"time_zone": "Asia/Vladivostok"},
        {"quiet": "13:00-15:00"},
        {"muted": ["reminders"]},
        {"muted": ["events", "reminders"]},
    ]
    async with each_db.write() as session:
        await wishes.choose_quiet_hours(session, anna, None, now=NOW)
        for news in (News.REMINDERS, News.EVENTS):
            await wishes.mute(session, anna, news, muted=False, now=NOW)
    async with each_db.read() as session:
        person = await session.get_one(Person, anna.id)
        assert (person.muted, notifications.hours_of(person)) == (None, notifications.USUAL)
        assert await session.scalar(select(Person.id).where(Person.muted.is_(None))) == anna.id


async def test_strangers_and_nonsense_are_refused(db: Database) -> None:
    (anna,) = await put_people(db)
    stranger = Person(id=anna.id, created_at=NOW)
    async with db.write() as session:
        with pytest.raises(NotRegistered):
            await wishes.choose_zone(session, stranger, 1, now=NOW)
        with pytest.raises(NotRegistered):
            await wishes.choose_quiet_hours(session, stranger, NO_QUIET_HOURS, now=NOW)
        with pytest.raises(NotRegistered):
            await wishes.mute(session, stranger, News.EVENTS, muted=True, now=NOW)
        with pytest.raises(NotFound):
            await wishes.choose_zone(session, anna, 999, now=NOW)
    with pytest.raises(QuietHoursEmpty):
        wishes.own_hours(22, 22)
    assert wishes.own_hours(22, 6) == QuietHours(time(22), time(6))


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        (QuietHours(time(13), time(15)), "2026-11-23 12:59", None),
        (QuietHours(time(13), time(15)), "2026-11-23 13:00", "2026-11-23 15:00"),
        (QuietHours(time(13), time(15)), "2026-11-23 15:00", None),
        (QuietHours(time(0), time(8)), "2026-11-23 00:00", "2026-11-23 08:00"),
        (QuietHours(time(0), time(8)), "2026-11-23 23:59", None),
        (QuietHours(time(20), time(0)), "2026-11-23 21:00", "2026-11-24 00:00"),
        (QuietHours(time(20), time(0)), "2026-11-24 00:00", None),
        (QuietHours(time(23), time(9)), "2026-11-23 08:59", "2026-11-23 09:00"),
        (NO_QUIET_HOURS, "2026-11-23 00:00", None),
        (NO_QUIET_HOURS, "2026-11-23 23:00", None),
    ],
)
def test_own_quiet_hours(hours: QuietHours, at: str, until: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)
    wanted = datetime.fromisoformat(until).replace(tzinfo=ZONE) if until else None
    assert notifications.quiet_until(moment, ZONE, hours) == wanted


def test_the_zones_are_known_and_told_apart() -> None:
    found = zones.zones()
    assert len({zone.id for zone in found}) == len({zone.name for zone in found}) == len(found) == 27
    assert {zone.name for zone in found} <= available_timezones()
    for language in ("ru", "en"):
        labels = [zone.label(language) for zone in found]
        assert len(set(labels)) == len(labels)
        assert max(map(len, labels)) <= 30
    offsets = [int(zone.label("en").rpartition("+")[2].rstrip(")")) for zone in found]
    assert offsets == sorted(offsets)
    assert zones.by_name("Europe/Paris") is None
