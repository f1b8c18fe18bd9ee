"""The invented city has events to come, to wait for and to look back at, and its people are reminded of them."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from demo.events import ZONE
from models import Event, EventView, Membership, MembershipState, Notification, Registration, RegistrationState
from services import events
from tests.support.demo_city import NOW, player


async def test_a_dozen_to_come_some_over_two_full(city: AsyncSession) -> None:
    planned = list(await city.scalars(select(Event)))
    assert sum(event.starts_at > NOW for event in planned) == 14
    assert sum(event.starts_at <= NOW for event in planned) == 3
    assert all(event.starts_at.astimezone(ZONE).weekday() < 5 for event in planned)
    assert all(event.created_at < NOW for event in planned)
    full = [event for event in planned if event.free == 0 and event.starts_at > NOW]
    assert len(full) == 2


async def test_registrations_agree_with_seats_and_memberships(city: AsyncSession) -> None:
    for event in await city.scalars(select(Event)):
        rows = list(await city.scalars(select(Registration).where(Registration.event_id == event.id)))
        states = Counter(row.state for row in rows)
        assert states[RegistrationState.REGISTERED] == event.taken
        if states[RegistrationState.WAITING]:
            assert event.free == 0
        turns = [row.turn for row in sorted(rows, key=lambda row: row.turn)]
        assert turns == list(range(1, event.last_turn + 1))
        assert all(row.created_at < NOW for row in rows)
        members = await city.scalar(
            select(func.count())
            .select_from(Membership)
            .where(
                Membership.network_id == event.network_id,
                Membership.state == MembershipState.MEMBER,
                Membership.person_id.in_([row.person_id for row in rows]),
            )
        )
        assert members == len(rows)


async def test_everyone_with_a_seat_to_come_is_reminded_and_nobody_of_the_past(city: AsyncSession) -> None:
    rows = list(await city.scalars(select(Notification).where(Notification.kind == "event-reminder")))
    assert all(row.due_at > NOW for row in rows)
    coming = await city.scalar(select(func.sum(Event.taken)).where(Event.starts_at > NOW))
    assert len({(row.subject_id, row.person_id) for row in rows}) == coming


async def test_the_players_have_something_to_do(city: AsyncSession) -> None:
    teacher = await player(city, "teacher")
    mine = await events.page_of(city, teacher, EventView.MINE, now=NOW, offset=0, limit=10)
    assert Counter(line.state for line in mine.lines) == {
        RegistrationState.REGISTERED: 2,
        RegistrationState.WAITING: 1,
    }
    networks = await events.page_of(city, teacher, EventView.MY_NETWORKS, now=NOW, offset=0, limit=10)
    assert any(line.state is None and line.event.free for line in networks.lines)
    coordinator = await player(city, "coordinator")
    for line in networks.lines:
        if line.event.network.title != "Школа молодого учителя":
            assert (await events.managed(city, coordinator, line.event.id, now=NOW)).members > 0
