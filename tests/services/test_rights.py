"""Who may do what beside joining: every deed of a role × every kind of actor, through the services and through forged buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Announcement,
    Consultation,
    Database,
    Event,
    EventKind,
    NetworkForm,
    Organisation,
    OrganisationKind,
    Person,
    Product,
    ProductKind,
    ProductState,
    ProductVersion,
)
from screens import addresses
from services import (
    administrators,
    announced,
    announcement_drafts,
    announcements,
    consultations,
    events,
    managing,
    members,
    merging,
    moderators,
    networks,
    notifications,
    organisations,
    products,
    proposals,
    registry,
    roles,
)
from services.errors import NotAllowed, NotAnExpert, NotFound, NotRegistered
from services.rolls import Turn
from tests.support.house import House, make_house
from tests.support.people import NOW
from tests.support.rights import ACTORS, BRANCH, CENTRE, HELPERS, Place, make_place

SOON = NOW + timedelta(days=1)
TEXT = {"text": "Завтра", "html": "Завтра"}
PIECES = {"texts": [TEXT], "files": [], "message_ids": [1]}


@dataclass
class Busy:
    """The place with something going on in it: what each deed is about."""

    place: Place
    event: Event
    product: Product
    announcement: Announcement
    draft_id: int
    question: Consultation
    proposed: Organisation

    @property
    def network_id(self) -> int:
        """The network that it is all about."""
        return self.place.network.id

    def id_of(self, name: str) -> int:
        """The id of one of the actors."""
        return self.place.people[name].id


async def make_busy(db: Database) -> Busy:
    """Put it into an empty database: the applicant has handed in a work and asked a question."""
    place = await make_place(db)
    chief, author = place.people["administrator"], place.applicant
    async with db.write() as session:
        shown = await events.create(
            session,
            chief,
            network_id=place.network.id,
            kind=EventKind.SEMINAR,
            title="Семинар",
            starts_at=SOON,
            place="Лицей",
            seats=None,
            now=NOW,
        )
        words = {"kind": ProductKind.LESSON, "title": "Урок", "annotation": "Дроби"}
        made = {"network_id": place.network.id, "author_id": author.id, "created_at": NOW, "state_at": NOW}
        product = Product(**words, **made, state=ProductState.SUBMITTED)
        session.add(product)
        await session.flush()
        session.add(ProductVersion(**words, product_id=product.id, number=1, submitted_at=NOW))
        seen = await announcements.announce(
            session, chief, place.network.id, with_branch=False, texts=[TEXT], said_files=[], now=NOW
        )
        draft = await announcement_drafts.begin(session, chief, place.network.id, pieces=PIECES, now=NOW)
        question = Consultation(
            topic_id=place.topic.id, asker_id=author.id, promised_at=SOON, last_said_at=NOW, created_at=NOW
        )
        session.add(question)
        proposed = await organisations.propose(session, author, title="Школа «Ковчег»", now=NOW)
    return Busy(place, shown.event, product, seen.announcement, draft.draft.id, question, proposed)


Deed = Callable[[AsyncSession, Person, Busy], Awaitable[Any]]


async def _create_network(session: AsyncSession, actor: Person, b: Busy) -> None:
    form_id = (await session.get_one(NetworkForm, b.place.network.form_id)).id
    await networks.create(
        session, actor, title="Новая", form_id=form_id, parent_id=None, subject_ids=[], goal=None, now=NOW
    )


ROLES: dict[str, tuple[Deed, set[str]]] = {
    "list members": (lambda s, a, b: members.roll(s, a, b.network_id, Turn(), limit=1), HELPERS),
    "see the team": (lambda s, a, b: moderators.team(s, a, b.network_id, offset=0, limit=1), BRANCH),
    "appoint a moderator": (lambda s, a, b: moderators.appoint(s, a, b.id_of("member"), b.network_id, now=NOW), BRANCH),
    "dismiss a moderator": (
        lambda s, a, b: moderators.dismiss(s, a, b.id_of("moderator"), b.network_id, now=NOW),
        BRANCH,
    ),
    "appoint an expert": (
        lambda s, a, b: roles.appoint_expert(s, a, b.id_of("member"), b.place.topic.id, now=NOW),
        BRANCH,
    ),
    "dismiss an expert": (
        lambda s, a, b: roles.dismiss_expert(s, a, b.id_of("expert"), b.place.topic.id, now=NOW),
        BRANCH,
    ),
    "appoint a coordinator": (
        lambda s, a, b: roles.appoint_coordinator(s, a, b.id_of("member"), b.network_id, order_number=None, now=NOW),
        CENTRE,
    ),
    "dismiss a coordinator": (
        lambda s, a, b: roles.dismiss_coordinator(s, a, b.id_of("child"), b.network_id, now=NOW),
        CENTRE,
    ),
    "list coordinators": (lambda s, a, b: roles.all_coordinators(s, a, offset=0, limit=1), CENTRE),
    "count people": (lambda s, a, b: managing.people(s, a), CENTRE),
    "list administrators": (lambda s, a, b: administrators.page_of(s, a, offset=0, limit=1), CENTRE),
    "look at an administrator": (lambda s, a, b: administrators.get(s, a, b.id_of("administrator")), CENTRE),
    "appoint an administrator": (lambda s, a, b: administrators.appoint(s, a, b.id_of("member"), now=NOW), CENTRE),
    "dismiss an administrator": (
        lambda s, a, b: administrators.dismiss(s, a, b.id_of("nobody"), named=frozenset(), now=NOW),
        CENTRE,
    ),
    "open a topic": (
        lambda s, a, b: roles.create_topic(s, a, title="Иная", network_id=b.network_id, subject_id=None, now=NOW),
        CENTRE,
    ),
}

WORK: dict[str, tuple[Deed, set[str]]] = {
    "plan an event": (
        lambda s, a, b: events.create(
            s,
            a,
            network_id=b.network_id,
            kind=EventKind.SEMINAR,
            title="Ещё",
            starts_at=SOON,
            place="Там",
            seats=None,
            now=NOW,
        ),
        BRANCH,
    ),
    "manage an event": (lambda s, a, b: events.managed(s, a, b.event.id, now=NOW), BRANCH),
    "invite to an event": (lambda s, a, b: events.invite_members(s, a, b.event.id, now=NOW), BRANCH),
    "move an event": (
        lambda s, a, b: events.move(s, a, b.event.id, starts_at=SOON + timedelta(hours=1), now=NOW),
        BRANCH,
    ),
    "relocate an event": (lambda s, a, b: events.relocate(s, a, b.event.id, place="Школа", now=NOW), BRANCH),
    "rename an event": (lambda s, a, b: events.entitle(s, a, b.event.id, title="Иначе", now=NOW), BRANCH),
    "annotate an event": (lambda s, a, b: events.annotate(s, a, b.event.id, annotation="О чём", now=NOW), BRANCH),
    "set the seats": (lambda s, a, b: events.set_seats(s, a, b.event.id, seats=9, now=NOW), BRANCH),
    "call an event off": (lambda s, a, b: events.call_off(s, a, b.event.id, reason="Грипп", now=NOW), BRANCH),
    "see who comes": (lambda s, a, b: events.people(s, a, b.event.id, waiting=False, offset=0, limit=1), BRANCH),
    "count works": (lambda s, a, b: products.waiting(s, a, b.network_id), BRANCH),
    "publish a work": (lambda s, a, b: products.publish(s, a, b.product.id, 1, now=NOW), BRANCH),
    "return a work": (lambda s, a, b: products.send_back(s, a, b.product.id, 1, remark="Ещё", now=NOW), BRANCH),
    "announce": (
        lambda s, a, b: announcements.announce(
            s, a, b.network_id, with_branch=False, texts=[TEXT], said_files=[], now=NOW
        ),
        BRANCH,
    ),
    "report on an announcement": (lambda s, a, b: announcements.report(s, a, b.announcement.id, now=NOW), BRANCH),
    "look at an announcement": (lambda s, a, b: announced.look(s, a, b.announcement.id, now=NOW), BRANCH),
    "pause an announcement": (lambda s, a, b: announced.pause(s, a, b.announcement.id, now=NOW), BRANCH),
    "cancel an announcement": (lambda s, a, b: announced.cancel(s, a, b.announcement.id, now=NOW), BRANCH),
    "recall an announcement": (lambda s, a, b: announced.recall(s, a, b.announcement.id, now=NOW), BRANCH),
    "begin a draft": (lambda s, a, b: announcement_drafts.begin(s, a, b.network_id, pieces=PIECES, now=NOW), BRANCH),
    "see a draft": (lambda s, a, b: announcement_drafts.card(s, a, b.draft_id, now=NOW), BRANCH),
    "delete a draft": (lambda s, a, b: announcement_drafts.delete_draft(s, a, b.draft_id, now=NOW), BRANCH),
    "choose an expert": (lambda s, a, b: consultations.candidates(s, a, b.question.id), BRANCH),
    "assign an expert": (
        lambda s, a, b: consultations.assign(s, a, b.question.id, b.id_of("expert"), now=NOW),
        BRANCH,
    ),
    "read a question": (lambda s, a, b: consultations.card(s, a, b.question.id), {*BRANCH, "expert"}),
    "take a question": (lambda s, a, b: consultations.take(s, a, b.question.id, now=NOW), {"expert"}),
    "members as a file": (lambda s, a, b: registry.members(s, a, b.network_id, now=NOW), BRANCH),
}

CENTRES: dict[str, tuple[Deed, set[str]]] = {
    "create a network": (_create_network, CENTRE),
    "add an organisation": (
        lambda s, a, b: organisations.create(
            s, a, title="Гимназия", kind=OrganisationKind.SCHOOL, address=None, now=NOW
        ),
        CENTRE,
    ),
    "list organisations": (lambda s, a, b: organisations.page_of(s, a, proposed=True, offset=0, limit=1), CENTRE),
    "accept a proposal": (lambda s, a, b: proposals.accept(s, a, b.proposed.id, now=NOW), CENTRE),
    "rename a proposal": (lambda s, a, b: proposals.accept_as(s, a, b.proposed.id, title="Ковчег", now=NOW), CENTRE),
    "replace a proposal": (
        lambda s, a, b: proposals.replace(s, a, b.proposed.id, b.place.organisation.id, now=NOW),
        CENTRE,
    ),
    "decline a proposal": (lambda s, a, b: proposals.decline(s, a, b.proposed.id, reason="Нет", now=NOW), CENTRE),
    "count the registry": (lambda s, a, b: registry.numbers(s, a), CENTRE),
    "export the registry": (lambda s, a, b: registry.contents(s, a, now=NOW), CENTRE),
    "list doubts": (lambda s, a, b: registry.doubts(s, a, offset=0, limit=1), CENTRE),
    "compare people": (lambda s, a, b: merging.pair(s, a, b.id_of("nobody"), b.id_of("member")), CENTRE),
    "merge people": (
        lambda s, a, b: merging.merge_people(s, a, b.id_of("nobody"), b.id_of("member"), merging.CardField(0), now=NOW),
        CENTRE,
    ),
    "see what failed": (lambda s, a, b: notifications.undelivered(s, a, now=NOW), CENTRE),
}


_REFUSED = (NotAllowed, NotAnExpert, NotRegistered, NotFound)
"""All of it is there: whoever finds nothing may not see it."""


class _Undone(Exception):
    """Takes the transaction back: the next actor finds everything as it was."""


@pytest.mark.parametrize("table", [ROLES, WORK, CENTRES], ids=["roles", "work", "centre"])
async def test_nobody_gets_from_a_service_what_the_table_does_not_give(
    each_db: Database, table: dict[str, tuple[Deed, set[str]]]
) -> None:
    busy = await make_busy(each_db)
    wrong = []
    for name, (deed, allowed) in table.items():
        for actor in ACTORS:
            may = True
            try:
                async with each_db.write() as session:
                    try:
                        await deed(session, busy.place.people[actor], busy)
                    except _REFUSED:
                        may = False
                    raise _Undone
            except _Undone:
                pass
            if may is not (actor in allowed):
                wrong.append((name, actor, may))
    assert wrong == []


def _buttons(b: Busy) -> dict[str, tuple[CallbackData, set[str]]]:
    """What the pages of roles draw, and what their buttons begin."""
    here = {"network_id": b.network_id}
    member, moderator, expert = (b.id_of(name) for name in ("member", "moderator", "expert"))
    topic = {"topic_id": b.place.topic.id}
    return {
        "manage": (addresses.ManageNetwork(**here), HELPERS),
        "members": (addresses.ListMembers(**here), HELPERS),
        "team": (addresses.OpenTeam(**here), BRANCH),
        "appoint a moderator": (addresses.AppointModerator(**here, person_id=member), BRANCH),
        "choose a moderator": (addresses.BeginDialog(dialog="moderator", arg=b.network_id), BRANCH),
        "ask about a moderator": (addresses.AskDismissModerator(**here, person_id=moderator), BRANCH),
        "dismiss a moderator": (addresses.DismissModerator(**here, person_id=moderator), BRANCH),
        "remove a member": (addresses.BeginDialog(dialog="expel", arg=1, instead="moderator"), BRANCH),
        "topics of the branch": (addresses.ListTopics(**here), BRANCH),
        "all topics": (addresses.ListTopics(), CENTRE),
        "a topic": (addresses.OpenTopic(**topic), BRANCH),
        "choose an expert": (
            addresses.BeginDialog(dialog="topic-expert", arg=b.place.topic.id, instead="expel"),
            BRANCH,
        ),
        "choose any expert": (addresses.BeginDialog(dialog="expert", instead="topic-expert"), CENTRE),
        "ask about an expert": (addresses.AskDismissExpert(**topic, person_id=expert), BRANCH),
        "dismiss an expert": (addresses.DismissExpert(**topic, person_id=expert), BRANCH),
        "the file": (addresses.SendMembers(**here), BRANCH),
        "people": (addresses.OpenPeople(), CENTRE),
        "coordinators": (addresses.ListCoordinators(), CENTRE),
        "ask about a coordinator": (addresses.AskDismissCoordinator(**here, person_id=b.id_of("this")), CENTRE),
        "administrators": (addresses.ListAdministrators(), CENTRE),
        "choose an administrator": (addresses.BeginDialog(dialog="administrator", instead="expert"), CENTRE),
        "ask about an administrator": (
            addresses.AskDismissAdministrator(person_id=b.id_of("administrator")),
            CENTRE,
        ),
        "dismiss an administrator": (addresses.DismissAdministrator(person_id=b.id_of("administrator")), CENTRE),
        "the centre": (addresses.OpenAdmin(), CENTRE),
        "the registry": (addresses.OpenRegistry(), CENTRE),
    }


async def _is_refused(house: House, telegram_id: int, button: CallbackData) -> bool:
    visitor = house.world.visitor("Кто-то", id=telegram_id)
    await visitor.says("/menu")
    before = visitor.sees
    await visitor.presses(visitor.screen, button.pack())
    # A stranger is shown the way to registration instead of an alert.
    return "нет прав" in (visitor.alert or "") or (visitor.sees == before and "согласие" in before)


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_gets_by_a_forged_button_what_the_table_does_not_give(db: Database, actor: str) -> None:
    busy = await make_busy(db)
    people = {name: person.telegram_id or 0 for name, person in busy.place.people.items()}
    house = make_house(db, administrators=frozenset({people["administrator"]}))
    wrong = [
        (name, actor)
        for name, (button, allowed) in _buttons(busy).items()
        if await _is_refused(house, people[actor], button) is (actor in allowed)
    ]
    assert wrong == []
