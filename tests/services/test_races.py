"""The database has the last word: whatever comes at once is done once. No lock of a person holds these back, as with several processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import REGISTRATION
from models import (
    Audit,
    Consent,
    Database,
    DialogState,
    Membership,
    MembershipState,
    Network,
    Organisation,
    OrganisationKind,
    Person,
)
from services import dialogs, networks, organisations, persons
from services.dialogs import Step
from services.errors import DialogOver, NetworkExists, OrganisationExists
from tests.support.people import FIRST_TELEGRAM_ID, NOW, put_networks, put_people

AT_ONCE = 20


async def at_once(db: Database, work: Callable[[AsyncSession, int], Awaitable[Any]], times: int = AT_ONCE) -> list[Any]:
    """Do the work in so many transactions at once; gives results and exceptions."""

    async def one(number: int) -> Any:
        async with db.write() as session:
            return await work(session, number)

    tasks: list[Coroutine[Any, Any, Any]] = [one(number) for number in range(times)]
    return await asyncio.gather(*tasks, return_exceptions=True)


async def rows(db: Database, table: type[Any], *conditions: Any) -> int:
    """How many there are."""
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


async def test_twenty_taps_of_one_person_join_once(each_db: Database) -> None:
    (person,) = await put_people(each_db)
    (network,) = await put_networks(each_db, ["Учителя математики"])
    cards = await at_once(each_db, lambda session, _: networks.join(session, person, network.id, now=NOW))
    assert [card.members for card in cards] == [1] * AT_ONCE
    assert await rows(each_db, Membership) == 1
    assert await rows(each_db, Audit, Audit.deed == "network.join") == 1

    left = await at_once(each_db, lambda session, _: networks.leave(session, person, network.id, now=NOW))
    assert [card.members for card in left] == [0] * AT_ONCE
    assert await rows(each_db, Audit, Audit.deed == "network.leave") == 1
    await at_once(each_db, lambda session, _: networks.join(session, person, network.id, now=NOW))
    assert await rows(each_db, Membership, Membership.state == MembershipState.MEMBER) == 1
    assert await rows(each_db, Audit, Audit.deed == "network.join") == 2


async def test_twenty_people_join_at_once(each_db: Database) -> None:
    people = await put_people(each_db, AT_ONCE)
    (network,) = await put_networks(each_db, ["Учителя математики"])
    await at_once(each_db, lambda session, one: networks.join(session, people[one], network.id, now=NOW))
    assert await rows(each_db, Membership, Membership.state == MembershipState.MEMBER) == AT_ONCE
    async with each_db.read() as session:
        card = await networks.card(session, people[0], network.id, now=NOW)
    assert (card.members, card.is_member) == (AT_ONCE, True)


async def test_a_newcomer_who_says_two_first_words_is_one_person(each_db: Database) -> None:
    met = await at_once(
        each_db,
        lambda session, one: persons.meet(
            session, telegram_id=FIRST_TELEGRAM_ID, telegram_language="ru", administrator=one % 2 == 0, now=NOW
        ),
    )
    assert len({person.id for person in met}) == 1
    assert await rows(each_db, Person) == 1
    (person,) = met[:1]
    await at_once(each_db, lambda session, _: persons.give_consent(session, person, now=NOW))
    assert await rows(each_db, Consent) == 1
    await at_once(each_db, lambda session, _: persons.withdraw_consent(session, person, now=NOW))
    assert await rows(each_db, Audit, Audit.deed == "consent.withdraw") == 1


async def test_a_form_begun_and_finished_twice_at_once(each_db: Database) -> None:
    (person,) = await put_people(each_db)
    begun = await at_once(
        each_db,
        lambda session, one: dialogs.begin(session, person, REGISTRATION, update_id=one, now=NOW),
    )
    assert all(isinstance(place, Step) and place.number == 1 for place in begun)
    assert await rows(each_db, DialogState) == 1
    async with each_db.write() as session:
        row = await session.get_one(DialogState, person.id)
        row.state = "registration:summary"
        row.answers = {
            "name": "Иванова Анна",
            "organisation": {"id": 0, "label": ""},
            "organisation-title": "Лицей № 1",
            "position": {"id": None, "label": "Учитель"},
            "subjects": [{"id": 1, "label": "Русский язык"}],
            "experience": 5,
        }

    async def finish(session: AsyncSession, _: int) -> str:
        answers = await dialogs.finish(session, person, "registration")
        await asyncio.sleep(0.005)
        return str(answers["name"])

    finished = await at_once(each_db, finish)
    assert finished.count("Иванова Анна") == 1
    assert sum(isinstance(one, DialogOver) for one in finished) == AT_ONCE - 1
    assert await rows(each_db, DialogState) == 0


async def test_colleagues_propose_their_school_at_once(each_db: Database) -> None:
    people = await put_people(each_db, AT_ONCE, administrators=1)
    proposed = await at_once(
        each_db, lambda session, one: organisations.propose(session, people[one], title="Лицей № 1", now=NOW)
    )
    assert len({organisation.id for organisation in proposed}) == 1
    assert await rows(each_db, Organisation) == 1
    confirmed = await at_once(
        each_db, lambda session, _: organisations.confirm(session, people[0], proposed[0].id, now=NOW)
    )
    assert all(organisation.confirmed_at == NOW for organisation in confirmed)
    assert await rows(each_db, Audit, Audit.deed == "organisation.confirm") == 1


async def test_a_title_is_given_once(each_db: Database) -> None:
    (vera,) = await put_people(each_db, administrators=1)

    async def make_network(session: AsyncSession, _: int) -> Network:
        return await networks.create(
            session, vera, title="Химики", form_id=1, parent_id=None, subject_ids=[1, 2], goal=None, now=NOW
        )

    async def make_organisation(session: AsyncSession, _: int) -> Organisation:
        return await organisations.create(
            session, vera, title="Лицей № 1", kind=OrganisationKind.SCHOOL, address=None, now=NOW
        )

    made = await at_once(each_db, make_network)
    assert sum(isinstance(one, NetworkExists) for one in made) == AT_ONCE - 1
    made = await at_once(each_db, make_organisation)
    assert sum(isinstance(one, OrganisationExists) for one in made) == AT_ONCE - 1
    assert (await rows(each_db, Network), await rows(each_db, Organisation)) == (1, 1)
    with pytest.raises(NetworkExists):
        async with each_db.write() as session:
            await make_network(session, 0)
