"""When an answer is promised."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from services import working_time

ZONE = ZoneInfo("Asia/Yekaterinburg")


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ("2026-11-24T10:00", "2026-11-25T18:00"),  # Tuesday
        ("2026-11-24T23:59", "2026-11-25T18:00"),  # the same day, whatever the hour
        ("2026-11-25T00:01", "2026-11-26T18:00"),
        ("2026-11-27T09:00", "2026-11-30T18:00"),  # Friday
        ("2026-11-28T09:00", "2026-11-30T18:00"),  # Saturday
        ("2026-11-29T22:00", "2026-11-30T18:00"),  # Sunday
        ("2026-12-31T12:00", "2027-01-01T18:00"),  # holidays are not known yet
    ],
)
def test_the_end_of_the_next_working_day_by_the_centres_clock(asked: str, promised: str) -> None:
    moment = datetime.fromisoformat(asked).replace(tzinfo=ZONE)
    wanted = datetime.fromisoformat(promised).replace(tzinfo=ZONE)
    assert working_time.end_of_next_working_day(moment.astimezone(UTC), ZONE) == wanted


@given(st.integers(min_value=0, max_value=20 * 365 * 24 * 60))
def test_always_ahead_by_less_than_four_days_on_a_working_day(minutes: int) -> None:
    asked = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    promised = working_time.end_of_next_working_day(asked, ZONE)
    assert timedelta() < promised - asked < timedelta(days=4)
    assert working_time.is_working_day(promised.astimezone(ZONE).date())


def test_working_days() -> None:
    week = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    assert [working_time.is_working_day(day) for day in week] == [True] * 5 + [False] * 2
