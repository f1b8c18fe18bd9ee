"""Who may do what about joining and a network's card: every deed × every kind of actor, by the services and by forged buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncSession

from models import Database, InvitationSort, InvitationTarget, JoinPolicy, NetworkTrait, Person, Visibility
from screens import addresses
from services import (
    agreements,
    applications,
    documents,
    doors,
    editing,
    followers,
    forms,
    invitations,
    memberships,
)
from services.editing import Words
from services.errors import NotAllowed, NotRegistered
from services.rolls import Turn
from tests.support.busy import file_of
from tests.support.house import House, make_house
from tests.support.people import FIRST_TELEGRAM_ID, NOW
from tests.support.rights import ACTORS, BRANCH, CENTRE, HELPERS, Place, make_place

PIECES = {"texts": [], "files": [file_of("план")], "message_ids": [1]}

Deed = Callable[[AsyncSession, Person, Place], Awaitable[Any]]


def _makes(target: InvitationTarget, target_id: Callable[[Place], int]) -> Deed:
    return lambda session, actor, place: invitations.make(
        session, actor, target, target_id(place), InvitationSort.ONE, now=NOW
    )


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "approve": (lambda s, a, p: applications.approve(s, a, p.application.id, now=NOW), HELPERS),
    "decline": (lambda s, a, p: applications.decline(s, a, p.application.id, reason="Нет", now=NOW), HELPERS),
    "approve all": (lambda s, a, p: applications.approve_all(s, a, p.network.id, 10**9, now=NOW), HELPERS),
    "list applications": (
        lambda s, a, p: applications.waiting(s, a, p.network.id, offset=0, limit=1, now=NOW),
        HELPERS,
    ),
    "read an application": (lambda s, a, p: applications.read(s, a, p.application.id), HELPERS),
    "see a member": (lambda s, a, p: memberships.member(s, a, p.network.id, p.people["member"].id), HELPERS),
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
    "invite moderators": (_makes(InvitationTarget.MODERATOR, lambda p: p.network.id), BRANCH),
    "list all invitations": (lambda s, a, p: invitations.standing(s, a, now=NOW), CENTRE),
    "invite coordinators": (_makes(InvitationTarget.COORDINATOR, lambda p: p.network.id), CENTRE),
    "invite staff": (_makes(InvitationTarget.ORGANISATION, lambda p: p.organisation.id), CENTRE),
    "invite administrators": (_makes(InvitationTarget.ADMINISTRATOR, lambda p: 0), set()),
    "list staff invitations": (
        lambda s, a, p: invitations.standing(s, a, organisation_id=p.organisation.id, now=NOW),
        CENTRE,
    ),
    "see what may be edited": (lambda s, a, p: editing.card(s, a, p.network.id), BRANCH),
    "rename the network": (lambda s, a, p: editing.rename(s, a, p.network.id, "Иначе", now=NOW), BRANCH),
    "describe it": (lambda s, a, p: editing.describe(s, a, p.network.id, Words.GOAL, "Цель", now=NOW), BRANCH),
    "classify it": (
        lambda s, a, p: editing.classify(s, a, p.network.id, NetworkTrait.SCOPE, "single", now=NOW),
        BRANCH,
    ),
    "give it a form": (lambda s, a, p: editing.set_form(s, a, p.network.id, 2, now=NOW), BRANCH),
    "give it subjects": (lambda s, a, p: editing.set_subjects(s, a, p.network.id, [1], now=NOW), BRANCH),
    "add documents": (lambda s, a, p: documents.add(s, a, p.network.id, pieces=PIECES, now=NOW), BRANCH),
    "take a document away": (lambda s, a, p: documents.remove(s, a, p.document.id, now=NOW), BRANCH),
    "have a document": (lambda s, a, p: documents.read(s, a, p.document.id), set(ACTORS)),
    "list the forms": (lambda s, a, p: forms.page_of(s, a, offset=0, limit=1), CENTRE),
    "add a form": (lambda s, a, p: forms.add(s, a, title="Клуб", now=NOW), CENTRE),
    "rename a form": (lambda s, a, p: forms.rename(s, a, 2, title="Клуб", now=NOW), CENTRE),
    "take a form away": (lambda s, a, p: forms.remove(s, a, 2, now=NOW), CENTRE),
    "follow": (lambda s, a, p: followers.follow(s, a, p.network.id, now=NOW), set(ACTORS) - {"stranger"}),
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
        "list applications": (addresses.ListApplications(**here), HELPERS),
        "open an application": (addresses.OpenApplication(application_id=place.application.id), HELPERS),
        "approve": (addresses.ApproveApplication(application_id=place.application.id), HELPERS),
        "ask to approve all": (addresses.AskApproveAll(**here), HELPERS),
        "approve all": (addresses.ApproveAll(**here, newest_id=10**9), HELPERS),
        "decline": (addresses.BeginDialog(dialog="decline", arg=place.application.id), HELPERS),
        "publish an agreement": (addresses.BeginDialog(dialog="agreement", arg=place.network.id), BRANCH),
        "open a member": (addresses.OpenMember(**here, person_id=place.people["member"].id), HELPERS),
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
        "make a moderator's": (
            addresses.MakeInvitation(target="moderator", target_id=place.network.id, sort=once),
            BRANCH,
        ),
        "all invitations": (addresses.ListInvitations(), CENTRE),
        "staff invitations": (addresses.ListInvitations(organisation_id=place.organisation.id), CENTRE),
        "open an invitation": (addresses.OpenInvitation(invitation_id=place.invitation.id), BRANCH),
        "its picture": (addresses.SendInvitationPicture(invitation_id=place.invitation.id), BRANCH),
        "edit the card": (addresses.EditNetwork(**here), BRANCH),
        "classify": (addresses.ClassifyNetwork(**here), BRANCH),
        "choose a trait": (addresses.ChooseTrait(**here, trait="scope"), BRANCH),
        "set a trait": (addresses.SetTrait(**here, trait="scope", word="single"), BRANCH),
        "choose a document to remove": (addresses.ListDocuments(**here, removes=True), BRANCH),
        "ask to remove a document": (addresses.AskRemoveDocument(document_id=place.document.id), BRANCH),
        "documents": (addresses.ListDocuments(**here), set(ACTORS) - {"stranger"}),
        "manage the forms": (addresses.ManageForms(), CENTRE),
        "manage a form": (addresses.ManageForm(form_id=2), CENTRE),
        "remove a form": (addresses.RemoveForm(form_id=2), CENTRE),
        "rename": (addresses.BeginDialog(dialog="net-title", arg=place.network.id), BRANCH),
        "new form": (addresses.BeginDialog(dialog="form-new"), CENTRE),
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
