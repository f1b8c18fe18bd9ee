"""Drafts on both databases: shared by a network's coordinators, sent once whoever presses, and as they were seen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from models import (
    AnnouncementDraft,
    Database,
    DraftState,
    DraftWish,
    Importance,
    Membership,
    MembershipState,
    Network,
    Role,
    StoredFile,
)
from services import announcement_drafts
from services.announcement_drafts import DraftCard
from services.announcements import Report
from services.audiences import Part
from services.errors import (
    DeadlineTooEarly,
    DomainError,
    DraftChanged,
    NetworkArchived,
    NobodyToTell,
    NotAllowed,
    NotFound,
    NotYourAudience,
    SendTimePassed,
    TooManyButtons,
    TooManyParts,
    UnknownPlaceholder,
)
from tests.support.drafts import LATER, PHOTO, ZONE, Team, said
from tests.support.people import NOW


@pytest.fixture
async def team(each_db: Database) -> Team:
    return await Team(each_db).build()


async def test_a_draft_goes_out_with_everything_that_was_wanted(team: Team) -> None:
    draft = await team.draft("Завтра!", PHOTO)
    await team.grant(draft, DraftWish.URGENT, DraftWish.ACKNOWLEDGE)
    button = {"kind": "link", "label": "План", "url": "https://example.org"}
    async with team.db.write() as session:
        await announcement_drafts.add_button(session, team.boris, draft.id, button, now=NOW)
        seen = await announcement_drafts.set_deadline(session, team.anna, draft.id, LATER, now=NOW)
    report = await team.send(seen.draft)
    assert isinstance(report, Report)
    announcement = report.announcement
    assert announcement.author_id == team.anna.id
    assert (announcement.importance, announcement.recipients) == (Importance.URGENT, 1)
    assert (announcement.wants_acknowledgement, announcement.acknowledge_by) == (True, LATER)
    assert announcement.buttons == [button]
    assert announcement.starts_at == NOW
    assert [file.telegram_file_id for file in announcement.files] == ["AAA"]
    assert [Part.of(one) for one in announcement.audience] == [Part(network_id=team.network_id)]
    (notification,) = await team.notified()
    assert (notification.person_id, notification.urgent, notification.due_at) == (team.member.id, True, NOW)
    assert (await team.get(draft)).state is DraftState.SENT


@pytest.mark.parametrize("schedule", [False, True])
async def test_of_two_coordinators_and_double_taps_at_once_one_sends(team: Team, schedule: bool) -> None:
    draft = await team.draft()
    if schedule:
        draft = await team.timed(draft)
    actors = [team.anna, team.boris, team.anna, team.clara, team.chief]
    became = await asyncio.gather(*(team.send(draft, actor) for actor in actors))
    if schedule:
        assert all(isinstance(one, DraftCard) and one.draft.state is DraftState.SCHEDULED for one in became)
        assert await team.sent() == []
        assert await team.start(LATER) == 1
    else:
        assert len({one.announcement.id for one in became if isinstance(one, Report)}) == 1
        assert all(isinstance(one, Report) for one in became)
    assert len(await team.sent()) == 1
    assert len(await team.notified()) == 1


async def test_what_somebody_changed_meanwhile_is_not_sent_unseen(team: Team) -> None:
    draft = await team.draft()
    async with team.db.write() as session:
        await announcement_drafts.rewrite(session, team.boris, draft.id, pieces=said("Послезавтра!"), now=NOW)
    with pytest.raises(DraftChanged):
        await team.send(draft)
    assert await team.sent() == []
    await team.send(await team.get(draft))
    assert [one.texts[0]["text"] for one in await team.sent()] == ["Послезавтра!"]


async def test_a_draft_is_for_those_who_rule_the_network(team: Team) -> None:
    draft = await team.draft()
    for actor in (team.member, team.outsider):
        for deed in (
            announcement_drafts.card,
            announcement_drafts.use,
            announcement_drafts.keep_as_template,
            announcement_drafts.delete_draft,
        ):
            async with team.db.write() as session:
                with pytest.raises(NotAllowed):
                    await deed(session, actor, draft.id, now=NOW)
        with pytest.raises(NotAllowed):
            await team.send(draft, actor)
        async with team.db.write() as session:
            with pytest.raises(NotAllowed):
                await announcement_drafts.grant(session, actor, draft.id, DraftWish.URGENT, now=NOW)
            with pytest.raises(NotAllowed):
                await announcement_drafts.begin(session, actor, team.network_id, pieces=said(), now=NOW)
            with pytest.raises(NotAllowed):
                await announcement_drafts.page_of(session, actor, team.network_id, now=NOW, offset=0, limit=6)
            assert await announcement_drafts.count(session, actor, None) == 0
    async with team.db.read() as session:
        for actor in (team.anna, team.boris, team.clara, team.chief):
            found = await announcement_drafts.page_of(session, actor, None, now=NOW, offset=0, limit=6)
            assert [one.id for one in found.drafts] == [draft.id]
        with pytest.raises(NotFound):
            await announcement_drafts.card(session, team.anna, 999, now=NOW)


async def test_a_part_from_outside_keeps_a_coordinator_from_sending_what_the_administrator_addressed(
    team: Team,
) -> None:
    draft = await team.draft()
    part = Part(network_id=team.above_id, with_branch=True)
    async with team.db.write() as session:
        with pytest.raises(NotYourAudience):
            await announcement_drafts.add_part(session, team.anna, draft.id, part, now=NOW)
        seen = await announcement_drafts.add_part(session, team.clara, draft.id, part, now=NOW)
    with pytest.raises(NotYourAudience):
        await team.send(seen.draft, team.anna)
    assert isinstance(await team.send(seen.draft, team.clara), Report)


async def test_parts_stand_once_the_excluded_ones_last_and_not_too_many(team: Team) -> None:
    draft = await team.draft()
    await team.grant(draft, DraftWish.WITHOUT_COORDINATORS, DraftWish.EXPERTS, DraftWish.EXPERTS)
    parts = [Part.of(one) for one in (await team.get(draft)).audience]
    assert [(one.role, one.excluded) for one in parts] == [
        (None, False),
        (Role.EXPERT, False),
        (Role.COORDINATOR, True),
    ]
    draft = await team.grant(draft, DraftWish.WITH_BRANCH, DraftWish.NETWORK_ONLY)
    assert [Part.of(one) for one in draft.audience] == parts
    async with team.db.write() as session:
        seen = await announcement_drafts.remove_part(session, team.anna, draft.id, 1, version=draft.version, now=NOW)
        assert [Part.of(one).role for one in seen.draft.audience] == [None, Role.COORDINATOR]
        with pytest.raises(DraftChanged):
            await announcement_drafts.remove_part(session, team.anna, draft.id, 0, version=draft.version, now=NOW)
        for number in range(8):
            part = Part(excluded=True, network_id=team.network_id, subject_id=number + 1)
            await announcement_drafts.add_part(session, team.anna, draft.id, part, now=NOW)
        with pytest.raises(TooManyParts):
            await announcement_drafts.add_part(
                session, team.anna, draft.id, Part(excluded=True, network_id=team.above_id), now=NOW
            )


async def test_three_buttons_at_most(team: Team) -> None:
    draft = await team.draft()
    ways = [{"kind": "event", "label": f"Событие {number}", "id": number} for number in range(4)]
    async with team.db.write() as session:
        for way in (*ways[:3], ways[0]):
            seen = await announcement_drafts.add_button(session, team.anna, draft.id, way, now=NOW)
        assert seen.draft.buttons == ways[:3]
        with pytest.raises(TooManyButtons):
            await announcement_drafts.add_button(session, team.anna, draft.id, ways[3], now=NOW)
        version = seen.draft.version
        seen = await announcement_drafts.remove_button(session, team.anna, draft.id, 1, version=version, now=NOW)
        assert seen.draft.buttons == [ways[0], ways[2]]
        with pytest.raises(DraftChanged):
            await announcement_drafts.remove_button(session, team.anna, draft.id, 0, version=version, now=NOW)


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (lambda: update(Membership).values(state=MembershipState.LEFT), NobodyToTell),
        (lambda: update(Network).values(archived_at=NOW), NetworkArchived),
        (lambda: update(AnnouncementDraft).values(wants_acknowledgement=True, acknowledge_by=NOW), DeadlineTooEarly),
        (lambda: update(AnnouncementDraft).values(starts_at=NOW), SendTimePassed),
    ],
)
async def test_what_cannot_be_sent_stays_a_draft(team: Team, spoil: Any, refusal: type[DomainError]) -> None:
    draft = await team.draft()
    async with team.db.write() as session:
        await session.execute(spoil())
    with pytest.raises(refusal):
        await team.send(draft)
    assert (await team.get(draft)).state is DraftState.DRAFT
    assert await team.notified() == []


async def test_an_unknown_place_is_refused_before_anything_is_kept(team: Team) -> None:
    with pytest.raises(UnknownPlaceholder) as refused:
        await team.draft("Уважаемая {фамилия}!")
    assert refused.value.values == {"name": "фамилия"}
    async with team.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(AnnouncementDraft)) == 0


async def test_a_template_gives_copies_and_stays(team: Team) -> None:
    draft = await team.grant(await team.draft("{имя}, отчёт!", PHOTO), DraftWish.MANDATORY)
    async with team.db.write() as session:
        kept = [
            (await announcement_drafts.keep_as_template(session, team.anna, draft.id, now=NOW)).draft.id
            for _ in range(2)
        ]
        template_id, same_id = kept
        assert template_id == same_id, "a double tap keeps it once"
        used = await announcement_drafts.use(session, team.boris, template_id, now=NOW)
        again = await announcement_drafts.use(session, team.boris, template_id, now=NOW)
        others = await announcement_drafts.use(session, team.anna, template_id, now=NOW)
    assert used.draft.id == again.draft.id != others.draft.id
    copy = used.draft
    assert (copy.state, copy.texts, copy.importance) == (DraftState.DRAFT, draft.texts, Importance.MANDATORY)
    assert [file.telegram_file_id for file in copy.files] == ["AAA"]
    assert isinstance(await team.send(copy, team.boris), Report)
    async with team.db.read() as session:
        assert (await announcement_drafts.card(session, team.anna, template_id, now=NOW)).draft.state is (
            DraftState.TEMPLATE
        )
        assert await session.scalar(select(func.count()).select_from(StoredFile)) == 1
    with pytest.raises(DraftChanged):
        await stale_send(team, draft)


async def stale_send(team: Team, draft: AnnouncementDraft) -> None:
    """Press «Разослать» of the version before the last."""
    async with team.db.write() as session:
        await announcement_drafts.send(session, team.anna, draft.id, version=draft.version - 1, zone=ZONE, now=NOW)


async def test_drafts_stand_in_a_useful_order(team: Team) -> None:
    later = await team.timed(await team.draft("позже"), LATER + timedelta(days=1))
    sooner = await team.timed(await team.draft("раньше"))
    for draft in (later, sooner):
        await team.send(draft)
    plain = await team.draft("черновик")
    async with team.db.write() as session:
        template = await announcement_drafts.keep_as_template(session, team.anna, plain.id, now=NOW)
    async with team.db.read() as session:
        found = await announcement_drafts.page_of(session, team.anna, team.network_id, now=NOW, offset=0, limit=6)
        assert [one.id for one in found.drafts] == [sooner.id, later.id, plain.id, template.draft.id]
        assert found.total == 4
        assert await announcement_drafts.at_hand(session, team.anna, now=NOW) == plain.id
        assert await announcement_drafts.at_hand(session, team.anna, now=NOW + timedelta(hours=1)) is None
        assert await announcement_drafts.at_hand(session, team.boris, now=NOW) is None
    async with team.db.write() as session:
        assert await announcement_drafts.delete_draft(session, team.boris, sooner.id, now=NOW) == team.network_id
        assert await announcement_drafts.count(session, team.anna, None) == 3
    assert await team.start(LATER) == 0


async def test_the_id_of_a_deleted_draft_is_not_given_again(team: Team) -> None:
    """A button that opened the deleted one must not open another."""
    first = await team.draft("Завтра!")
    async with team.db.write() as session:
        await announcement_drafts.delete_draft(session, team.anna, first.id, now=NOW)
    assert (await team.draft("Послезавтра!")).id > first.id
