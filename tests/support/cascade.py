"""A tree of four levels with one person of every kind around one of its networks, and one where much is going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from models import (
    Application,
    Database,
    Event,
    EventKind,
    Fate,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Person,
    Product,
    ProductKind,
    Topic,
    TopicExpert,
)
from services import applications, closing, events, products
from tests.support.joining import put_appointment
from tests.support.people import NOW, add_network, put_people

ZONE = ZoneInfo("Asia/Yekaterinburg")
STORY = NOW + timedelta(days=3)
"""When networks are closed by people."""

ACTORS = ("stranger", "nobody", "member", "top", "parent", "this", "sibling", "child", "administrator")
"""Not registered; registered; a member; coordinators of the top, of the network above, of this one, of its neighbour, of the one below;
the administrator."""


@dataclass
class Tree:
    """«Город» → «Математика» (beside «Физика») → «Геометрия» → «Стереометрия»; people are around «Геометрия»."""

    top: Network
    parent: Network
    sibling: Network
    network: Network
    child: Network
    people: dict[str, Person]


async def make_tree(db: Database) -> Tree:
    """Put it into an empty database."""
    administrator, *others = await put_people(db, len(ACTORS), administrators=1)
    people = {"administrator": administrator, **dict(zip(ACTORS[:-1], others, strict=True))}
    async with db.write() as session:
        top = await add_network(session, "Город")
        parent = await add_network(session, "Математика", parent=top)
        sibling = await add_network(session, "Физика", parent=top)
        network = await add_network(session, "Геометрия", parent=parent)
        child = await add_network(session, "Стереометрия", parent=network)
        people["stranger"] = await session.get_one(Person, people["stranger"].id)
        people["stranger"].registered_at = None
        session.add(member_of(people["member"], network))
    for name, place in (("top", top), ("parent", parent), ("this", network), ("sibling", sibling), ("child", child)):
        await put_appointment(db, people[name], place)
    return Tree(top, parent, sibling, network, child, people)


def member_of(person: Person, network: Network) -> Membership:
    """A membership in force."""
    return Membership(network_id=network.id, person_id=person.id, state=MembershipState.MEMBER, state_at=NOW)


async def make_temporary(db: Database, network: Network, ends_on: date) -> None:
    """Give a network a last day, as its creation as a temporary group would have."""
    async with db.write() as session:
        (await session.get_one(Network, network.id)).ends_on = ends_on


class Busy:
    """Everything that may be going on in «Геометрия» when it closes."""

    place: Tree
    event: Event
    product: Product
    application: Application
    topic: Topic


async def make_busy(db: Database) -> Busy:
    """An event to come with somebody signed up, a work and an application that wait, a topic with its expert."""
    busy = Busy()
    busy.place = place = await make_tree(db)
    coordinator, member = place.people["this"], place.people["member"]
    async with db.write() as session:
        card = await events.create(
            session,
            coordinator,
            network_id=place.network.id,
            kind=EventKind.WEBINAR,
            title="Вебинар",
            starts_at=NOW + timedelta(days=10),
            place="Онлайн",
            seats=None,
            now=NOW,
        )
        busy.event = card.event
        await events.sign_up(session, member, busy.event.id, now=NOW)
        handed = await products.hand_in(
            session,
            member,
            products.Draft(
                kind=ProductKind.LESSON, title="Урок", annotation="О фигурах", network_id=place.network.id, files=[]
            ),
            now=NOW,
        )
        busy.product = handed.product
        network = await session.get_one(Network, place.network.id)
        network.join_policy = JoinPolicy.APPLICATION
        await session.flush()
        made = await applications.apply(session, place.people["nobody"], network.id, agreed=None, now=NOW, zone=UTC)
        assert made is not None
        busy.application = made
        busy.topic = Topic(title="Тема", network_id=network.id, created_at=NOW)
        session.add(busy.topic)
        await session.flush()
        session.add(TopicExpert(topic_id=busy.topic.id, person_id=place.people["sibling"].id, appointed_at=NOW))
    return busy


async def close(
    db: Database, actor: Person, network: Network, below: Fate = Fate.STAY, members: Fate = Fate.STAY
) -> closing.Plan:
    """A coordinator does it, at STORY, for a reason."""
    async with db.write() as session:
        return await closing.close(
            session, actor, network.id, reason="Работа сделана", below=below, members=members, now=STORY
        )
