"""Networks are closed by people and by their last day: nothing is left hanging, everybody whom it concerns is told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Agreement,
    Application,
    ApplicationState,
    Audit,
    Database,
    Event,
    Fate,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    Person,
    Product,
    ProductState,
)
from services import (
    agreements,
    closing,
    networks,
    tree,
)
from services.errors import NetworkArchived
from tests.support.cascade import STORY, ZONE, close, make_busy, make_temporary, make_tree, member_of
from tests.support.people import NOW


async def _told(session: AsyncSession, kind: str) -> set[int]:
    return set(await session.scalars(select(Notification.person_id).where(Notification.kind == kind)))


async def test_nothing_is_left_hanging(each_db: Database) -> None:
    busy = await make_busy(each_db)
    place = busy.place
    async with each_db.read() as session:
        meant = await closing.plan(session, place.people["this"], place.network.id, now=STORY)
        assert (meant.members, meant.ways.below, meant.events, meant.products, meant.applications) == (1, 1, 1, 1, 1)
        assert (meant.ways.may_lift, meant.ways.may_bring) == (True, False)
    await close(each_db, place.people["this"], place.network)
    async with each_db.read() as session:
        archived = select(Network.title).where(Network.archived_at == STORY).order_by(Network.title)
        assert (await session.scalars(archived)).all() == ["Геометрия", "Стереометрия"]
        assert (await session.get_one(Event, busy.event.id)).cancelled_at == STORY
        assert (await session.get_one(Product, busy.product.id)).state is ProductState.RETURNED
        assert (await session.get_one(Application, busy.application.id)).state is ApplicationState.DECLINED
        people = place.people
        assert await _told(session, closing.CLOSED) == {people[name].id for name in ("member", "nobody", "child")}
        assert await _told(session, "event-cancelled") == {people["member"].id}
        waiting = select(Notification.kind).where(Notification.state == NotificationState.PENDING)
        assert set(await session.scalars(waiting)) == {closing.CLOSED, "event-cancelled"}
        member = await closing.told(session, people["member"], place.network.id, at=STORY)
        assert member is not None
        assert (list(member.titles), member.has_works_back, member.is_in_parent) == (["Геометрия"], True, False)
        below = await closing.told(session, people["child"], place.network.id, at=STORY)
        assert below is not None
        assert (list(below.titles), below.has_works_back) == (["Стереометрия"], False)
        applicant = await closing.told(session, people["nobody"], place.network.id, at=STORY)
        assert applicant is not None
        assert list(applicant.titles) == ["Геометрия"]
        assert await closing.told(session, people["member"], place.network.id, at=NOW) is None
        deeds = select(Audit.deed).where(Audit.actor_id == people["this"].id, Audit.at == STORY)
        closed = ["application.drop", "event.cancel", "network.close", "network.close", "product.give-back"]
        assert sorted(await session.scalars(deeds)) == closed
    async with each_db.write() as session:
        with pytest.raises(NetworkArchived):
            await closing.plan(session, people["this"], place.network.id, now=STORY)


async def test_the_branch_goes_up_and_stays_open(each_db: Database) -> None:
    place = await make_tree(each_db)
    await close(each_db, place.people["this"], place.network, below=Fate.UP)
    async with each_db.read() as session:
        child = await session.get_one(Network, place.child.id)
        assert (child.parent_id, child.archived_at) == (place.parent.id, None)
        assert await _told(session, tree.MOVED) == {place.people["child"].id, place.people["parent"].id}
        assert await _told(session, closing.CLOSED) == {place.people["member"].id}


async def test_members_go_up_but_those_who_left_it_once(each_db: Database) -> None:
    place = await make_tree(each_db)
    left, both, fresh = await _more_people(each_db)
    async with each_db.write() as session:
        session.add_all([member_of(left, place.network), member_of(both, place.network), member_of(fresh, place.child)])
        session.add_all([member_of(left, place.parent), member_of(both, place.parent)])
        await session.flush()
        await networks.leave(session, left, place.parent.id, now=NOW)
        session.add(Agreement(network_id=place.parent.id, version=1, text="Мы", published_at=NOW))
        (await session.get_one(Network, place.parent.id)).agreement_version = 1
    await close(each_db, place.people["parent"], place.network, members=Fate.UP)
    async with each_db.read() as session:
        standing = select(Membership.person_id).where(
            Membership.network_id == place.parent.id, Membership.state == MembershipState.MEMBER
        )
        brought = {place.people["member"].id, fresh.id}
        assert set(await session.scalars(standing)) == {both.id, *brought}
        assert await _told(session, agreements.ASKED) == brought, "they have not agreed to anything yet"
        seen = await closing.told(session, fresh, place.network.id, at=STORY)
        assert seen is not None
        assert (list(seen.titles), seen.is_in_parent) == (["Стереометрия"], True)


async def _more_people(db: Database) -> list[Person]:
    async with db.write() as session:
        people = [
            Person(telegram_id=7_000_000 + number, full_name=f"Ещё Один {number}", created_at=NOW, registered_at=NOW)
            for number in range(3)
        ]
        session.add_all(people)
    return people


async def _ends(db: Database, day: int) -> int:
    """What the clock does on this day after NOW, at noon of the centre."""
    now = NOW + timedelta(days=day)
    async with db.read() as session:
        is_due = await closing.is_due(session, now=now, zone=ZONE)
    async with db.write() as session:
        ended = await closing.end_due(session, now=now, zone=ZONE)
    assert is_due is (ended > 0)
    return ended


async def test_a_group_reminds_and_ends_by_itself(each_db: Database) -> None:
    place = await make_tree(each_db)
    await make_temporary(each_db, place.child, (NOW + timedelta(days=20)).date())
    async with each_db.write() as session:
        session.add(member_of(place.people["member"], place.child))
    assert await _ends(each_db, 12) == 0
    assert await _ends(each_db, 13) == 1
    assert await _ends(each_db, 14) == 0, "once"
    async with each_db.read() as session:
        assert await _told(session, closing.ENDING) == {place.people["member"].id, place.people["child"].id}
    async with each_db.write() as session:  # put off: reminded anew
        later = (NOW + timedelta(days=40)).date()
        await tree.change_end(session, place.people["child"], place.child.id, later, zone=ZONE, now=NOW)
    assert await _ends(each_db, 21) == 0
    assert await _ends(each_db, 33) == 1
    assert await _ends(each_db, 40) == 0, "the last day is a day of work"
    assert await _ends(each_db, 41) == 1
    assert await _ends(each_db, 42) == 0
    async with each_db.read() as session:
        assert (await session.get_one(Network, place.child.id)).archived_at == NOW + timedelta(days=41)
        assert await _told(session, closing.CLOSED) == {place.people["member"].id, place.people["child"].id}
        expired = (await session.scalars(select(Audit).where(Audit.deed == "network.expire"))).one()
        assert expired.actor_id is None


async def test_the_day_ends_by_the_centres_clock(db: Database) -> None:
    place = await make_tree(db)
    await make_temporary(db, place.child, NOW.date())
    late = NOW.replace(hour=18, minute=59)  # 23:59 in the centre
    async with db.write() as session:
        await closing.end_due(session, now=late, zone=ZONE)
        assert (await session.get_one(Network, place.child.id)).archived_at is None
        await closing.end_due(session, now=late + timedelta(minutes=1), zone=ZONE)
        assert (await session.get_one(Network, place.child.id)).archived_at is not None


async def test_a_group_made_for_days_is_not_reminded_of_on_its_first(db: Database) -> None:
    place = await make_tree(db)
    await make_temporary(db, place.child, (NOW + timedelta(days=3)).date())
    assert await _ends(db, 0) == 0
    assert await _ends(db, 1) == 1


async def test_nothing_is_created_unseen_below_what_is_being_closed(each_db: Database) -> None:
    """Whoever is just creating something in the branch is waited for, and it is closed too; whoever comes later is refused."""
    place = await make_tree(each_db)

    async def create(title: str) -> None:
        async with each_db.write() as session:
            form_id = (await session.get_one(Network, place.child.id)).form_id
            with suppress(NetworkArchived):
                await networks.create(
                    session,
                    place.people["child"],
                    title=title,
                    form_id=form_id,
                    parent_id=place.child.id,
                    subject_ids=[],
                    goal=None,
                    now=NOW,
                )
                await asyncio.sleep(0.02)

    titles = [f"Новая {number}" for number in range(6)]
    await asyncio.gather(
        *(create(title) for title in titles[:3]),
        close(each_db, place.people["top"], place.network),
        *(create(title) for title in titles[3:]),
    )
    async with each_db.read() as session:
        branch = select(Network.title).where(Network.parent_id == place.child.id, Network.archived_at.is_(None))
        assert (await session.scalars(branch)).all() == []
