"""A work is decided about once, whoever taps at the same moment, on every database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Database,
    Network,
    Notification,
    Person,
    Product,
    ProductKind,
    ProductRemark,
    ProductState,
    ProductVersion,
    ProductView,
)
from services import products
from services.errors import DomainError, NetworkArchived, NotAllowed, NotFound, NothingCorrected, ProductMoved
from services.products import Draft
from tests.support.events import lead, make_network, people_of, put_in

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def draft(network_id: int, *, title: str = "Сложение дробей", unique_id: str = "one") -> Draft:
    """A work with one file."""
    file = {"kind": "document", "file_id": f"id-{unique_id}", "unique_id": unique_id, "name": "урок.docx", "size": 10}
    return Draft(
        kind=ProductKind.LESSON,
        title=title,
        annotation="Конспект урока для пятого класса.",
        network_id=network_id,
        files=[file],
    )


class Bank:
    """A network «below» under one «above», with an author, a reader and four coordinators of the network below."""

    def __init__(self, db: Database, above: Network, below: Network, people: list[Person]) -> None:
        self.db, self.above, self.below = db, above, below
        self.author, self.reader, *self.coordinators = people

    async def does(self, deed: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        """A deed in a transaction of its own; a refusal comes back as what it is."""
        try:
            async with self.db.write() as session:
                return await deed(session)
        except DomainError as refusal:
            return refusal

    async def hands_in(self, **words: str) -> int:
        handed = await self.does(lambda s: products.hand_in(s, self.author, draft(self.below.id, **words), now=NOW))
        product_id: int = handed.product.id
        return product_id

    async def publishes(self, actor: Person, product_id: int, version: int = 1) -> Any:
        return await self.does(lambda s: products.publish(s, actor, product_id, version, now=NOW))

    async def returns(self, actor: Person, product_id: int, version: int = 1) -> Any:
        return await self.does(
            lambda s: products.send_back(s, actor, product_id, version, remark="Добавьте карточки.", now=NOW)
        )

    async def count(self, table: type[Product | ProductVersion | ProductRemark], *conditions: Any) -> int:
        async with self.db.read() as session:
            return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    async def told(self, kind: str) -> list[int]:
        async with self.db.read() as session:
            rows = await session.scalars(
                select(Notification.person_id).where(Notification.kind == kind).order_by(Notification.person_id)
            )
            return list(rows)

    async def state(self, product_id: int) -> ProductState:
        async with self.db.read() as session:
            return (await session.get_one(Product, product_id)).state


@pytest.fixture
async def bank(each_db: Database) -> Bank:
    """The two networks and their people."""
    people = await people_of(each_db, 6, now=NOW)
    async with each_db.write() as session:
        above = await make_network(session, title="Сеть города", now=NOW)
        below = await make_network(session, title="Учителя математики", now=NOW)
        below.parent_id = above.id
        await put_in(session, below, people[0], now=NOW)
        for coordinator in people[2:]:
            await lead(session, below, coordinator, now=NOW)
    return Bank(each_db, above, below, people)


async def test_of_many_coordinators_at_once_one_decides_and_the_others_hear_who(bank: Bank) -> None:
    product_id = await bank.hands_in()
    one, two, three, four = bank.coordinators
    outcomes = await asyncio.gather(
        bank.publishes(one, product_id),
        bank.returns(two, product_id),
        bank.publishes(three, product_id),
        bank.returns(four, product_id),
    )
    done = [outcome for outcome in outcomes if isinstance(outcome, Product)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, ProductMoved)]
    assert [len(done), len(refused)] == [1, 3]
    decider = next(person for person in bank.coordinators if person.id == done[0].decided_by_id)
    assert {refusal.values["name"] for refusal in refused} == {decider.full_name}
    returned = done[0].state is ProductState.RETURNED
    assert await bank.count(ProductRemark) == int(returned)
    assert await bank.told("product-returned") == [bank.author.id] * returned
    assert await bank.told("product-published") == [bank.author.id] * (not returned)


async def test_the_same_coordinator_publishing_many_times_at_once_publishes_once(bank: Bank) -> None:
    product_id = await bank.hands_in()
    outcomes = await asyncio.gather(*(bank.publishes(bank.coordinators[0], product_id) for _ in range(5)))
    assert all(isinstance(outcome, Product) for outcome in outcomes)
    assert await bank.told("product-published") == [bank.author.id]


async def test_a_work_withdrawn_while_it_is_published_ends_withdrawn_and_out_of_the_search(bank: Bank) -> None:
    product_id = await bank.hands_in()
    await asyncio.gather(
        bank.publishes(bank.coordinators[0], product_id),
        bank.does(lambda s: products.withdraw(s, bank.author, product_id, now=NOW)),
    )
    assert await bank.state(product_id) is ProductState.WITHDRAWN
    async with bank.db.read() as session:
        found = await products.page_of(session, bank.reader, ProductView.FOUND, query="дробей", offset=0, limit=6)
    assert found.total == 0


async def test_corrected_many_times_at_once_it_gets_one_new_version(bank: Bank) -> None:
    product_id = await bank.hands_in()
    await bank.returns(bank.coordinators[0], product_id)
    corrected = draft(bank.below.id, unique_id="two")
    outcomes = await asyncio.gather(
        *(bank.does(lambda s: products.hand_in_again(s, bank.author, product_id, corrected, now=NOW)) for _ in range(4))
    )
    assert sum(isinstance(outcome, products.HandedIn) for outcome in outcomes) == 1
    assert await bank.count(ProductVersion) == 2
    assert isinstance(await bank.publishes(bank.coordinators[0], product_id, version=1), ProductMoved)
    assert isinstance(await bank.publishes(bank.coordinators[0], product_id, version=2), Product)


async def test_a_returned_work_is_not_taken_again_just_as_it_was(bank: Bank) -> None:
    product_id = await bank.hands_in()
    await bank.returns(bank.coordinators[0], product_id)
    same = draft(bank.below.id)
    outcome = await bank.does(lambda s: products.hand_in_again(s, bank.author, product_id, same, now=NOW))
    assert isinstance(outcome, NothingCorrected)
    assert await bank.state(product_id) is ProductState.RETURNED


async def test_whoever_decides_is_told_past_the_author_up_the_tree(bank: Bank) -> None:
    await bank.hands_in()
    assert await bank.told("product-submitted") == [person.id for person in bank.coordinators]
    async with bank.db.write() as session:
        lonely = await make_network(session, title="Информатика", now=NOW)
        lonely.parent_id = bank.above.id
        await lead(session, bank.above, bank.reader, now=NOW)
        await lead(session, lonely, bank.author, now=NOW)
        await put_in(session, lonely, bank.author, now=NOW)
    own = await bank.does(lambda s: products.hand_in(s, bank.author, draft(lonely.id), now=NOW))
    assert bank.reader.id in await bank.told("product-submitted")
    assert bank.author.id not in await bank.told("product-submitted")
    assert isinstance(await bank.publishes(bank.author, own.product.id), DomainError)
    async with bank.db.read() as session:
        assert await products.waiting(session, bank.author, lonely.id) == 0
        assert (
            await products.waiting(session, bank.reader, bank.above.id) == 2
        )  # the branch below is the coordinator's too
        with pytest.raises(NotAllowed):
            await products.waiting(session, bank.coordinators[0], bank.above.id)


async def test_strangers_to_a_work_learn_nothing_of_it(bank: Bank) -> None:
    product_id = await bank.hands_in()
    for deed in (
        lambda s: products.card(s, bank.reader, product_id, now=NOW),
        lambda s: products.files_of(s, bank.reader, product_id),
        lambda s: products.publish(s, bank.reader, product_id, 1, now=NOW),
        lambda s: products.send_back(s, bank.reader, product_id, 1, remark="Нет.", now=NOW),
        lambda s: products.withdraw(s, bank.coordinators[0], product_id, now=NOW),
        lambda s: products.draft_of(s, bank.coordinators[0], product_id),
    ):
        assert isinstance(await bank.does(deed), NotFound)
    assert await bank.state(product_id) is ProductState.SUBMITTED
    await bank.publishes(bank.coordinators[0], product_id)
    assert isinstance(await bank.publishes(bank.reader, product_id), NotAllowed)


async def test_a_closed_network_takes_no_works(bank: Bank) -> None:
    async with bank.db.write() as session:
        (await session.get_one(Network, bank.below.id)).archived_at = NOW - timedelta(days=1)
    outcome = await bank.does(lambda s: products.hand_in(s, bank.author, draft(bank.below.id), now=NOW))
    assert isinstance(outcome, NetworkArchived)
    assert await bank.count(Product) == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [("дроби", 1), ("дробях", 1), ("сложения дробей", 1), ("ёлка", 1), ("елки", 1), ("вычитание", 0), ("№ 5", 1)],
)
async def test_works_are_found_by_inflected_words_of_title_and_annotation(bank: Bank, query: str, found: int) -> None:
    annotated = Draft(
        kind=ProductKind.LESSON,
        title="Сложение дробей",
        annotation="Задачи к Новому году: ёлка, игрушки. Школа № 5.",
        network_id=bank.below.id,
        files=[],
    )
    handed = await bank.does(lambda s: products.hand_in(s, bank.author, annotated, now=NOW))
    await bank.publishes(bank.coordinators[0], handed.product.id)
    async with bank.db.read() as session:
        page = await products.page_of(session, bank.reader, ProductView.FOUND, query=query, offset=0, limit=6)
    assert page.total == found
