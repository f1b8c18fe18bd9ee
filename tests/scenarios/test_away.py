"""The bot was away over the due times of everything it ever tells: what is still useful is told, what is stale is cancelled and counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs import DRAWS
from models import Notification, NotificationState
from services import notifications
from tests.support.away import DAY, HOUR, City, everything_due
from tests.support.house import House

TOLD, STALE, SILENT = "told", "stale", "silent"

AWAY: dict[str, tuple[str, str]] = {
    "acknowledgement-deadline": (TOLD, TOLD),
    "acknowledgement-reminder": (TOLD, TOLD),
    "administrator-appointed": (TOLD, TOLD),
    "administrator-dismissed": (TOLD, TOLD),
    "agreement-asked": (TOLD, TOLD),
    "announcement": (TOLD, TOLD),
    "announcement-corrected": (TOLD, TOLD),
    "announcement-digest": (TOLD, TOLD),
    "announcement-not-sent": (TOLD, TOLD),
    "announcement-progress": (TOLD, TOLD),
    "announcement-recalled": (TOLD, TOLD),
    "application-approved": (TOLD, TOLD),
    "application-came": (TOLD, TOLD),
    "application-declined": (TOLD, TOLD),
    "application-expired": (TOLD, TOLD),
    "application-waits": (TOLD, TOLD),
    "consultation-assigned": (TOLD, TOLD),
    "consultation-closed": (TOLD, TOLD),
    "consultation-edited": (TOLD, TOLD),
    "consultation-message": (TOLD, TOLD),
    "consultation-new": (TOLD, TOLD),
    "consultation-overdue": (TOLD, TOLD),
    "consultation-passed-on": (TOLD, TOLD),
    "consultation-redraw": (TOLD, TOLD),
    "consultation-taken": (TOLD, TOLD),
    "consultation-unreached": (TOLD, TOLD),
    "coordinator-appointed": (TOLD, TOLD),
    "coordinator-dismissed": (TOLD, TOLD),
    "delivery-overdue": (TOLD, TOLD),  # as long as the others still wait
    "event-cancelled": (TOLD, TOLD),  # also after its time: nobody came to a closed door without knowing why
    "event-moved": (TOLD, STALE),
    "event-new": (TOLD, STALE),
    "event-place": (TOLD, STALE),
    "event-promoted": (TOLD, STALE),
    "event-reminder": (TOLD, STALE),
    "event-reminder, the last": (STALE, STALE),
    "expert-appointed": (TOLD, TOLD),
    "expert-dismissed": (TOLD, TOLD),
    "head-appointed": (TOLD, TOLD),
    "head-dismissed": (TOLD, TOLD),
    "membership-left": (TOLD, TOLD),
    "membership-removed": (TOLD, TOLD),
    "moderator-appointed": (TOLD, TOLD),
    "moderator-dismissed": (TOLD, TOLD),
    "network-closed": (TOLD, TOLD),
    "network-ending": (TOLD, TOLD),
    "network-moved": (TOLD, TOLD),
    "organisation-accepted": (TOLD, TOLD),
    "organisation-agreement-asked": (TOLD, TOLD),
    "organisation-declined": (TOLD, TOLD),
    "organisation-replaced": (TOLD, TOLD),
    "participation-began": (TOLD, TOLD),
    "participation-changed": (TOLD, TOLD),
    "participation-ended": (TOLD, TOLD),
    "product-published": (TOLD, TOLD),
    "product-returned": (TOLD, TOLD),
    "product-submitted": (TOLD, TOLD),
    "registry-doubtful": (TOLD, TOLD),
}
"""By kind: what becomes of it after an hour's absence, and after a day's."""


@pytest.fixture
async def city(house: House) -> City:
    """Everything that can be told is due."""
    return await everything_due(house)


async def _outcome(house: House, notification_id: int) -> str:
    async with house.db.read() as session:
        row = await session.get_one(Notification, notification_id)
    if row.state is NotificationState.SENT:
        return TOLD
    assert row.state is NotificationState.CANCELLED, (row.kind, row.state, row.error)
    return STALE if row.error == notifications.STALE else SILENT


def test_every_kind_is_in_the_table() -> None:
    assert {name.partition(",")[0] for name in AWAY} == DRAWS.keys()


async def test_all_of_it_is_told_when_nothing_was_in_the_way(city: City) -> None:
    """Otherwise the table would say nothing about absence."""
    await city.house.delivers()
    found = {name: await _outcome(city.house, row) for name, row in city.rows.items()}
    assert found == {name: SILENT if name == "delivery-overdue" else TOLD for name in AWAY}


@pytest.mark.parametrize(("column", "away"), [(0, HOUR), (1, DAY)], ids=["an hour", "a day"])
async def test_the_useful_is_told_and_the_stale_is_cancelled_and_counted(
    city: City, column: int, away: timedelta
) -> None:
    house = city.house
    went_at: datetime = house.clock.now()
    house.passes(away)
    await house.delivers()
    found = {name: await _outcome(house, row) for name, row in city.rows.items()}
    assert found == {name: outcomes[column] for name, outcomes in AWAY.items()}
    stale = [name.partition(",")[0] for name, outcome in found.items() if outcome == STALE]
    async with house.db.read() as session:
        assert await notifications.stale(session, since=went_at) == {kind: stale.count(kind) for kind in set(stale)}
    administrator = await house.administrator()
    await administrator.presses(administrator.screen, "ul:0")
    reminders = stale.count("event-reminder")
    assert f"Напоминания о событиях: {reminders}" in administrator.sees
    assert "Не отправлено: время прошло" in administrator.sees
    assert house.world.faults == []
