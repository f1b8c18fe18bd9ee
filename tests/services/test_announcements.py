"""To whom an announcement goes, on both databases: everybody once, and only those it is for."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from models import (
    Appointment,
    Database,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Notification,
    NotificationState,
    Person,
    Priority,
    Role,
)
from services import announcements, audiences
from services.announcements import Report
from services.audiences import Part
from services.errors import NetworkArchived, NobodyToTell, NotAllowed, NotFound
from services.notifications import Outcomes

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
TEXTS = [{"text": "Завтра!", "html": "<b>Завтра!</b>"}]


class City:
    """A root of nobody, two networks below it and a closed one; three people to tell, one of them in two networks."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.people: dict[str, Person] = {}
        self.networks: dict[str, Network] = {}

    async def build(self) -> City:
        async with self.db.write() as session:
            form_id = (await session.scalars(select(NetworkForm.id).order_by(NetworkForm.id))).first()
            assert form_id is not None
            tree: list[tuple[str, str | None, bool]] = [
                ("root", None, False),
                ("maths", "root", False),
                ("physics", "root", False),
                ("olympiads", "maths", False),
                ("closed", "root", True),
            ]
            for title, parent, is_closed in tree:
                network = Network(
                    title=title,
                    form_id=form_id,
                    parent_id=self.networks[parent].id if parent else None,
                    archived_at=NOW if is_closed else None,
                    created_at=NOW,
                )
                session.add(network)
                await session.flush()
                self.networks[title] = network
            for number, name in enumerate(
                ("anna", "boris", "clara", "left", "gone", "unregistered", "closed-one", "head")
            ):
                person = Person(
                    telegram_id=None if name == "gone" else 100 + number,
                    full_name=name,
                    created_at=NOW,
                    registered_at=None if name == "unregistered" else NOW,
                )
                session.add(person)
                await session.flush()
                self.people[name] = person
            for name, title in (
                ("anna", "maths"),
                ("anna", "physics"),
                ("boris", "physics"),
                ("clara", "olympiads"),
                ("left", "maths"),
                ("gone", "maths"),
                ("unregistered", "maths"),
                ("closed-one", "closed"),
            ):
                state = MembershipState.LEFT if name == "left" else MembershipState.MEMBER
                session.add(
                    Membership(
                        person_id=self.people[name].id, network_id=self.networks[title].id, state=state, state_at=NOW
                    )
                )
            session.add(
                Appointment(
                    person_id=self.people["head"].id,
                    network_id=self.networks["root"].id,
                    role=Role.COORDINATOR,
                    appointed_at=NOW,
                )
            )
        return self

    async def announce(self, title: str, *, with_branch: bool = False, actor: str = "head") -> Report:
        async with self.db.write() as session:
            return await announcements.announce(
                session,
                self.people[actor],
                self.networks[title].id if title in self.networks else 999,
                with_branch=with_branch,
                texts=TEXTS,
                said_files=[],
                now=NOW,
            )

    async def told(self, report: Report) -> list[str]:
        async with self.db.read() as session:
            names = await session.scalars(
                select(Person.full_name)
                .join(Notification, Notification.person_id == Person.id)
                .where(Notification.subject_id == report.announcement.id, Notification.kind == announcements.KIND)
                .order_by(Person.full_name)
            )
            return [name for name in names if name is not None]


@pytest.fixture
async def city(each_db: Database) -> City:
    return await City(each_db).build()


@pytest.mark.parametrize(
    ("title", "with_branch", "told"),
    [
        ("maths", False, ["anna"]),
        ("maths", True, ["anna", "clara"]),
        ("physics", False, ["anna", "boris"]),
        ("root", True, ["anna", "boris", "clara"]),
    ],
)
async def test_everybody_of_the_audience_once(city: City, title: str, with_branch: bool, told: list[str]) -> None:
    report = await city.announce(title, with_branch=with_branch)
    assert await city.told(report) == told
    assert report.announcement.recipients == len(told)
    assert report.outcomes == Outcomes(waiting=len(told))
    async with city.db.read() as session:
        parts = [Part(network_id=city.networks[title].id, with_branch=with_branch)]
        assert await audiences.count(session, parts, author_id=None) == len(told)
        rows = list(await session.scalars(select(Notification)))
    assert {(row.priority, row.due_at, row.state) for row in rows} == {
        (Priority.ANNOUNCEMENT, NOW, NotificationState.PENDING)
    }


