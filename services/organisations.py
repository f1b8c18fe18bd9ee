"""The registry of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import Found, Organisation, OrganisationKind, Person
from services import audit, notifications, policy, search
from services.errors import NotFound, OrganisationExists
from services.notifications import Notice


async def create(
    session: AsyncSession, actor: Person, *, title: str, kind: OrganisationKind, address: str | None, now: datetime
) -> Organisation:
    """The administrator adds an organisation. Raises NotAllowed, OrganisationExists."""
    policy.require_administrator(actor)
    same = await search.same_title(session, Found.ORGANISATION, Organisation, title)
    if same is not None:
        raise OrganisationExists(title=same.title)
    return await add(session, actor, title=title, kind=kind, address=address, confirmed_at=now, now=now)


async def propose(session: AsyncSession, actor: Person, *, title: str, now: datetime) -> Organisation:
    """A participant's own organisation is not in the registry («моей нет»): it waits there for the administrator.

    The same title proposed before, or already in the registry, gives that organisation: two colleagues mean the same school.
    """
    existing = await search.same_title(session, Found.ORGANISATION, Organisation, title)
    if existing is not None:
        return existing
    try:
        return await add(
            session, actor, title=title, kind=OrganisationKind.OTHER, address=None, confirmed_at=None, now=now
        )
    except OrganisationExists:  # a colleague proposed it in this very moment
        return (await session.scalars(select(Organisation).where(Organisation.title == title))).one()


async def add(
    session: AsyncSession,
    actor: Person | None,
    *,
    title: str,
    kind: OrganisationKind,
    address: str | None,
    confirmed_at: datetime | None,
    now: datetime,
) -> Organisation:
    """Write an organisation and its words for the search. Raises OrganisationExists."""
    organisation = Organisation(title=title, kind=kind, address=address, confirmed_at=confirmed_at, created_at=now)
    try:
        async with session.begin_nested():
            session.add(organisation)
    except IntegrityError as error:
        raise OrganisationExists(title=title) from error
    await search.index(session, Found.ORGANISATION, organisation.id, title)
    deed = "organisation.create" if confirmed_at else "organisation.propose"
    audit.record(session, actor, deed, "organisation", organisation.id, now=now, new={"title": title})
    return organisation


async def confirm(session: AsyncSession, actor: Person, organisation_id: int, *, now: datetime) -> Organisation:
    """The administrator takes a proposed organisation into the registry; a second time changes nothing. Raises NotAllowed, NotFound."""
    policy.require_administrator(actor)
    organisation = await session.get(Organisation, organisation_id, with_for_update=True)
    if organisation is None:
        raise NotFound
    if organisation.confirmed_at is None:
        organisation.confirmed_at = now
        audit.record(session, actor, "organisation.confirm", "organisation", organisation.id, now=now)
    return organisation


async def page_of(
    session: AsyncSession, actor: Person, *, proposed: bool, offset: int, limit: int
) -> tuple[list[Organisation], int]:
    """A page of the registry (or of what was proposed to it) by title, and how many there are in all. Raises NotAllowed."""
    policy.require_administrator(actor)
    waiting = Organisation.confirmed_at.is_(None) if proposed else Organisation.confirmed_at.is_not(None)
    query = select(Organisation).where(waiting).order_by(Organisation.title).offset(offset).limit(limit)
    total = await session.scalar(select(func.count()).select_from(Organisation).where(waiting))
    return list(await session.scalars(query)), total or 0


async def get(session: AsyncSession, organisation_id: int) -> Organisation:
    """Raises NotFound."""
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


async def people_of(session: AsyncSession, organisation_id: int) -> Sequence[int]:
    """The ids of the registered people who work there by their own words."""
    query = select(Person.id).where(Person.organisation_id == organisation_id, Person.registered_at.is_not(None))
    return list(await session.scalars(query.order_by(Person.id)))


async def tell(
    session: AsyncSession,
    actor: Person,
    kind: str,
    organisation_id: int,
    people: Sequence[int],
    payload: dict[str, Any] | None = None,
    *,
    now: datetime,
) -> None:
    """Have people told what became of the organisation they had proposed; whoever decided it knows."""
    notices = [
        Notice(
            kind,
            f"{kind}:{organisation_id}:{person_id}:{now.timestamp():.0f}",
            person_id,
            organisation_id,
            now,
            payload=payload or {},
        )
        for person_id in people
        if person_id != actor.id
    ]
    await notifications.put(session, notices, now=now)
