"""The audience of an announcement against a naive model of it, on both databases, and whose it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Database,
    Membership,
    MembershipState,
    Network,
    NetworkFollower,
    NetworkForm,
    Organisation,
    Person,
    PersonSubject,
    Role,
    Subject,
    Topic,
    TopicExpert,
    Visibility,
)
from services import audiences
from services.audiences import Part
from services.errors import NetworkArchived, NotYourAudience

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
PEOPLE = 16
ORGANISATIONS = 3
SUBJECTS = 3

TREE: dict[str, str | None] = {
    "root": None,
    "maths": "root",
    "physics": "root",
    "olympiads": "maths",
    "closed": "maths",
    "below-closed": "closed",
    "elsewhere": None,
}
NETWORKS = list(TREE)
HIDDEN = "physics"
"""It showed itself to all once, and has followers from then."""


@dataclass
class City:
    """Who is where, as plain sets of numbers, and the ids that the database gave them. Person 0 is the author."""

    members: set[tuple[int, str]] = field(default_factory=set)
    followers: set[tuple[int, str]] = field(default_factory=set)
    roles: set[tuple[int, str, Role]] = field(default_factory=set)
    topic_experts: set[tuple[int, str]] = field(default_factory=set)
    works: dict[int, int | None] = field(default_factory=dict)
    teaches: set[tuple[int, int]] = field(default_factory=set)
    reachable: set[int] = field(default_factory=set)
    person_ids: list[int] = field(default_factory=list)
    network_ids: dict[str, int] = field(default_factory=dict)
    organisation_ids: list[int] = field(default_factory=list)
    subject_ids: list[int] = field(default_factory=list)

    def branch(self, network: str, *, with_branch: bool) -> set[str]:
        """A network, with those below it that are not closed."""
        if not with_branch:
            return {network}
        below = [one for one, parent in TREE.items() if parent == network and one != "closed"]
        return {network}.union(*(self.branch(one, with_branch=True) for one in below))

    def is_of(self, person: int, named: Named) -> bool:
        """Whether a person meets everything that is named."""
        if named.network is not None:
            inside = self.branch(named.network, with_branch=named.with_branch)
            if named.followers:
                belongs = any((person, one) in self.followers for one in inside - {"closed", HIDDEN})
            elif named.role is None:
                belongs = any((person, one) in self.members for one in inside)
            else:
                belongs = any((person, one, named.role) in self.roles for one in inside)
                if named.role is Role.EXPERT:
                    belongs |= any((person, one) in self.topic_experts for one in inside)
            if not belongs:
                return False
        if named.organisation is not None and self.works[person] != named.organisation:
            return False
        return named.subject is None or (person, named.subject) in self.teaches

    def audience(self, parts: Sequence[Named]) -> set[int]:
        """Everybody who is told."""
        return {
            person
            for person in self.reachable - {0}
            if any(self.is_of(person, one) for one in parts if not one.excluded)
            and not any(self.is_of(person, one) for one in parts if one.excluded)
        }

    def part(self, named: Named) -> Part:
        """The same by ids."""
        return Part(
            excluded=named.excluded,
            network_id=None if named.network is None else self.network_ids[named.network],
            with_branch=named.with_branch,
            role=named.role,
            followers=named.followers,
            organisation_id=None if named.organisation is None else self.organisation_ids[named.organisation],
            subject_id=None if named.subject is None else self.subject_ids[named.subject],
        )


@dataclass(frozen=True)
class Named:
    """A part of an audience by names and numbers."""

    excluded: bool
    network: str | None
    with_branch: bool
    role: Role | None
    organisation: int | None
    subject: int | None
    followers: bool = False

    @property
    def names_somebody(self) -> bool:
        """Whether the database would take it."""
        if self.followers and (self.network is None or self.role is not None):
            return False
        return self.network is not None or (
            self.role is None and (self.organisation is not None or self.subject is not None)
        )


PARTS = st.lists(
    st.builds(
        Named,
        excluded=st.sampled_from([False, False, True]),
        network=st.sampled_from([*NETWORKS, None]),
        with_branch=st.booleans(),
        role=st.sampled_from([None, None, *Role]),
        organisation=st.sampled_from([None, None, *range(ORGANISATIONS)]),
        subject=st.sampled_from([None, None, *range(SUBJECTS)]),
        followers=st.sampled_from([False, False, True]),
    ).filter(lambda named: named.names_somebody),
    max_size=6,
)


async def build(session: AsyncSession) -> City:
    rng = Random("who is where")
    city = City()
    form_id = (await session.scalars(select(NetworkForm.id).limit(1))).one()
    for title, parent in TREE.items():
        network = Network(
            title=title,
            form_id=form_id,
            parent_id=city.network_ids[parent] if parent else None,
            archived_at=NOW if title == "closed" else None,
            visibility=Visibility.PARENT if title == HIDDEN else Visibility.EVERYONE,
            created_at=NOW,
        )
        session.add(network)
        await session.flush()
        city.network_ids[title] = network.id
    organisations = [Organisation(title=f"school {n}", confirmed_at=NOW, created_at=NOW) for n in range(ORGANISATIONS)]
    session.add_all(organisations)
    city.subject_ids = list(await session.scalars(select(Subject.id).order_by(Subject.id).limit(SUBJECTS)))
    await session.flush()
    city.organisation_ids = [one.id for one in organisations]
    for number in range(PEOPLE):
        city.works[number] = rng.choice([None, *range(ORGANISATIONS)])
        works = city.works[number]
        person = Person(
            telegram_id=None if number == 1 else 100 + number,
            full_name=f"person {number}",
            organisation_id=None if works is None else city.organisation_ids[works],
            registered_at=None if number == 2 else NOW,
            blocked_at=NOW if number == 3 else None,
            created_at=NOW,
        )
        session.add(person)
        await session.flush()
        city.person_ids.append(person.id)
        if number not in (1, 2):
            city.reachable.add(number)
        city.teaches |= {(number, subject) for subject in range(SUBJECTS) if rng.random() < 0.4}
        for title in NETWORKS:
            if rng.random() < 0.4:
                city.members.add((number, title))
            elif rng.random() < 0.3:
                gone = Membership(
                    person_id=person.id,
                    network_id=city.network_ids[title],
                    state=rng.choice([MembershipState.LEFT, MembershipState.APPLIED]),
                    state_at=NOW,
                )
                session.add(gone)
            if rng.random() < 0.4:
                session.add(NetworkFollower(network_id=city.network_ids[title], person_id=person.id, followed_at=NOW))
                city.followers.add((number, title))
            for role in Role:
                if rng.random() < 0.15:
                    ended = rng.random() < 0.3
                    session.add(
                        Appointment(
                            person_id=person.id,
                            network_id=city.network_ids[title],
                            role=role,
                            appointed_at=NOW,
                            ended_at=NOW if ended else None,
                        )
                    )
                    if not ended:
                        city.roles.add((number, title, role))
    session.add_all(
        Membership(
            person_id=city.person_ids[number],
            network_id=city.network_ids[title],
            state=MembershipState.MEMBER,
            state_at=NOW,
        )
        for number, title in city.members
    )
    session.add_all(
        PersonSubject(person_id=city.person_ids[number], subject_id=city.subject_ids[subject])
        for number, subject in city.teaches
    )
    await add_topics(session, city, rng)
    return city


async def add_topics(session: AsyncSession, city: City, rng: Random) -> None:
    """Every network has a topic, and one that is no longer asked about; both have experts, and former ones."""
    for title in NETWORKS:
        for is_open in (True, False):
            topic = Topic(
                title=f"{title} {is_open}",
                network_id=city.network_ids[title],
                archived_at=None if is_open else NOW,
                created_at=NOW,
            )
            session.add(topic)
            await session.flush()
            for number in rng.sample(range(PEOPLE), 3):
                ended = rng.random() < 0.3
                session.add(
                    TopicExpert(
                        topic_id=topic.id,
                        person_id=city.person_ids[number],
                        appointed_at=NOW,
                        ended_at=NOW if ended else None,
                    )
                )
                if is_open and not ended:
                    city.topic_experts.add((number, title))


@pytest.fixture
async def city(each_db: Database) -> City:
    async with each_db.write() as session:
        return await build(session)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(named=PARTS, among=st.lists(st.integers(0, PEOPLE - 1), max_size=6))
async def test_the_audience_is_what_a_naive_model_says(
    each_db: Database, city: City, named: list[Named], among: list[int]
) -> None:
    parts = [city.part(one) for one in named]
    author = city.person_ids[0]
    expected = city.audience(named)
    numbers = {person_id: number for number, person_id in enumerate(city.person_ids)}
    async with each_db.read() as session:
        told = [numbers[one] for one in await session.scalars(audiences.people(parts, author_id=author))]
        assert sorted(told) == sorted(expected), "everybody once"
        assert await audiences.count(session, parts, author_id=author) == len(expected)
        some = audiences.people(parts, author_id=author, among=[city.person_ids[one] for one in among])
        assert {numbers[one] for one in await session.scalars(some)} == expected & set(among)


async def test_a_part_outlives_being_kept(city: City) -> None:
    part = city.part(Named(True, "maths", True, Role.EXPERT, 1, 2))
    assert Part.of(part.as_json()) == part
    followers = city.part(Named(False, "maths", False, None, None, None, followers=True))
    assert Part.of(followers.as_json()) == followers
    before_followers = {name: value for name, value in part.as_json().items() if name != "followers"}
    assert Part.of(before_followers) == part


async def test_only_ones_own_branch_is_told_but_anybody_left_out(each_db: Database, city: City) -> None:
    async with each_db.write() as session:
        head = Person(telegram_id=900, full_name="head", registered_at=NOW, created_at=NOW)
        chief = Person(telegram_id=901, full_name="chief", registered_at=NOW, administrator_at=NOW, created_at=NOW)
        session.add_all([head, chief])
        await session.flush()
        session.add(
            Appointment(
                person_id=head.id,
                network_id=city.network_ids["maths"],
                role=Role.COORDINATOR,
                appointed_at=NOW,
            )
        )
    network_id, school = city.network_ids["maths"], city.organisation_ids[0]
    allowed = [
        Part(network_id=network_id, with_branch=True),
        Part(network_id=city.network_ids["olympiads"], role=Role.EXPERT),
        Part(network_id=city.network_ids["physics"], excluded=True),
        Part(organisation_id=school, excluded=True),
        audiences.within(head, Part(organisation_id=school), network_id),
    ]
    forbidden = [
        Part(network_id=city.network_ids["physics"]),
        Part(network_id=city.network_ids["root"], with_branch=True),
        Part(network_id=10**6),
        Part(organisation_id=school),
        Part(subject_id=city.subject_ids[0]),
    ]
    async with each_db.read() as session:
        await audiences.require_mine(session, head, allowed)
        for part in forbidden:
            with pytest.raises(NotYourAudience):
                await audiences.require_mine(session, head, [*allowed, part])
        await audiences.require_mine(session, chief, [*allowed, *(one for one in forbidden if one.network_id != 10**6)])
        with pytest.raises(NetworkArchived):
            await audiences.require_mine(session, head, [Part(network_id=city.network_ids["closed"])])


async def test_an_organisation_means_its_people_in_the_branch_unless_the_administrator_names_it(city: City) -> None:
    head, chief = Person(id=1), Person(id=2, administrator_at=NOW)
    school = Part(organisation_id=city.organisation_ids[0])
    inside = Part(organisation_id=city.organisation_ids[0], network_id=7, with_branch=True)
    assert audiences.within(head, school, 7) == inside
    assert audiences.within(chief, school, 7) == school
    left_out = Part(organisation_id=city.organisation_ids[0], excluded=True)
    assert audiences.within(head, left_out, 7) == left_out
    own = Part(network_id=3)
    assert audiences.within(head, own, 7) == own
