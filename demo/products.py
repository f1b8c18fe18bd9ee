"""What the people of the invented city have handed in: most of it in the bank, some still on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.papers import docx
from demo.plan import Inhabitant
from demo.words import PaperWords, ProductWords
from models import (
    FileKind,
    Found,
    Person,
    Product,
    ProductFile,
    ProductKind,
    ProductRemark,
    ProductState,
    ProductVersion,
    StoredFile,
)
from services import search
from services.copies import Copies

EXPERIENCED_FROM = 8
"""So many years somebody has worked whose works are in the bank."""

DECIDED_AFTER = timedelta(days=2, hours=5)


async def add_products(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    copies: Copies,
    now: datetime,
) -> int:
    """Put the city's works into the bank, or on their way there, as of `now`; their files into `copies`. Gives how many.

    Telegram knows none of these files: the first who downloads one gets it from our copy.
    """
    works = words.products()
    taken: set[int] = set()
    for number, work in enumerate(works):
        author = _author(work, people, taken)
        taken.add(author)
        await _add(
            session,
            work,
            author=await session.get_one(Person, person_ids[author]),
            decider_id=person_ids[_coordinator(work.network, people)],
            network_id=network_ids[work.network],
            files=[stored(paper, copies, created_at=now) for paper in work.files],
            handed_in_at=_handed_in_at(work, number, now),
        )
    return len(works)


async def _add(
    session: AsyncSession,
    work: ProductWords,
    *,
    author: Person,
    decider_id: int,
    network_id: int,
    files: Sequence[StoredFile],
    handed_in_at: datetime,
) -> None:
    state, kind = ProductState(work.state), ProductKind(work.kind)
    waits = state is ProductState.SUBMITTED
    product = Product(
        network_id=network_id,
        author_id=author.id,
        organisation_id=author.organisation_id,
        kind=kind,
        title=work.title,
        annotation=work.annotation,
        state=state,
        state_at=handed_in_at if waits else handed_in_at + DECIDED_AFTER,
        decided_by_id=None if waits else decider_id,
        created_at=handed_in_at,
    )
    session.add_all([product, *files])
    await session.flush()
    version = ProductVersion(
        product_id=product.id,
        number=1,
        kind=kind,
        title=work.title,
        annotation=work.annotation,
        submitted_at=handed_in_at,
    )
    session.add(version)
    await session.flush()
    session.add_all(
        ProductFile(version_id=version.id, position=position, file_id=file.id) for position, file in enumerate(files)
    )
    if work.remark:
        remark = ProductRemark(version_id=version.id, author_id=decider_id, text=work.remark)
        remark.created_at = product.state_at
        session.add(remark)
    if state is ProductState.PUBLISHED:
        await search.index(session, Found.PRODUCT, product.id, product.title, product.annotation)


def stored(paper: PaperWords, copies: Copies, *, created_at: datetime) -> StoredFile:
    """The file of a document, its bytes among the `copies`; Telegram does not know it yet."""
    data = docx(paper.heading, paper.lines)
    handle = hashlib.sha256(paper.name.encode()).hexdigest()[:32]
    return StoredFile(
        kind=FileKind.DOCUMENT,
        telegram_file_id=f"invented-{handle}",
        telegram_unique_id=handle,
        name=paper.name,
        size=len(data),
        sha256=copies.put(data),
        created_at=created_at,
    )


def _author(work: ProductWords, people: Sequence[Inhabitant], taken: set[int]) -> int:
    """The player who is named, else an experienced member of the network who coordinates nothing."""
    if work.author:
        return next(number for number, one in enumerate(people) if one.player and one.player.key == work.author)
    able = [
        number
        for number, one in enumerate(people)
        if work.network in one.joined
        and number not in taken
        and one.player is None
        and one.experience >= EXPERIENCED_FROM
        and one.registered_days_ago - one.joined[work.network] > work.days_ago + 1
        and "coordinator" not in one.roles.values()
    ]
    return Random(f"the invented city: who wrote {work.title}").choice(able)


def _coordinator(network: str, people: Sequence[Inhabitant]) -> int:
    return next(number for number, one in enumerate(people) if one.roles.get(network) == "coordinator")


def _handed_in_at(work: ProductWords, number: int, now: datetime) -> datetime:
    """In the afternoon of the day that was meant; no two at the same minute."""
    day = now.astimezone(UTC) - timedelta(days=work.days_ago)
    return day.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(minutes=7 * number)
