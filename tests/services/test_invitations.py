"""Invitations under races: where one is allowed one comes, whatever happens at once; links are worth what their maker's word is."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from sqlalchemy import update

from models import (
    Appointment,
    Database,
    Invitation,
    InvitationSort,
    InvitationTarget,
    InvitationUse,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Person,
)
from services import applications, invitations, memberships
from services.errors import InvitationInvalid, InvitationUsedUp, NotAllowed, TooManyWrongTokens
from services.invitations import Offer
from tests.services.test_races import at_once, rows
from tests.support.joining import put_appointment
from tests.support.people import NOW, put_networks, put_people

GUESTS = 8


async def _offer(
    db: Database,
    maker: Person,
    network: Network,
    sort: InvitationSort,
    target: InvitationTarget = InvitationTarget.NETWORK,
) -> Offer:
    async with db.write() as session:
        return await invitations.make(session, maker, target, network.id, sort, now=NOW)


async def _opened(db: Database, people: list[Person], offer: Offer) -> None:
    for person in people:
        async with db.write() as session:
            assert await invitations.open_link(session, person, offer.invitation.token, now=NOW) is not None


async def test_of_many_at_once_exactly_one_gets_in(each_db: Database) -> None:
    vera, *guests = await put_people(each_db, GUESTS + 1, administrators=1)
    (network,) = await put_networks(each_db, ["Закрытый клуб"])
    offer = await _offer(each_db, vera, network, InvitationSort.ONE)
    await _opened(each_db, guests, offer)
    invitation_id = offer.invitation.id
    outcomes = await at_once(
        each_db,
        lambda session, one: invitations.accept(session, guests[one], invitation_id, now=NOW),
        GUESTS,
    )
    assert sum(isinstance(one, Offer) for one in outcomes) == 1
    assert sum(isinstance(one, InvitationUsedUp) for one in outcomes) == GUESTS - 1
    assert await rows(each_db, Membership, Membership.state == MembershipState.MEMBER) == 1
    assert await rows(each_db, InvitationUse) == 1
    assert await rows(each_db, Invitation, Invitation.used == 1) == 1


async def test_twenty_taps_of_one_person_use_it_once(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["Закрытый клуб"])
    offer = await _offer(each_db, vera, network, InvitationSort.ALWAYS)
    await _opened(each_db, [anna], offer)
    invitation_id = offer.invitation.id
    outcomes = await at_once(
        each_db, lambda session, _: invitations.accept(session, anna, invitation_id, now=NOW), GUESTS
    )
    assert all(isinstance(one, Offer) for one in outcomes), outcomes
    assert await rows(each_db, InvitationUse) == await rows(each_db, Membership) == 1
    assert await rows(each_db, Invitation, Invitation.used == 1) == 1


async def test_approved_and_invited_at_once_is_one_membership(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["По заявке"])
    async with each_db.write() as session:
        await session.execute(update(Network).values(join_policy=JoinPolicy.APPLICATION))
    offer = await _offer(each_db, vera, network, InvitationSort.ONE)
    await _opened(each_db, [anna], offer)
    async with each_db.write() as session:
        one = await applications.apply(session, anna, network.id, agreed=None, now=NOW, zone=UTC)
    assert one is not None
    outcomes = await at_once(
        each_db,
        lambda session, turn: (
            applications.approve(session, vera, one.id, now=NOW)
            if turn % 2
            else invitations.accept(session, anna, offer.invitation.id, now=NOW)
        ),
        4,
    )
    assert await rows(each_db, Membership) == 1, outcomes
    async with each_db.read() as session:
        assert await applications.count_waiting(session, network.id, now=NOW) == 0


async def test_a_role_is_worth_what_its_maker_may_give_now(each_db: Database) -> None:
    vera, olga, anna = await put_people(each_db, 3, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    await put_appointment(each_db, olga, network)
    with pytest.raises(NotAllowed):
        await _offer(each_db, olga, network, InvitationSort.ONE, InvitationTarget.COORDINATOR)
    with pytest.raises(NotAllowed):
        await _offer(each_db, vera, network, InvitationSort.ONE, InvitationTarget.ADMINISTRATOR)
    role = await _offer(each_db, vera, network, InvitationSort.ALWAYS, InvitationTarget.COORDINATOR)
    assert role.invitation.most == 1, "an invitation to a role is always for one"
    await _opened(each_db, [anna], role)
    async with each_db.write() as session:
        await session.execute(update(Person).where(Person.id == vera.id).values(administrator_at=None))
    async with each_db.write() as session:
        with pytest.raises(InvitationInvalid):
            await invitations.accept(session, anna, role.invitation.id, now=NOW)
    assert await rows(each_db, Appointment) == 1


async def test_revoked_or_expired_after_it_was_opened(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    late = await _offer(each_db, vera, network, InvitationSort.ONE)
    gone = await _offer(each_db, vera, network, InvitationSort.ALWAYS)
    await _opened(each_db, [anna], late)
    await _opened(each_db, [anna], gone)
    async with each_db.write() as session:
        await invitations.revoke(session, vera, gone.invitation.id, now=NOW)
    for offer, now in ((late, NOW + timedelta(days=7)), (gone, NOW)):
        async with each_db.write() as session:
            with pytest.raises(InvitationInvalid):
                await invitations.accept(session, anna, offer.invitation.id, now=now)
    assert await rows(each_db, Membership) == 0


async def test_guesses_are_counted_each_for_oneself(each_db: Database) -> None:
    vera, guesser, anna = await put_people(each_db, 3, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    good = await _offer(each_db, vera, network, InvitationSort.ALWAYS)
    for number in range(invitations.MOST_WRONG):
        async with each_db.write() as session:
            assert await invitations.open_link(session, guesser, f"guess{number}", now=NOW) is None
    async with each_db.write() as session:
        with pytest.raises(TooManyWrongTokens):
            await invitations.open_link(session, guesser, good.invitation.token, now=NOW)
    await _opened(each_db, [anna], good)
    async with each_db.write() as session:
        later = NOW + invitations.WRONG_FOR
        assert await invitations.open_link(session, guesser, good.invitation.token, now=later) is not None


async def test_whoever_was_removed_may_come_again_by_the_same_link(each_db: Database) -> None:
    vera, anna = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    offer = await _offer(each_db, vera, network, InvitationSort.ALWAYS)
    await _opened(each_db, [anna], offer)
    for _ in range(2):
        async with each_db.write() as session:
            await invitations.accept(session, anna, offer.invitation.id, now=NOW)
        async with each_db.write() as session:
            await memberships.remove(session, vera, network.id, anna.id, reason="Пора", now=NOW)
    assert await rows(each_db, InvitationUse) == 1
