"""Following a network's news: who may, what ends it, and who is told an announcement because of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import (
    Announcement,
    Audit,
    Database,
    DraftWish,
    Importance,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    NetworkFollower,
    NetworkView,
    Notification,
    NotificationState,
    Person,
    Visibility,
)
from services import announced, announcement_drafts, announcements, followers, leaving, memberships, merging, networks
from services.audiences import Part
from services.errors import NetworkArchived, NotFound, NotRegistered
from services.merging import CardField
from tests.support.drafts import said
from tests.support.people import NOW, add_network, put_networks, put_people

TEXTS = [{"text": "Завтра!", "html": "Завтра!"}]


async def follow(db: Database, person: Person, network: Network) -> None:
    async with db.write() as session:
        await followers.follow(session, person, network.id, now=NOW)


async def followed(db: Database) -> set[tuple[int, int]]:
    """Who follows what now."""
    async with db.read() as session:
        rows = await session.scalars(select(NetworkFollower))
        return {(row.person_id, row.network_id) for row in rows}


async def told(db: Database, announcement_id: int) -> set[int]:
    """Whom it is on its way to."""
    async with db.read() as session:
        rows = select(Notification.person_id).where(
            Notification.kind == announcements.KIND, Notification.subject_id == announcement_id
        )
        return set(await session.scalars(rows))


async def test_twice_is_once_and_so_is_the_end(each_db: Database) -> None:
    anna, boris = await put_people(each_db, 2)
    (network,) = await put_networks(each_db, ["Сеть"])
    await asyncio.gather(*(follow(each_db, anna, network) for _ in range(2)))
    await follow(each_db, boris, network)
    async with each_db.read() as session:
        card = await networks.card(session, anna, network.id, now=NOW)
        counts = await networks.counts(session, anna)
        page = await networks.page_of(session, anna, NetworkView.FOLLOWED, offset=0, limit=6)
    assert (card.followers, card.is_following, card.may_follow, card.is_member) == (2, True, False, False)
    assert counts[NetworkView.FOLLOWED] == page.total == 1
    for _ in range(2):
        async with each_db.write() as session:
            await followers.unfollow(session, anna, network.id, now=NOW)
    assert await followed(each_db) == {(boris.id, network.id)}
    async with each_db.read() as session:
        card = await networks.card(session, anna, network.id, now=NOW)
        deeds = list(await session.scalars(select(Audit.deed).where(Audit.actor_id == anna.id).order_by(Audit.id)))
    assert (card.is_following, card.may_follow) == (False, True)
    assert deeds == ["network.follow", "network.unfollow"]


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("policy", JoinPolicy)
async def test_what_shows_itself_to_all_may_be_followed_however_one_joins_it(
    db: Database, visibility: Visibility, policy: JoinPolicy
) -> None:
    boss, anna = await put_people(db, 2, administrators=1)
    async with db.write() as session:
        network = await add_network(session, "Сеть", policy=policy, visibility=visibility)
    shows_itself = visibility in (Visibility.EVERYONE, Visibility.REGISTERED)
    for person in (boss, anna):  # the administrator sees it, which does not make it public
        if shows_itself:
            await follow(db, person, network)
        else:
            with pytest.raises(NotFound):
                await follow(db, person, network)
    async with db.read() as session:
        card = await networks.card(session, boss, network.id, now=NOW)
    assert (card.is_following, card.may_follow) == (shows_itself, False)


async def test_who_may_not_follow(db: Database) -> None:
    anna, boris = await put_people(db, 2)
    one, closed = await put_networks(db, ["Сеть", "Закрытая"])
    async with db.write() as session:
        (await session.get_one(Network, closed.id)).archived_at = NOW
        stranger = await session.get_one(Person, boris.id)
        stranger.registered_at = None
        await networks.join(session, anna, one.id, now=NOW)
    with pytest.raises(NotRegistered):
        await follow(db, stranger, one)
    with pytest.raises(NetworkArchived):
        await follow(db, anna, closed)
    await follow(db, anna, one)  # a member hears the news anyway
    assert await followed(db) == set()
    async with db.read() as session:
        card = await networks.card(session, anna, one.id, now=NOW)
    assert (card.may_follow, card.is_following) == (False, False)


async def test_joining_leaving_the_bot_and_becoming_one_person_end_it(each_db: Database) -> None:
    boss, anna, boris, clara, again = await put_people(each_db, 5, administrators=1)
    one, two = await put_networks(each_db, ["Сеть", "Другая"])
    for person in (anna, boris, clara):
        await follow(each_db, person, one)
    for network in (one, two):
        await follow(each_db, again, network)
    async with each_db.write() as session:
        await networks.join(session, anna, one.id, now=NOW)
        await leaving.leave(session, boris, now=NOW)
    async with each_db.write() as session:
        await merging.merge_people(session, boss, anna.id, again.id, CardField(0), now=NOW)
    assert await followed(each_db) == {
        (clara.id, one.id),
        (anna.id, two.id),
    }  # Anna, now one with another, is a member of one
    async with each_db.write() as session:
        await memberships.become(session, clara.id, one.id, now=NOW)
        await networks.leave(session, clara, one.id, now=NOW)
    assert await followed(each_db) == {(anna.id, two.id)}


async def test_a_draft_begins_with_the_followers_where_there_are_any(each_db: Database) -> None:
    boss, anna, boris = await put_people(each_db, 3, administrators=1)
    one, two = await put_networks(each_db, ["Сеть", "Тихая"])
    await follow(each_db, anna, one)
    await follow(each_db, boris, two)
    async with each_db.write() as session:
        await networks.join(session, boris, one.id, now=NOW)
        (await session.get_one(Network, two.id)).visibility = Visibility.PARENT
        draft = (await announcement_drafts.begin(session, boss, one.id, pieces=said(), now=NOW)).draft
        quiet = (await announcement_drafts.begin(session, boss, two.id, pieces=said(), now=NOW)).draft
        seen = await announcement_drafts.card(session, boss, draft.id, now=NOW)
    assert [Part.of(part) for part in draft.audience] == [
        Part(network_id=one.id),
        Part(network_id=one.id, followers=True),
    ]
    assert [Part.of(part) for part in quiet.audience] == [Part(network_id=two.id)]
    assert seen.people == 2
    async with each_db.write() as session:
        seen = await announcement_drafts.remove_part(session, boss, draft.id, 1, version=draft.version, now=NOW)
        assert seen.people == 1
        seen = await announcement_drafts.grant(session, boss, draft.id, DraftWish.WITHOUT_FOLLOWERS, now=NOW)
        assert Part.of(seen.draft.audience[-1]) == Part(excluded=True, network_id=one.id, followers=True)
        seen = await announcement_drafts.remove_part(session, boss, draft.id, 1, version=seen.draft.version, now=NOW)
        for _ in range(2):
            seen = await announcement_drafts.grant(session, boss, draft.id, DraftWish.FOLLOWERS, now=NOW)
        assert [Part.of(part) for part in seen.draft.audience] == [
            Part(network_id=one.id),
            Part(network_id=one.id, followers=True),
        ]


async def test_followers_are_told_counted_with_the_network_and_not_muted_by_another(each_db: Database) -> None:
    boss, anna, boris, clara = await put_people(each_db, 4, administrators=1)
    async with each_db.write() as session:
        top = await add_network(session, "Город")
        below = await add_network(session, "Ниже", parent=top)
    await follow(each_db, anna, below)
    async with each_db.write() as session:
        for person in (anna, boris):
            await networks.join(session, person, top.id, now=NOW)
            await announced.mute(session, person, top.id, muted=True, now=NOW)
        await networks.join(session, clara, below.id, now=NOW)
        published = await announcements.publish(
            session,
            boss,
            top.id,
            audience=[Part(network_id=top.id), Part(network_id=top.id, with_branch=True, followers=True)],
            texts=TEXTS,
            starts_at=NOW,
            now=NOW,
        )
    assert await told(each_db, published.id) == {anna.id, boris.id}
    async with each_db.read() as session:
        announcement = await announcements.find(session, published.id)
        assert announcement is not None
        assert announcement.importance is Importance.USUAL
        muted = await announced.muted_by(session, announcement, [anna.id, boris.id])
        _, shares, total = await announced.by_network(session, boss, published.id, offset=0, limit=6)
    assert muted == {boris.id}  # Anna follows what lies below, whatever she muted above
    assert total == 2
    assert [(share.title, share.people) for share in shares] == [("Город", 2), ("Ниже", 1)]


async def test_the_rows_stay_one_for_each(each_db: Database) -> None:
    """However people come and go at once, nobody both follows and is told twice."""
    boss, anna = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])

    async def join() -> None:
        async with each_db.write() as session:
            await networks.join(session, anna, network.id, now=NOW)

    await asyncio.gather(follow(each_db, anna, network), join(), follow(each_db, anna, network))
    async with each_db.write() as session:
        published = await announcements.publish(
            session,
            boss,
            network.id,
            audience=[Part(network_id=network.id), Part(network_id=network.id, followers=True)],
            texts=TEXTS,
            starts_at=NOW + timedelta(minutes=1),
            now=NOW,
        )
    assert await told(each_db, published.id) == {anna.id}
    async with each_db.read() as session:
        member = select(func.count()).select_from(Membership).where(Membership.state == MembershipState.MEMBER)
        assert await session.scalar(member) == 1
        assert (await session.get_one(Announcement, published.id)).recipients == 1
        states = set(await session.scalars(select(Notification.state).where(Notification.person_id == anna.id)))
    assert states == {NotificationState.PENDING}
