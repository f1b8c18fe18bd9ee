"""Whose turn it is, on both databases: the most pressing first, whatever lies before it."""

from __future__ import annotations

from datetime import timedelta

from models import Database, Priority
from services import notifications
from services.notifications.sending import LOOK_AHEAD
from tests.services.test_notifications import NOW, claim, notice, people, put


async def test_nothing_less_pressing_goes_before_what_stands_behind_somebodys_many(each_db: Database) -> None:
    """Where no end of the replies is seen, the reminders wait for the next look."""
    olga, *others = await people(each_db, 9)
    earlier = NOW - timedelta(hours=1)
    await put(each_db, *(notice(olga, f" {n}", due_at=earlier) for n in range(LOOK_AHEAD)))
    answered, reminded = others[:4], others[4:]
    await put(each_db, *(notice(one, due_at=earlier, priority=Priority.REMINDER) for one in reminded))
    await put(each_db, *(notice(one) for one in answered))
    claimed = await claim(each_db, 5)
    assert [row.person_id for row in claimed] == [olga, *answered]
    assert [row.person_id for row in await claim(each_db, besides={olga})] == reminded


async def test_of_one_persons_rows_the_most_pressing_goes_first(each_db: Database) -> None:
    (olga,) = await people(each_db, 1)
    earlier = NOW - timedelta(hours=1)
    for priority in reversed(Priority):
        await put(each_db, notice(olga, f" {priority.name}", due_at=earlier, priority=priority))
    for priority in Priority:
        (row,) = await claim(each_db)
        assert row.priority == priority
        async with each_db.write() as session:
            await notifications.settle_sent(session, row, [], now=NOW)
