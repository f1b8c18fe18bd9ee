"""Administrators of the centre appoint and dismiss each other. The first ones are named at the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Person
from services import audit, consultations, notifications, policy
from services.errors import AdministratorNamed, LastAdministrator, NotFound
from services.notifications import Notice

APPOINTED, DISMISSED = "administrator-appointed", "administrator-dismissed"
"""The kinds of notice to whoever administers the centre now, or no longer."""


async def page_of(session: AsyncSession, actor: Person, *, offset: int, limit: int) -> tuple[Sequence[Person], int]:
    """The administrators by name, and how many there are. Raises NotAdministrator."""
    policy.require_administrator(actor)
    standing = Person.administrator_at.is_not(None)
    total = await session.scalar(select(func.count()).select_from(Person).where(standing))
    people = await session.scalars(
        select(Person).where(standing).order_by(Person.full_name, Person.id).offset(offset).limit(limit)
    )
    return people.all(), total or 0


async def get(session: AsyncSession, actor: Person, person_id: int) -> Person:
    """One of the administrators, for another one. Raises NotAdministrator, NotFound (they are none any more)."""
    policy.require_administrator(actor)
    person = await session.get(Person, person_id)
    if person is None or not policy.may_administer(person):
        raise NotFound
    return person


async def appoint(session: AsyncSession, actor: Person, person_id: int, *, now: datetime) -> Person:
    """An administrator makes a registered person another one; twice is once. They are told. Raises NotAdministrator, NotFound."""
    policy.require_administrator(actor)
    person = await session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or not policy.is_registered(person):
        raise NotFound
    if policy.may_administer(person):
        return person
    person.administrator_at = person.administrator_invited_at = now
    await session.flush()
    await consultations.watch_anew(session, person, now=now)
    audit.record(session, actor, "administrator.appoint", "person", person_id, now=now)
    await _tell(session, APPOINTED, person_id, now)
    return person


async def dismiss(
    session: AsyncSession, actor: Person, person_id: int, *, named: frozenset[int], now: datetime
) -> None:
    """An administrator ends somebody's rights, or their own; twice is once. They are told.

    `named` are the Telegram ids of the setting `ADMIN_IDS`: whoever stands there would be administrator again with their next word, so
    that is said instead. Of two who dismiss each other at once, or themselves, the second is the last one and stays.
    Raises NotAdministrator, AdministratorNamed, LastAdministrator.
    """
    policy.require_administrator(actor)
    # All of them locked in one order: how many there are is not to change between the look and the deed.
    rows = await session.scalars(
        select(Person)
        .where(Person.administrator_at.is_not(None))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    standing = {person.id: person for person in rows}
    if actor.id not in standing:
        policy.require_administrator(await session.get_one(Person, actor.id, populate_existing=True))
    person = standing.get(person_id)
    if person is None:
        return
    if person.telegram_id in named:
        raise AdministratorNamed(name=person.full_name or str(person.telegram_id))
    if len(standing) == 1:
        raise LastAdministrator
    person.administrator_at = person.administrator_invited_at = None
    await session.flush()
    await consultations.watch_anew(session, person, now=now)
    audit.record(session, actor, "administrator.dismiss", "person", person_id, now=now)
    await _tell(session, DISMISSED, person_id, now)


async def _tell(session: AsyncSession, kind: str, person_id: int, now: datetime) -> None:
    notice = Notice(kind, f"{kind}:{person_id}:{now.timestamp()}", person_id, person_id, now)
    await notifications.put(session, [notice], now=now)
