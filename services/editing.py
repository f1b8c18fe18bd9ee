"""A network's card is edited by whoever coordinates its branch, one thing at a time (product.md §1)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import (
    Found,
    Level,
    Network,
    NetworkForm,
    NetworkStatus,
    NetworkSubject,
    NetworkTrait,
    Orientation,
    Person,
    Scope,
    Structure,
    Subject,
)
from services import audit, policy, search
from services.errors import NetworkArchived, NetworkExists, NotFound


class Words(enum.StrEnum):
    """What of a card is said in free words, and may be left out. The words are columns."""

    GOAL = "goal"
    DESCRIPTION = "description"
    CHAT = "chat_url"


TRAITS: dict[NetworkTrait, type[enum.StrEnum]] = {
    NetworkTrait.STATUS: NetworkStatus,
    NetworkTrait.STRUCTURE: Structure,
    NetworkTrait.LEVEL: Level,
    NetworkTrait.ORIENTATION: Orientation,
    NetworkTrait.SCOPE: Scope,
}
"""The words of each (Izhevsk, §4; Novotroitsk, §6.3)."""


async def to_change(session: AsyncSession, actor: Person, network_id: int) -> Network:
    """The network, locked. Raises NotAllowed, NotFound, NetworkArchived."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.get(Network, network_id, with_for_update=True, populate_existing=True)
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    return network


async def card(session: AsyncSession, actor: Person, network_id: int) -> Network:
    """The network with its form and subjects, as its coordinator edits it. Raises NotAllowed, NotFound, NetworkArchived."""
    await policy.require_coordinator(session, actor, network_id)
    network = await session.scalar(
        select(Network)
        .where(Network.id == network_id)
        .options(selectinload(Network.form), selectinload(Network.subjects))
        .execution_options(populate_existing=True)
    )
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    return network


async def rename(session: AsyncSession, actor: Person, network_id: int, title: str, *, now: datetime) -> Network:
    """Call the network otherwise, everywhere. Raises NotAllowed, NotFound, NetworkArchived, NetworkExists."""
    network = await to_change(session, actor, network_id)
    if network.title == title:
        return await card(session, actor, network_id)
    same = await search.same_title(session, Found.NETWORK, Network, title)
    if same is not None and same.id != network_id:
        raise NetworkExists(title=same.title)
    old = network.title
    try:
        async with session.begin_nested():
            network.title = title
    except IntegrityError as error:
        raise NetworkExists(title=title) from error
    await search.index(session, Found.NETWORK, network_id, title)
    return await _changed(session, actor, network_id, "title", old, title, now=now)


async def describe(
    session: AsyncSession, actor: Person, network_id: int, what: Words, text: str | None, *, now: datetime
) -> Network:
    """Say its goal, its description or where its chat is in other words, or (None) not at all.

    Raises NotAllowed, NotFound, NetworkArchived.
    """
    network = await to_change(session, actor, network_id)
    old = getattr(network, what.value)
    setattr(network, what.value, text)
    return await _changed(session, actor, network_id, what.value, old, text, now=now)


async def classify(
    session: AsyncSession, actor: Person, network_id: int, what: NetworkTrait, word: str | None, *, now: datetime
) -> Network:
    """Say of what kind it is, or (None) leave that open; it is formal or informal in any case.

    Raises NotAllowed, NotFound (there is no such word), NetworkArchived.
    """
    if word is None and what is NetworkTrait.STATUS:
        raise NotFound
    try:
        chosen = None if word is None else TRAITS[what](word)
    except ValueError as error:
        raise NotFound from error
    network = await to_change(session, actor, network_id)
    old = getattr(network, what.value)
    setattr(network, what.value, chosen)
    return await _changed(session, actor, network_id, what.value, old, chosen, now=now)


async def set_form(session: AsyncSession, actor: Person, network_id: int, form_id: int, *, now: datetime) -> Network:
    """Give it another form. Raises NotAllowed, NotFound (the form is gone too), NetworkArchived."""
    network = await to_change(session, actor, network_id)
    # Locked against its removal: on PostgreSQL the foreign key would be missed only at the flush.
    if await session.get(NetworkForm, form_id, with_for_update={"read": True, "key_share": True}) is None:
        raise NotFound
    old = network.form_id
    network.form_id = form_id
    return await _changed(session, actor, network_id, "form_id", old, form_id, now=now)


async def set_subjects(
    session: AsyncSession, actor: Person, network_id: int, subject_ids: Sequence[int], *, now: datetime
) -> Network:
    """Say for which subjects it is. Raises NotAllowed, NotFound (the network or a subject is gone), NetworkArchived."""
    await to_change(session, actor, network_id)
    wanted = set(subject_ids)
    known = set(await session.scalars(select(Subject.id).where(Subject.id.in_(wanted))))
    if known != wanted:
        raise NotFound
    mine = NetworkSubject.network_id == network_id
    old = set(await session.scalars(select(NetworkSubject.subject_id).where(mine)))
    await session.execute(delete(NetworkSubject).where(mine, NetworkSubject.subject_id.in_(old - wanted)))
    session.add_all(NetworkSubject(network_id=network_id, subject_id=subject_id) for subject_id in wanted - old)
    return await _changed(session, actor, network_id, "subjects", sorted(old), sorted(wanted), now=now)


async def _changed(
    session: AsyncSession, actor: Person, network_id: int, field: str, old: Any, new: Any, *, now: datetime
) -> Network:
    if old != new:
        audit.record(
            session, actor, "network.change", "network", network_id, now=now, old={field: old}, new={field: new}
        )
    await session.flush()
    return await card(session, actor, network_id)
