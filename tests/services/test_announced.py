"""An announcement after it was announced, on both databases: nobody is missed, nothing is told twice, whoever comes between."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from models import (
    Acknowledgement,
    Announcement,
    Appointment,
    Audit,
    Database,
    Importance,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    Person,
    Role,
)
from services import announced, announcements, notifications
from services.announced import Counts
from services.errors import AnnouncementRecalled, NotAllowed, NotFound

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
TEXTS = [{"text": "Завтра!", "html": "<b>Завтра!</b>"}]


class City:
    """An administrator, a network of three, and one announcement to them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.people: list[Person] = []
        self.network_id = 0
        self.announcement_id = 0

    async def build(self) -> City:
        async with self.db.write() as session:
            form_id = await session.scalar(select(func.min(NetworkForm.id)))
            assert form_id is not None
            network = Network(title="maths", form_id=form_id, created_at=NOW)
            self.people = [
                Person(telegram_id=100 + number, full_name=name, created_at=NOW, registered_at=NOW)
                for number, name in enumerate(("head", "anna", "boris", "clara"))
            ]
            self.head.administrator_at = NOW
            session.add_all([network, *self.people])
            await session.flush()
            self.network_id = network.id
            for person in self.people[1:]:
                session.add(
                    Membership(person_id=person.id, network_id=network.id, state=MembershipState.MEMBER, state_at=NOW)
                )
        self.announcement_id = await self.announce()
        return self

    @property
    def head(self) -> Person:
        return self.people[0]

    async def announce(self, importance: Importance = Importance.USUAL) -> int:
        async with self.db.write() as session:
            report = await announcements.announce(
                session,
                self.head,
                self.network_id,
                with_branch=False,
                texts=TEXTS,
                said_files=[],
                now=NOW,
                wishes=announcements.Wishes(importance=importance, wants_acknowledgement=True),
            )
            return report.announcement.id

    async def claim(self, limit: int, *, now: datetime = NOW, kind: str = announced.TELL) -> list[Notification]:
        async with self.db.write() as session:
            return list(
                await notifications.claim(session, now=now, leased_at=datetime.now(UTC), limit=limit, kinds=[kind])
            )

    async def send(self, row: Notification, *, now: datetime = NOW) -> None:
        async with self.db.write() as session:
            await notifications.settle_sent(session, row, [(row.person_id, 1000 + row.id)], now=now)

    async def counts(self) -> Counts:
        async with self.db.read() as session:
            return (await announced.look(session, self.head, self.announcement_id, now=NOW)).counts


@pytest.fixture
async def city(each_db: Database) -> City:
    return await City(each_db).build()


async def test_paused_nothing_is_due_until_it_goes_on(city: City) -> None:
    async with city.db.write() as session:
        await announced.pause(session, city.head, city.announcement_id, now=NOW)
        await announced.pause(session, city.head, city.announcement_id, now=NOW)
    assert await city.claim(10, now=NOW + timedelta(days=365)) == []
    later = NOW + timedelta(hours=1)
    async with city.db.write() as session:
        await announced.resume(session, city.head, city.announcement_id, now=later)
    assert len(await city.claim(10, now=later)) == 3
    async with city.db.read() as session:
        deeds = list(await session.scalars(select(Audit.deed).order_by(Audit.id)))
    assert deeds == ["announcement.send", "announcement.pause", "announcement.resume"], "twice is once"


async def test_whoever_coordinates_a_network_above_steers_too(city: City) -> None:
    _, anna, boris, _ = city.people
    async with city.db.write() as session:
        network = await session.get_one(Network, city.network_id)
        above = Network(title="city", form_id=network.form_id, created_at=NOW)
        session.add(above)
        await session.flush()
        network.parent_id = above.id
        session.add(Appointment(person_id=anna.id, network_id=above.id, role=Role.COORDINATOR, appointed_at=NOW))
    async with city.db.write() as session:
        assert (await announced.pause(session, anna, city.announcement_id, now=NOW)).announcement.paused_at == NOW
        with pytest.raises(NotAllowed):
            await announced.resume(session, boris, city.announcement_id, now=NOW)
        with pytest.raises(NotFound):
            await announced.pause(session, anna, 999, now=NOW)


async def test_what_is_due_later_stays_so_through_a_pause(city: City) -> None:
    tomorrow = NOW + timedelta(days=1)
    async with city.db.write() as session:
        await session.execute(update(Notification).values(due_at=tomorrow, next_at=tomorrow))
        await announced.pause(session, city.head, city.announcement_id, now=NOW)
        await announced.resume(session, city.head, city.announcement_id, now=NOW)
    assert await city.claim(10, now=NOW + timedelta(hours=1)) == []
    assert len(await city.claim(10, now=tomorrow)) == 3


