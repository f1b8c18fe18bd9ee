"""Lists are taken whole and once, on every database; whoever registers is recognised among them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from models import (
    Audit,
    Consent,
    Database,
    Membership,
    MembershipState,
    Notification,
    Organisation,
    OrganisationKind,
    Person,
    RegistryDoubt,
    RegistryEntry,
)
from services import leaving, organisations, registry
from services.errors import DomainError, DoubtDecided, NotAdministrator, NotFound
from services.registry import Checked, Outcome, importing, names
from services.registry.names import Likeness
from tests.support.events import lead
from tests.support.people import add_network, put_people
from tests.support.tables import ANNA, BORIS, HEADINGS, csv

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


async def checked_of(*rows: Sequence[Any]) -> Checked:
    """A list of people, checked."""
    return await registry.examine(csv(HEADINGS[: len(rows[0])], *rows), now=NOW)


async def take(db: Database, actor: Person, *rows: Sequence[Any]) -> Outcome:
    """Take a list of people."""
    return await registry.take(db, actor, await checked_of(*rows), now=NOW)


async def entries_of(db: Database) -> list[tuple[str, str, int | None]]:
    """Everybody of the lists: name, organisation, who they are."""
    async with db.read() as session:
        rows = await session.execute(
            select(RegistryEntry.full_name, Organisation.title, RegistryEntry.person_id)
            .join(Organisation, Organisation.id == RegistryEntry.organisation_id)
            .order_by(RegistryEntry.id)
        )
        return [(name, title, person_id) for name, title, person_id in rows]


async def put_person(db: Database, name: str, organisation: str | None, *, telegram_id: int) -> Person:
    """A registered person, recognised as at registration."""
    async with db.write() as session:
        found = await session.scalar(select(Organisation).where(Organisation.title == organisation))
        if found is None and organisation is not None:
            found = await organisations.add(
                session, None, title=organisation, kind=OrganisationKind.OTHER, address=None, confirmed_at=NOW, now=NOW
            )
        person = Person(
            telegram_id=telegram_id,
            full_name=name,
            organisation_id=found.id if found else None,
            created_at=NOW,
            registered_at=NOW,
        )
        session.add(person)
        await session.flush()
        await registry.recognise(session, person, now=NOW)
    return person


async def doubts_of(db: Database) -> list[RegistryDoubt]:
    """Every question ever asked."""
    async with db.read() as session:
        return list(await session.scalars(select(RegistryDoubt).order_by(RegistryDoubt.id)))


async def told(db: Database) -> list[int]:
    """Who is asked about somebody."""
    async with db.read() as session:
        kind = Notification.kind == "registry-doubtful"
        return list(await session.scalars(select(Notification.person_id).where(kind).order_by(Notification.person_id)))


async def test_a_list_taken_by_two_at_once_is_taken_once(each_db: Database) -> None:
    vera, vasily = await put_people(each_db, 2, administrators=2)
    checked = await checked_of(ANNA, BORIS)
    outcomes = await asyncio.gather(
        *(registry.take(each_db, actor, checked, now=NOW) for actor in (vera, vasily)), return_exceptions=True
    )
    assert any(isinstance(one, Outcome) for one in outcomes)
    assert all(isinstance(one, Outcome | DomainError) for one in outcomes)  # «it exists already» is an answer, too
    assert [entry[:2] for entry in await entries_of(each_db)] == [ANNA[:2], BORIS[:2]]
    again = await registry.take(each_db, vera, checked, now=NOW)
    assert again.changes_nothing


async def test_an_import_that_broke_off_goes_on_with_the_same_file(
    each_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    monkeypatch.setattr("services.registry.importing.BATCH", 1)
    checked = await checked_of(ANNA, BORIS)
    real = importing.take_people
    calls = 0

    async def dies_at_the_second(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise ConnectionError("the power went")
        return await real(*args, **kwargs)

    monkeypatch.setattr("services.registry.importing.take_people", dies_at_the_second)
    with pytest.raises(ConnectionError):
        await registry.take(each_db, vera, checked, now=NOW)
    assert len(await entries_of(each_db)) == 1
    monkeypatch.setattr("services.registry.importing.take_people", real)
    outcome = await registry.take(each_db, vera, checked, now=NOW)
    assert (outcome.people.new, outcome.people.unchanged) == (1, 1)
    assert [entry[:2] for entry in await entries_of(each_db)] == [ANNA[:2], BORIS[:2]]


async def test_ten_thousand_rows_in_seconds_beside_others(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    letters = "абвгдежзик"
    rows = [
        (f"Иванова{a}{b}{c}{d} Анна Петровна", f"Лицей № {a}{b}", "Учитель")
        for a in letters
        for b in letters
        for c in letters
        for d in letters
    ]
    checked = await registry.examine(csv(HEADINGS[:3], *rows), now=NOW)
    began = time.perf_counter()
    taking = asyncio.ensure_future(registry.take(each_db, vera, checked, now=NOW))
    longest = 0.0
    while not taking.done():
        before = time.perf_counter()
        async with each_db.write() as session:  # somebody else's deed
            await session.execute(select(func.count()).select_from(Organisation))
        longest = max(longest, time.perf_counter() - before)
        await asyncio.sleep(0.02)
    outcome = await taking
    spent = time.perf_counter() - began
    print(f"10 000 rows taken in {spent:.1f} s; the longest wait of another writer: {longest * 1000:.0f} ms")
    assert (outcome.people.new, outcome.organisations.new) == (10_000, 100)
    assert spent < 60
    assert longest < 3


async def test_a_proposal_that_a_list_confirms_is_told(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    async with each_db.write() as session:
        proposed = await organisations.propose(session, anna, title="МОУ «Лицей № 1»", now=NOW)
        (await session.get_one(Person, anna.id)).organisation_id = proposed.id
    await take(each_db, vera, (ANNA[0], "лицей №1"))
    async with each_db.read() as session:
        found = (await session.scalars(select(Organisation))).one()
        about = select(Notification.person_id, Notification.subject_id)
        told_of = (await session.execute(about.where(Notification.kind == "organisation-accepted"))).all()
    assert found.confirmed_at is not None
    assert [tuple(row) for row in told_of] == [(anna.id, found.id)]


async def test_only_administrators_take_lists(each_db: Database) -> None:
    (anna,) = await put_people(each_db, 1)
    checked = await checked_of(ANNA)
    for deed in (registry.foresee(each_db, anna, checked), registry.take(each_db, anna, checked, now=NOW)):
        with pytest.raises(NotAdministrator):
            await deed
    assert await entries_of(each_db) == []
    async with each_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Audit)) == 0


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Семёнова Анна Петровна", "семенова  анна петровна", Likeness.SAME),
        ("Анна Петровна Иванова", "Иванова Анна Петровна", Likeness.SAME),
        ("Иванова А. П.", "Иванова Анна Петровна", Likeness.ALIKE),
        ("Иванова Анна", "Иванова Анна Петровна", Likeness.ALIKE),
        ("Иванова А", "Иванова Анна Петровна", Likeness.ALIKE),
        ("Иванова Анна Петровна", "Иванова Анна Павловна", Likeness.NONE),
        ("Иванова Анна Петровна", "Петрова Анна Петровна", Likeness.NONE),
        ("Иванова Б. П.", "Иванова Анна Петровна", Likeness.NONE),
        ("Иванова", "Иванова Анна", Likeness.NONE),
    ],
)
def test_names_are_compared_as_people_do(one: str, other: str, likeness: Likeness) -> None:
    assert names.likeness(one, other) is likeness
    assert names.likeness(other, one) is likeness


async def test_a_person_of_the_list_is_recognised_at_once(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    await take(each_db, vera, ANNA, BORIS)
    anna = await put_person(each_db, "иванова анна  ПЕТРОВНА", ANNA[1], telegram_id=1)
    assert [entry[2] for entry in await entries_of(each_db)] == [anna.id, None]
    assert await doubts_of(each_db) == []
    assert await told(each_db) == []


async def test_a_list_that_comes_later_recognises_whoever_is_there(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    anna = await put_person(each_db, ANNA[0], ANNA[1], telegram_id=1)
    boris = await put_person(each_db, "Петров Б. И.", BORIS[1], telegram_id=2)
    await take(each_db, vera, ANNA, BORIS)
    assert [entry[2] for entry in await entries_of(each_db)] == [anna.id, None]
    assert [doubt.person_id for doubt in await doubts_of(each_db)] == [boris.id]
    assert await told(each_db) == []  # a hundred at once would be no help: the screen counts them


@pytest.mark.parametrize(
    ("name", "organisation"), [(ANNA[0], BORIS[1]), ("Иванова А. П.", ANNA[1]), (ANNA[0], "Новая школа")]
)
async def test_a_doubtful_one_is_asked_about_once(each_db: Database, name: str, organisation: str) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    await take(each_db, vera, ANNA, BORIS)
    anna = await put_person(each_db, name, organisation, telegram_id=1)
    (doubt,) = await doubts_of(each_db)
    assert (doubt.person_id, doubt.decided_at) == (anna.id, None)
    assert await told(each_db) == [vera.id]
    async with each_db.write() as session:
        await registry.recognise(session, await session.get_one(Person, anna.id), now=NOW)
    assert len(await doubts_of(each_db)) == 1


async def test_initials_of_another_school_tell_nothing(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    await take(each_db, vera, ANNA, BORIS)
    await put_person(each_db, "Иванова А. П.", BORIS[1], telegram_id=1)
    assert await doubts_of(each_db) == []


async def test_the_second_of_two_namesakes_is_asked_about(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    await take(each_db, vera, ANNA)
    first = await put_person(each_db, ANNA[0], ANNA[1], telegram_id=1)
    second = await put_person(each_db, ANNA[0], ANNA[1], telegram_id=2)
    assert [entry[2] for entry in await entries_of(each_db)] == [first.id]
    (doubt,) = await doubts_of(each_db)
    async with each_db.read() as session:
        asked = await registry.doubt(session, vera, doubt.id)
    assert (asked.person.id, [entry.person_id for entry in asked.candidates]) == (second.id, [first.id])


async def test_two_who_decide_at_once_decide_once(each_db: Database) -> None:
    vera, vasily = await put_people(each_db, 2, administrators=2)
    await take(each_db, vera, ANNA)
    anna = await put_person(each_db, "Иванова Анна", ANNA[1], telegram_id=1)
    (doubt,) = await doubts_of(each_db)

    async def decides(actor: Person, entry_id: int | None) -> str:
        try:
            async with each_db.write() as session:
                await registry.decide(session, actor, doubt.id, entry_id, now=NOW)
        except DoubtDecided:
            return "too late"
        return "decided"

    async with each_db.read() as session:
        entry_id = (await session.scalars(select(RegistryEntry.id))).one()
    outcomes = await asyncio.gather(decides(vera, entry_id), decides(vasily, None))
    assert sorted(outcomes) == ["decided", "too late"]
    tied = [entry[2] for entry in await entries_of(each_db)]
    assert tied == ([anna.id] if outcomes[0] == "decided" else [None])


async def test_who_may_say_who_it_is(each_db: Database) -> None:
    """The administrator, the coordinators of the person's networks and of those above; nobody else."""
    vera, above, here, below, beside, stranger = await put_people(each_db, 6, administrators=1)
    async with each_db.write() as session:
        top = await add_network(session, "Городская")
        middle = await add_network(session, "Районная", parent=top)
        low = await add_network(session, "Школьная", parent=middle)
        other = await add_network(session, "Соседняя", parent=top)
        for network, person in ((top, above), (middle, here), (low, below), (other, beside)):
            await lead(session, network, person, now=NOW)
    await take(each_db, vera, ANNA)
    async with each_db.write() as session:
        anna = Person(telegram_id=1, full_name="Иванова Анна", created_at=NOW, registered_at=NOW)
        session.add(anna)
        await session.flush()
        anna.organisation_id = (await session.scalars(select(Organisation.id))).one()
        session.add(Membership(network_id=middle.id, person_id=anna.id, state=MembershipState.MEMBER, state_at=NOW))
        await session.flush()
        await registry.recognise(session, anna, now=NOW)
    (doubt,) = await doubts_of(each_db)
    assert await told(each_db) == sorted([vera.id, here.id])
    allowed = []
    for actor in (vera, above, here, below, beside, stranger, anna):
        try:
            async with each_db.read() as session:
                await registry.doubt(session, actor, doubt.id)
            allowed.append(actor.id)
        except NotFound:
            with pytest.raises(NotFound):
                async with each_db.write() as session:
                    await registry.decide(session, actor, doubt.id, None, now=NOW)
    assert allowed == [vera.id, above.id, here.id]


async def test_whoever_leaves_takes_their_entry_along(each_db: Database) -> None:
    (vera,) = await put_people(each_db, 1, administrators=1)
    await take(each_db, vera, ANNA, BORIS)
    anna = await put_person(each_db, ANNA[0], ANNA[1], telegram_id=1)
    boris = await put_person(each_db, "Петров Б.", BORIS[1], telegram_id=2)
    assert len(await doubts_of(each_db)) == 1
    async with each_db.write() as session:
        for person in (anna, boris):
            session.add(Consent(person_id=person.id, version="1", given_at=NOW))
            await session.flush()
            await leaving.leave(session, person, now=NOW)
    assert [entry[0] for entry in await entries_of(each_db)] == [BORIS[0]]  # it was never certain that this was he
    assert await doubts_of(each_db) == []
