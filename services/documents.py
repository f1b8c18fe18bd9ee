"""The documents of a network's card: its regulation, its plan, whatever its coordinators put there as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Network, NetworkDocument, Person
from services import audit, editing, files, policy
from services.errors import NotFound
from services.visibility import visible

LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Documents:
    """A page of a network's documents, the latest first, with their files loaded, and how many there are.

    `may_edit`: the actor may add to them and take some away.
    """

    network: Network
    documents: Sequence[NetworkDocument]
    total: int
    may_edit: bool


async def page_of(session: AsyncSession, actor: Person, network_id: int, *, offset: int, limit: int) -> Documents:
    """For whoever sees the card. Raises NotFound."""
    network = await session.scalar(select(Network).where(Network.id == network_id, visible(actor)))
    if network is None:
        raise NotFound
    mine = NetworkDocument.network_id == network_id
    total = await session.scalar(select(func.count()).select_from(NetworkDocument).where(mine))
    rows = await session.scalars(
        select(NetworkDocument)
        .where(mine)
        .order_by(NetworkDocument.id.desc())
        .options(joinedload(NetworkDocument.file))
        .offset(offset)
        .limit(limit)
    )
    may_edit = network.archived_at is None and await policy.may_coordinate(session, actor, network_id)
    return Documents(network, list(rows), total or 0, may_edit)


async def read(session: AsyncSession, actor: Person, document_id: int) -> NetworkDocument:
    """One document, with its file and network, for whoever sees the card. Raises NotFound."""
    document = await session.scalar(
        select(NetworkDocument)
        .join(Network, Network.id == NetworkDocument.network_id)
        .where(NetworkDocument.id == document_id, visible(actor))
        .options(joinedload(NetworkDocument.file), joinedload(NetworkDocument.network))
    )
    if document is None:
        raise NotFound
    return document


async def add(
    session: AsyncSession, actor: Person, network_id: int, *, pieces: Mapping[str, Any], now: datetime
) -> int:
    """A coordinator of the branch puts files on the card, as the dialogs give them; words beside a single file are its title.

    Gives how many. Raises NotAllowed, NotFound, NetworkArchived.
    """
    await editing.to_change(session, actor, network_id)
    kept = await files.keep(session, pieces["files"], now=now)
    said = " ".join(" ".join(one["text"] for one in pieces["texts"]).split())[:LONGEST_TITLE]
    documents = [
        NetworkDocument(
            network_id=network_id,
            file_id=file.id,
            title=said if said and len(kept) == 1 else (file.name or "")[:LONGEST_TITLE] or None,
            added_at=now,
        )
        for file in kept
    ]
    session.add_all(documents)
    await session.flush()
    new = {"documents": [one.title for one in documents]}
    audit.record(session, actor, "network.add-documents", "network", network_id, now=now, new=new)
    return len(documents)


async def to_remove(session: AsyncSession, actor: Person, document_id: int) -> NetworkDocument:
    """One that the actor may take away. Raises NotFound, NotAllowed, NetworkArchived."""
    document = await session.get(NetworkDocument, document_id, options=[joinedload(NetworkDocument.file)])
    if document is None:
        raise NotFound
    await editing.to_change(session, actor, document.network_id)
    return document


async def remove(session: AsyncSession, actor: Person, document_id: int, *, now: datetime) -> int:
    """Take a document off the card. Gives its network. Raises NotFound (also when it is gone already), NotAllowed, NetworkArchived."""
    document = await to_remove(session, actor, document_id)
    network_id = document.network_id
    await session.delete(document)
    await session.flush()
    old = {"document": document.title}
    audit.record(session, actor, "network.remove-document", "network", network_id, now=now, old=old)
    return network_id
