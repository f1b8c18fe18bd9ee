"""Seats, turns and reminders hold whatever happens at the same moment, on every database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Database,
    Event,
    EventView,
    Membership,
    MembershipState,
    Notification,
    NotificationState,
    Person,
    Registration,
    RegistrationState,
    Visibility,
)
from services import events
from services.errors import EventBegun, EventCancelled, NotAllowed, NotFound, NotRegistered, SeatsAreTaken
from tests.support.events import lead, make_network, people_of, plan_event

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
START = NOW + timedelta(days=3)

REGISTERED, WAITING, WITHDRAWN = RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.WITHDRAWN


class City:
    """An event of one network and the people who may come."""

    def __init__(self, db: Database, coordinator: Person, people: Sequence[Person], event_id: int) -> None:
        self.db, self.coordinator, self.people, self.event_id = db, coordinator, people, event_id

    async def in_one(self, deed: Callable[[AsyncSession], Awaitable[object]]) -> None:
        """A deed in a transaction of its own."""
        async with self.db.write() as session:
            await deed(session)

    async def signs_up(self, person: Person, *, now: datetime = NOW) -> None:
        await self.in_one(lambda session: events.sign_up(session, person, self.event_id, now=now))

    async def withdraws(self, person: Person, *, now: datetime = NOW) -> None:
        await self.in_one(lambda session: events.withdraw(session, person, self.event_id, now=now))

    async def states(self) -> dict[int, RegistrationState]:
        """Person's number → where they stand, by turn."""
        async with self.db.read() as session:
            rows = await session.scalars(
                select(Registration).where(Registration.event_id == self.event_id).order_by(Registration.turn)
            )
            numbers = {person.id: number for number, person in enumerate(self.people)}
            return {numbers[row.person_id]: row.state for row in rows}

    async def taken(self) -> int:
        async with self.db.read() as session:
            return (await session.get_one(Event, self.event_id)).taken

    async def told(self, kind: str, *, state: NotificationState = NotificationState.PENDING) -> list[Notification]:
        async with self.db.read() as session:
            rows = await session.scalars(
                select(Notification)
                .where(Notification.kind == kind, Notification.state == state)
                .order_by(Notification.due_at, Notification.person_id)
            )
            return list(rows)


async def _city(db: Database, people: int, *, seats: int | None, visibility: Visibility = Visibility.EVERYONE) -> City:
    everyone = await people_of(db, people + 1, now=NOW)
    coordinator, *others = everyone
    async with db.write() as session:
        network = await make_network(session, now=NOW, visibility=visibility)
        await lead(session, network, coordinator, now=NOW)
        event = await plan_event(session, coordinator, network.id, starts_at=START, seats=seats, now=NOW)
    return City(db, coordinator, others, event.id)


async def test_the_last_seat_is_sold_once_to_twenty_at_once(each_db: Database) -> None:
    city = await _city(each_db, 20, seats=1)
    await asyncio.gather(*(city.signs_up(person) for person in city.people))
    states = list((await city.states()).values())
    assert states == [REGISTERED] + [WAITING] * 19
    assert await city.taken() == 1
    assert len(await city.told("event-reminder")) == 2


async def test_thirty_seats_go_to_thirty_and_each_double_tap_is_one(each_db: Database) -> None:
    city = await _city(each_db, 60, seats=30)
    await asyncio.gather(*(city.signs_up(person) for person in [*city.people, *city.people]))
    states = list((await city.states()).values())
    assert states == [REGISTERED] * 30 + [WAITING] * 30
    assert await city.taken() == 30


async def test_concurrent_withdrawals_promote_in_order_and_nobody_twice(each_db: Database) -> None:
    city = await _city(each_db, 16, seats=8)
    for person in city.people:
        await city.signs_up(person)
    leaving = [*city.people[:5], *city.people[9:11]]  # five with a seat, two who wait
    await asyncio.gather(*(city.withdraws(person) for person in [*leaving, *leaving]))
    states = await city.states()
    assert [number for number, state in states.items() if state is WITHDRAWN] == [0, 1, 2, 3, 4, 9, 10]
    promoted = sorted(row.person_id for row in await city.told("event-promoted"))
    standing = [number for number, state in states.items() if state is REGISTERED]
    assert await city.taken() == len(standing) == 8
    assert standing == [5, 6, 7, 8, 11, 12, 13, 14]
    assert states[15] is WAITING
    assert promoted == sorted(city.people[number].id for number in (8, 11, 12, 13, 14))


