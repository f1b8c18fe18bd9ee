"""Deeds wait for the consent to the present text, in their order, on each database."""

from __future__ import annotations

import json
from datetime import timedelta

from models import Database, Person
from services import held, leaving, persons
from tests.support.people import NOW, put_people


def typed(text: str, album: str | None = None) -> str:
    """An update as it is kept."""
    return json.dumps({"message": {"text": text, "media_group_id": album}})


async def test_deeds_wait_in_their_order_and_go_one_by_one(each_db: Database) -> None:
    anna, boris = await put_people(each_db, 2)
    begun = []
    deeds = [(7, typed("раз"), None), (5, typed("два"), None), (5, typed("два"), None), (9, typed("", "a"), "a")]
    deeds += [(10, typed("", "a"), "a"), (11, typed("я" * 4000), None), (12, typed("конец"), None)]
    for number, (update_id, payload, album) in enumerate(deeds):
        async with each_db.write() as session:
            at = NOW + timedelta(milliseconds=number)
            begun.append(await held.hold(session, anna, update_id, payload, album=album, now=at))
    assert begun == [True, True, True, True, False, True, False]  # parts of one thing are asked about once
    order = []
    while True:
        async with each_db.write() as session:
            waiting = await held.first(session, anna)
            assert await held.first(session, boris) is None
            if waiting is None:
                break
            order.append(waiting.update_id)
            await held.done(session, waiting)
    assert order == [7, 5, 9, 10, 11, 12]


async def test_no_more_than_so_many_wait_and_none_after_a_withdrawal(each_db: Database) -> None:
    (anna,) = await put_people(each_db)
    async with each_db.write() as session:
        await persons.give_consent(session, anna, now=NOW)
        for number in range(held.MOST + 5):
            await held.hold(session, anna, number, typed("ещё"), album=None, now=NOW + timedelta(seconds=number))
    async with each_db.write() as session:
        count = 0
        while (waiting := await held.first(session, anna)) is not None:
            await held.done(session, waiting)
            count += 1
        assert count == held.MOST
        await held.hold(session, anna, 1, typed("раз"), album=None, now=NOW)
        await leaving.leave(session, anna, now=NOW)
        assert await held.first(session, anna) is None
    async with each_db.read() as session:
        assert (await session.get_one(Person, anna.id)).consent_version is None


async def test_who_agreed_to_a_former_text_is_asked_and_who_agrees_is_not(each_db: Database) -> None:
    (anna,) = await put_people(each_db)
    assert not persons.must_consent_again(anna)
    async with each_db.write() as session:
        person = await persons.give_consent(session, anna, now=NOW)
        assert not persons.must_consent_again(person)
        person.consent_version = "2026-10"
        assert persons.must_consent_again(person)
        person = await persons.give_consent(session, anna, now=NOW)
        assert not persons.must_consent_again(person)