async def test_a_claimed_row_is_neither_held_nor_stopped_by_force(city: City) -> None:
    """Its drawer asks; what is out already must be written down as sent."""
    (row,) = await city.claim(1)
    async with city.db.write() as session:
        await announced.cancel(session, city.head, city.announcement_id, now=NOW)
    await city.send(row)
    assert await city.counts() == Counts(sent=1, stopped=2)


async def test_two_stop_it_at_once(city: City) -> None:
    async def stop() -> None:
        async with city.db.write() as session:
            await announced.cancel(session, city.head, city.announcement_id, now=NOW)

    await asyncio.gather(stop(), stop())
    assert await city.counts() == Counts(stopped=3)
    async with city.db.read() as session:
        assert await session.scalar(select(func.count()).where(Audit.deed == "announcement.cancel")) == 1


async def test_every_state_has_its_line(city: City) -> None:
    first, second, third = await city.claim(3)
    async with city.db.write() as session:
        await notifications.settle_blocked(session, first, now=NOW)
        await notifications.settle_cancelled(session, second, now=NOW)
        await notifications.explain(session, second, announced.MUTED)
    await city.send(third)
    assert await city.counts() == Counts(sent=1, blocked=1, muted=1)
    async with city.db.write() as session:
        await session.execute(update(Notification).where(Notification.id == third.id).values(maybe_twice=True))
        await session.execute(update(Notification).where(Notification.id == second.id).values(error=None))
    assert await city.counts() == Counts(sent=1, blocked=1, left=1, maybe_twice=1)


async def test_acknowledging_is_once_however_often_and_from_wherever(city: City) -> None:
    anna = city.people[1]

    async def acknowledge() -> bool:
        async with city.db.write() as session:
            return await announced.acknowledge(session, anna, city.announcement_id, now=NOW)

    assert sorted(await asyncio.gather(*(acknowledge() for _ in range(4)))) == [False, False, False, True]
    async with city.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Acknowledgement)) == 1
        with pytest.raises(NotFound):
            await announced.acknowledge(session, city.head, city.announcement_id, now=NOW)


async def test_only_those_who_have_it_are_asked_and_each_once_a_day(city: City) -> None:
    for row in await city.claim(2):
        await city.send(row)
    async with city.db.write() as session:
        await announced.acknowledge(session, city.people[1], city.announcement_id, now=NOW)

    async def remind(now: datetime) -> int:
        async with city.db.write() as session:
            return await announced.remind(session, city.head, city.announcement_id, zone=UTC, now=now)

    assert sorted(await asyncio.gather(remind(NOW), remind(NOW))) == [0, 1]
    assert await remind(NOW + timedelta(hours=15)) == 0
    assert await remind(NOW + timedelta(hours=16)) == 1, "another day"
    async with city.db.read() as session:
        with pytest.raises(NotAllowed):
            await announced.remind(session, city.people[1], city.announcement_id, zone=UTC, now=NOW)


@pytest.mark.parametrize("gone", ["withdrawn", "deleted"])
async def test_whoever_is_gone_owes_no_acknowledgement(city: City, gone: str) -> None:
    for row in await city.claim(3):
        await city.send(row)
    async with city.db.write() as session:
        anna = await session.get_one(Person, city.people[1].id)
        anna.registered_at = None
        if gone == "deleted":
            anna.telegram_id, anna.full_name, anna.deleted_at = None, None, NOW
    async with city.db.write() as session:
        _, people, read_by, unread = await announced.readers(
            session, city.head, city.announcement_id, have_read=False, offset=0, limit=10
        )
        assert ([one.full_name for one in people], read_by, unread) == (["boris", "clara"], 0, 2)
        assert await announced.count_unread(session, city.announcement_id) == 2
        assert await announced.remind(session, city.head, city.announcement_id, zone=UTC, now=NOW) == 2


async def test_corrected_is_what_is_sent_and_what_is_on_its_way(city: City) -> None:
    sent, sending = await city.claim(2)
    await city.send(sent)
    async with city.db.write() as session:
        await announced.correct(session, city.head, city.announcement_id, texts=TEXTS, now=NOW)
    rows = await city.claim(10, kind=announced.CORRECTED)
    assert {row.person_id for row in rows} == {sent.person_id, sending.person_id}
    assert all(row.urgent for row in rows), "an edit wakes nobody"
    async with city.db.read() as session:
        waits = {row.person_id: await announced.is_being_told(session, row) for row in rows}
        messages = {row.person_id: await announced.messages_with(session, row) for row in rows}
    assert waits == {sent.person_id: False, sending.person_id: True}
    assert [one.message_id for one in messages[sent.person_id][0]] == [1000 + sent.id]


async def test_a_second_correction_takes_the_place_of_the_first(city: City) -> None:
    for row in await city.claim(3):
        await city.send(row)
    async with city.db.write() as session:
        await announced.correct(session, city.head, city.announcement_id, texts=TEXTS, now=NOW)
        seen = await announced.correct(session, city.head, city.announcement_id, texts=TEXTS, now=NOW)
    assert seen.announcement.corrections == 2
    assert seen.changing == 3, "the first three are not done any more"
    for row in await city.claim(10, kind=announced.CORRECTED):
        await city.send(row)
    async with city.db.read() as session:
        seen = await announced.look(session, city.head, city.announcement_id, now=NOW)
    assert (seen.changing, seen.corrected) == (0, 3)


