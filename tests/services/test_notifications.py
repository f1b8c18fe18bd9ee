"""Rows of notifications on both databases: written once, shared without doubles, settled by whoever holds them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from models import Database, Notification, NotificationState, Person, Priority, SentMessage
from services import notifications
from services.notifications import LEASE, MOST_ATTEMPTS, Notice, Outcomes
from services.notifications.sending import LOOK_AHEAD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""Wall time; leases are on real time, which stands beside it here."""

KIND = "test-kind"


async def people(db: Database, number: int) -> list[int]:
    async with db.write() as session:
        persons = [Person(telegram_id=1000 + n, created_at=NOW, registered_at=NOW) for n in range(number)]
        session.add_all(persons)
        await session.flush()
        return [person.id for person in persons]


def notice(person_id: int, name: str = "", *, kind: str = KIND, subject: int = 7, **particulars: Any) -> Notice:
    given: dict[str, Any] = {"due_at": NOW, **particulars}
    return Notice(kind, f"{kind}:{subject}:{person_id}{name}", person_id, subject, **given)


async def put(db: Database, *notices: Notice, now: datetime = NOW) -> int:
    async with db.write() as session:
        return await notifications.put(session, notices, now=now)


async def claim(
    db: Database, limit: int = 30, *, now: datetime = NOW, leased_at: datetime = NOW, **particulars: Any
) -> Sequence[Notification]:
    async with db.write() as session:
        return await notifications.claim(session, now=now, leased_at=leased_at, limit=limit, **particulars)


async def rows(db: Database) -> list[Notification]:
    async with db.read() as session:
        return list(await session.scalars(select(Notification).order_by(Notification.id)))


async def only_row(db: Database) -> Notification:
    (row,) = await rows(db)
    return row


async def test_the_same_occasion_is_written_once(each_db: Database) -> None:
    first, second = await people(each_db, 2)
    assert await put(each_db, notice(first), notice(second)) == 2
    assert await put(each_db, notice(first), notice(second, " again")) == 1
    assert len(await rows(each_db)) == 3


async def test_a_thousand_notices_are_written_at_once(each_db: Database) -> None:
    ids = await people(each_db, 1001)
    assert await put(each_db, *(notice(person_id) for person_id in ids)) == 1001
    assert {row.person_id for row in await rows(each_db)} == set(ids)


async def test_everybody_of_a_query_is_told_once(each_db: Database) -> None:
    ids = await people(each_db, 30)
    await put(each_db, notice(ids[0]))
    twice = select(Person.id).union_all(select(Person.id)).subquery()
    async with each_db.write() as session:
        told = await notifications.put_to_all(
            session, KIND, 7, select(twice.c.id), due_at=NOW, priority=Priority.ANNOUNCEMENT, now=NOW
        )
        assert session.info[notifications.DUE_SOON]
    assert told == 29, "the first one had been told"
    written = await rows(each_db)
    assert sorted(row.person_id for row in written) == ids
    last = written[-1]
    assert (last.key, last.subject_id, last.payload, last.priority, last.urgent, last.due_at, last.next_at) == (
        f"{KIND}:7:{ids[-1]}",
        7,
        {},
        Priority.ANNOUNCEMENT,
        False,
        NOW,
        NOW,
    )


async def test_two_senders_at_once_share_the_rows_and_nobody_is_told_twice(each_db: Database) -> None:
    ids = await people(each_db, 200)
    await put(each_db, *(notice(person_id) for person_id in ids))
    other = Database(each_db.url, synchronous="NORMAL")

    async def take(db: Database) -> list[int]:
        taken: list[int] = []
        while batch := await claim(db, 7):
            assert len(batch) <= 7
            taken += [row.person_id for row in batch]
        return taken

    shares = await asyncio.gather(take(each_db), take(other), take(each_db), take(other))
    await other.close()
    assert sorted(person_id for share in shares for person_id in share) == ids
    assert all(row.attempts == 1 for row in await rows(each_db))


