"""Who heads an organisation and acts for it: appointed by the administrator, as long as they work there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Agreement, Head, Organisation, Participation, Person
from services import audit, coverage, notifications, policy, representing
from services.errors import NotAllowed, NotFound, NotOfOrganisation
from services.notifications import Notice

APPOINTED, DISMISSED = "head-appointed", "head-dismissed"
"""The kinds of notice to whoever heads an organisation from now on, or no longer."""

ASKED = "organisation-agreement-asked"
"""The kind of notice by which heads are asked to accept a version of an agreement on behalf of their organisations."""


async def of(session: AsyncSession, organisation_id: int) -> Person | None:
    """Who heads the organisation now."""
    return await session.scalar(
        select(Person).join(Head, Head.organisation_id == organisation_id).where(*coverage.heading())
    )


async def headed_by(session: AsyncSession, person: Person) -> Organisation | None:
    """The organisation that this person heads now."""
    return await session.scalar(
        select(Organisation)
        .join(Head, Head.organisation_id == Organisation.id)
        .join(Person, Person.id == Head.person_id)
        .where(Head.person_id == person.id, *coverage.heading())
        .limit(1)
    )


async def require_headed(session: AsyncSession, actor: Person) -> Organisation:
    """The organisation that the actor heads. Raises NotRegistered, NotAllowed (they head none)."""
    policy.require_registered(actor)
    organisation = await headed_by(session, actor)
    if organisation is None:
        raise NotAllowed
    return organisation


async def may_edit(session: AsyncSession, actor: Person, organisation_id: int) -> bool:
    """Whether the organisation's card is this person's to edit: its head's, the administrator's."""
    if policy.may_administer(actor):
        return True
    headed = await headed_by(session, actor) if policy.is_registered(actor) else None
    return headed is not None and headed.id == organisation_id


async def require_editor(session: AsyncSession, actor: Person, organisation_id: int) -> None:
    """Raises NotAllowed."""
    if not await may_edit(session, actor, organisation_id):
        raise NotAllowed


async def appoint(
    session: AsyncSession, actor: Person, organisation_id: int, person_id: int, *, now: datetime
) -> Organisation:
    """The administrator names who heads an organisation of the registry, in the place of whoever did; twice is once. Both are told.

    Raises NotAdministrator, NotFound (not in the registry, nobody registered), NotOfOrganisation (they work elsewhere).
    """
    policy.require_administrator(actor)
    organisation = await session.get(Organisation, organisation_id, with_for_update=True, populate_existing=True)
    person = await session.get(Person, person_id)
    if organisation is None or organisation.confirmed_at is None or person is None or not policy.is_registered(person):
        raise NotFound
    if person.organisation_id != organisation_id:
        raise NotOfOrganisation(title=organisation.title)
    former = await _standing_row(session, organisation_id)
    if former is not None and former.person_id == person_id:
        return organisation
    if former is not None:
        await _end(session, actor, former, now=now)
    head = Head(organisation_id=organisation_id, person_id=person_id, appointed_by_id=actor.id, appointed_at=now)
    session.add(head)  # nobody else appoints meanwhile: the organisation's row is locked
    await session.flush()
    new = {"person_id": person_id}
    audit.record(session, actor, "head.appoint", "organisation", organisation_id, now=now, new=new)
    await _tell(session, APPOINTED, head, now=now)
    return organisation


async def dismiss(session: AsyncSession, actor: Person, organisation_id: int, *, now: datetime) -> Organisation:
    """The administrator ends it; where nobody heads it nothing happens. They are told. Raises NotAdministrator, NotFound."""
    policy.require_administrator(actor)
    organisation = await session.get(Organisation, organisation_id, with_for_update=True, populate_existing=True)
    if organisation is None:
        raise NotFound
    head = await _standing_row(session, organisation_id)
    if head is not None:
        await _end(session, actor, head, now=now)
    return organisation


async def _standing_row(session: AsyncSession, organisation_id: int) -> Head | None:
    """The row in force, also of a person who works elsewhere by now."""
    return await session.scalar(
        select(Head).where(Head.organisation_id == organisation_id, Head.ended_at.is_(None)).with_for_update()
    )


async def _end(session: AsyncSession, actor: Person, head: Head, *, now: datetime) -> None:
    head.ended_at = now
    await session.flush()
    old = {"person_id": head.person_id}
    audit.record(session, actor, "head.dismiss", "organisation", head.organisation_id, now=now, old=old)
    await _tell(session, DISMISSED, head, now=now)


async def _tell(session: AsyncSession, kind: str, head: Head, *, now: datetime) -> None:
    notice = Notice(kind, f"{kind}:{head.id}", head.person_id, head.organisation_id, now)
    await notifications.put(session, [notice], now=now)


async def left_work(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """The person works elsewhere from now on, or nowhere: they head no former organisation and coordinate nothing on its behalf."""
    await session.flush()
    elsewhere = Head.organisation_id != (person.organisation_id or 0)
    await session.execute(
        update(Head)
        .where(Head.person_id == person.id, Head.ended_at.is_(None), elsewhere)
        .values(ended_at=now)
        .execution_options(synchronize_session="fetch")
    )
    await representing.end_elsewhere(session, person, now=now)


async def with_person(session: AsyncSession, organisation_id: int) -> Head | None:
    """The headship in force with its person, for the card."""
    return await session.scalar(
        select(Head)
        .join(Person, Person.id == Head.person_id)
        .where(Head.organisation_id == organisation_id, *coverage.heading())
        .options(joinedload(Head.person))
    )


async def ask_heads(session: AsyncSession, agreement: Agreement, *, now: datetime) -> None:
    """A version came into force: the head of every organisation that takes part is asked to accept it."""
    rows = await session.execute(
        select(Participation.id, Head.person_id)
        .join(Head, Head.organisation_id == Participation.organisation_id)
        .join(Person, Person.id == Head.person_id)
        .where(Participation.network_id == agreement.network_id, coverage.standing(), *coverage.heading())
    )
    notices = [
        Notice(ASKED, f"{ASKED}:{agreement.id}:{participation_id}", person_id, participation_id, now)
        for participation_id, person_id in rows
    ]
    await notifications.put(session, notices, now=now)
