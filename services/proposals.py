"""Organisations that participants proposed («моей нет»): accepted, found to be another one, or declined; their people are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Found, Organisation, Person
from services import audit, merging, organisations, policy, registry, search
from services.errors import NotFound, OrganisationExists, ProposalDecided


async def waiting(session: AsyncSession, actor: Person, organisation_id: int) -> Organisation:
    """A proposed organisation that nobody has decided about, held. Raises NotAdministrator, NotFound, ProposalDecided."""
    policy.require_administrator(actor)
    organisation = await session.get(Organisation, organisation_id, with_for_update=True)
    if organisation is None:
        raise NotFound
    if organisation.confirmed_at is not None:
        raise ProposalDecided(title=organisation.title)
    return organisation


async def accept(session: AsyncSession, actor: Person, organisation_id: int, *, now: datetime) -> Organisation:
    """Take it into the registry as it is called; a second time changes nothing. Raises NotAdministrator, NotFound."""
    try:
        await waiting(session, actor, organisation_id)
    except ProposalDecided:
        return await organisations.get(session, organisation_id)
    organisation = await organisations.confirm(session, actor, organisation_id, now=now)
    await organisations.tell(
        session,
        actor,
        "organisation-accepted",
        organisation_id,
        await organisations.people_of(session, organisation_id),
        now=now,
    )
    return organisation


async def accept_as(
    session: AsyncSession, actor: Person, organisation_id: int, *, title: str, now: datetime
) -> Organisation:
    """Take it into the registry under a corrected title.

    Raises NotAdministrator, NotFound, ProposalDecided, OrganisationExists (then it is that one: see `replace`).
    """
    organisation = await waiting(session, actor, organisation_id)
    same = await search.same_title(session, Found.ORGANISATION, Organisation, title)
    if same is not None and same.id != organisation_id:
        raise OrganisationExists(title=same.title)
    old, organisation.title = organisation.title, title
    await session.flush()
    await search.index(session, Found.ORGANISATION, organisation_id, title)
    audit.record(
        session,
        actor,
        "organisation.rename",
        "organisation",
        organisation_id,
        now=now,
        old={"title": old},
        new={"title": title},
    )
    return await accept(session, actor, organisation_id, now=now)


async def replace(
    session: AsyncSession, actor: Person, organisation_id: int, kept_id: int, *, now: datetime
) -> Organisation:
    """«Это вот эта»: it is one of the registry under another name; its people go over, and are looked up in the lists again.

    Raises NotAdministrator, NotFound, ProposalDecided, MergeRefused.
    """
    title = (await waiting(session, actor, organisation_id)).title
    people = await organisations.people_of(session, organisation_id)
    kept = await merging.merge_organisations(session, actor, kept_id, organisation_id, now=now)
    moved = list(await session.scalars(select(Person).where(Person.id.in_(people))))
    for person in moved:
        await registry.forget_decision(session, person)
    await registry.recognise_all(session, moved, now=now, tell=True)
    await organisations.tell(session, actor, "organisation-replaced", kept_id, people, {"title": title}, now=now)
    return kept


async def decline(session: AsyncSession, actor: Person, organisation_id: int, *, reason: str, now: datetime) -> str:
    """Take the proposal away; its people have no organisation then and are told why. Gives its title.

    Raises NotAdministrator, NotFound, ProposalDecided, MergeRefused (the centre's own lists name it).
    """
    title = (await waiting(session, actor, organisation_id)).title
    people = await organisations.people_of(session, organisation_id)
    await merging.remove_organisation(session, organisation_id, None)
    audit.record(session, actor, "organisation.decline", "organisation", organisation_id, now=now, old={"title": title})
    payload = {"title": title, "reason": reason}
    await organisations.tell(session, actor, "organisation-declined", organisation_id, people, payload, now=now)
    return title