async def test_what_cannot_be_announced(city: City) -> None:
    refusals: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"title": "nowhere"}, NotFound),
        ({"title": "root"}, NobodyToTell),
        ({"title": "closed"}, NetworkArchived),
        ({"title": "maths", "actor": "anna"}, NotAllowed),
    ]
    for what, refusal in refusals:
        with pytest.raises(refusal):
            await city.announce(**what)
    async with city.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == 0


async def test_the_choices_that_a_coordinator_has(city: City) -> None:
    ids = {title: network.id for title, network in city.networks.items()}
    async with city.db.read() as session:
        found = await announcements.choices(session, ids.values())
    assert {title: found[network_id] for title, network_id in ids.items()} == {
        "root": {"own": False, "below": True},
        "maths": {"own": True, "below": True},
        "physics": {"own": True, "below": False},
        "olympiads": {"own": True, "below": False},
        "closed": {"own": True, "below": False},
    }


async def test_one_is_told_only_as_long_as_one_belongs_there(city: City) -> None:
    report = await city.announce("root", with_branch=True)
    async with city.db.write() as session:
        for membership in await session.scalars(
            select(Membership).where(Membership.person_id == city.people["anna"].id)
        ):
            membership.state = MembershipState.LEFT
    async with city.db.read() as session:
        rows = list(await session.scalars(select(Notification).order_by(Notification.person_id)))
        still = [await announcements.to_be_told(session, row) is not None for row in rows]
    assert await city.told(report) == ["anna", "boris", "clara"]
    assert still == [False, True, True]


async def test_reports_are_for_those_who_rule_the_network(city: City) -> None:
    first = await city.announce("maths")
    await city.announce("physics")
    async with city.db.read() as session:
        head, anna = city.people["head"], city.people["anna"]
        lines, total = await announcements.sent_by_mine(session, head, None, now=NOW, offset=0, limit=1)
        assert (total, [line.announcement.network.title for line in lines]) == (2, ["physics"])
        lines, total = await announcements.sent_by_mine(
            session, head, city.networks["maths"].id, now=NOW, offset=0, limit=6
        )
        assert (total, [line.announcement.id for line in lines]) == (1, [first.announcement.id])
        assert await announcements.sent_by_mine(session, anna, None, now=NOW, offset=0, limit=6) == ([], 0)
        with pytest.raises(NotAllowed):
            await announcements.sent_by_mine(session, anna, city.networks["maths"].id, now=NOW, offset=0, limit=6)
        with pytest.raises(NotAllowed):
            await announcements.report(session, anna, first.announcement.id, now=NOW)
        with pytest.raises(NotFound):
            await announcements.report(session, head, 999, now=NOW)


async def test_a_whole_city_is_written_down_within_the_confirming_transaction(city: City) -> None:
    async with city.db.write() as session:
        people = [Person(telegram_id=10_000 + n, created_at=NOW, registered_at=NOW) for n in range(863)]
        session.add_all(people)
        await session.flush()
        session.add_all(
            Membership(
                person_id=person.id,
                network_id=city.networks["maths"].id,
                state=MembershipState.MEMBER,
                state_at=NOW,
            )
            for person in people
        )
    begun = time.perf_counter()
    report = await city.announce("maths")
    assert time.perf_counter() - begun < 2, "tens of milliseconds in life; a statement a person would take seconds"
    assert report.announcement.recipients == 864


async def test_two_announcements_at_once_are_two(city: City) -> None:
    reports = await asyncio.gather(city.announce("maths"), city.announce("maths"))
    assert len({report.announcement.id for report in reports}) == 2
    for report in reports:
        assert await city.told(report) == ["anna"]
