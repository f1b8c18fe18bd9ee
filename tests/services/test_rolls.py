"""Long lists of people by name: page by page forwards and backwards everybody is met once, whatever happens meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models import Database, Membership, MembershipState, Network, NetworkForm, Person
from services import members, rolls
from services.rolls import Roll, Turn
from tests.support.people import NOW

NAMES = ("Белова Анна", "Абрамова Вера", "Белова Анна", "Якупова Роза", "Громова Инна", "Белова Анна", "Ершова Ольга")
LIMIT = 2


class Members:
    """An administrator who looks through a network: some people of the same name, and others between them who are not in it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.network_id = 0

    async def build(self) -> Members:
        """Put them into the database."""
        async with self.db.write() as session:
            form_id = await session.scalar(select(func.min(NetworkForm.id)))
            network = Network(title="Математика", form_id=form_id or 0, created_at=NOW)
            self.head = Person(telegram_id=1, full_name="Орлова", created_at=NOW, registered_at=NOW)
            self.head.administrator_at = NOW
            people = [
                Person(telegram_id=10 + number, full_name=name, created_at=NOW, registered_at=NOW)
                for number, name in enumerate((*NAMES, "Белова Анна", "Волкова Нина"))
            ]
            session.add_all([network, self.head, *people])
            await session.flush()
            self.network_id = network.id
            session.add_all(
                Membership(person_id=one.id, network_id=network.id, state=MembershipState.MEMBER, state_at=NOW)
                for one in people[: len(NAMES)]
            )
        return self

    async def turn(self, page: int = 0, *, after: int = 0, before: int = 0) -> Roll:
        """A page."""
        async with self.db.read() as session:
            return await members.roll(session, self.head, self.network_id, Turn(page, after, before), limit=LIMIT)

    async def leaves(self, person: Person) -> None:
        """Somebody is a member no longer."""
        async with self.db.write() as session:
            row = (await session.scalars(select(Membership).where(Membership.person_id == person.id))).one()
            row.state = MembershipState.LEFT


@pytest.fixture(params=[rolls.MANY, 0], ids=["sorted", "walked"])
async def network(request: pytest.FixtureRequest, each_db: Database, monkeypatch: pytest.MonkeyPatch) -> Members:
    """The network, read in either way."""
    monkeypatch.setattr(rolls, "MANY", request.param)
    return await Members(each_db).build()


async def test_everybody_is_met_once_there_and_back(network: Members) -> None:
    forwards = [await network.turn()]
    while len(forwards) < 4:
        forwards.append(await network.turn(len(forwards), after=forwards[-1].people[-1].id))
    met = [person for roll in forwards for person in roll.people]
    assert [person.full_name for person in met] == sorted(NAMES)
    assert len({person.id for person in met}) == len(NAMES)
    assert [(roll.page, roll.total) for roll in forwards] == [(0, 7), (1, 7), (2, 7), (3, 7)]
    for page in (2, 1, 0):
        back = await network.turn(page, before=forwards[page + 1].people[0].id)
        assert ([one.id for one in back.people], back.page) == ([one.id for one in forwards[page].people], page)
    for page in range(4):
        counted = await network.turn(page)
        assert [one.id for one in counted.people] == [one.id for one in forwards[page].people], "an older button"


async def test_who_leaves_hides_nobody_else(network: Members) -> None:
    first = await network.turn()
    await network.leaves(first.people[0])
    second = await network.turn(1, after=first.people[-1].id)
    third = await network.turn(2, after=second.people[-1].id)
    met = [one.full_name for roll in (first, second, third) for one in roll.people]
    assert met == sorted(NAMES)[:6]
    back = await network.turn(0, before=second.people[0].id)
    assert [one.id for one in back.people] == [first.people[1].id, second.people[0].id], "the first page is whole"


async def test_where_one_stood_counts_when_one_has_left(network: Members) -> None:
    first = await network.turn()
    await network.leaves(first.people[-1])
    second = await network.turn(1, after=first.people[-1].id)
    assert [one.full_name for one in (*first.people, *second.people)] == sorted(NAMES)[:4]


@pytest.mark.parametrize("anchor", ["after", "page"])
async def test_beyond_the_end_is_the_last_page(network: Members, anchor: str) -> None:
    last = (await network.turn(3)).people
    asked = {"after": last[-1].id} if anchor == "after" else {}
    beyond = await network.turn(9, **asked)
    assert ([one.id for one in beyond.people], beyond.page) == ([one.id for one in last], 3)


async def test_nobody_is_nobody(each_db: Database) -> None:
    network = await Members(each_db).build()
    async with each_db.write() as session:
        for row in await session.scalars(select(Membership)):
            row.state = MembershipState.LEFT
    assert await network.turn(2, after=1) == Roll([], 0, 0)
