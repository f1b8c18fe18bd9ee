"""What was told long ago is deleted on both databases: a little at a time, once, and not what somebody still needs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot import housekeeper
from bot.housekeeper import Housekeeper
from bot.inbox import KEPT_ASIDE, MOST_ATTEMPTS
from models import (
    Consultation,
    ConsultationState,
    Database,
    Event,
    EventKind,
    InboxUpdate,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    NotificationTally,
    Saying,
    SentMessage,
    Topic,
)
from services import announcements, notifications
from services.clock import Clock
from services.notifications import Outcomes
from tests.services.test_notifications import people

KEEP_DAYS = 90
DAY = timedelta(days=1)


def made(db: Database, stop: asyncio.Event | None = None) -> Housekeeper:
    return Housekeeper(db, Clock(), stop or asyncio.Event(), keep_days=KEEP_DAYS)


async def told(db: Database, number: int, *, days_ago: float, **fields: object) -> None:
    """So many rows that went out to the first person, a message each."""
    now = Clock().now()
    async with db.write() as session:
        at = now - days_ago * DAY
        first = await session.scalar(select(func.coalesce(func.max(Notification.id), 0))) or 0
        rows = [
            Notification(
                **{
                    "kind": "test-kind",
                    "key": f"row:{first + n}",
                    "person_id": 1,
                    "subject_id": 7,
                    "priority": 0,
                    "due_at": at,
                    "next_at": at,
                    "state": NotificationState.SENT,
                    "attempts": 1,
                    "settled_at": at,
                    "created_at": at,
                    **fields,
                }
            )
            for n in range(number)
        ]
        session.add_all(rows)
        await session.flush()
        session.add_all(SentMessage(notification_id=row.id, part=0, chat_id=5, message_id=row.id) for row in rows)


async def left(db: Database, table: type = Notification) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_what_is_old_goes_with_its_messages_and_reports_keep_their_totals(
    each_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeper, "AT_ONCE", 3)
    monkeypatch.setattr(housekeeper, "PAUSE_SECONDS", 0)
    await people(each_db, 1)
    kind = announcements.KIND
    await told(each_db, 7, days_ago=91, kind=kind)
    await told(each_db, 2, days_ago=91, kind=kind, maybe_twice=True)
    await told(each_db, 1, days_ago=91, kind=kind, state=NotificationState.UNKNOWN, maybe_twice=True)
    await told(each_db, 4, days_ago=91, kind=kind, subject_id=8, state=NotificationState.BLOCKED)
    await told(each_db, 5, days_ago=91)
    await told(each_db, 3, days_ago=91, state=NotificationState.CANCELLED, settled_at=None)
    await told(each_db, 2, days_ago=89, kind=kind)
    async with each_db.read() as session:
        before = await notifications.outcomes(session, kind, [7, 8])
    await made(each_db).tidy()
    assert (await left(each_db), await left(each_db, SentMessage)) == (2, 2)
    async with each_db.read() as session:
        assert await notifications.outcomes(session, kind, [7, 8]) == before
    assert before == {7: Outcomes(sent=11, unknown=1, maybe_twice=2), 8: Outcomes(blocked=4)}
    assert await left(each_db, NotificationTally) == 4, "other kinds have no report"
    await made(each_db).tidy()
    await told(each_db, 1, days_ago=91, kind=kind)
    await made(each_db).tidy()
    async with each_db.read() as session:
        assert (await notifications.outcomes(session, kind, [7]))[7].sent == 12, "tallies grow"


@pytest.mark.parametrize("state", [NotificationState.PENDING, NotificationState.SENDING])
async def test_what_is_still_to_come_stays_however_old(each_db: Database, state: NotificationState) -> None:
    await people(each_db, 1)
    await told(each_db, 2, days_ago=400, state=state, settled_at=None)
    await told(each_db, 1, days_ago=400, due_at=Clock().now() + DAY, state=NotificationState.CANCELLED, settled_at=None)
    await told(each_db, 1, days_ago=400, settled_at=Clock().now() - 89 * DAY)
    await made(each_db).tidy()
    assert await left(each_db) == 4


async def test_what_an_open_consultation_or_a_coming_event_needs_stays(each_db: Database) -> None:
    (person_id,) = await people(each_db, 1)
    now = Clock().now()
    async with each_db.write() as session:
        form_id = (await session.scalars(select(NetworkForm.id).limit(1))).one()
        network = Network(title="Сеть", form_id=form_id, created_at=now)
        session.add(network)
        await session.flush()
        topic = Topic(title="Тема", network_id=network.id, created_at=now)
        session.add(topic)
        await session.flush()
        ask = {"topic_id": topic.id, "asker_id": person_id, "promised_at": now, "last_said_at": now, "created_at": now}
        questions = [
            Consultation(**ask),
            Consultation(**ask, state=ConsultationState.CLOSED, closed_at=now - 89 * DAY),
            Consultation(**ask, state=ConsultationState.CLOSED, closed_at=now - 91 * DAY),
        ]
        hold = {"network_id": network.id, "kind": EventKind.SEMINAR, "place": "Центр", "created_at": now}
        meetings = [
            Event(**hold, title="Потом", starts_at=now + DAY, calendar_uid="1"),
            Event(**hold, title="Давно", starts_at=now - 91 * DAY, calendar_uid="2"),
        ]
        session.add_all([*questions, *meetings])
        await session.flush()
    for question in questions:
        await told(each_db, 1, days_ago=200, kind="consultation-message", subject_id=question.id)
    for meeting in meetings:
        await told(each_db, 1, days_ago=200, kind="event-new", subject_id=meeting.id)
    await made(each_db).tidy()
    async with each_db.read() as session:
        query = select(Notification.kind, Notification.subject_id).order_by(Notification.id)
        kept = [tuple(row) for row in await session.execute(query)]
    assert kept == [
        ("consultation-message", questions[0].id),
        ("consultation-message", questions[1].id),
        ("event-new", meetings[0].id),
    ]


async def test_two_processes_at_once_count_each_row_once(each_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeper, "AT_ONCE", 20)
    monkeypatch.setattr(housekeeper, "PAUSE_SECONDS", 0)
    one, other = Database(each_url), Database(each_url)
    try:
        await people(one, 1)
        await told(one, 300, days_ago=91, kind=announcements.KIND)
        await asyncio.gather(made(one).tidy(), made(other).tidy())
        await made(one).tidy()  # what one of them passed over because the other held it
        assert await left(one) == 0
        async with one.read() as session:
            counted = await notifications.outcomes(session, announcements.KIND, [7])
        assert counted == {7: Outcomes(sent=300)}
    finally:
        await one.close()
        await other.close()


async def test_a_process_that_stops_deletes_no_more(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeper, "AT_ONCE", 5)
    stop = asyncio.Event()
    await people(db, 1)
    await told(db, 50, days_ago=91)
    tidying = asyncio.create_task(made(db, stop).tidy())
    while await left(db) == 50:  # noqa: ASYNC110  # it happens in the database
        await asyncio.sleep(0.001)
    stop.set()
    await tidying
    assert 0 < await left(db) < 50


async def test_old_sayings_and_updates_put_aside_go_too(each_db: Database) -> None:
    ids = await people(each_db, 3)
    now = Clock().now()
    async with each_db.write() as session:
        for person_id, days in zip(ids, (91, 91, 89), strict=True):
            session.add(Saying(person_id=person_id, pieces={}, notes={}, said_at=now - days * DAY))
        for number, (attempts, age) in enumerate(((MOST_ATTEMPTS, 2), (MOST_ATTEMPTS, 0.5), (1, 2))):
            received_at = now - age * KEPT_ASIDE
            session.add(InboxUpdate(update_id=number, payload="{}", received_at=received_at, attempts=attempts))
    await made(each_db).tidy()
    assert (await left(each_db, Saying), await left(each_db, InboxUpdate)) == (1, 2)


async def test_a_night_without_a_database_is_only_written_down(
    db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await people(db, 1)
    async with db.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE notifications RENAME TO elsewhere")
    await made(db).tidy()
    await made(db).watch()
    said = capsys.readouterr().out
    assert "not-tidied" in said
    assert "not-watched" in said


async def test_old_ones_are_found_in_short_steps(each_db: Database) -> None:
    await people(each_db, 1)
    await told(each_db, 5, days_ago=91)
    before = Clock().now() - KEEP_DAYS * DAY
    async with each_db.write() as session:
        await session.execute(update(Notification).where(Notification.id == 2).values(kind="needed"))
    async with each_db.read() as session:
        needed = Notification.kind == "needed"
        first = await notifications.old_ones(session, before=before, needed=needed, after_id=0, limit=2)
        rest = await notifications.old_ones(session, before=before, needed=needed, after_id=first[-1], limit=9)
    assert (list(first), list(rest)) == ([1, 3], [4, 5])