def various(one: int, two: int, three: int, four: int, five: int) -> list[Notice]:
    minute = timedelta(minutes=1)
    return [
        notice(one, " announcement", priority=Priority.ANNOUNCEMENT, due_at=NOW - 9 * minute),
        notice(two, " late reminder", priority=Priority.REMINDER, due_at=NOW - minute),
        notice(three, " early reminder", priority=Priority.REMINDER, due_at=NOW - 5 * minute),
        notice(four, " reply"),
        notice(five, " tomorrow", due_at=NOW + minute),
    ]


def names(claimed: Sequence[Notification]) -> list[str]:
    return [row.key.split(" ", 1)[1] for row in claimed]


async def test_urgent_things_first_then_by_when_they_were_due(each_db: Database) -> None:
    await put(each_db, *various(*await people(each_db, 5)))
    assert names(await claim(each_db, 3)) == ["reply", "early reminder", "late reminder"]
    assert names(await claim(each_db)) == ["announcement"]
    assert await claim(each_db) == []


async def test_a_person_gets_one_thing_at_a_time_in_the_same_order(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, *various(*[person_id] * 5))
    for name in ("reply", "early reminder", "late reminder", "announcement"):
        (row,) = await claim(each_db)
        assert names([row]) == [name]
        assert await claim(each_db, besides={person_id}) == []
        async with each_db.write() as session:
            await notifications.settle_sent(session, row, [], now=NOW)
    assert await claim(each_db) == []


async def test_whoever_has_many_holds_up_nobody(each_db: Database) -> None:
    """However far the others stand behind, also behind two such people."""
    olga, igor, *others = await people(each_db, 12)
    earlier = NOW - timedelta(hours=1)
    await put(each_db, *(notice(olga, f" {n}", due_at=earlier) for n in range(2 * LOOK_AHEAD)))
    await put(each_db, *(notice(igor, f" {n}", due_at=earlier) for n in range(2 * LOOK_AHEAD)))
    await put(each_db, *(notice(person_id) for person_id in others))
    claimed = await claim(each_db, 8)
    assert [row.person_id for row in claimed] == [olga, igor, *others[:6]]
    assert names(claimed[:2]) == ["0", "0"]
    assert [row.person_id for row in await claim(each_db, besides={olga, igor})] == others[6:]