async def test_coming_and_going_at_once_never_oversells(each_db: Database) -> None:
    city = await _city(each_db, 24, seats=5)
    first, later = city.people[:12], city.people[12:]
    for person in first:
        await city.signs_up(person)
    await asyncio.gather(
        *(city.withdraws(person) for person in first[::2]),
        *(city.signs_up(person) for person in later),
        *(city.signs_up(person) for person in first[::2]),
    )
    states = await city.states()
    seated = [number for number, state in states.items() if state is REGISTERED]
    waiting = [number for number, state in states.items() if state is WAITING]
    assert len(seated) == await city.taken() == 5
    order = list(states)
    assert max(order.index(number) for number in seated) < min(order.index(number) for number in waiting)


async def test_who_comes_back_waits_at_the_end(each_db: Database) -> None:
    city = await _city(each_db, 3, seats=1)
    for person in city.people:
        await city.signs_up(person)
    await city.withdraws(city.people[0])
    await city.signs_up(city.people[0])
    assert await city.states() == {1: REGISTERED, 2: WAITING, 0: WAITING}
    async with each_db.read() as session:
        card = await events.card(session, city.people[0], city.event_id, now=NOW)
    assert (card.turn, card.waiting) == (2, 2)


async def test_the_database_itself_refuses_one_seat_too_many(each_db: Database) -> None:
    city = await _city(each_db, 1, seats=1)
    with pytest.raises(IntegrityError):
        async with each_db.write() as session:
            (await session.get_one(Event, city.event_id)).taken = 2


async def test_reminders_are_written_for_what_is_still_to_come(each_db: Database) -> None:
    city = await _city(each_db, 3, seats=None)
    early, late, last = city.people
    await city.signs_up(early)
    await city.signs_up(late, now=START - timedelta(hours=5))
    await city.signs_up(last, now=START - timedelta(minutes=20))
    rows = await city.told("event-reminder")
    assert [(row.person_id, row.due_at, row.urgent) for row in rows] == [
        (early.id, START - timedelta(days=1), False),
        (early.id, START - timedelta(hours=1), True),
        (late.id, START - timedelta(hours=1), True),
    ]
    assert rows[0].key == f"event-reminder:{city.event_id}:{early.id}:1440"


async def test_reminders_follow_the_event_and_the_person(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=None)
    for person in city.people:
        await city.signs_up(person)
    await city.withdraws(city.people[1])
    assert {row.person_id for row in await city.told("event-reminder")} == {city.people[0].id}
    await city.signs_up(city.people[1])
    assert len(await city.told("event-reminder")) == 4

    later = START + timedelta(days=2)
    await city.in_one(lambda s: events.move(s, city.coordinator, city.event_id, starts_at=later, now=NOW))
    assert [row.due_at for row in await city.told("event-reminder")] == [later - timedelta(days=1)] * 2 + [
        later - timedelta(hours=1)
    ] * 2
    await city.in_one(lambda s: events.move(s, city.coordinator, city.event_id, starts_at=START, now=NOW))
    assert {row.due_at for row in await city.told("event-reminder")} == {
        START - timedelta(days=1),
        START - timedelta(hours=1),
    }
    assert await city.told("event-moved") == []  # moved back before anybody had heard of it

    await city.in_one(lambda s: events.call_off(s, city.coordinator, city.event_id, reason="Карантин", now=NOW))
    assert await city.told("event-reminder") == []
    assert len(await city.told("event-cancelled")) == 2


async def test_two_moves_before_anybody_is_told_are_told_as_one(each_db: Database) -> None:
    city = await _city(each_db, 1, seats=None)
    await city.signs_up(city.people[0])
    for days in (1, 2):
        at = START + timedelta(days=days)
        async with each_db.write() as session:
            await events.move(session, city.coordinator, city.event_id, starts_at=at, now=NOW)
    (row,) = await city.told("event-moved")
    assert row.payload == {"old": START.isoformat(), "new": (START + timedelta(days=2)).isoformat()}


async def test_a_waiting_person_hears_of_a_move_and_is_not_reminded(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=1)
    for person in city.people:
        await city.signs_up(person)
    later = START + timedelta(days=1)
    await city.in_one(lambda s: events.move(s, city.coordinator, city.event_id, starts_at=later, now=NOW))
    assert {row.person_id for row in await city.told("event-moved")} == {person.id for person in city.people}
    assert {row.person_id for row in await city.told("event-reminder")} == {city.people[0].id}


