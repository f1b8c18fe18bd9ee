"""Who may do what about organisations: every deed × every kind of actor, through the services and through forged buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.participations import HEAD, ORGANISATION_AGREEMENT, ORGANISATION_CARD, PARTICIPATION, REPRESENTATIVE
from models import Agreement, Database, Network, Organisation, Participation, ParticipationRole, Person
from screens import addresses
from services import heads, organisation_cards, participations, phones
from services.errors import NotAllowed, NotOwnPhone, NotRegistered
from tests.support.house import House, make_house
from tests.support.joining import put_appointment
from tests.support.organisations import SCAN, put_organisation
from tests.support.people import FIRST_TELEGRAM_ID, NOW, add_network, put_people

ACTORS = (
    "stranger",
    "nobody",
    "worker",
    "head",
    "other head",
    "parent",
    "this",
    "sibling",
    "child",
    "administrator",
)
"""Not registered; registered; somebody of the organisation; its head; the head of another one; coordinators of the network above,
of this one, of its neighbour, of the one below; the administrator."""

EVERYBODY = set(ACTORS)
REGISTERED = EVERYBODY - {"stranger"}
BRANCH = {"parent", "this", "administrator"}
CENTRE = {"administrator"}
HEAD_ITSELF = {"head"}
HEADS = {"head", "other head"}


class Place:
    """A network in the middle of the tree where one organisation takes part, and one person of each kind."""

    network: Network
    quiet: Network
    organisation: Organisation
    other: Organisation
    participation: Participation
    coordinating: Participation
    people: dict[str, Person]


async def make_place(db: Database) -> Place:
    """Put it into an empty database."""
    place = Place()
    administrator, *others = await put_people(db, len(ACTORS), administrators=1)
    place.people = {"administrator": administrator, **dict(zip(ACTORS[:-1], others, strict=True))}
    people = place.people
    async with db.write() as session:
        top = await add_network(session, "Город")
        place.network = await add_network(session, "Эта сеть", parent=top)
        place.quiet = await add_network(session, "Без соглашения", parent=place.network)
        sibling = await add_network(session, "Соседняя", parent=top)
        child = await add_network(session, "Нижняя", parent=place.network)
        place.network.agreement_version = 1
        session.add(Agreement(network_id=place.network.id, version=1, text="Мы", published_at=NOW))
        people["stranger"] = await session.get_one(Person, people["stranger"].id)
        people["stranger"].registered_at = None
    place.organisation = await put_organisation(db, people=(people["worker"],), head=people["head"])
    place.other = await put_organisation(db, "СОШ № 4", head=people["other head"])
    async with db.write() as session:
        began = {"began_at": NOW, "organisation_id": place.organisation.id}
        place.participation = Participation(
            **began, network_id=place.network.id, agreement_version=1, agreed_at=NOW, agreed_by_id=people["head"].id
        )
        place.coordinating = Participation(**began, network_id=sibling.id, role=ParticipationRole.COORDINATOR)
        session.add_all([place.participation, place.coordinating])
    for name, network in (("parent", top), ("this", place.network), ("sibling", sibling), ("child", child)):
        await put_appointment(db, people[name], network)
    return place


Deed = Callable[[AsyncSession, Person, Place], Awaitable[Any]]
CONTACTS = {"address": "Мира, 3", "phone": None, "email": None, "site": None}
ROLE = ParticipationRole


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "see the organisations": (
        lambda s, a, p: participations.page_of(s, a, p.network.id, offset=0, limit=1),
        EVERYBODY,
    ),
    "see one": (lambda s, a, p: participations.card(s, a, p.participation.id), EVERYBODY),
    "see the scan": (lambda s, a, p: participations.scans(s, a, p.participation.id), BRANCH | HEAD_ITSELF),
    "add one": (lambda s, a, p: participations.add(s, a, p.network.id, p.other.id, now=NOW), BRANCH),
    "bring the own one": (lambda s, a, p: participations.bring(s, a, p.quiet.id, now=NOW), HEADS),
    "accept the agreement": (
        lambda s, a, p: participations.accept(s, a, p.network.id, 1, scan=SCAN, now=NOW),
        HEADS,
    ),
    "make it a partner": (
        lambda s, a, p: participations.set_role(s, a, p.participation.id, ROLE.PARTNER, now=NOW),
        BRANCH,
    ),
    "make it the coordinator": (
        lambda s, a, p: participations.set_role(s, a, p.participation.id, ROLE.COORDINATOR, now=NOW),
        CENTRE,
    ),
    "take the coordination away": (
        lambda s, a, p: participations.set_role(s, a, p.coordinating.id, ROLE.PARTNER, now=NOW),
        CENTRE,
    ),
    "have somebody represent it": (
        lambda s, a, p: participations.represent(s, a, p.coordinating.id, p.people["worker"].id, now=NOW),
        CENTRE,
    ),
    "end it": (lambda s, a, p: participations.end(s, a, p.participation.id, now=NOW), BRANCH | HEAD_ITSELF),
    "end a coordinating one": (
        lambda s, a, p: participations.end(s, a, p.coordinating.id, now=NOW),
        CENTRE | HEAD_ITSELF,
    ),
    "see the card": (lambda s, a, p: organisation_cards.card(s, a, p.organisation.id), REGISTERED),
    "see its people": (
        lambda s, a, p: organisation_cards.people(s, a, p.organisation.id, offset=0, limit=1),
        REGISTERED,
    ),
    "see its networks": (
        lambda s, a, p: organisation_cards.networks(s, a, p.organisation.id, offset=0, limit=1),
        REGISTERED,
    ),
    "see its works": (
        lambda s, a, p: organisation_cards.works(s, a, p.organisation.id, offset=0, limit=1),
        REGISTERED,
    ),
    "see its events": (
        lambda s, a, p: organisation_cards.events(s, a, p.organisation.id, offset=0, limit=1),
        REGISTERED,
    ),
    "edit the card": (
        lambda s, a, p: organisation_cards.edit(s, a, p.organisation.id, CONTACTS, now=NOW),
        CENTRE | HEAD_ITSELF,
    ),
    "name the head": (lambda s, a, p: heads.appoint(s, a, p.organisation.id, p.people["worker"].id, now=NOW), CENTRE),
    "dismiss the head": (lambda s, a, p: heads.dismiss(s, a, p.organisation.id, now=NOW), CENTRE),
    "share the own phone": (
        lambda s, a, p: phones.share(s, a, number="79021112233", owner_id=a.telegram_id, now=NOW),
        REGISTERED,
    ),
    "share another one's phone": (
        lambda s, a, p: phones.share(s, a, number="79021112233", owner_id=FIRST_TELEGRAM_ID + 500, now=NOW),
        set(),
    ),
    "take the phone back": (lambda s, a, p: phones.forget(s, a, now=NOW), REGISTERED),
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
                    except (NotAllowed, NotRegistered, NotOwnPhone):
                        may = False
                    raise _Undone
            except _Undone:
                pass
            if may is not (actor in allowed):
                wrong.append((name, actor, may))
    assert wrong == []


def _buttons(place: Place) -> dict[str, tuple[CallbackData, set[str]]]:
    here = {"participation_id": place.participation.id}
    organisation = {"organisation_id": place.organisation.id}
    coordinator = ParticipationRole.COORDINATOR.value
    return {
        "the organisations": (addresses.ListParticipations(network_id=place.network.id), REGISTERED),
        "one of them": (addresses.OpenParticipation(**here), REGISTERED),
        "the agreement for it": (addresses.ReadForOrganisation(network_id=place.network.id), HEADS),
        "bring the own one": (addresses.BringOrganisation(network_id=place.quiet.id), HEADS),
        "accept": (addresses.BeginDialog(dialog=ORGANISATION_AGREEMENT.name, arg=place.network.id), HEADS),
        "add one": (addresses.BeginDialog(dialog=PARTICIPATION.name, arg=place.network.id), BRANCH),
        "the scan": (addresses.SendScans(**here), BRANCH | HEAD_ITSELF),
        "the role": (addresses.SetParticipationRole(**here, part="partner"), BRANCH),
        "the coordinator's role": (
            addresses.SetParticipationRole(participation_id=place.coordinating.id, part=coordinator),
            CENTRE | {"sibling", "parent"},
        ),
        "a representative": (addresses.BeginDialog(dialog=REPRESENTATIVE.name, arg=place.coordinating.id), CENTRE),
        "the card": (addresses.OpenOrganisation(**organisation), REGISTERED),
        "its people": (addresses.ListOrganisationPeople(**organisation), REGISTERED),
        "its networks": (addresses.ListOrganisationNetworks(**organisation), REGISTERED),
        "its works": (addresses.ListOrganisationWorks(**organisation), REGISTERED),
        "its events": (addresses.ListOrganisationEvents(**organisation), REGISTERED),
        "its contacts": (
            addresses.BeginDialog(dialog=ORGANISATION_CARD.name, arg=place.organisation.id),
            CENTRE | HEAD_ITSELF,
        ),
        "its head": (addresses.BeginDialog(dialog=HEAD.name, arg=place.organisation.id), CENTRE),
        "ask to dismiss": (addresses.AskDismissHead(**organisation), CENTRE),
        "dismiss": (addresses.DismissHead(organisation_id=place.other.id), CENTRE),
        "the own phone": (addresses.AskPhone(), REGISTERED),
        "no phone": (addresses.ForgetPhone(), REGISTERED),
        "ask to end": (addresses.AskEndParticipation(**here), BRANCH | HEAD_ITSELF),
        "end": (addresses.EndParticipation(**here), BRANCH | HEAD_ITSELF),
    }


REFUSED = "нет прав"
ADMINISTRATORS = "администратор"


async def _refused(house: House, telegram_id: int, button: CallbackData) -> bool:
    visitor = house.world.visitor("Кто-то", id=telegram_id)
    await visitor.says("/menu")
    before = visitor.sees
    await visitor.presses(visitor.screen, button.pack())
    alert = visitor.alert or ""
    # A stranger is shown the way to registration instead of an alert.
    return REFUSED in alert or ADMINISTRATORS in alert or (visitor.sees == before and "согласие" in before)


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_gets_by_a_forged_button_what_the_table_does_not_give(db: Database, actor: str) -> None:
    """Those who may do a deed may find it done by the one before: all that counts is that they are not refused as strangers are."""
    place = await make_place(db)
    administrator = place.people["administrator"].telegram_id
    assert administrator is not None
    house = make_house(db, administrators=frozenset({administrator}))
    telegram_id = place.people[actor].telegram_id
    assert telegram_id is not None
    wrong = [
        (name, actor)
        for name, (button, allowed) in _buttons(place).items()
        if await _refused(house, telegram_id, button) is (actor in allowed)
    ]
    assert wrong == []
