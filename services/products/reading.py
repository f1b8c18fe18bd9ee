"""What can be seen of the bank: lists, a card, the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

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
    ProductView,
    StoredFile,
)
from services import networks, policy, search
from services.errors import (
    NotFound,
    ProductCorrected,
    ProductMoved,
    ProductPublished,
    ProductReturned,
    ProductSubmitted,
    ProductWithdrawn,
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some works of a list, with their authors, how many there are in all, and the network whose list it is."""

    products: Sequence[Product]
    total: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A kind or a network that has published works: `arg` names it in a ProductView, `title` is a network's."""

    arg: str
    title: str
    products: int


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card of a work shows to one person. `remark` is the latest one, for its author and whoever decides."""

    product: Product
    files: int
    is_author: bool
    may_decide: bool
    remark: ProductRemark | None
    seen_at: datetime

    @property
    def waits(self) -> bool:
        """Whether a coordinator's decision is awaited."""
        return self.product.state is ProductState.SUBMITTED

    @property
    def may_be_corrected(self) -> bool:
        """Whether its author may hand it in again."""
        return self.is_author and self.product.state in (ProductState.RETURNED, ProductState.WITHDRAWN)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether there is something for its author to take back."""
        return self.is_author and self.product.state is not ProductState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Counts:
    """How many works the bank holds for this person, and how many are their own."""

    published: int
    own: int


def _published(actor: Person) -> list[ColumnElement[bool]]:
    """What is in the bank for this reader: a network for members only keeps its works to them."""
    return [
        Product.state == ProductState.PUBLISHED,
        Product.network_id.in_(select(Network.id).where(networks.visible(actor))),
    ]


async def counts(session: AsyncSession, actor: Person) -> Counts:
    """What the entrance counts."""
    published = select(func.count()).select_from(Product).where(*_published(actor)).scalar_subquery()
    own = select(func.count()).select_from(Product).where(Product.author_id == actor.id).scalar_subquery()
    row = (await session.execute(select(published, own))).one()
    return Counts(row[0], row[1])


async def page_of(
    session: AsyncSession, actor: Person, view: ProductView, *, arg: str = "", query: str = "", offset: int, limit: int
) -> Page:
    """A page of a list, the newest first, the queue the longest waiting first.

    `arg` is the kind of a KIND and the network's id of a NETWORK or a QUEUE, `query` what was typed for FOUND.
    Raises NotFound (no such kind, network), NotAllowed (the queue of somebody else's network).
    """
    place: str | None = None
    order = (Product.state_at.desc(), Product.id.desc())
    match view:
        case ProductView.NEW:
            conditions = _published(actor)
        case ProductView.KIND:
            if arg not in set(ProductKind):
                raise NotFound
            conditions = [*_published(actor), Product.kind == ProductKind(arg)]
        case ProductView.NETWORK:
            network = await _network(session, arg)
            place = network.title
            conditions = [*_published(actor), Product.network_id == network.id]
        case ProductView.MINE:
            conditions = [Product.author_id == actor.id]
        case ProductView.FOUND:
            found = search.matching(Found.PRODUCT, query)
            if found is None:
                return Page([], 0)
            conditions = [*_published(actor), Product.id.in_(found)]
        case ProductView.QUEUE:
            network = await _network(session, arg)
            await policy.require_coordinator(session, actor, network.id)
            place = network.title
            conditions = _queue(actor, network.id)
            order = (Product.state_at.asc(), Product.id.asc())
    total = await session.scalar(select(func.count()).select_from(Product).where(*conditions)) or 0
    products = await session.scalars(
        select(Product)
        .where(*conditions)
        .options(joinedload(Product.author), joinedload(Product.network))
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return Page(list(products), total, place)


async def _network(session: AsyncSession, arg: str) -> Network:
    network = await session.get(Network, int(arg)) if arg.isdecimal() and len(arg) <= 18 else None
    if network is None:
        raise NotFound
    return network


def _queue(actor: Person, network_id: int) -> list[ColumnElement[bool]]:
    """What waits in the network and below it for somebody else than its author; the administrator decides about own works too."""
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    conditions = [Product.state == ProductState.SUBMITTED, Product.network_id.in_(select(down.c.id))]
    if not policy.may_administer(actor):
        conditions.append(Product.author_id != actor.id)
    return conditions


async def waiting(session: AsyncSession, actor: Person, network_id: int) -> int:
    """How many works wait for a coordinator of this network, those below it included. Raises NotAllowed."""
    await policy.require_coordinator(session, actor, network_id)
    return await session.scalar(select(func.count()).select_from(Product).where(*_queue(actor, network_id))) or 0


async def groups(session: AsyncSession, actor: Person, view: ProductView) -> list[Group]:
    """The kinds, most works first, or the networks by title, that have published works."""
    count = func.count(Product.id)
    if view is ProductView.KIND:
        kinds = await session.execute(
            select(Product.kind, count)
            .where(*_published(actor))
            .group_by(Product.kind)
            .order_by(count.desc(), Product.kind)
        )
        return [Group(kind.value, "", products) for kind, products in kinds]
    rows = await session.execute(
        select(Network.id, Network.title, count)
        .join(Product, Product.network_id == Network.id)
        .where(*_published(actor))
        .group_by(Network.id, Network.title)
        .order_by(Network.title, Network.id)
    )
    return [Group(str(network_id), title, products) for network_id, title, products in rows]


async def card(session: AsyncSession, actor: Person, product_id: int, *, now: datetime) -> Card:
    """The card. Raises NotFound, also for a work that this person may not see."""
    product, may_decide = await readable(session, actor, product_id)
    is_author = product.author_id == actor.id
    files = await session.scalar(
        select(func.count())
        .select_from(ProductFile)
        .join(ProductVersion, ProductVersion.id == ProductFile.version_id)
        .where(ProductVersion.product_id == product.id, ProductVersion.number == product.version)
    )
    remark = None
    if (is_author or may_decide) and product.state is not ProductState.PUBLISHED:
        remark = await session.scalar(
            select(ProductRemark)
            .join(ProductVersion, ProductVersion.id == ProductRemark.version_id)
            .where(ProductVersion.product_id == product.id)
            .options(joinedload(ProductRemark.author))
            .order_by(ProductRemark.id.desc())
            .limit(1)
        )
    return Card(product, files or 0, is_author, may_decide, remark, now)


async def readable(session: AsyncSession, actor: Person, product_id: int) -> tuple[Product, bool]:
    """The work with everything its card shows, and whether this person may decide about it.

    Until it is published, only its author and the coordinators of its branch know of it. Raises NotFound to everyone else.
    """
    product = await session.scalar(
        select(Product)
        .where(Product.id == product_id)
        .options(
            joinedload(Product.author),
            joinedload(Product.network),
            joinedload(Product.organisation),
            joinedload(Product.decided_by),
        )
        .execution_options(populate_existing=True)
    )
    if product is None or not policy.is_registered(actor):
        raise NotFound
    coordinates = await policy.may_coordinate(session, actor, product.network_id)
    if not coordinates and product.author_id != actor.id:
        is_open = await session.scalar(select(Product.id).where(Product.id == product_id, *_published(actor)))
        if is_open is None:
            raise NotFound
    return product, coordinates and policy.may_decide_about(actor, product)


async def files_of(session: AsyncSession, actor: Person, product_id: int) -> tuple[Product, Sequence[StoredFile]]:
    """The files of the latest version, in the author's order. Raises NotFound, also for a work that this person may not see."""
    product, _ = await readable(session, actor, product_id)
    return product, (await latest(session, product)).files


async def latest(session: AsyncSession, product: Product) -> ProductVersion:
    """The latest version with its files."""
    versions = await session.scalars(
        select(ProductVersion)
        .where(ProductVersion.product_id == product.id, ProductVersion.number == product.version)
        .options(selectinload(ProductVersion.files))
        .execution_options(populate_existing=True)
    )
    return versions.one()


def moved(product: Product, seen_version: int | None = None) -> ProductMoved:
    """What has become of the work since somebody saw it (in `seen_version`), as a refusal. `decided_by` must be loaded."""
    name = (product.decided_by.full_name if product.decided_by else None) or ""
    if product.state is ProductState.WITHDRAWN:
        return ProductWithdrawn()
    if seen_version is not None and product.version != seen_version:
        return ProductCorrected()
    match product.state:
        case ProductState.PUBLISHED:
            return ProductPublished(name=name)
        case ProductState.RETURNED:
            return ProductReturned(name=name)
    return ProductSubmitted()
