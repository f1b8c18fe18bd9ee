"""A network with everything around it and one person of every kind, for the tables of rights."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Application,
    ApplicationState,
    Appointment,
    Database,
    FileKind,
    Invitation,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    NetworkDocument,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    StoredFile,
    Topic,
    TopicExpert,
)
from services import applications, invitations
from tests.support.joining import put_appointment
from tests.support.people import NOW, add_network, put_people

ACTORS = (
    "stranger",
    "nobody",
    "member",
    "expert",
    "moderator",
    "moderator-above",
    "parent",
    "this",
    "sibling",
    "child",
    "administrator",
)
"""Not registered; registered; a member; an expert of its topic; moderators of this network and of the one above; coordinators of the
network above, of this one, of its neighbour, of the one below; the administrator."""

BRANCH = {"parent", "this", "administrator"}
"""Whose right it is to decide about this network (the cascade: from above downwards, never up or aside)."""

HELPERS = {*BRANCH, "moderator"}
"""The same, and its moderators: they have no cascade."""

CENTRE = {"administrator"}


class Place:
    """A network with everything around it, and one person of each kind."""

    network: Network
    organisation: Organisation
    topic: Topic
    applicant: Person
    application: Application
    invitation: Invitation
    document: NetworkDocument
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
        _put_in(session, place.network, place.people["member"])
        for name, network in (("moderator", place.network), ("moderator-above", top)):
            _put_in(session, network, place.people[name])
            moderates = {"person_id": place.people[name].id, "network_id": network.id, "role": Role.MODERATOR}
            session.add(Appointment(**moderates, appointed_at=NOW))
        session.add(TopicExpert(topic_id=place.topic.id, person_id=place.people["expert"].id, appointed_at=NOW))
        place.application = Application(
            network_id=place.network.id,
            person_id=place.applicant.id,
            state=ApplicationState.PENDING,
            created_at=NOW,
            expires_at=NOW + applications.LASTS,
        )
        session.add(place.application)
        file = StoredFile(
            kind=FileKind.DOCUMENT, telegram_file_id="id", telegram_unique_id="u", name="план.pdf", created_at=NOW
        )
        session.add(file)
        await session.flush()
        place.document = NetworkDocument(network_id=place.network.id, file_id=file.id, title="План", added_at=NOW)
        session.add(place.document)
        offer = await invitations.make(
            session, administrator, InvitationTarget.NETWORK, place.network.id, InvitationSort.ALWAYS, now=NOW
        )
        place.invitation = offer.invitation
        place.people["stranger"] = stranger
    for name, network in (("parent", top), ("this", place.network), ("sibling", sibling), ("child", child)):
        await put_appointment(db, place.people[name], network)
    return place


def _put_in(session: AsyncSession, network: Network, person: Person) -> None:
    session.add(Membership(network_id=network.id, person_id=person.id, state=MembershipState.MEMBER, state_at=NOW))