async def test_recalled_is_recalled(city: City) -> None:
    (row,) = await city.claim(1)
    await city.send(row)
    async with city.db.write() as session:
        await announced.recall(session, city.head, city.announcement_id, now=NOW)
        await announced.recall(session, city.head, city.announcement_id, now=NOW)
        for refused in (
            announced.correct(session, city.head, city.announcement_id, texts=TEXTS, now=NOW),
            announced.remind(session, city.head, city.announcement_id, zone=UTC, now=NOW),
            announced.acknowledge(session, city.people[1], city.announcement_id, now=NOW),
        ):
            with pytest.raises(AnnouncementRecalled):
                await refused
    assert await city.counts() == Counts(sent=1, stopped=2)
    assert len(await city.claim(10, kind=announced.RECALLED)) == 1


async def test_the_limit_counts_what_came_today_and_was_usual(city: City) -> None:
    anna = city.people[1]
    for importance in (Importance.USUAL, Importance.USUAL, Importance.MANDATORY):
        await city.announce(importance)
    async with city.db.write() as session:
        usual = await session.get_one(Announcement, city.announcement_id)
        await session.execute(
            update(Notification)
            .where(Notification.person_id == anna.id)
            .values(state=NotificationState.SENT, settled_at=NOW)
        )
    limit = announced.A_DAY.set(3)
    try:
        async with city.db.read() as session:

            async def at(now: datetime) -> datetime | None:
                return (await announced.digests_for(session, usual, {anna.id: UTC}, now=now)).get(anna.id)

            assert await at(NOW) == NOW.replace(hour=18)
            assert await at(NOW.replace(hour=18)) == NOW.replace(hour=7) + timedelta(days=1)
            assert await at(NOW + timedelta(days=1)) is None
            announced.A_DAY.set(4)
            assert await at(NOW) is None, "the mandatory one does not count"
    finally:
        announced.A_DAY.reset(limit)


async def test_a_report_is_followed_in_one_message_until_it_is_left(city: City) -> None:
    place = {"chat_id": 100, "message_id": 7}
    async with city.db.write() as session:
        await announced.follow(session, city.head, city.announcement_id, now=NOW, **place)
        await announced.follow(session, city.head, city.announcement_id, now=NOW, **place)
        assert await announced.is_following(session, **place)
    (row,) = await city.claim(10, now=NOW + announced.EVERY, kind=announced.PROGRESS)
    async with city.db.write() as session:
        await announced.unfollow(session, **place)
        await notifications.settle_sent(session, row, [], now=NOW)
        await notifications.again(session, row, at=NOW)
    assert await city.claim(10, now=NOW + timedelta(days=1), kind=announced.PROGRESS) == []
    async with city.db.read() as session:
        assert not await announced.is_following(session, **place)


async def test_the_next_look_is_when_something_can_have_changed(city: City) -> None:
    morning = NOW + timedelta(hours=12)

    async def next_look(now: datetime) -> datetime:
        async with city.db.read() as session:
            return await announced.next_look(session, city.announcement_id, now=now)

    assert await next_look(NOW) == NOW + announced.EVERY
    (row,) = await city.claim(1)
    async with city.db.write() as session:
        await session.execute(
            update(Notification).where(Notification.state == NotificationState.PENDING).values(next_at=morning)
        )
    assert await next_look(NOW) == NOW + announced.EVERY, "one is being sent"
    await city.send(row)
    assert await next_look(NOW) == morning, "quiet hours: nobody edits all night"


async def test_shares_and_recipients(city: City) -> None:
    for row in await city.claim(2):
        await city.send(row)
    async with city.db.write() as session:
        await announced.acknowledge(session, city.people[1], city.announcement_id, now=NOW)
    async with city.db.read() as session:
        _, shares, total = await announced.by_network(session, city.head, city.announcement_id, offset=0, limit=6)
        assert total == 1
        assert [(one.title, one.people, one.sent, one.waiting, one.acknowledged) for one in shares] == [
            ("maths", 3, 2, 1, 1)
        ]
        _, shares, total = await announced.by_organisation(session, city.head, city.announcement_id, offset=0, limit=6)
        assert [(one.title, one.people) for one in shares] == [(None, 3)]
        _, people = await announced.recipients(session, city.head, city.announcement_id)
    assert [(one.name, one.became, one.networks) for one in people] == [
        ("anna", "sent", ["maths"]),
        ("boris", "sent", ["maths"]),
        ("clara", "waiting", ["maths"]),
    ]
    assert [one.acknowledged_at for one in people] == [NOW, None, None]
