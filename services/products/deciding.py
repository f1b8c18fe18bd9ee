"""The coordinator's side: a work is published or returned with a remark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Found, Person, Product, ProductRemark, ProductState
from services import audit, notifications, policy, search
from services.errors import NotAllowed, OwnProduct, ProductReturned
from services.notifications import Notice
from services.products.reading import latest, moved, readable


async def publish(session: AsyncSession, actor: Person, product_id: int, version: int, *, now: datetime) -> Product:
    """Put the `version` that the coordinator saw into the bank, to be found by the words of its title and annotation; twice is once.

    The author is told. Raises NotFound, NotAllowed, OwnProduct, NetworkArchived, ProductMoved (somebody decided, or the author changed it).
    """
    product = await _decide(session, actor, product_id, version, ProductState.PUBLISHED, now=now)
    if product is None:
        return (await readable(session, actor, product_id))[0]
    await search.index(session, Found.PRODUCT, product_id, product.title, product.annotation)
    audit.record(session, actor, "product.publish", "product", product_id, now=now, new={"version": version})
    await _tell_author(session, "product-published", product, now=now)
    return product


async def send_back(
    session: AsyncSession, actor: Person, product_id: int, version: int, *, remark: str, now: datetime
) -> Product:
    """Return the `version` that the coordinator saw to its author, with what is to be corrected. The author is told.

    Raises NotFound, NotAllowed, OwnProduct, NetworkArchived, ProductMoved (somebody decided, or the author changed it).
    """
    product = await _decide(session, actor, product_id, version, ProductState.RETURNED, now=now)
    if product is None:
        raise ProductReturned(name=actor.full_name or "")
    returned = await latest(session, product)
    session.add(ProductRemark(version_id=returned.id, author_id=actor.id, text=remark, created_at=now))
    audit.record(session, actor, "product.return", "product", product_id, now=now, new={"version": version})
    await _tell_author(session, "product-returned", product, now=now)
    return product


async def require_waiting(session: AsyncSession, actor: Person, product_id: int) -> Product:
    """The work, if it waits for this person's decision. Raises NotFound, NotAllowed, OwnProduct, NetworkArchived, ProductMoved."""
    product = await _require_decider(session, actor, product_id)
    if product.state is not ProductState.SUBMITTED:
        raise moved(product)
    return product


async def _decide(
    session: AsyncSession, actor: Person, product_id: int, version: int, state: ProductState, *, now: datetime
) -> Product | None:
    """Bring the work from SUBMITTED to `state`; None when this very actor did so before."""
    await _require_decider(session, actor, product_id)
    decided = await session.scalar(
        update(Product)
        .where(Product.id == product_id, Product.version == version, Product.state == ProductState.SUBMITTED)
        .values(state=state, state_at=now, decided_by_id=actor.id)
        .returning(Product.id)
        .execution_options(synchronize_session=False)
    )
    product, _ = await readable(session, actor, product_id)
    if decided is not None:
        await notifications.cancel(session, "product-submitted", product_id)
        return product
    if product.version == version and product.state is state and product.decided_by_id == actor.id:
        return None
    raise moved(product, version)


async def _require_decider(session: AsyncSession, actor: Person, product_id: int) -> Product:
    product, may_decide = await readable(session, actor, product_id)
    if not may_decide:
        raise OwnProduct if product.author_id == actor.id else NotAllowed
    policy.require_open(product.network)
    return product


async def give_back(
    session: AsyncSession, actor: Person | None, network_ids: Sequence[int], *, now: datetime
) -> Sequence[int]:
    """These networks are being closed, by the actor or by their date: what waited there goes back to its authors, undecided.

    They may hand it in elsewhere. Gives the authors.
    """
    given = await session.execute(
        update(Product)
        .where(Product.network_id.in_(network_ids), Product.state == ProductState.SUBMITTED)
        .values(state=ProductState.RETURNED, state_at=now, decided_by_id=actor.id if actor is not None else None)
        .returning(Product.id, Product.author_id, Product.version)
        .execution_options(synchronize_session=False)
    )
    authors = []
    for product_id, author_id, version in given.all():
        await notifications.cancel(session, "product-submitted", product_id)
        audit.record(session, actor, "product.give-back", "product", product_id, now=now, new={"version": version})
        authors.append(author_id)
    return authors


async def _tell_author(session: AsyncSession, kind: str, product: Product, *, now: datetime) -> None:
    key = f"{kind}:{product.id}:{product.version}"
    payload = {"version": product.version}
    await notifications.put(session, [Notice(kind, key, product.author_id, product.id, now, payload=payload)], now=now)
