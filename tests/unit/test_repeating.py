"""When an announcement that repeats goes out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from models import Repeat
from services.announcement_drafts import next_time

YEKATERINBURG = ZoneInfo("Asia/Yekaterinburg")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = YEKATERINBURG) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("last", "repeats", "day", "following"),
    [
        ("2026-11-20T10:00", Repeat.WEEKLY, 20, "2026-11-27T10:00"),
        ("2026-12-28T10:00", Repeat.WEEKLY, 28, "2027-01-04T10:00"),
        ("2026-11-20T10:00", Repeat.MONTHLY, 20, "2026-12-20T10:00"),
        ("2026-12-31T10:00", Repeat.MONTHLY, 31, "2027-01-31T10:00"),
        ("2027-01-31T10:00", Repeat.MONTHLY, 31, "2027-02-28T10:00"),
        ("2027-02-28T10:00", Repeat.MONTHLY, 31, "2027-03-31T10:00"),
        ("2028-01-30T10:00", Repeat.MONTHLY, 30, "2028-02-29T10:00"),
        ("2026-11-01T00:30", Repeat.MONTHLY, 1, "2026-12-01T00:30"),
    ],
)
def test_the_next_time(last: str, repeats: Repeat, day: int, following: str) -> None:
    given_ = at(last).astimezone(UTC)
    assert next_time(given_, repeats, day=day, zone=YEKATERINBURG, now=given_) == at(following)


def test_what_was_missed_is_not_made_up_for() -> None:
    last, now = at("2026-11-20T10:00"), at("2026-12-12T11:00")
    assert next_time(last, Repeat.WEEKLY, day=20, zone=YEKATERINBURG, now=now) == at("2026-12-18T10:00")
    assert next_time(last, Repeat.MONTHLY, day=20, zone=YEKATERINBURG, now=now) == at("2026-12-20T10:00")


def test_the_clock_on_the_wall_says_the_same_time_in_winter() -> None:
    last = at("2026-10-22T10:00", BERLIN)
    following = next_time(last, Repeat.WEEKLY, day=22, zone=BERLIN, now=last)
    assert following.astimezone(BERLIN).isoformat() == "2026-10-29T10:00:00+01:00"
    assert following - last == timedelta(days=7, hours=1)


@given(
    st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001  # hypothesis wants naive bounds
        datetime(2030, 1, 1),  # noqa: DTZ001  # the same
    ),
    st.sampled_from(list(Repeat)),
    st.timedeltas(timedelta(), timedelta(days=800)),
)
def test_it_is_always_to_come_and_never_far(began: datetime, repeats: Repeat, passed: timedelta) -> None:
    last = began.replace(tzinfo=YEKATERINBURG)
    now = last + passed
    following = next_time(last, repeats, day=began.day, zone=YEKATERINBURG, now=now)
    assert now < following <= now + timedelta(days=7 if repeats is Repeat.WEEKLY else 31)
    assert following.astimezone(YEKATERINBURG).time() == began.time()
    if repeats is Repeat.WEEKLY:
        assert following.astimezone(YEKATERINBURG).weekday() == began.weekday()
