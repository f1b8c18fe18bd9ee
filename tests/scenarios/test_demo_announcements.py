"""The invented city has been told things, and its coordinators see what became of them."""

from __future__ import annotations

from sqlalchemy import func, select

from dialogs import placeholders
from models import Acknowledgement, Database, DraftState
from services import announcement_drafts, announcements, audiences, policy
from services.audiences import Part
from tests.support.demo_city import NOW, player, put_city


async def test_two_announcements_stand_with_their_reports(db: Database) -> None:
    await put_city(db)
    async with db.read() as session:
        administrator = await player(session, "administrator")
        assert policy.may_administer(administrator)
        seen, total = await announcements.sent_by_mine(session, administrator, None, now=NOW, offset=0, limit=6)
        counted = [
            await audiences.count(
                session,
                [Part.of(part) for part in one.announcement.audience],
                author_id=one.announcement.author_id,
            )
            for one in seen
        ]
        rows = await session.execute(
            select(Acknowledgement.announcement_id, func.count()).group_by(Acknowledgement.announcement_id)
        )
        acknowledged = {row[0]: row[1] for row in rows}
        latest = await session.scalar(select(func.max(Acknowledgement.at)))
    assert latest is not None
    assert latest < NOW
    assert total == 2
    newest, oldest = seen
    assert newest.announcement.network.title == "Учителя математики"
    assert [one.announcement.recipients for one in seen] == counted, "told were those whom a new one would reach"
    assert [one.outcomes.total for one in seen] == counted
    assert (oldest.outcomes.blocked, oldest.outcomes.failed, oldest.outcomes.maybe_twice) == (9, 1, 2)
    assert oldest.outcomes.waiting == newest.outcomes.waiting == 0
    assert newest.announcement.acknowledge_by is not None
    assert newest.announcement.acknowledge_by > NOW, "there is time left, and half of them to remind"
    assert acknowledged == {newest.announcement.id: newest.outcomes.sent // 2}
    for one in seen:
        assert one.announcement.author is not None
        assert one.announcement.created_at < NOW
        assert "<" not in one.announcement.texts[0]["text"]


async def test_a_coordinator_finds_a_scheduled_one_a_draft_and_a_template(db: Database) -> None:
    await put_city(db)
    async with db.read() as session:
        coordinator = await player(session, "coordinator")
        found = await announcement_drafts.page_of(session, coordinator, None, now=NOW, offset=0, limit=6)
    assert [one.state for one in found.drafts] == [DraftState.SCHEDULED, DraftState.DRAFT, DraftState.TEMPLATE]
    for one in found.drafts:
        placeholders.check(one.texts)
    scheduled = found.drafts[0].starts_at
    assert scheduled is not None
    async with db.write() as session:
        assert await announcement_drafts.start_due(session, now=NOW) == 0
        assert await announcement_drafts.start_due(session, now=scheduled) == 1
    async with db.read() as session:
        seen, total = await announcements.sent_by_mine(session, coordinator, None, now=scheduled, offset=0, limit=6)
    assert total == 2
    assert seen[0].outcomes.waiting == seen[0].announcement.recipients > 20
