"""The registry of organisations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import Found, Organisation, OrganisationKind, Person
from services import audit, policy, search
from services.errors import NotFound, OrganisationExists


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
