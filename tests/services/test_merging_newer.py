"""Two people become one: what they announced and acknowledged, where they applied and were invited, and what waits for a consent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import (
    Acknowledgement,
    Agreement,
    Announcement,
    AnnouncementDraft,
    Application,
    ApplicationState,
    Database,
    DraftState,
    HeldUpdate,
    Invitation,
    InvitationTarget,
    InvitationUse,
    Membership,
    MembershipState,
    Notification,
    NotificationState,
    OpenedInvitation,
    Person,
    WrongToken,
)
from services import memberships, merging, notifications
from services.notifications import Notice
from tests.services.test_merging import NOW, count, merged, nobody_points_to, put_organisation
from tests.support.people import add_network, put_people

LATER = NOW + timedelta(days=14)


async def test_announcements_and_what_waits_go_over(each_db: Database) -> None:
    vera, anna, again = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Математика")
        said = [
            Announcement(
                network_id=network.id, author_id=again.id, texts=[], recipients=2, starts_at=NOW, created_at=NOW
            )
            for _ in range(2)
        ]
        session.add_all(said)
        await session.flush()
        session.add_all(
            [
                Acknowledgement(announcement_id=said[0].id, person_id=anna.id, at=NOW),
                *(Acknowledgement(announcement_id=one.id, person_id=again.id, at=NOW) for one in said),
                AnnouncementDraft(
                    network_id=network.id,
                    author_id=again.id,
                    sender_id=again.id,
                    texts=[],
                    audience=[],
                    created_at=NOW,
                    updated_at=NOW,
                ),
                Agreement(network_id=network.id, version=1, text="…", published_by_id=again.id, published_at=NOW),
                HeldUpdate(update_id=1, person_id=again.id, payload="{}", held_at=NOW),
                *(WrongToken(person_id=one.id, tries=3, since=NOW) for one in (anna, again)),
            ]
        )
    await merged(each_db, vera, anna, again)
    await nobody_points_to(each_db, Person, again.id)
    assert await count(each_db, Announcement, Announcement.author_id == anna.id) == 2
    assert await count(each_db, Acknowledgement, Acknowledgement.person_id == anna.id) == 2
    assert await count(each_db, Acknowledgement) == 2
    drafts = (AnnouncementDraft.author_id == anna.id, AnnouncementDraft.sender_id == anna.id)
    assert await count(each_db, AnnouncementDraft, *drafts) == 1
    assert await count(each_db, Agreement, Agreement.published_by_id == anna.id) == 1
    assert await count(each_db, HeldUpdate, HeldUpdate.person_id == anna.id) == 1
    assert await count(each_db, WrongToken) == 1


@pytest.mark.parametrize("lasting", ["anna", "again"])
async def test_one_person_applies_to_a_network_once(each_db: Database, lasting: str) -> None:
    vera, anna, again = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        physics, chemistry = await add_network(session, "Физика"), await add_network(session, "Химия")
        asked = {
            name: Application(
                network_id=physics.id,
                person_id=person.id,
                created_at=NOW,
                expires_at=LATER + timedelta(days=name == lasting),
            )
            for name, person in (("anna", anna), ("again", again))
        }
        needless = Application(network_id=chemistry.id, person_id=again.id, created_at=NOW, expires_at=LATER)
        session.add_all([*asked.values(), needless])
        session.add(Membership(network_id=chemistry.id, person_id=anna.id, state=MembershipState.MEMBER, state_at=NOW))
        await session.flush()
        told = [
            Notice(memberships.CAME, f"{memberships.CAME}:{one.id}", vera.id, one.id, NOW)
            for one in (*asked.values(), needless)
        ]
        await notifications.put(session, told, now=NOW)
    await merged(each_db, vera, anna, again)
    await nobody_points_to(each_db, Person, again.id)
    other = asked["again" if lasting == "anna" else "anna"]
    async with each_db.read() as session:
        rows = await session.execute(select(Application.id, Application.state, Application.person_id))
        assert {tuple(row) for row in rows} == {
            (asked[lasting].id, ApplicationState.PENDING, anna.id),
            (other.id, ApplicationState.WITHDRAWN, anna.id),
            (needless.id, ApplicationState.APPROVED, anna.id),
        }
        to_decide = await session.scalars(
            select(Notification.subject_id).where(
                Notification.kind == memberships.CAME, Notification.state == NotificationState.PENDING
            )
        )
        assert to_decide.all() == [asked[lasting].id]


async def test_who_came_twice_by_an_invitation_came_once(each_db: Database) -> None:
    vera, anna, again = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Математика")
        shared, own = (
            Invitation(
                token=token,
                target=InvitationTarget.NETWORK,
                network_id=network.id,
                most=2,
                used=used,
                created_by_id=again.id,
                created_at=NOW,
            )
            for token, used in (("shared", 2), ("own", 1))
        )
        session.add_all([shared, own])
        await session.flush()
        for invitation, person in ((shared, anna), (shared, again), (own, again)):
            session.add(InvitationUse(invitation_id=invitation.id, person_id=person.id, used_at=NOW))
            session.add(OpenedInvitation(invitation_id=invitation.id, person_id=person.id, opened_at=NOW))
    await merged(each_db, vera, anna, again)
    await nobody_points_to(each_db, Person, again.id)
    async with each_db.read() as session:
        rows = await session.execute(select(Invitation.token, Invitation.used, Invitation.created_by_id))
        assert {tuple(row) for row in rows} == {("shared", 1, anna.id), ("own", 1, anna.id)}
    assert await count(each_db, InvitationUse, InvitationUse.person_id == anna.id) == 2
    assert await count(each_db, OpenedInvitation, OpenedInvitation.person_id == anna.id) == 2


PARTS = {"excluded": False, "network_id": None, "with_branch": False, "role": None, "subject_id": None}


@pytest.mark.parametrize("is_another", [True, False])
async def test_audiences_of_drafts_follow_an_organisation(each_db: Database, is_another: bool) -> None:
    """What is scheduled goes to the people of the school they proposed, who are the lyceum's now; nobody's part goes."""
    (vera,) = await put_people(each_db, 1, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Математика")
        lyceum = await put_organisation(session, "Лицей № 1")
        twin = await put_organisation(session, "Первый лицей", proposed=True)
        whole = {**PARTS, "network_id": network.id, "organisation_id": None}
        kept, gone = ({**PARTS, "organisation_id": one.id} for one in (lyceum, twin))
        left_out = {**gone, "excluded": True}
        session.add_all(
            AnnouncementDraft(
                network_id=network.id,
                state=state,
                texts=[],
                audience=audience,
                starts_at=LATER,
                created_at=NOW,
                updated_at=NOW,
            )
            for state, audience in (
                (DraftState.SCHEDULED, [whole, gone, left_out]),
                (DraftState.TEMPLATE, [kept, gone]),
                (DraftState.DRAFT, [whole]),
            )
        )
    async with each_db.write() as session:
        if is_another:
            await merging.merge_organisations(session, vera, lyceum.id, twin.id, now=NOW)
        else:
            await merging.remove_organisation(session, twin.id, None)
    async with each_db.read() as session:
        drafts = list(await session.scalars(select(AnnouncementDraft).order_by(AnnouncementDraft.id)))
    excluded = {**kept, "excluded": True}
    assert [draft.audience for draft in drafts] == [[whole, kept, excluded] if is_another else [whole], [kept], [whole]]
    assert [draft.version for draft in drafts] == [2, 2, 1], "whoever saw it before has to look again"
