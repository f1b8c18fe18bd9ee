"""Who may do what, and who sees what."""

from __future__ import annotations

import pytest

from models import (
    Appointment,
    Database,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    NetworkView,
    Person,
    Role,
    Visibility,
)
from services import networks, organisations, persons, policy
from services.errors import DomainError, NetworkArchived, NetworkNotOpen, NotAllowed, NotFound, NotRegistered
from tests.support.people import NOW, add_network, put_people


async def test_a_coordinator_rules_the_own_branch_and_nothing_else(each_db: Database) -> None:
    vera, olga, petr, ended, anna = await put_people(each_db, 5, administrators=1)
    async with each_db.write() as session:
        top = await add_network(session, "Город")
        branch = await add_network(session, "Математика", parent=top)
        below = await add_network(session, "Геометрия", parent=branch)
        beside = await add_network(session, "Физика", parent=top)
        for person, network, role, ended_at in (
            (olga, branch, Role.COORDINATOR, None),
            (petr, branch, Role.MODERATOR, None),
            (petr, branch, Role.EXPERT, None),
            (ended, top, Role.COORDINATOR, NOW),
        ):
            session.add(
                Appointment(person_id=person.id, network_id=network.id, role=role, appointed_at=NOW, ended_at=ended_at)
            )
        session.add(Membership(network_id=top.id, person_id=anna.id, state=MembershipState.MEMBER, state_at=NOW))
    expected: dict[Person, tuple[Network, ...]] = {
        vera: (top, branch, below, beside),
        olga: (branch, below),
        petr: (),
        ended: (),
        anna: (),
    }
    async with each_db.read() as session:
        for person, ruled in expected.items():
            for network in (top, branch, below, beside):
                may = await policy.may_coordinate(session, person, network.id)
                assert may is (network in ruled), (person.full_name, network.title)
        assert await policy.branch_above(session, below.id) == [below.id, branch.id, top.id]
        assert await policy.branch_above(session, 10**9) == []


async def test_what_members_alone_see_is_nowhere_for_others(each_db: Database) -> None:
    vera, member, stranger = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        hidden = await add_network(session, "Тайный совет", visibility=Visibility.MEMBERS)
        child = await add_network(session, "Открытая под ним", parent=hidden)
        session.add(Membership(network_id=hidden.id, person_id=member.id, state=MembershipState.MEMBER, state_at=NOW))
        gone = Membership(network_id=hidden.id, person_id=stranger.id, state=MembershipState.LEFT, state_at=NOW)
        session.add(gone)
    async with each_db.read() as session:
        for person, sees in ((vera, True), (member, True), (stranger, False)):
            top = await networks.page_of(session, person, NetworkView.TREE, offset=0, limit=10)
            assert [line.network.title for line in top.lines] == (["Тайный совет"] if sees else [])
            found = await networks.page_of(session, person, NetworkView.FOUND, query="тайный", offset=0, limit=10)
            assert found.total == int(sees)
            assert (await networks.counts(session, person))[NetworkView.TREE] == 1 + int(sees)
            assert sum(line.networks for line in await networks.forms(session, person)) == 1 + int(sees)
            card = await networks.card(session, person, child.id, now=NOW)
            assert (card.parent is not None) is sees
        for view, arg in ((NetworkView.TREE, hidden.id), (NetworkView.FORM, 10**9)):
            with pytest.raises(NotFound):
                await networks.page_of(session, stranger, view, arg=arg, offset=0, limit=10)
        with pytest.raises(NotFound):
            await networks.card(session, stranger, hidden.id, now=NOW)
    async with each_db.write() as session:
        with pytest.raises(NotFound):
            await networks.join(session, stranger, hidden.id, now=NOW)
        assert await networks.leave(session, member, hidden.id, now=NOW) is None


async def test_doors_that_stay_closed(each_db: Database) -> None:
    vera, anna, nobody = await put_people(each_db, 3, administrators=1)
    nobody.registered_at = None
    async with each_db.write() as session:
        asked = await add_network(session, "По заявке", policy=JoinPolicy.APPLICATION)
        closed = await add_network(session, "Закрытая")
        closed.archived_at = NOW
    async with each_db.write() as session:
        with pytest.raises(NetworkNotOpen):
            await networks.join(session, anna, asked.id, now=NOW)
        with pytest.raises(NetworkArchived):
            await networks.join(session, anna, closed.id, now=NOW)
        with pytest.raises(NotFound):
            await networks.leave(session, anna, 10**9, now=NOW)
        for refused in (
            networks.join(session, nobody, asked.id, now=NOW),
            networks.leave(session, nobody, asked.id, now=NOW),
            persons.profile(session, nobody),
            persons.change(session, nobody, "name", {"name": "Кто Угодно"}, now=NOW),
            persons.register(session, anna, {}, now=NOW),  # no consent
        ):
            with pytest.raises(NotRegistered):
                await refused
        for forbidden in (
            organisations.page_of(session, anna, proposed=True, offset=0, limit=1),
            organisations.confirm(session, anna, 1, now=NOW),
            networks.create(session, anna, title="Своя", form_id=1, parent_id=None, subject_ids=[], goal=None, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                await forbidden
        refused_places: tuple[tuple[int, int | None, type[DomainError]], ...] = (
            (10**9, None, NotFound),
            (1, 10**9, NotFound),
            (1, closed.id, NetworkArchived),
        )
        for form_id, parent_id, refusal in refused_places:
            with pytest.raises(refusal):
                await networks.create(
                    session,
                    vera,
                    title="Новая",
                    form_id=form_id,
                    parent_id=parent_id,
                    subject_ids=[],
                    goal=None,
                    now=NOW,
                )