async def test_what_is_over_or_not_ones_own_is_refused(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=5)
    anna, boris = city.people
    await city.signs_up(anna)
    with pytest.raises(EventBegun):
        await city.signs_up(boris, now=START)
    with pytest.raises(EventBegun):
        await city.withdraws(anna, now=START)
    with pytest.raises(NotAllowed):
        await city.in_one(lambda s: events.call_off(s, boris, city.event_id, reason="Просто так", now=NOW))
    with pytest.raises(NotAllowed):
        await city.in_one(lambda s: events.people(s, boris, city.event_id, waiting=False, offset=0, limit=5))
    await city.signs_up(boris)
    with pytest.raises(SeatsAreTaken):
        await city.in_one(lambda s: events.set_seats(s, city.coordinator, city.event_id, seats=1, now=NOW))
    await city.in_one(lambda s: events.call_off(s, city.coordinator, city.event_id, reason="Карантин", now=NOW))
    with pytest.raises(EventCancelled):
        await city.in_one(
            lambda s: events.move(s, city.coordinator, city.event_id, starts_at=START + timedelta(days=1), now=NOW)
        )
    with pytest.raises(NotFound):
        await city.in_one(lambda s: events.sign_up(s, boris, 999_999, now=NOW))
    boris.registered_at = None
    with pytest.raises(NotRegistered):
        await city.signs_up(boris)


async def test_an_event_of_members_only_is_theirs_and_of_who_signed_up_while_one(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=5, visibility=Visibility.MEMBERS)
    anna, boris = city.people
    async with each_db.write() as session:
        event = await session.get_one(Event, city.event_id)
        membership = Membership(
            network_id=event.network_id, person_id=anna.id, state=MembershipState.MEMBER, state_at=NOW
        )
        session.add(membership)
    with pytest.raises(NotFound):
        await city.signs_up(boris)
    await city.signs_up(anna)
    async with each_db.write() as session:
        (await session.get_one(Membership, membership.id)).state = MembershipState.LEFT
    async with each_db.read() as session:
        assert (await events.card(session, anna, city.event_id, now=NOW)).has_seat
    await city.withdraws(anna)
    assert await city.states() == {0: WITHDRAWN}
    with pytest.raises(NotFound):
        await city.signs_up(anna)
    async with each_db.read() as session:
        with pytest.raises(NotFound):
            await events.card(session, anna, city.event_id, now=NOW)
        assert (await events.page_of(session, anna, EventView.ALL, now=NOW, offset=0, limit=10)).lines == []
    with pytest.raises(NotFound):
        await city.withdraws(anna)


async def test_the_lists_hold_what_they_say_in_order_and_in_pages(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=1)
    anna, boris = city.people
    async with each_db.write() as session:
        network_id = (await session.get_one(Event, city.event_id)).network_id
        for days, title in ((5, "Проценты"), (1, "Площади")):
            at = NOW + timedelta(days=days)
            await plan_event(session, city.coordinator, network_id, starts_at=at, title=title, now=NOW)
        session.add(Membership(network_id=network_id, person_id=boris.id, state=MembershipState.MEMBER, state_at=NOW))
    await city.signs_up(anna)
    await city.signs_up(boris)

    async def titles(actor: Person, view: EventView, **how: Any) -> list[str]:
        at = how.pop("now", NOW)
        async with each_db.read() as session:
            page = await events.page_of(session, actor, view, now=at, **{"offset": 0, "limit": 10, **how})
            return [line.event.title for line in page.lines]

    everything = ["Площади", "Дроби без слёз", "Проценты"]
    assert await titles(anna, EventView.ALL) == everything
    assert await titles(anna, EventView.MY_NETWORKS) == []
    assert await titles(boris, EventView.MY_NETWORKS, offset=1, limit=1) == ["Дроби без слёз"]
    assert await titles(boris, EventView.MINE) == ["Дроби без слёз"]
    assert await titles(anna, EventView.NETWORK, arg=network_id) == everything
    assert await titles(anna, EventView.FOUND, query="процентов") == ["Проценты"]
    assert await titles(anna, EventView.FOUND, query="!") == []
    assert await titles(anna, EventView.ALL, now=NOW + timedelta(days=1, hours=1)) == everything  # it is going on
    assert await titles(anna, EventView.ALL, now=NOW + timedelta(days=1, hours=3)) == everything[1:]
    with pytest.raises(NotFound):
        await titles(anna, EventView.NETWORK, arg=999)
    async with each_db.read() as session:
        counts = await events.coming_of_mine(session, boris, now=NOW)
    assert counts == {EventView.MINE: 1, EventView.MY_NETWORKS: 3}


async def test_who_leaves_the_bot_gives_every_seat_to_come_back(each_db: Database) -> None:
    city = await _city(each_db, 2, seats=1)
    anna, boris = city.people
    await city.signs_up(anna)
    await city.signs_up(boris)
    await city.in_one(lambda session: events.release(session, anna, now=NOW))
    assert await city.states() == {0: WITHDRAWN, 1: REGISTERED}
    assert [row.person_id for row in await city.told("event-promoted")] == [boris.id]
