"""Who may do what about joining: every deed × every kind of actor, through the services and through forged buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Application,
    ApplicationState,
    Database,
    Invitation,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Organisation,
    OrganisationKind,
    Person,
    Topic,
    TopicExpert,
    Visibility,
)
from screens import addresses
from services import agreements, applications, doors, invitations, memberships
from services.errors import NotAllowed, NotRegistered
from services.rolls import Turn
from tests.support.house import House, make_house
from tests.support.joining import put_appointment
from tests.support.people import FIRST_TELEGRAM_ID, NOW, add_network, put_people

ACTORS = ("stranger", "nobody", "member", "expert", "parent", "this", "sibling", "child", "administrator")
"""Not registered; registered; a member; an expert of its topic; coordinators of the network above, of this one, of its neighbour,
of the one below; the administrator."""

BRANCH = {"parent", "this", "administrator"}
"""Whose right it is to decide about this network (the cascade: from above downwards, never up or aside)."""

CENTRE = {"administrator"}


class Place:
    """A network with everything around it, and one person of each kind."""

    network: Network
    organisation: Organisation
    topic: Topic
    applicant: Person
    application: Application
    invitation: Invitation
    people: dict[str, Person]


async def make_place(db: Database) -> Place:
    """Put it into an empty database."""
    place = Place()
    administrator, *others = await put_people(db, len(ACTORS) + 1, administrators=1)
    place.applicant = others.pop()
    place.people = {"administrator": administrator, **dict(zip(ACTORS[:-1], others, strict=True))}
    async with db.write() as session:
        top = await add_network(session, "Город")
        place.network = await add_network(session, "Эта сеть", parent=top, policy=JoinPolicy.APPLICATION)
        sibling = await add_network(session, "Соседняя", parent=top)
        child = await add_network(session, "Нижняя", parent=place.network)
        place.topic = Topic(title="Тема", network_id=place.network.id, created_at=NOW)
        place.organisation = Organisation(title="Лицей", kind=OrganisationKind.SCHOOL, confirmed_at=NOW, created_at=NOW)
        session.add_all([place.topic, place.organisation])
        await session.flush()
        stranger = await session.get_one(Person, place.people["stranger"].id)
        stranger.registered_at = None
        member = place.people["member"]
        session.add(
            Membership(network_id=place.network.id, person_id=member.id, state=MembershipState.MEMBER, state_at=NOW)
        )
        session.add(TopicExpert(topic_id=place.topic.id, person_id=place.people["expert"].id, appointed_at=NOW))
        place.application = Application(
            network_id=place.network.id,
            person_id=place.applicant.id,
            state=ApplicationState.PENDING,
            created_at=NOW,
            expires_at=NOW + applications.LASTS,
        )
        session.add(place.application)
        offer = await invitations.make(
            session, administrator, InvitationTarget.NETWORK, place.network.id, InvitationSort.ALWAYS, now=NOW
        )
        place.invitation = offer.invitation
        place.people["stranger"] = stranger
    for name, network in (("parent", top), ("this", place.network), ("sibling", sibling), ("child", child)):
        await put_appointment(db, place.people[name], network)
    return place


Deed = Callable[[AsyncSession, Person, Place], Awaitable[Any]]


def _makes(target: InvitationTarget, target_id: Callable[[Place], int]) -> Deed:
    return lambda session, actor, place: invitations.make(
        session, actor, target, target_id(place), InvitationSort.ONE, now=NOW
    )


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "approve": (lambda s, a, p: applications.approve(s, a, p.application.id, now=NOW), BRANCH),
    "decline": (lambda s, a, p: applications.decline(s, a, p.application.id, reason="Нет", now=NOW), BRANCH),
    "approve all": (lambda s, a, p: applications.approve_all(s, a, p.network.id, 10**9, now=NOW), BRANCH),
    "list applications": (lambda s, a, p: applications.waiting(s, a, p.network.id, offset=0, limit=1, now=NOW), BRANCH),
    "read an application": (lambda s, a, p: applications.read(s, a, p.application.id), BRANCH),
    "see a member": (lambda s, a, p: memberships.member(s, a, p.network.id, p.people["member"].id), BRANCH),
    "remove a member": (
        lambda s, a, p: memberships.remove(s, a, p.network.id, p.people["member"].id, reason="Пора", now=NOW),
        BRANCH,
    ),
    "set the policy": (lambda s, a, p: doors.set_join_policy(s, a, p.network.id, JoinPolicy.OPEN, now=NOW), BRANCH),
    "set the visibility": (
        lambda s, a, p: doors.set_visibility(s, a, p.network.id, Visibility.MEMBERS, now=NOW),
        BRANCH,
    ),
    "publish an agreement": (lambda s, a, p: agreements.publish(s, a, p.network.id, text="Мы", now=NOW), BRANCH),
    "see who agreed": (lambda s, a, p: agreements.standing(s, a, p.network.id), BRANCH),
    "list who has not": (lambda s, a, p: agreements.unaccepted(s, a, p.network.id, Turn(), limit=1), BRANCH),
    "list invitations": (lambda s, a, p: invitations.standing(s, a, network_id=p.network.id, now=NOW), BRANCH),
    "read an invitation": (lambda s, a, p: invitations.read(s, a, p.invitation.id), BRANCH),
    "revoke an invitation": (lambda s, a, p: invitations.revoke(s, a, p.invitation.id, now=NOW), BRANCH),
    "invite members": (_makes(InvitationTarget.NETWORK, lambda p: p.network.id), BRANCH),
    "invite experts": (_makes(InvitationTarget.EXPERT, lambda p: p.topic.id), BRANCH),
    "invite coordinators": (_makes(InvitationTarget.COORDINATOR, lambda p: p.network.id), CENTRE),
    "invite staff": (_makes(InvitationTarget.ORGANISATION, lambda p: p.organisation.id), CENTRE),
    "invite administrators": (_makes(InvitationTarget.ADMINISTRATOR, lambda p: 0), set()),
    "list staff invitations": (
        lambda s, a, p: invitations.standing(s, a, organisation_id=p.organisation.id, now=NOW),
        CENTRE,
    ),
    "apply": (
        lambda s, a, p: applications.apply(s, a, p.network.id, agreed=None, now=NOW, zone=UTC),
        set(ACTORS) - {"stranger"},
    ),
    "withdraw": (lambda s, a, p: applications.withdraw(s, a, p.network.id, now=NOW), set(ACTORS) - {"stranger"}),
}
"""Every deed of these services, and who may do it. Whoever is not named is refused as one who has no right."""


class _Undone(Exception):
    """Takes the transaction back: the next actor finds everything as it was."""


async def test_nobody_gets_from_a_service_what_the_table_does_not_give(each_db: Database) -> None:
    place = await make_place(each_db)
    wrong = []
    for name, (deed, allowed) in DEEDS.items():
        for actor in ACTORS:
            may = True
            try:
                async with each_db.write() as session:
                    try:
                        await deed(session, place.people[actor], place)
                    except (NotAllowed, NotRegistered):
                        may = False
                    raise _Undone
            except _Undone:
                pass
            if may is not (actor in allowed):
                wrong.append((name, actor, may))
    assert wrong == []


def _buttons(place: Place) -> dict[str, tuple[CallbackData, set[str]]]:
    here = {"network_id": place.network.id}
    once = InvitationSort.ONE.value
    return {
        "manage": (addresses.ManageJoining(**here), BRANCH),
        "choose the policy": (addresses.ChooseJoinPolicy(**here), BRANCH),
        "set the policy": (addresses.SetJoinPolicy(**here, policy="open"), BRANCH),
        "choose the visibility": (addresses.ChooseVisibility(**here), BRANCH),
        "set the visibility": (addresses.SetVisibility(**here, visibility="members"), BRANCH),
        "list applications": (addresses.ListApplications(**here), BRANCH),
        "open an application": (addresses.OpenApplication(application_id=place.application.id), BRANCH),
        "approve": (addresses.ApproveApplication(application_id=place.application.id), BRANCH),
        "ask to approve all": (addresses.AskApproveAll(**here), BRANCH),
        "approve all": (addresses.ApproveAll(**here, newest_id=10**9), BRANCH),
        "decline": (addresses.BeginDialog(dialog="decline", arg=place.application.id), BRANCH),
        "publish an agreement": (addresses.BeginDialog(dialog="agreement", arg=place.network.id), BRANCH),
        "open a member": (addresses.OpenMember(**here, person_id=place.people["member"].id), BRANCH),
        "manage the agreement": (addresses.ManageAgreement(**here), BRANCH),
        "list who has not": (addresses.ListUnaccepted(**here), BRANCH),
        "list invitations": (addresses.ListInvitations(**here), BRANCH),
        "list topics": (addresses.ListInvitationTopics(**here), BRANCH),
        "new invitation": (addresses.NewInvitation(target="network", target_id=place.network.id), BRANCH),
        "new staff invitation": (
            addresses.NewInvitation(target="organisation", target_id=place.organisation.id),
            CENTRE,
        ),
        "make an expert's": (addresses.MakeInvitation(target="expert", target_id=place.topic.id, sort=once), BRANCH),
        "make a coordinator's": (
            addresses.MakeInvitation(target="coordinator", target_id=place.network.id, sort=once),
            CENTRE,
        ),
        "make an administrator's": (addresses.MakeInvitation(target="administrator", target_id=0, sort=once), set()),
        "staff invitations": (addresses.ListInvitations(organisation_id=place.organisation.id), CENTRE),
        "open an invitation": (addresses.OpenInvitation(invitation_id=place.invitation.id), BRANCH),
        "its picture": (addresses.SendInvitationPicture(invitation_id=place.invitation.id), BRANCH),
        "revoke": (addresses.RevokeInvitation(invitation_id=place.invitation.id), BRANCH),
    }


REFUSED = "нет прав"


async def _refused(house: House, telegram_id: int, button: CallbackData) -> bool:
    visitor = house.world.visitor("Кто-то", id=telegram_id)
    await visitor.says("/menu")
    before = visitor.sees
    await visitor.presses(visitor.screen, button.pack())
    alert = visitor.alert or ""
    # A stranger is shown the way to registration instead of an alert.
    return REFUSED in alert or (visitor.sees == before and "согласие" in before)


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_gets_by_a_forged_button_what_the_table_does_not_give(db: Database, actor: str) -> None:
    """Those who may do a deed may find it done by the one before: all that counts is that they are not refused as strangers are."""
    place = await make_place(db)
    administrator = place.people["administrator"].telegram_id
    assert administrator is not None
    house = make_house(db, administrators=frozenset({administrator}))
    telegram_id = place.people[actor].telegram_id
    assert telegram_id is not None
    assert telegram_id >= FIRST_TELEGRAM_ID
    wrong = [
        (name, actor)
        for name, (button, allowed) in _buttons(place).items()
        if await _refused(house, telegram_id, button) is (actor in allowed)
    ]
    assert wrong == []
