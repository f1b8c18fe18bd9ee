"""Organisations in networks: bound by what their head accepts, coordinating through their people, gone at their own will."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

import pytest
from sqlalchemy import select

from models import (
    Audit,
    Database,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Membership,
    Network,
    Notification,
    NotificationState,
    Participation,
    ParticipationRole,
    ParticipationScan,
    Person,
    Role,
)
from services import agreements, heads, invitations, leaving, merging, networks, participations, persons, policy
from services.errors import (
    AgreementNotAccepted,
    NetworkArchived,
    NetworkNotOpen,
    NotAllowed,
    NotCoordinating,
    NotFound,
    NotOfOrganisation,
)
from services.rolls import Turn
from tests.support.joining import put_appointment
from tests.support.organisations import SCAN, put_organisation
from tests.support.people import NOW, add_network, put_people

LATER = NOW + timedelta(days=1)


class City:
    """Vera administers, Olga coordinates the network, Gleb heads the lyceum where Anna and Boris work, Dina works elsewhere."""

    vera: Person
    olga: Person
    gleb: Person
    anna: Person
    boris: Person
    dina: Person
    network: Network
    lyceum_id: int


async def make_city(db: Database, policy_of: JoinPolicy = JoinPolicy.OPEN) -> City:
    city = City()
    city.vera, city.olga, city.gleb, city.anna, city.boris, city.dina = await put_people(db, 6, administrators=1)
    async with db.write() as session:
        city.network = await add_network(session, "Сеть лицея", policy=policy_of)
    await put_appointment(db, city.olga, city.network)
    city.lyceum_id = (await put_organisation(db, people=(city.anna, city.boris), head=city.gleb)).id
    return city


async def publish(db: Database, city: City, text: str = "Мы договорились") -> int:
    async with db.write() as session:
        standing = await agreements.publish(session, city.olga, city.network.id, text=text, now=NOW)
    assert standing.agreement is not None
    return standing.agreement.version


async def accept(db: Database, city: City, version: int, *, at: timedelta = timedelta()) -> Participation:
    async with db.write() as session:
        return await participations.accept(session, city.gleb, city.network.id, version, scan=SCAN, now=NOW + at)


async def add(db: Database, city: City) -> Participation:
    async with db.write() as session:
        return await participations.add(session, city.olga, city.network.id, city.lyceum_id, now=NOW)


async def told(db: Database, kind: str) -> Sequence[int]:
    async with db.read() as session:
        found = select(Notification.person_id).where(
            Notification.kind == kind, Notification.state == NotificationState.PENDING
        )
        return list(await session.scalars(found.order_by(Notification.id)))


async def deeds(db: Database) -> list[str]:
    async with db.read() as session:
        return list(await session.scalars(select(Audit.deed).order_by(Audit.id)))


async def may_coordinate(db: Database, person: Person, network: Network) -> bool:
    async with db.read() as session:
        return await policy.may_coordinate(session, person, network.id)


async def test_where_the_head_accepted_people_need_only_their_own_yes(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    async with each_db.write() as session:
        with pytest.raises(AgreementNotAccepted):
            await networks.join(session, city.anna, city.network.id, now=NOW)
    participation = await accept(each_db, city, version)
    assert (participation.agreement_version, participation.agreed_at) == (version, NOW)
    assert participation.agreed_by is not None
    assert participation.agreed_by.id == city.gleb.id
    assert await told(each_db, participations.CHANGED) == [city.olga.id]
    async with each_db.write() as session:
        card = await networks.join(session, city.anna, city.network.id, now=NOW)
        assert card.is_member
        assert not card.must_agree
        with pytest.raises(AgreementNotAccepted):
            await networks.join(session, city.dina, city.network.id, now=NOW)
    async with each_db.read() as session:
        membership = (await session.scalars(select(Membership))).one()
        assert membership.agreement_version is None, "it was the organisation that accepted, not the person"
        standing = await agreements.standing(session, city.olga, city.network.id)
        assert (standing.members, standing.accepted) == (1, 1)
        _, lacking = await agreements.unaccepted(session, city.olga, city.network.id, Turn(), limit=5)
        assert (list(lacking.people), lacking.total) == ([], 0)


async def test_where_one_applies_the_application_needs_no_agreement_either(each_db: Database) -> None:
    city = await make_city(each_db, JoinPolicy.APPLICATION)
    version = await publish(each_db, city)
    await add(each_db, city)
    await accept(each_db, city, version)
    async with each_db.write() as session:
        card = await networks.enter(session, city.boris, city.network.id, now=NOW, zone=UTC)
        assert card.is_waiting
        with pytest.raises(AgreementNotAccepted):
            await networks.enter(session, city.dina, city.network.id, now=NOW, zone=UTC)


async def test_whoever_comes_by_an_invitation_is_not_shown_what_is_accepted_for_them(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    await accept(each_db, city, version)
    async with each_db.write() as session:
        offer = await invitations.make(
            session, city.olga, InvitationTarget.NETWORK, city.network.id, InvitationSort.MONTH, now=NOW
        )
        for one, sees_agreement in ((city.anna, False), (city.dina, True)):
            opened = await invitations.open_link(session, one, offer.invitation.token, now=NOW)
            assert opened is not None
            assert (opened.agreement is not None) is sees_agreement
        await invitations.accept(session, city.anna, offer.invitation.id, now=NOW)
        with pytest.raises(AgreementNotAccepted):
            await invitations.accept(session, city.dina, offer.invitation.id, now=NOW)
        await invitations.accept(session, city.dina, offer.invitation.id, agreed=version, now=NOW)
    async with each_db.read() as session:
        rows = await session.execute(select(Membership.person_id, Membership.agreement_version))
        assert {row.person_id: row.agreement_version for row in rows} == {city.anna.id: None, city.dina.id: version}


async def test_a_new_version_asks_the_head_and_until_then_everybody(each_db: Database) -> None:
    city = await make_city(each_db)
    first = await publish(each_db, city)
    await accept(each_db, city, first)
    async with each_db.write() as session:
        await networks.join(session, city.anna, city.network.id, now=NOW)
    second = await publish(each_db, city, "Мы договорились иначе")
    assert await told(each_db, heads.ASKED) == [city.gleb.id]
    async with each_db.write() as session:
        card = await networks.card(session, city.anna, city.network.id, now=NOW)
        assert card.must_agree
        _, lacking = await agreements.unaccepted(session, city.olga, city.network.id, Turn(), limit=5)
        assert [one.id for one in lacking.people] == [city.anna.id]
        with pytest.raises(AgreementNotAccepted):
            await participations.accept(session, city.gleb, city.network.id, first, scan=SCAN, now=NOW)
    await accept(each_db, city, second)
    async with each_db.read() as session:
        assert not (await networks.card(session, city.anna, city.network.id, now=NOW)).must_agree
        versions = await session.scalars(select(ParticipationScan.version).order_by(ParticipationScan.version))
        assert list(versions) == [first, first, second, second], "what was signed before stays"


async def test_a_better_scan_takes_the_place_of_the_first_and_the_moment_stands(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    await accept(each_db, city, version)
    async with each_db.write() as session:
        again = await participations.accept(
            session, city.gleb, city.network.id, version, scan=SCAN[:1], now=NOW + timedelta(days=2)
        )
    assert again.agreed_at == NOW
    async with each_db.read() as session:
        _, files = await participations.scans(session, city.olga, again.id)
        assert [one.name for one in files] == ["соглашение.pdf"]
        with pytest.raises(NotAllowed):
            await participations.scans(session, city.anna, again.id)
    assert await told(each_db, participations.CHANGED) == [city.olga.id], "told once"


async def test_whoever_works_elsewhere_is_not_covered_and_heads_nothing(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    await accept(each_db, city, version)
    school = await put_organisation(each_db, "СОШ № 4")
    elsewhere = {"organisation": {"id": school.id, "label": school.title}}
    async with each_db.write() as session:
        await networks.join(session, city.anna, city.network.id, now=NOW)
        anna = await persons.change(session, city.anna, "organisation", elsewhere, now=NOW)
        assert (await networks.card(session, anna, city.network.id, now=NOW)).must_agree
        gleb = await persons.change(session, city.gleb, "organisation", elsewhere, now=NOW)
        assert await heads.headed_by(session, gleb) is None
        with pytest.raises(NotAllowed):
            await participations.accept(session, gleb, city.network.id, version, scan=SCAN, now=NOW)
        assert (await networks.card(session, city.boris, city.network.id, now=NOW)).parts.is_covered, "the word stands"


async def test_the_head_brings_the_organisation_only_where_one_comes_by_oneself(each_db: Database) -> None:
    city = await make_city(each_db)
    async with each_db.write() as session:
        brought = await participations.bring(session, city.gleb, city.network.id, now=NOW)
        assert (await participations.bring(session, city.gleb, city.network.id, now=LATER)).began_at == brought.began_at
        with pytest.raises(NotAllowed):
            await participations.bring(session, city.anna, city.network.id, now=NOW)
        closed = await add_network(session, "По заявке", policy=JoinPolicy.APPLICATION)
        with pytest.raises(NetworkNotOpen):
            await participations.bring(session, city.gleb, closed.id, now=NOW)
        asked = await add_network(session, "С соглашением")
        asked.agreement_version = 1
        await session.flush()
        with pytest.raises(AgreementNotAccepted):
            await participations.bring(session, city.gleb, asked.id, now=NOW)
        past = await add_network(session, "В архиве")
        past.archived_at = NOW
        await session.flush()
        with pytest.raises(NetworkArchived):
            await participations.bring(session, city.gleb, past.id, now=NOW)
        with pytest.raises(NetworkArchived):
            await participations.add(session, city.vera, past.id, city.lyceum_id, now=NOW)
    assert await told(each_db, participations.CHANGED) == [city.olga.id]


async def test_it_goes_and_comes_back_as_new(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    participation = await accept(each_db, city, version)
    async with each_db.write() as session:
        await participations.end(session, city.gleb, participation.id, now=LATER)
        await participations.end(session, city.gleb, participation.id, now=LATER)
        assert not (await networks.card(session, city.anna, city.network.id, now=LATER)).parts.is_covered
        with pytest.raises(NotFound):
            await participations.card(session, city.gleb, participation.id)
    back = await add(each_db, city)
    assert (back.id, back.agreement_version, back.ended_at) == (participation.id, None, None)
    assert await told(each_db, participations.BEGAN) == [city.gleb.id]
    assert (await deeds(each_db)).count("participation.end") == 1
    async with each_db.write() as session:
        await participations.end(session, city.olga, participation.id, now=LATER)
    assert await told(each_db, participations.ENDED) == [city.gleb.id]


async def test_it_coordinates_through_its_people_as_long_as_it_does(each_db: Database) -> None:
    city = await make_city(each_db)
    participation = await add(each_db, city)
    async with each_db.write() as session:
        with pytest.raises(NotCoordinating):
            await participations.represent(session, city.vera, participation.id, city.anna.id, now=NOW)
        await participations.set_role(session, city.vera, participation.id, ParticipationRole.COORDINATOR, now=NOW)
        with pytest.raises(NotOfOrganisation):
            await participations.represent(session, city.vera, participation.id, city.dina.id, now=NOW)
        for one in (city.anna, city.boris, city.boris):
            await participations.represent(session, city.vera, participation.id, one.id, now=NOW)
        card = await participations.card(session, city.dina, participation.id)
        assert [one.id for one in card.people] == [city.anna.id, city.boris.id]
        assert (await networks.card(session, city.dina, city.network.id, now=NOW)).parts.coordinating == ["Лицей № 1"]
    assert await may_coordinate(each_db, city.anna, city.network)
    school = await put_organisation(each_db, "СОШ № 4")
    async with each_db.write() as session:
        elsewhere = {"organisation": {"id": school.id, "label": school.title}}
        await persons.change(session, city.boris, "organisation", elsewhere, now=NOW)
    assert not await may_coordinate(each_db, city.boris, city.network), "no more one of its people"
    async with each_db.write() as session:
        with pytest.raises(NotAllowed):
            await participations.end(session, city.olga, participation.id, now=NOW)
        await participations.set_role(session, city.vera, participation.id, ParticipationRole.PARTNER, now=NOW)
    assert not await may_coordinate(each_db, city.anna, city.network)
    assert await may_coordinate(each_db, city.olga, city.network), "whoever was appointed in person goes on"
    assert await told(each_db, "coordinator-dismissed") == [city.boris.id, city.anna.id]


async def test_who_was_appointed_in_person_is_not_dismissed_with_the_role(each_db: Database) -> None:
    city = await make_city(each_db)
    await put_appointment(each_db, city.anna, city.network)
    participation = await add(each_db, city)
    async with each_db.write() as session:
        await participations.set_role(session, city.vera, participation.id, ParticipationRole.COORDINATOR, now=NOW)
        await participations.represent(session, city.vera, participation.id, city.anna.id, now=NOW)
        await participations.end(session, city.vera, participation.id, now=NOW)
        assert await policy.is_appointed(session, city.anna, city.network.id, Role.COORDINATOR)


async def test_one_head_at_a_time_and_both_are_told(each_db: Database) -> None:
    city = await make_city(each_db)
    async with each_db.write() as session:
        with pytest.raises(NotOfOrganisation):
            await heads.appoint(session, city.vera, city.lyceum_id, city.dina.id, now=NOW)
        await heads.appoint(session, city.vera, city.lyceum_id, city.anna.id, now=NOW)
        await heads.appoint(session, city.vera, city.lyceum_id, city.anna.id, now=NOW)
        head = await heads.of(session, city.lyceum_id)
        assert head is not None
        assert head.id == city.anna.id
        assert await heads.headed_by(session, city.gleb) is None
        await heads.dismiss(session, city.vera, city.lyceum_id, now=NOW)
        assert await heads.of(session, city.lyceum_id) is None
    assert await told(each_db, heads.APPOINTED) == [city.anna.id]
    assert await told(each_db, heads.DISMISSED) == [city.gleb.id, city.anna.id]
    assert (await deeds(each_db)).count("head.appoint") == 1


async def test_a_head_who_withdraws_the_consent_heads_nothing_and_what_they_signed_stands(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    await accept(each_db, city, version)
    async with each_db.write() as session:
        await leaving.delete(session, city.gleb, now=NOW)
    async with each_db.read() as session:
        assert await heads.of(session, city.lyceum_id) is None
        assert (await networks.card(session, city.anna, city.network.id, now=NOW)).parts.is_covered


async def test_two_organisations_that_are_one_have_one_place_the_better_one(each_db: Database) -> None:
    city = await make_city(each_db)
    version = await publish(each_db, city)
    await accept(each_db, city, version)
    same = await put_organisation(each_db, "Лицей №1 города", people=(city.dina,))
    async with each_db.write() as session:
        await participations.add(session, city.olga, city.network.id, same.id, now=NOW)
        await merging.merge_organisations(session, city.vera, same.id, city.lyceum_id, now=NOW)
    async with each_db.read() as session:
        rows = list(await session.scalars(select(Participation)))
        assert [(row.organisation_id, row.agreement_version) for row in rows] == [(same.id, version)]
        head = await heads.of(session, same.id)
        assert head is not None
        assert head.id == city.gleb.id
