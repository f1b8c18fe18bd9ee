"""The author's side: a work is handed in, corrected and handed in again, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Found,
    Network,
    Person,
    Product,
    ProductFile,
    ProductKind,
    ProductRemark,
    ProductState,
    ProductVersion,
    StoredFile,
)
from services import audit, files, networks, notifications, policy, roles, search
from services.errors import NetworkArchived, NoNetworkOfMine, NotAMember, NotFound, NothingCorrected
from services.notifications import Notice
from services.products.reading import latest, moved, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an author hands in. `files` as the dialogs give them (see `dialogs.Pieces`)."""

    kind: ProductKind
    title: str
    annotation: str
    network_id: int
    files: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A work that is on its way to its coordinators; of the files `too_large` ones Telegram alone keeps a copy."""

    product: Product
    network: Network
    too_large: Sequence[StoredFile]


async def own_networks(session: AsyncSession, actor: Person) -> Sequence[Network]:
    """The networks that this person may hand a work in to, by title. Raises NoNetworkOfMine when there is none."""
    policy.require_registered(actor)
    found = list(
        await session.scalars(
            select(Network)
            .where(Network.archived_at.is_(None), networks.is_member(actor))
            .order_by(Network.title, Network.id)
        )
    )
    if not found:
        raise NoNetworkOfMine
    return found


async def hand_in(session: AsyncSession, actor: Person, draft: Draft, *, now: datetime) -> HandedIn:
    """Hand a new work in to a network of one's own; its coordinators are told.

    Raises NotRegistered, NotFound (the network is gone), NetworkArchived, NotAMember.
    """
    policy.require_registered(actor)
    network = await _own_network(session, actor, draft.network_id)
    product = Product(
        network_id=network.id,
        author_id=actor.id,
        organisation_id=actor.organisation_id,
        kind=draft.kind,
        title=draft.title,
        annotation=draft.annotation,
        state_at=now,
        created_at=now,
    )
    session.add(product)
    await session.flush()
    audit.record(session, actor, "product.hand-in", "product", product.id, now=now, new={"title": draft.title})
    return await _submitted(session, product, network, draft, now=now)


async def hand_in_again(
    session: AsyncSession, actor: Person, product_id: int, draft: Draft, *, now: datetime
) -> HandedIn:
    """Hand a returned or withdrawn work in anew, as its next version; the former ones stay with their remarks.

    Raises NotFound (it is not the actor's), ProductMoved (there is nothing to correct), NothingCorrected, and as `hand_in` does.
    """
    policy.require_registered(actor)
    before = await _own_product(session, actor, product_id)
    network = await _own_network(session, actor, draft.network_id)
    if before.state is ProductState.RETURNED and await _same(session, before, draft):
        raise NothingCorrected
    changed = await session.scalar(
        update(Product)
        .where(Product.id == product_id, Product.state.in_((ProductState.RETURNED, ProductState.WITHDRAWN)))
        .values(
            network_id=network.id,
            organisation_id=actor.organisation_id,
            kind=draft.kind,
            title=draft.title,
            annotation=draft.annotation,
            version=Product.version + 1,
            state=ProductState.SUBMITTED,
            state_at=now,
            decided_by_id=None,
        )
        .returning(Product.id)
        .execution_options(synchronize_session=False)
    )
    product, _ = await readable(session, actor, product_id)
    if changed is None:
        raise moved(product)
    audit.record(
        session, actor, "product.hand-in-again", "product", product_id, now=now, new={"version": product.version}
    )
    return await _submitted(session, product, network, draft, now=now)


async def _submitted(
    session: AsyncSession, product: Product, network: Network, draft: Draft, *, now: datetime
) -> HandedIn:
    """Write the version with its files and tell whoever decides about it."""
    version = ProductVersion(
        product_id=product.id,
        number=product.version,
        kind=draft.kind,
        title=draft.title,
        annotation=draft.annotation,
        submitted_at=now,
    )
    session.add(version)
    kept = await files.keep(session, draft.files, now=now)
    session.add_all(
        ProductFile(version_id=version.id, position=position, file_id=file.id) for position, file in enumerate(kept)
    )
    notices = [
        Notice(
            "product-submitted",
            f"product-submitted:{product.id}:{product.version}:{person_id}",
            person_id,
            product.id,
            now,
            payload={"version": product.version},
        )
        for person_id in await _deciders(session, product)
    ]
    await notifications.put(session, notices, now=now)
    return HandedIn(product, network, [file for file in kept if file.too_large])


async def _deciders(session: AsyncSession, product: Product) -> Sequence[int]:
    """Who is asked for a decision: the nearest coordinators above who are not the author, else the administrators.

    The author's own voice does not count (nobody publishes an own work), so the way up the tree goes on past them.
    """
    for network_id in await policy.branch_above(session, product.network_id):
        found = [one.id for one in await roles.coordinators(session, network_id) if one.id != product.author_id]
        if found:
            return found
    return list(
        await session.scalars(select(Person.id).where(Person.administrator_at.is_not(None)).order_by(Person.id))
    )


async def draft_of(
    session: AsyncSession, actor: Person, product_id: int
) -> tuple[Product, Draft, ProductRemark | None]:
    """A work of the actor's as it was handed in last, with the remark it was returned with, to be corrected.

    Raises NotFound (it is not the actor's), ProductMoved (there is nothing to correct).
    """
    await _own_product(session, actor, product_id)
    product, _ = await readable(session, actor, product_id)
    if product.state not in (ProductState.RETURNED, ProductState.WITHDRAWN):
        raise moved(product)
    version = await latest(session, product)
    remark = await session.scalar(
        select(ProductRemark).where(ProductRemark.version_id == version.id).order_by(ProductRemark.id.desc()).limit(1)
    )
    draft = Draft(
        kind=product.kind,
        title=product.title,
        annotation=product.annotation,
        network_id=product.network_id,
        files=[files.as_said(file) for file in version.files],
    )
    return product, draft, remark


async def withdraw(session: AsyncSession, actor: Person, product_id: int, *, now: datetime) -> Product:
    """The author takes the work back, also out of the bank (their right, Civil Code of Russia, art. 1269); twice is once.

    Raises NotRegistered, NotFound (it is not the actor's).
    """
    policy.require_registered(actor)
    before = await _own_product(session, actor, product_id)
    changed = await session.scalar(
        update(Product)
        .where(Product.id == product_id, Product.state != ProductState.WITHDRAWN)
        .values(state=ProductState.WITHDRAWN, state_at=now, decided_by_id=None)
        .returning(Product.id)
        .execution_options(synchronize_session=False)
    )
    if changed is not None:
        await notifications.cancel(session, "product-submitted", product_id)
        await search.index(session, Found.PRODUCT, product_id)
        old = {"state": before.state.value}
        audit.record(session, actor, "product.withdraw", "product", product_id, now=now, old=old)
    product, _ = await readable(session, actor, product_id)
    return product


async def _own_product(session: AsyncSession, actor: Person, product_id: int) -> Product:
    product = await session.get(Product, product_id)
    if product is None or product.author_id != actor.id:
        raise NotFound
    return product


async def _own_network(session: AsyncSession, actor: Person, network_id: int) -> Network:
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    if await session.scalar(select(Network.id).where(Network.id == network_id, networks.is_member(actor))) is None:
        raise NotAMember(title=network.title)
    return network


async def _same(session: AsyncSession, product: Product, draft: Draft) -> bool:
    """Whether the draft is what was returned, word for word and file for file."""
    version = await latest(session, product)
    words = (product.kind, product.title, product.annotation, product.network_id)
    same_files = [file.telegram_unique_id for file in version.files] == [file["unique_id"] for file in draft.files]
    return same_files and words == (draft.kind, draft.title, draft.annotation, draft.network_id)