async def test_a_claim_reads_a_range_of_the_index_not_the_table(db: Database) -> None:
    (person_id,) = await people(db, 1)
    await put(db, notice(person_id))
    asked: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, *others: Any) -> None:
        asked.append((statement, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", keep)
    assert len(await claim(db, kinds=[KIND], besides={person_id + 1})) == 1
    event.remove(db.engine.sync_engine, "before_cursor_execute", keep)
    async with db.read() as session:
        connection = await session.connection()
        for statement, parameters in asked:
            plan = [row[-1] for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert not [line for line in plan if line == "SCAN notifications"]
            ranges = [line for line in plan if "ix_notifications_waiting (priority=? AND next_at<?)" in line]
            assert len(ranges) == len(Priority), "once each: it goes back to what it has seen by id"
    assert asked


async def test_a_crash_is_healed_when_the_lease_runs_out_and_told_in_the_report(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    await claim(each_db)
    assert await claim(each_db, leased_at=NOW + LEASE - timedelta(seconds=1)) == []
    assert await claim(each_db, now=NOW + timedelta(days=1)) == [], "moving the wall clock ends no lease"
    (again,) = await claim(each_db, leased_at=NOW + LEASE)
    assert again.maybe_twice
    async with each_db.write() as session:
        await notifications.settle_sent(session, again, [(5, 6)], now=NOW)
        counted = await notifications.outcomes(session, KIND, [7, 8])
    assert counted == {7: Outcomes(sent=1, maybe_twice=1), 8: Outcomes()}


async def test_a_lease_is_renewed_while_the_row_is_in_flight(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    claimed = await claim(each_db)
    async with each_db.write() as session:
        await notifications.renew(session, claimed, leased_at=NOW + LEASE)
    assert await claim(each_db, leased_at=NOW + LEASE) == []
    assert len(await claim(each_db, leased_at=NOW + 2 * LEASE)) == 1


async def test_a_sender_claims_nothing_for_whom_it_is_sending_something(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    (row,) = await claim(each_db)
    assert await claim(each_db, leased_at=NOW + LEASE, besides={row.person_id}) == []


async def test_who_slept_through_the_lease_changes_nothing_but_owns_up(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    (slow,) = await claim(each_db)
    (quick,) = await claim(each_db, leased_at=NOW + LEASE)
    async with each_db.write() as session:
        await notifications.settle_sent(session, quick, [(5, 10)], now=NOW)
    async with each_db.write() as session:
        await notifications.settle_trouble(session, slow, "lost", now=NOW)
    assert (await only_row(each_db)).state is NotificationState.SENT, "no third try"
    async with each_db.write() as session:
        await notifications.postpone(session, slow, until=NOW)
        await notifications.settle_sent(session, slow, [(5, 11)], now=NOW)
    row = await only_row(each_db)
    assert (row.state, row.maybe_twice) == (NotificationState.SENT, True)
    async with each_db.read() as session:
        for message_id in (10, 11):
            found = await notifications.answered_by_reply(session, 5, message_id)
            assert found is not None, "a reply to either message is understood"
            assert found.id == row.id


@pytest.mark.parametrize(("lost_at", "outcome"), [(None, "failed"), (2, "unknown"), (MOST_ATTEMPTS, "unknown")])
async def test_trouble_is_retried_ever_more_rarely_and_given_up_at_last(
    lost_at: int | None, outcome: str, each_db: Database
) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    now, pauses = NOW, []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        (row,) = await claim(each_db, now=now)
        assert row.attempts == attempt
        async with each_db.write() as session:
            again = await notifications.settle_trouble(
                session, row, "x" * 500, now=now, perhaps_sent=attempt == lost_at
            )
        assert again is (attempt < MOST_ATTEMPTS)
        row = await only_row(each_db)
        if again:
            pauses.append((row.next_at - now).total_seconds())
            assert await claim(each_db, now=row.next_at - timedelta(seconds=1)) == []
            now = row.next_at
    assert pauses == [10, 20, 40, 80, 160]
    assert (row.state, row.due_at, row.maybe_twice) == (NotificationState(outcome), NOW, lost_at is not None)
    assert row.error == "x" * 200
    assert row.settled_at is not None
    assert await claim(each_db, now=now + timedelta(days=9)) == []
    async with each_db.read() as session:
        assert await notifications.outcomes(session, KIND, [7]) == {7: Outcomes(**{outcome: 1})}


async def test_what_is_postponed_together_keeps_its_order_and_costs_no_attempt(each_db: Database) -> None:
    ids = await people(each_db, 5)
    minute = timedelta(minutes=1)
    # Written in another order than they are due in.
    await put(each_db, *(notice(person_id, due_at=NOW - n * minute) for n, person_id in enumerate(ids)))
    morning = NOW + timedelta(hours=10)
    for row in await claim(each_db):
        async with each_db.write() as session:
            await notifications.postpone(session, row, until=morning)
    assert await claim(each_db, now=morning - minute) == []
    again = await claim(each_db, now=morning)
    assert [row.person_id for row in again] == list(reversed(ids))
    assert {row.attempts for row in again} == {1}
    assert not any(row.maybe_twice for row in again)


async def test_a_kind_of_a_newer_version_is_left_alone(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id, kind="of-tomorrow"), notice(person_id))
    assert [row.kind for row in await claim(each_db, kinds=[KIND])] == [KIND]
    assert await claim(each_db, kinds=[KIND]) == []
    async with each_db.read() as session:
        assert await notifications.unknown_kinds(session, [KIND]) == ["of-tomorrow"]
    assert (await rows(each_db))[0].attempts == 0


async def test_blocked_marks_the_person(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    (row,) = await claim(each_db)
    async with each_db.write() as session:
        assert await notifications.settle_blocked(session, row, now=NOW)
    async with each_db.write() as session:
        assert not await notifications.settle_blocked(session, row, now=NOW + LEASE), "settled before"
    async with each_db.read() as session:
        person = await session.get_one(Person, person_id)
    assert person.blocked_at == NOW
    assert (await only_row(each_db)).state is NotificationState.BLOCKED


async def test_what_is_cancelled_is_not_sent(each_db: Database) -> None:
    first, second = await people(each_db, 2)
    await put(each_db, notice(first), notice(second), notice(first, subject=8))
    async with each_db.write() as session:
        assert await notifications.cancel(session, KIND, 7, person_id=first) == 1
        assert await notifications.cancel(session, KIND, 7) == 1
        assert await notifications.cancel(session, KIND, 7) == 0
    assert [row.subject_id for row in await claim(each_db)] == [8]


async def test_an_occasion_that_moves_again_and_again_is_told_anew_each_time(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    for number in range(30):
        assert await put(each_db, notice(person_id)) == 1
        if number % 2:
            (row,) = await claim(each_db)
            async with each_db.write() as session:
                await notifications.settle_sent(session, row, [(1, number)], now=NOW)
        async with each_db.write() as session:
            await notifications.forget(session, KIND, 7, person_id=person_id)
    written = await rows(each_db)
    assert {row.state for row in written} == {NotificationState.SENT, NotificationState.CANCELLED}
    assert max(len(row.key) for row in written) < 40, "keys do not grow with every move"


async def test_parts_of_several_attempts_are_counted_on(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id))
    (row,) = await claim(each_db)
    async with each_db.write() as session:
        await notifications.keep_parts(session, row, [(5, 10), (5, 11)])
        await notifications.settle_trouble(session, row, "broke off", now=NOW)
    (row,) = await claim(each_db, now=NOW + timedelta(minutes=1))
    async with each_db.write() as session:
        assert await notifications.get_parts(session, row) == 2
        await notifications.settle_sent(session, row, [(5, 12)], now=NOW)
        messages = await notifications.messages_of(session, KIND, 7)
    assert [(owner, one.part, one.message_id) for owner, one in messages] == [
        (person_id, 0, 10),
        (person_id, 1, 11),
        (person_id, 2, 12),
    ]


async def test_a_number_of_a_message_that_telegram_gives_again_belongs_to_its_newest_owner(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    await put(each_db, notice(person_id), notice(person_id, " second"))
    (first,), (second,) = await claim(each_db), await claim(each_db)
    async with each_db.write() as session:
        await notifications.settle_sent(session, first, [(5, 10)], now=NOW)
        await notifications.settle_sent(session, second, [(5, 10)], now=NOW)
        found = await notifications.answered_by_reply(session, 5, 10)
        assert found is not None
        assert found.id == second.id
        assert len(list(await session.scalars(select(SentMessage)))) == 1


@pytest.mark.parametrize(
    ("local", "until"),
    [
        ("2026-11-23 20:59", None),
        ("2026-11-23 21:00", "2026-11-24 07:00"),
        ("2026-11-23 23:59", "2026-11-24 07:00"),
        ("2026-11-24 00:00", "2026-11-24 07:00"),
        ("2026-11-24 06:59", "2026-11-24 07:00"),
        ("2026-11-24 07:00", None),
        ("2026-12-31 22:30", "2027-01-01 07:00"),
    ],
)
@pytest.mark.parametrize("zone", [ZoneInfo("Asia/Yekaterinburg"), ZoneInfo("Europe/Kaliningrad")], ids=str)
def test_quiet_hours_are_those_of_the_persons_own_zone(local: str, until: str | None, zone: ZoneInfo) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
    wanted = datetime.fromisoformat(until).replace(tzinfo=zone) if until else None
    assert notifications.quiet_until(moment, zone) == wanted
