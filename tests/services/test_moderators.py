"""Moderators and administrators: appointed, dismissed, told; who is told of what waits for a decision."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from models import (
    Application,
    Appointment,
    Audit,
    Database,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Product,
    ProductKind,
    ProductState,
    Role,
)
from services import (
    administrators,
    applications,
    leaving,
    managing,
    memberships,
    moderators,
    networks,
    persons,
    policy,
    roles,
)
from services.deciders import CAME, WAITS
from services.errors import (
    AdministratorNamed,
    LastAdministrator,
    NetworkArchived,
    NotAdministrator,
    NotAMember,
    NotFound,
)
from tests.support.joining import put_appointment
from tests.support.people import NOW, add_network, put_people


async def _put_network(db: Database, *members: Person, parent: Network | None = None, title: str = "Сеть") -> Network:
    async with db.write() as session:
        network = await add_network(session, title, parent=parent, policy=JoinPolicy.APPLICATION)
        for person in members:
            member = {"network_id": network.id, "person_id": person.id, "state": MembershipState.MEMBER}
            session.add(Membership(**member, state_at=NOW))
    return network


async def _apply(db: Database, person: Person, network: Network, *, now: datetime = NOW) -> Application:
    async with db.write() as session:
        application = await applications.apply(session, person, network.id, agreed=None, now=now, zone=UTC)
    assert application is not None
    return application


async def _told(db: Database, *kinds: str) -> list[tuple[str, int]]:
    """What is to be told of these kinds, and to whom."""
    async with db.read() as session:
        rows = await session.execute(
            select(Notification.kind, Notification.person_id)
            .where(Notification.kind.in_(kinds))
            .order_by(Notification.kind, Notification.person_id)
        )
        return [(kind, person_id) for kind, person_id in rows]


async def _standing(db: Database, role: Role = Role.MODERATOR) -> list[int]:
    async with db.read() as session:
        return list(
            await session.scalars(
                select(Appointment.person_id).where(*policy.standing(role)).order_by(Appointment.person_id)
            )
        )


async def _deeds(db: Database) -> list[str]:
    async with db.read() as session:
        return list(await session.scalars(select(Audit.deed).order_by(Audit.id)))


async def test_a_moderator_is_appointed_once_told_once_and_may_come_back(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    network = await _put_network(each_db, anna)
    for _ in range(2):
        async with each_db.write() as session:
            await moderators.appoint(session, vera, anna.id, network.id, now=NOW)
    assert await _standing(each_db) == [anna.id]
    for _ in range(2):
        async with each_db.write() as session:
            await moderators.dismiss(session, vera, anna.id, network.id, now=NOW)
    assert await _standing(each_db) == []
    async with each_db.write() as session:
        await moderators.appoint(session, vera, anna.id, network.id, now=NOW)
    assert await _standing(each_db) == [anna.id]
    assert await _told(each_db, "moderator-appointed", "moderator-dismissed") == [
        ("moderator-appointed", anna.id),
        ("moderator-appointed", anna.id),
        ("moderator-dismissed", anna.id),
    ]
    assert await _deeds(each_db) == ["moderator.appoint", "moderator.dismiss", "moderator.appoint"]


async def test_only_a_member_of_an_open_network_moderates_it(each_db: Database) -> None:
    vera, anna, boris = await put_people(each_db, 3, administrators=1)
    network = await _put_network(each_db, anna)
    async with each_db.write() as session:
        with pytest.raises(NotAMember):
            await moderators.appoint(session, vera, boris.id, network.id, now=NOW)
        with pytest.raises(NotFound):
            await moderators.appoint(session, vera, 10**6, network.id, now=NOW)
        with pytest.raises(NotFound):
            await moderators.appoint(session, vera, anna.id, 10**6, now=NOW)
    async with each_db.write() as session:
        (await session.get_one(Network, network.id)).archived_at = NOW
    async with each_db.write() as session:
        with pytest.raises(NetworkArchived):
            await moderators.appoint(session, vera, anna.id, network.id, now=NOW)
    assert await _standing(each_db) == []


@pytest.mark.parametrize("way", ["left", "removed", "left-for-good"])
async def test_whoever_is_no_member_moderates_no_longer(each_db: Database, way: str) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    network = await _put_network(each_db, anna)
    async with each_db.write() as session:
        await moderators.appoint(session, vera, anna.id, network.id, now=NOW)
    async with each_db.write() as session:
        if way == "left":
            await networks.leave(session, anna, network.id, now=NOW)
        elif way == "removed":
            await memberships.remove(session, vera, network.id, anna.id, reason="Пора", now=NOW)
        else:
            await persons.give_consent(session, anna, now=NOW)
            await persons.withdraw_consent(session, anna, now=NOW)
    assert await _standing(each_db) == []
    async with each_db.read() as session:
        assert not await policy.may_moderate(session, anna, network.id)
    told = [] if way == "left-for-good" else [("moderator-dismissed", anna.id)]
    assert await _told(each_db, "moderator-dismissed") == told


async def test_moderators_hear_of_an_application_beside_the_nearest_coordinators(each_db: Database) -> None:
    vera, olga, anna, applicant = await put_people(each_db, 4, administrators=1)
    top = await _put_network(each_db, title="Город")
    network = await _put_network(each_db, anna, parent=top)
    await put_appointment(each_db, olga, top)
    async with each_db.write() as session:
        await moderators.appoint(session, olga, anna.id, network.id, now=NOW)
    application = await _apply(each_db, applicant, network)
    assert await _told(each_db, CAME) == [(CAME, olga.id), (CAME, anna.id)]
    async with each_db.write() as session:
        await applications.approve(session, anna, application.id, now=NOW)
    async with each_db.read() as session:
        member = await memberships.member(session, anna, network.id, applicant.id)
        assert (member.may_manage, member.is_moderator) == (False, False)
        assert (await memberships.member(session, vera, network.id, anna.id)).is_moderator


async def test_whoever_decides_from_now_on_is_reminded_of_what_waits(each_db: Database) -> None:
    vera, olga, petr, applicant, other = await put_people(each_db, 5, administrators=1)
    network = await _put_network(each_db)
    below = await _put_network(each_db, parent=network, title="Ниже")
    await _apply(each_db, applicant, network)
    await _apply(each_db, other, below)
    assert await _told(each_db, WAITS) == [(WAITS, vera.id)] * 2
    async with each_db.write() as session:
        await roles.appoint_coordinator(session, vera, olga.id, network.id, order_number=None, now=NOW)
    assert await _told(each_db, CAME) == [(CAME, vera.id)] * 2, "how much waits stands in the appointment itself"
    assert await _told(each_db, WAITS) == [(WAITS, vera.id)] * 2 + [(WAITS, olga.id)] * 2
    async with each_db.read() as session:
        dates = await session.scalars(select(Notification.due_at).where(Notification.kind == WAITS))
        assert len(set(dates)) == 1, "reminded when the others are"
    later = NOW + timedelta(days=10)  # the reminders' time has passed
    async with each_db.write() as session:
        await roles.appoint_coordinator(session, vera, petr.id, network.id, order_number=None, now=later)
    assert petr.id not in [person_id for _, person_id in await _told(each_db, WAITS)]
    for one in (olga, petr):
        async with each_db.write() as session:
            await roles.dismiss_coordinator(session, vera, one.id, network.id, now=later)
    async with each_db.write() as session:
        await session.execute(delete(Notification).where(Notification.person_id == vera.id))
        await roles.appoint_coordinator(session, vera, petr.id, below.id, order_number=None, now=later)
        await roles.dismiss_coordinator(session, vera, petr.id, below.id, now=later)
    async with each_db.read() as session:
        rows = await session.execute(
            select(Notification.person_id, Notification.due_at).where(Notification.kind == WAITS)
        )
        now_hers = [due_at for person_id, due_at in rows if person_id == vera.id]
    assert now_hers == [later], "what nobody else decides goes up at once"


async def test_what_waited_for_somebody_who_goes_for_good_is_for_the_next_one_up(each_db: Database) -> None:
    vera, olga, applicant = await put_people(each_db, 3, administrators=1)
    network = await _put_network(each_db)
    await put_appointment(each_db, olga, network)
    await _apply(each_db, applicant, network)
    assert await _told(each_db, WAITS) == [(WAITS, olga.id)]
    async with each_db.write() as session:
        await persons.give_consent(session, olga, now=NOW)
        await leaving.leave(session, olga, now=NOW)
    assert await _told(each_db, WAITS) == [(WAITS, vera.id), (WAITS, olga.id)]


async def test_what_waits_is_counted_for_everybody_by_their_rights(each_db: Database) -> None:
    vera, olga, anna, applicant = await put_people(each_db, 4, administrators=1)
    network = await _put_network(each_db, anna, title="Я последняя")
    quiet = await _put_network(each_db, anna, title="А тут тихо")
    await put_appointment(each_db, olga, network)
    async with each_db.write() as session:
        await moderators.appoint(session, vera, anna.id, network.id, now=NOW)
        for author in (anna, olga):
            made = {"network_id": network.id, "author_id": author.id, "created_at": NOW, "state_at": NOW}
            words = {"kind": ProductKind.LESSON, "title": "Урок", "annotation": "Дроби"}
            session.add(Product(**words, **made, state=ProductState.SUBMITTED))
    await _apply(each_db, applicant, network)

    async def seen(person: Person, now: datetime = NOW) -> tuple[list[tuple[str, int, int]], int, bool]:
        async with each_db.read() as session:
            found = await managing.managed(session, person, offset=0, limit=10, now=now)
        lines = [(line.network.title, line.applications, line.products) for line in found.lines]
        assert (sum(line[1] for line in lines), sum(line[2] for line in lines)) == (found.applications, found.products)
        return lines, found.total, found.coordinates

    assert await seen(vera) == ([(network.title, 1, 2), (quiet.title, 0, 0)], 2, True)
    assert await seen(olga) == ([(network.title, 1, 1)], 1, True), "nobody decides about an own work"
    assert await seen(anna) == ([(network.title, 1, 0)], 1, False), "works are not a moderator's"
    assert await seen(applicant) == ([], 0, False)
    over = NOW + applications.LASTS
    assert await seen(anna, over) == ([(network.title, 0, 0)], 1, False), "an application that is over waits no more"
    async with each_db.read() as session:
        counted = await managing.people(session, vera)
    assert counted == managing.People(registered=4, administrators=1, coordinators=1, moderators=1, experts=0)


async def test_administrators_appoint_and_dismiss_each_other_and_the_last_one_stays(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    async with each_db.write() as session:
        with pytest.raises(LastAdministrator):
            await administrators.dismiss(session, vera, vera.id, named=frozenset(), now=NOW)
        anna = await administrators.appoint(session, vera, anna.id, now=NOW)
        await administrators.appoint(session, vera, anna.id, now=NOW)
        with pytest.raises(NotFound):
            await administrators.appoint(session, vera, 10**6, now=NOW)
    assert anna.telegram_id is not None
    async with each_db.write() as session:
        met = await persons.meet(
            session, telegram_id=anna.telegram_id, telegram_language="ru", administrator=False, now=NOW
        )
        assert policy.may_administer(met), "whoever was appointed in the bot needs no setting"
    assert vera.telegram_id is not None
    async with each_db.write() as session:
        with pytest.raises(AdministratorNamed):
            await administrators.dismiss(session, anna, vera.id, named=frozenset({vera.telegram_id}), now=NOW)
        await administrators.dismiss(session, anna, vera.id, named=frozenset(), now=NOW)
        await administrators.dismiss(session, anna, vera.id, named=frozenset(), now=NOW)
        with pytest.raises(LastAdministrator):
            await administrators.dismiss(session, anna, anna.id, named=frozenset(), now=NOW)
    async with each_db.write() as session:
        with pytest.raises(NotAdministrator):  # her snapshot still says that she is
            await administrators.dismiss(session, vera, anna.id, named=frozenset(), now=NOW)
    assert await _told(each_db, administrators.APPOINTED, administrators.DISMISSED) == [
        (administrators.APPOINTED, anna.id),
        (administrators.DISMISSED, vera.id),
    ]
    assert await _deeds(each_db) == ["administrator.appoint", "administrator.dismiss"]


async def test_two_who_dismiss_each_other_at_once_leave_one(each_db: Database) -> None:
    for round_ in range(3):
        vera, anna = await _two_administrators(each_db)

        async def dismisses(actor: Person, other: Person) -> bool:
            try:
                async with each_db.write() as session:
                    await administrators.dismiss(session, actor, other.id, named=frozenset(), now=NOW)
            except (LastAdministrator, NotAdministrator):
                return False
            return True

        done = await asyncio.gather(dismisses(vera, anna), dismisses(anna, vera))
        async with each_db.read() as session:
            left = list(await session.scalars(select(Person.id).where(Person.administrator_at.is_not(None))))
        assert (sorted(done), len(left)) == ([False, True], 1), round_


async def _two_administrators(db: Database) -> tuple[Person, Person]:
    async with db.read() as session:
        known = list(await session.scalars(select(Person).order_by(Person.id)))
    if not known:
        known = await put_people(db, 2, administrators=2)
    async with db.write() as session:
        for person in known:
            (await session.get_one(Person, person.id)).administrator_at = NOW
            person.administrator_at = NOW
    return known[0], known[1]
