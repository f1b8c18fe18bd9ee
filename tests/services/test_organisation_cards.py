"""The card of an organisation shows each reader what they may see of its people, networks, works and events."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import (
    Database,
    Membership,
    MembershipState,
    Organisation,
    OrganisationKind,
    Participation,
    Product,
    ProductKind,
    ProductState,
    Visibility,
)
from services import organisation_cards
from services.errors import NotFound, NotRegistered
from tests.support.events import plan_event
from tests.support.joining import put_appointment
from tests.support.organisations import put_organisation
from tests.support.people import NOW, add_network, put_people


async def test_every_reader_sees_what_they_may_see(each_db: Database) -> None:
    vera, anna, boris, dina = await put_people(each_db, 4, administrators=1)
    lyceum = await put_organisation(each_db, people=(anna, boris))
    async with each_db.write() as session:
        shown = await add_network(session, "Видная")
        hidden = await add_network(session, "Скрытая", visibility=Visibility.MEMBERS)
        for network in (shown, hidden):
            inside = {"network_id": network.id, "state": MembershipState.MEMBER, "state_at": NOW}
            session.add(Membership(**inside, person_id=anna.id))
            session.add(Participation(organisation_id=lyceum.id, network_id=network.id, began_at=NOW))
            made = {"author_id": anna.id, "organisation_id": lyceum.id, "created_at": NOW, "state_at": NOW}
            words = {"kind": ProductKind.LESSON, "title": f"Урок: {network.title}", "annotation": "Про дроби"}
            session.add(Product(**made, **words, network_id=network.id, state=ProductState.PUBLISHED))
            session.add(Product(**made, **words, network_id=network.id, state=ProductState.WITHDRAWN))
    for network in (shown, hidden):
        await put_appointment(each_db, boris, network)
    async with each_db.write() as session:
        for network in (shown, hidden):
            await plan_event(session, boris, network.id, starts_at=NOW + timedelta(days=2), now=NOW)
        cancelled = await plan_event(session, boris, shown.id, starts_at=NOW + timedelta(days=3), now=NOW, title="Нет")
        cancelled.cancelled_at = NOW
    page = {"offset": 0, "limit": 5}
    async with each_db.read() as session:
        for reader, seen in ((dina, ["Видная"]), (anna, ["Видная", "Скрытая"]), (vera, ["Видная", "Скрытая"])):
            card = await organisation_cards.card(session, reader, lyceum.id)
            number = len(seen)
            assert (card.people, card.networks, card.works, card.events) == (2, number, number, number)
            _, workers, total = await organisation_cards.people(session, reader, lyceum.id, **page)
            assert total == 2
            assert [(one.person.id, sorted(one.networks)) for one in workers] == [(anna.id, seen), (boris.id, [])]
            _, places, _ = await organisation_cards.networks(session, reader, lyceum.id, **page)
            assert sorted(one.network.title for one in places) == seen
            _, works, _ = await organisation_cards.works(session, reader, lyceum.id, **page)
            assert sorted(one.title for one in works) == [f"Урок: {title}" for title in seen]
            _, events, _ = await organisation_cards.events(session, reader, lyceum.id, **page)
            assert len(events) == number
            _, rest, total = await organisation_cards.people(session, reader, lyceum.id, offset=1, limit=5)
            assert ([one.person.id for one in rest], total) == ([boris.id], 2)


async def test_one_that_waits_for_the_registry_is_its_own_peoples_and_the_administrators(each_db: Database) -> None:
    vera, anna, dina, stranger = await put_people(each_db, 4, administrators=1)
    async with each_db.write() as session:
        proposed = Organisation(title="Школа у реки", kind=OrganisationKind.OTHER, created_at=NOW)
        session.add(proposed)
        await session.flush()
        anna.organisation_id = proposed.id
        stranger.registered_at = None
    async with each_db.read() as session:
        for reader in (vera, anna):
            assert (await organisation_cards.card(session, reader, proposed.id)).organisation.title == "Школа у реки"
        with pytest.raises(NotFound):
            await organisation_cards.card(session, dina, proposed.id)
        with pytest.raises(NotRegistered):
            await organisation_cards.card(session, stranger, proposed.id)
