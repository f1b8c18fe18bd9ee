"""A network's card: who may change what of it, what is refused, and what others see of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Appointment,
    Audit,
    Database,
    Found,
    Network,
    NetworkDocument,
    NetworkForm,
    NetworkSubject,
    NetworkTrait,
    Person,
    Role,
    Scope,
    StoredFile,
    Structure,
    Visibility,
)
from services import documents, editing, forms, networks, roles, search
from services.editing import Words
from services.errors import (
    FormExists,
    FormInUse,
    NetworkArchived,
    NetworkExists,
    NotAllowed,
    NotFound,
    OrderInFuture,
)
from tests.support.busy import file_of
from tests.support.joining import put_appointment
from tests.support.people import NOW, add_network, put_networks, put_people

Edit = Callable[[AsyncSession, Person, int], Awaitable[Any]]

FILES = {"texts": [], "files": [file_of("положение"), file_of("план")], "message_ids": [1, 2]}

EDITS: dict[str, Edit] = {
    "title": lambda s, a, n: editing.rename(s, a, n, "Иначе", now=NOW),
    "goal": lambda s, a, n: editing.describe(s, a, n, Words.GOAL, "Цель", now=NOW),
    "kind": lambda s, a, n: editing.classify(s, a, n, NetworkTrait.SCOPE, Scope.SINGLE, now=NOW),
    "form": lambda s, a, n: editing.set_form(s, a, n, 2, now=NOW),
    "subjects": lambda s, a, n: editing.set_subjects(s, a, n, [1], now=NOW),
    "documents": lambda s, a, n: documents.add(s, a, n, pieces=FILES, now=NOW),
    "page": editing.card,
}


async def test_each_thing_is_changed_and_written_down(each_db: Database) -> None:
    (boss,) = await put_people(each_db, administrators=1)
    (network,) = await put_networks(each_db, ["Учителя химии"])
    async with each_db.write() as session:
        await editing.rename(session, boss, network.id, "Учителя биологии", now=NOW)
        for what in Words:
            await editing.describe(session, boss, network.id, what, f"https://{what.value}.example", now=NOW)
        for kind, words in editing.TRAITS.items():
            for word in words:
                await editing.classify(session, boss, network.id, kind, word.value, now=NOW)
        await editing.set_form(session, boss, network.id, 3, now=NOW)
        await editing.set_subjects(session, boss, network.id, [2, 1], now=NOW)
        await editing.set_subjects(session, boss, network.id, [2, 3], now=NOW)
        await editing.describe(session, boss, network.id, Words.GOAL, None, now=NOW)
        changed = await editing.classify(session, boss, network.id, NetworkTrait.LEVEL, None, now=NOW)
        again = await editing.set_subjects(session, boss, network.id, [3, 2], now=NOW)
    assert changed.title == "Учителя биологии"
    assert (changed.goal, changed.description, changed.chat_url) == (
        None,
        "https://description.example",
        "https://chat_url.example",
    )
    assert (changed.level, changed.structure, changed.form_id) == (None, Structure.MIXED, 3)
    assert {subject.id for subject in again.subjects} == {2, 3}
    async with each_db.read() as session:
        assert await search.count(session, Found.NETWORK, "химии") == 0
        assert await search.count(session, Found.NETWORK, "биологии") == 1
        rows = list(await session.scalars(select(Audit).where(Audit.deed == "network.change").order_by(Audit.id)))
    assert (rows[0].old, rows[0].new) == ({"title": "Учителя химии"}, {"title": "Учителя биологии"})
    assert (rows[-1].old, rows[-1].new) == (
        {"level": "mixed"},
        {"level": None},
    )  # the same subjects again change nothing
    assert {"old": {"subjects": [1, 2]}, "new": {"subjects": [2, 3]}} in [{"old": r.old, "new": r.new} for r in rows]


@pytest.mark.parametrize("name", EDITS)
async def test_only_the_branch_edits_and_nobody_a_closed_network(db: Database, name: str) -> None:
    boss, above, own, below, stranger = await put_people(db, 5, administrators=1)
    async with db.write() as session:
        top = await add_network(session, "Город")
        network = await add_network(session, "Сеть", parent=top)
        child = await add_network(session, "Ниже", parent=network)
    for person, led in ((above, top), (own, network), (below, child)):
        await put_appointment(db, person, led)
    for person in (boss, above, own):
        async with db.write() as session:
            await EDITS[name](session, person, network.id)
    for person in (below, stranger):
        with pytest.raises(NotAllowed):
            async with db.write() as session:
                await EDITS[name](session, person, network.id)
    with pytest.raises(NotFound):
        async with db.write() as session:
            await EDITS[name](session, boss, 999)
    async with db.write() as session:
        (await session.get_one(Network, network.id)).archived_at = NOW
    with pytest.raises(NetworkArchived):
        async with db.write() as session:
            await EDITS[name](session, own, network.id)


async def test_what_cannot_be_said_is_refused(each_db: Database) -> None:
    (boss,) = await put_people(each_db, administrators=1)
    one, _ = await put_networks(each_db, ["Лицей № 1", "Лицей № 2"])

    async def refused(error: type[Exception], deed: Edit) -> None:
        with pytest.raises(error):
            async with each_db.write() as session:
                await deed(session, boss, one.id)

    await refused(NetworkExists, lambda s, a, n: editing.rename(s, a, n, "лицей №2", now=NOW))
    await refused(NotFound, lambda s, a, n: editing.set_form(s, a, n, 999, now=NOW))
    await refused(NotFound, lambda s, a, n: editing.set_subjects(s, a, n, [1, 999], now=NOW))
    await refused(NotFound, lambda s, a, n: editing.classify(s, a, n, NetworkTrait.SCOPE, "endless", now=NOW))
    await refused(NotFound, lambda s, a, n: editing.classify(s, a, n, NetworkTrait.STATUS, None, now=NOW))
    async with each_db.write() as session:  # only the writing of its own name is another
        assert (await editing.rename(session, boss, one.id, "лицей №1", now=NOW)).title == "лицей №1"
        assert await session.scalar(select(func.count()).select_from(NetworkSubject)) == 0


async def test_documents_come_are_read_and_go(each_db: Database) -> None:
    boss, own, stranger = await put_people(each_db, 3, administrators=1)
    async with each_db.write() as session:
        network = await add_network(session, "Сеть", visibility=Visibility.MEMBERS)
    await put_appointment(each_db, own, network)
    async with each_db.write() as session:
        assert await documents.add(session, own, network.id, pieces=FILES, now=NOW) == 2
        titled = {"texts": [{"text": "Положение\nо сети", "html": ""}], "files": [file_of("скан")], "message_ids": [3]}
        await documents.add(session, boss, network.id, pieces=titled, now=NOW)
        photo = {**file_of("x"), "kind": "photo", "name": None}
        await documents.add(session, boss, network.id, pieces={**FILES, "files": [photo]}, now=NOW)
    async with each_db.read() as session:
        page = await documents.page_of(session, own, network.id, offset=0, limit=3)
        card = await networks.card(session, own, network.id, now=NOW)
    assert [one.title for one in page.documents] == [None, "Положение о сети", "план.txt"]
    assert (page.total, page.may_edit, card.documents) == (4, True, 4)
    shown = page.documents[1]
    for look in (
        lambda s: documents.page_of(s, stranger, network.id, offset=0, limit=3),
        lambda s: documents.read(s, stranger, shown.id),
    ):
        with pytest.raises(NotFound):
            async with each_db.read() as session:
                await look(session)
    with pytest.raises(NotAllowed):
        async with each_db.write() as session:
            await documents.remove(session, stranger, shown.id, now=NOW)
    async with each_db.write() as session:
        assert await documents.remove(session, own, shown.id, now=NOW) == network.id
    with pytest.raises(NotFound):
        async with each_db.write() as session:
            await documents.remove(session, own, shown.id, now=NOW)
    async with each_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(NetworkDocument)) == 3
        due = select(func.count()).select_from(StoredFile).where(StoredFile.copy_due_at.is_not(None))
        assert await session.scalar(due) == 4
        deeds = list(await session.scalars(select(Audit.deed).order_by(Audit.id)))
    assert deeds == [*["network.add-documents"] * 3, "network.remove-document"]


async def test_forms_are_added_renamed_and_removed_when_nobody_has_them(each_db: Database) -> None:
    boss, other = await put_people(each_db, 2, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    async with each_db.write() as session:
        form = await forms.add(session, boss, title="Мастерская будущего", now=NOW)
        await forms.rename(session, boss, form.id, title="Мастерская Будущего", now=NOW)
        await editing.set_form(session, boss, network.id, form.id, now=NOW)
        assert (await forms.read(session, boss, form.id))[1] == 1
    for error, deed in (
        (FormExists, lambda s: forms.add(s, boss, title="мастерская  будущего", now=NOW)),
        (FormExists, lambda s: forms.rename(s, boss, 1, title="Мастерская будущего", now=NOW)),
        (FormInUse, lambda s: forms.remove(s, boss, form.id, now=NOW)),
        (NotFound, lambda s: forms.rename(s, boss, 999, title="Что-то", now=NOW)),
        (NotAllowed, lambda s: forms.add(s, other, title="Своя", now=NOW)),
        (NotAllowed, lambda s: forms.rename(s, other, form.id, title="Своя", now=NOW)),
        (NotAllowed, lambda s: forms.remove(s, other, form.id, now=NOW)),
        (NotAllowed, lambda s: forms.page_of(s, other, offset=0, limit=6)),
    ):
        with pytest.raises(error):
            async with each_db.write() as session:
                await deed(session)
    async with each_db.write() as session:
        await editing.set_form(session, boss, network.id, 1, now=NOW)
    async with each_db.write() as session:
        await forms.remove(session, boss, form.id, now=NOW)
        await forms.remove(session, boss, form.id, now=NOW)
    async with each_db.read() as session:
        assert await session.get(NetworkForm, form.id) is None
        deeds = list(await session.scalars(select(Audit.deed).where(Audit.subject == "form").order_by(Audit.id)))
    assert deeds == ["form.create", "form.rename", "form.remove"]


async def test_a_form_chosen_while_it_is_removed_is_either_gone_or_kept(each_db: Database) -> None:
    (boss,) = await put_people(each_db, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    async with each_db.write() as session:
        form = await forms.add(session, boss, title="Мастерская", now=NOW)

    async def choose() -> None:
        async with each_db.write() as session:
            await editing.set_form(session, boss, network.id, form.id, now=NOW)

    async def remove() -> None:
        async with each_db.write() as session:
            await forms.remove(session, boss, form.id, now=NOW)

    outcomes = await asyncio.gather(choose(), remove(), return_exceptions=True)
    async with each_db.read() as session:
        is_chosen = (await session.get_one(Network, network.id)).form_id == form.id
        is_there = await session.get(NetworkForm, form.id) is not None
    assert is_chosen is is_there
    assert [type(one) for one in outcomes] == ([type(None), FormInUse] if is_chosen else [NotFound, type(None)])


async def test_the_order_of_an_appointment_stands_on_the_card(each_db: Database) -> None:
    boss, anna, boris = await put_people(each_db, 3, administrators=1)
    (network,) = await put_networks(each_db, ["Сеть"])
    today = NOW.date()

    async def appoint(person: Person, number: str | None, on: date | None) -> None:
        async with each_db.write() as session:
            await roles.appoint_coordinator(
                session, boss, person.id, network.id, order_number=number, order_on=on, now=NOW
            )

    await appoint(anna, "12-о", today)
    await appoint(boris, None, None)
    with pytest.raises(OrderInFuture):
        await appoint(boris, "13", today + timedelta(days=2))
    async with each_db.read() as session:
        card = await networks.card(session, anna, network.id, now=NOW)
    assert [(one.name, one.order_number, one.order_on) for one in card.coordinators] == [
        (anna.full_name, "12-о", today),
        (boris.full_name, None, None),
    ]
    await appoint(boris, "13", today)  # he came by an invitation; now there is an order
    async with each_db.read() as session:
        standing = list(await session.scalars(select(Appointment).where(Appointment.role == Role.COORDINATOR)))
        card = await networks.card(session, anna, network.id, now=NOW)
    assert len(standing) == 2
    assert card.coordinators[1].order_number == "13"
    await appoint(boris, None, None)  # twice is once, and takes nothing away
    async with each_db.read() as session:
        card = await networks.card(session, boris, network.id, now=NOW)
    assert card.coordinators[1].order_number == "13"
    assert card.may_edit
