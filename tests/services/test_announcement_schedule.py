"""Announcements that wait for their time, on both databases: begun once, repeated, taken back, or brought back to a person."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Database,
    DraftState,
    DraftWish,
    Membership,
    MembershipState,
    Network,
    Person,
    Repeat,
)
from services import announcement_drafts
from services.announcements import Report
from services.errors import (
    DraftGone,
    SendTimePassed,
)
from tests.support.drafts import LATER, ZONE, Team, said
from tests.support.people import NOW


@pytest.fixture
async def team(each_db: Database) -> Team:
    return await Team(each_db).build()


async def test_at_its_time_it_goes_to_those_who_are_there_then(team: Team) -> None:
    draft = await team.timed(await team.draft())
    await team.send(draft, team.boris)
    assert await team.start(LATER - timedelta(seconds=1)) == 0
    async with team.db.write() as session:
        await join(session, team.outsider, team.network_id)
    assert await asyncio.gather(*(team.start(LATER) for _ in range(3))) in ([1, 0, 0], [0, 1, 0], [0, 0, 1])
    (announcement,) = await team.sent()
    assert (announcement.author_id, announcement.starts_at) == (team.boris.id, LATER)
    assert {one.person_id for one in await team.notified()} == {team.member.id, team.outsider.id}
    assert await team.start(LATER) == 0


async def join(session: AsyncSession, person: Person, network_id: int) -> None:
    session.add(Membership(person_id=person.id, network_id=network_id, state=MembershipState.MEMBER, state_at=NOW))


async def test_before_its_time_it_can_be_changed_and_taken_back(team: Team) -> None:
    draft = await team.timed(await team.draft())
    await team.send(draft)
    async with team.db.write() as session:
        await announcement_drafts.rewrite(session, team.boris, draft.id, pieces=said("Иначе"), now=NOW)
        seen = await announcement_drafts.set_time(
            session, team.boris, draft.id, LATER + timedelta(hours=1), zone=ZONE, now=NOW
        )
        assert seen.draft.state is DraftState.SCHEDULED
        with pytest.raises(SendTimePassed):
            await announcement_drafts.set_time(session, team.boris, draft.id, NOW, zone=ZONE, now=NOW)
    assert await team.start(LATER) == 0
    draft = await team.grant(draft, DraftWish.AT_ONCE)
    assert (draft.state, draft.starts_at) == (DraftState.DRAFT, None)
    assert await team.start(LATER + timedelta(hours=2)) == 0
    await team.send(draft)
    assert [one.texts[0]["text"] for one in await team.sent()] == ["Иначе"]
    with pytest.raises(DraftGone):
        await team.grant(draft, DraftWish.URGENT)


async def test_it_goes_out_again_every_month_with_its_deadline(team: Team) -> None:
    starts_at = datetime(2026, 12, 31, 10, tzinfo=ZONE).astimezone(UTC)
    draft = await team.timed(await team.draft(), starts_at)
    await team.grant(draft, DraftWish.MONTHLY)
    async with team.db.write() as session:
        deadline = starts_at + timedelta(days=2)
        seen = await announcement_drafts.set_deadline(session, team.anna, draft.id, deadline, now=NOW)
    await team.send(seen.draft)
    for expected in ("2027-01-31", "2027-02-28", "2027-03-31"):
        waiting = await team.get(draft)
        assert waiting.starts_at is not None
        assert await team.start(waiting.starts_at) == 1
        waiting = await team.get(draft)
        assert waiting.state is DraftState.SCHEDULED
        assert waiting.starts_at is not None
        assert waiting.starts_at.astimezone(ZONE).isoformat() == f"{expected}T10:00:00+05:00"
        assert waiting.acknowledge_by == waiting.starts_at + timedelta(days=2)
    assert len(await team.sent()) == 3
    await team.grant(draft, DraftWish.ONCE)
    last = await team.get(draft)
    assert last.starts_at is not None
    await team.start(last.starts_at)
    assert (await team.get(draft)).state is DraftState.SENT


async def test_sent_at_once_it_may_go_on_repeating(team: Team) -> None:
    draft = await team.grant(await team.draft(), DraftWish.WEEKLY)
    first, second = await team.send(draft), await team.send(draft, team.boris)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.announcement.id == second.announcement.id, "the second tap sees what the first one sent"
    waiting = await team.get(draft)
    assert (waiting.state, waiting.starts_at, waiting.repeats) == (
        DraftState.SCHEDULED,
        NOW + timedelta(weeks=1),
        Repeat.WEEKLY,
    )


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda: update(Membership).values(state=MembershipState.LEFT), "nobody"),
        (lambda: update(Network).values(archived_at=NOW), "closed"),
        (lambda: update(Appointment).where(Appointment.person_id == 2).values(ended_at=NOW), "right"),
        (lambda: update(Person).where(Person.id == 2).values(registered_at=None), "right"),
    ],
)
async def test_what_cannot_go_out_at_its_time_comes_back_and_the_coordinators_hear_of_it(
    team: Team, spoil: Any, why: str
) -> None:
    assert team.anna.id == 2
    draft = await team.timed(await team.draft())
    await team.send(draft)
    async with team.db.write() as session:
        await session.execute(spoil())
    assert await team.start(LATER) == 1
    back = await team.get(draft)
    assert (back.state, back.starts_at) == (DraftState.DRAFT, None)
    assert await team.sent() == []
    notices = await team.notified(announcement_drafts.NOT_SENT)
    assert {one.person_id for one in notices} == {team.anna.id, team.boris.id}
    assert {one.payload["why"] for one in notices} == {why}


async def test_after_a_long_downtime_a_person_looks_first(team: Team) -> None:
    once = await team.timed(await team.draft())
    again = await team.grant(await team.timed(await team.draft("Каждую неделю")), DraftWish.WEEKLY)
    for draft in (once, again):
        await team.send(await team.get(draft))
    assert await team.start(LATER + announcement_drafts.TOO_LATE + timedelta(minutes=1)) == 2
    assert await team.sent() == []
    assert (await team.get(once)).state is DraftState.DRAFT
    weekly = await team.get(again)
    assert (weekly.state, weekly.starts_at) == (DraftState.SCHEDULED, LATER + timedelta(weeks=1))
    assert {one.payload["why"] for one in await team.notified(announcement_drafts.NOT_SENT)} == {"late"}
    assert await team.start(LATER + timedelta(weeks=1) + announcement_drafts.TOO_LATE) == 1
    assert len(await team.sent()) == 1, "a short one only delays it"
