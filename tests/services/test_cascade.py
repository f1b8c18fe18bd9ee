"""The tree of networks: who creates, moves and puts off what; it stays a tree whatever happens at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, timedelta
from itertools import permutations
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Audit,
    Database,
    Fate,
    Network,
    NetworkForm,
    NetworkSubject,
    Notification,
    Person,
    Subject,
    Visibility,
)
from sandbox import Visitor
from screens import addresses
from services import closing, networks, tree
from services.errors import (
    DomainError,
    EndPassed,
    GroupHasNoBranch,
    MoveIntoItself,
    NetworkArchived,
    NetworkExists,
    NotAllowed,
    NotFound,
    NotRegistered,
)
from tests.support.cascade import ACTORS, Tree, make_temporary, make_tree
from tests.support.house import make_house
from tests.support.people import NOW, add_network

BRANCH = {"top", "parent", "this", "administrator"}
ABOVE = {"top", "parent", "administrator"}
"""Whoever coordinates the place that the network stands in."""

LAST_DAY = date(2026, 12, 20)

Deed = Callable[[AsyncSession, Person, Tree], Awaitable[Any]]


async def _form(session: AsyncSession) -> int:
    return (await session.scalars(select(NetworkForm.id).order_by(NetworkForm.id).limit(1))).one()


async def _create(session: AsyncSession, actor: Person, parent_id: int | None, title: str = "Новая") -> Network:
    return await networks.create(
        session,
        actor,
        title=title,
        form_id=await _form(session),
        parent_id=parent_id,
        subject_ids=[],
        goal=None,
        now=NOW,
    )


async def _group(
    session: AsyncSession, actor: Person, parent_id: int, ends_on: date = LAST_DAY, title: str = "Группа"
) -> Network:
    return await tree.create_group(
        session,
        actor,
        title=title,
        form_id=await _form(session),
        parent_id=parent_id,
        goal=None,
        ends_on=ends_on,
        zone=UTC,
        now=NOW,
    )


async def _put_off(session: AsyncSession, actor: Person, place: Tree) -> None:
    network = await session.get_one(Network, place.network.id)
    network.ends_on = LAST_DAY
    await session.flush()
    await tree.change_end(session, actor, network.id, LAST_DAY + timedelta(days=1), zone=UTC, now=NOW)


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "create at the top": (lambda s, a, p: _create(s, a, None), {"administrator"}),
    "create below": (lambda s, a, p: _create(s, a, p.network.id), BRANCH),
    "create a group below": (lambda s, a, p: _group(s, a, p.network.id), BRANCH),
    "see the place": (lambda s, a, p: tree.place_of(s, a, p.network.id), BRANCH),
    "put the end off": (_put_off, BRANCH),
    "see what closing means": (lambda s, a, p: closing.plan(s, a, p.network.id, now=NOW), BRANCH),
    "close": (
        lambda s, a, p: closing.close(s, a, p.network.id, reason=None, below=Fate.STAY, members=Fate.STAY, now=NOW),
        BRANCH,
    ),
    "close and lift the branch": (
        lambda s, a, p: closing.close(s, a, p.network.id, reason=None, below=Fate.UP, members=Fate.STAY, now=NOW),
        BRANCH,
    ),
    "close and bring the members up": (
        lambda s, a, p: closing.close(s, a, p.network.id, reason=None, below=Fate.STAY, members=Fate.UP, now=NOW),
        ABOVE,
    ),
    "move to the neighbour": (
        lambda s, a, p: tree.move(s, a, p.network.id, p.sibling.id, now=NOW),
        {"top", "administrator"},
    ),
    "move one below up": (lambda s, a, p: tree.move(s, a, p.child.id, p.parent.id, now=NOW), ABOVE),
    "move to the top": (lambda s, a, p: tree.move(s, a, p.network.id, None, now=NOW), {"administrator"}),
    "move the top below": (lambda s, a, p: tree.move(s, a, p.top.id, None, now=NOW), {"administrator"}),
}
"""Every deed about the tree, and who may do it."""


class _Undone(Exception):
    """Takes the transaction back: the next actor finds everything as it was."""


async def test_nobody_gets_what_the_table_does_not_give(each_db: Database) -> None:
    place = await make_tree(each_db)
    wrong = []
    for name, (deed, allowed) in DEEDS.items():
        for actor in ACTORS:
            may = True
            with suppress(_Undone):
                async with each_db.write() as session:
                    try:
                        await deed(session, place.people[actor], place)
                    except (NotAllowed, NotRegistered):
                        may = False
                    raise _Undone
            if may is not (actor in allowed):
                wrong.append((name, actor, may))
    assert wrong == []


async def test_a_group_is_about_what_its_parent_is_and_ends(each_db: Database) -> None:
    place = await make_tree(each_db)
    parent = place.people["parent"]
    async with each_db.write() as session:
        subject = (await session.scalars(select(Subject.id).limit(1))).one()
        session.add(NetworkSubject(network_id=place.network.id, subject_id=subject))
        group = await _group(session, parent, place.network.id)
        assert (group.parent_id, group.ends_on) == (place.network.id, LAST_DAY)
        of = select(NetworkSubject.subject_id).where(NetworkSubject.network_id == group.id)
        assert (await session.scalars(of)).all() == [subject]
        written = (await session.scalars(select(Audit).where(Audit.deed == "network.create"))).one()
        assert written.new == {"title": "Группа", "parent_id": place.network.id, "ends_on": "2026-12-20"}
        refusals: list[tuple[Awaitable[Any], type[DomainError]]] = [
            (_create(session, parent, group.id, "Внутри группы"), GroupHasNoBranch),
            (_group(session, parent, group.id, title="Группа в группе"), GroupHasNoBranch),
            (_group(session, parent, place.network.id, NOW.date() - timedelta(days=1), "Вчерашняя"), EndPassed),
            (_group(session, parent, place.network.id, title="группа"), NetworkExists),
            (_group(session, parent, 10**9, title="Нигде"), NotFound),
            (tree.move(session, parent, place.child.id, group.id, now=NOW), GroupHasNoBranch),
            (tree.change_end(session, parent, group.id, date(2026, 1, 1), zone=UTC, now=NOW), EndPassed),
            (tree.change_end(session, parent, place.network.id, LAST_DAY, zone=UTC, now=NOW), NotFound),
        ]
        for refused, error in refusals:
            with pytest.raises(error):
                await refused
        await _group(session, parent, place.network.id, NOW.date(), "На один день")


async def test_a_branch_moves_whole_and_those_it_concerns_are_told(each_db: Database) -> None:
    place = await make_tree(each_db)
    async with each_db.write() as session:
        await tree.move(session, place.people["top"], place.network.id, place.sibling.id, now=NOW)
        await tree.move(session, place.people["top"], place.network.id, place.sibling.id, now=NOW)
    async with each_db.read() as session:
        up = await tree.place_of(session, place.people["administrator"], place.child.id)
        assert [one.title for one in up.above] == ["Город", "Физика", "Геометрия"]
        told = select(Notification.person_id).where(Notification.kind == tree.MOVED)
        assert set(await session.scalars(told)) == {place.people[name].id for name in ("parent", "this", "sibling")}
        moves = (await session.scalars(select(Audit).where(Audit.deed == "network.move"))).all()
        assert [(one.old, one.new) for one in moves] == [
            ({"parent_id": place.parent.id}, {"parent_id": place.sibling.id})
        ]
        assert (await tree.place_of(session, place.people["sibling"], place.child.id)).may_move
        with pytest.raises(NotAllowed):  # the right went with the branch
            await tree.place_of(session, place.people["parent"], place.child.id)


async def test_no_network_comes_to_stand_below_itself(each_db: Database) -> None:
    place = await make_tree(each_db)
    administrator = place.people["administrator"]
    for target in (place.network, place.child):
        async with each_db.write() as session:
            with pytest.raises(MoveIntoItself):
                await tree.move(session, administrator, place.network.id, target.id, now=NOW)
    async with each_db.write() as session:
        (await session.get_one(Network, place.sibling.id)).archived_at = NOW
    async with each_db.write() as session:
        with pytest.raises(NetworkArchived):
            await tree.move(session, administrator, place.network.id, place.sibling.id, now=NOW)
        with pytest.raises(NetworkArchived):
            await tree.move(session, administrator, place.sibling.id, place.parent.id, now=NOW)
        with pytest.raises(NotFound):
            await tree.move(session, administrator, place.network.id, 10**9, now=NOW)


async def test_moves_at_once_never_make_a_ring(each_db: Database) -> None:
    """Each of the moves would be right alone; all together they are a ring unless one sees what the other did."""
    place = await make_tree(each_db)
    administrator = place.people["administrator"]
    async with each_db.write() as session:
        roots = [(await add_network(session, f"Верхняя {number}")).id for number in range(4)]

    async def move(network_id: int, parent_id: int) -> None:
        async with each_db.write() as session:
            with suppress(MoveIntoItself):
                await tree.move(session, administrator, network_id, parent_id, now=NOW)

    await asyncio.gather(*(move(one, other) for one, other in permutations(roots, 2)))
    async with each_db.read() as session:
        parents = {row.id: row.parent_id for row in await session.execute(select(Network.id, Network.parent_id))}
    for network_id in parents:
        seen, here = [network_id], parents[network_id]
        while here is not None:
            assert here not in seen
            seen.append(here)
            here = parents[here]
    assert sum(parents[one] is None for one in roots) == 1


async def test_at_the_top_nobody_new_sees_what_was_for_members_of_the_network_above(db: Database) -> None:
    place = await make_tree(db)
    async with db.write() as session:
        (await session.get_one(Network, place.network.id)).visibility = Visibility.PARENT
    async with db.write() as session:
        moved = await tree.move(session, place.people["administrator"], place.network.id, None, now=NOW)
        assert (moved.parent_id, moved.visibility) == (None, Visibility.MEMBERS)


async def test_the_last_day_is_put_off(db: Database) -> None:
    place = await make_tree(db)
    await make_temporary(db, place.child, LAST_DAY)
    async with db.write() as session:
        for _ in range(2):
            await tree.change_end(
                session, place.people["this"], place.child.id, LAST_DAY + timedelta(days=30), zone=UTC, now=NOW
            )
        written = (await session.scalars(select(Audit).where(Audit.deed == "network.end"))).one()
        assert (written.old, written.new) == ({"ends_on": "2026-12-20"}, {"ends_on": "2027-01-19"})


def _buttons(place: Tree) -> dict[str, tuple[CallbackData, set[str]]]:
    def begins(dialog: str, network: Network = place.network) -> CallbackData:
        return addresses.BeginDialog(dialog=dialog, arg=network.id)

    return {
        "the place": (addresses.ManageTree(network_id=place.network.id), BRANCH),
        "create below": (begins("child"), BRANCH),
        "create a group below": (begins("group"), BRANCH),
        "create at the top": (addresses.BeginDialog(dialog="network"), {"administrator"}),
        "move": (begins("move"), ABOVE),
        "move anywhere": (begins("move-any"), {"administrator"}),
        "move the top": (begins("move", place.top), {"administrator"}),
        "put the end off": (begins("extend", place.child), BRANCH | {"child"}),
        "close": (begins("close"), BRANCH),
    }


async def _is_refused(visitor: Visitor, button: CallbackData) -> bool:
    await visitor.says("/menu")
    before = visitor.sees
    await visitor.presses(visitor.screen, button.pack())
    alert = visitor.alert or ""
    # A stranger is shown the way to registration instead of an alert.
    refused = "нет прав" in alert or "администратор" in alert or (visitor.sees == before and "согласие" in before)
    await visitor.says("/cancel")
    return refused


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_gets_by_a_forged_button_what_the_table_does_not_give(db: Database, actor: str) -> None:
    place = await make_tree(db)
    await make_temporary(db, place.child, LAST_DAY)
    administrator = place.people["administrator"].telegram_id
    assert administrator is not None
    house = make_house(db, administrators=frozenset({administrator}))
    visitor = house.world.visitor("Кто-то", id=place.people[actor].telegram_id)
    buttons = _buttons(place).items()
    assert {name: await _is_refused(visitor, button) for name, (button, _) in buttons} == {
        name: actor not in allowed for name, (_, allowed) in buttons
    }
