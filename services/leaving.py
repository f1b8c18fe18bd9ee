"""Somebody takes their consent back, or has themselves deleted: everything that lived by it ends, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Person
from services import (
    applications,
    audit,
    consultations,
    deciders,
    erasing,
    events,
    held,
    invitations,
    notifications,
    persons,
    registry,
)
from services.erasing import Traces


async def leave(session: AsyncSession, actor: Person, *, now: datetime) -> Person:
    """Withdraw the consent to the processing of personal data (152-ФЗ, art. 9, part 2) with all that follows from it.

    Seats and places in waiting lists are given back, and whoever waits longest gets them; own open questions end; those taken wait
    for another expert; applications are withdrawn; memberships and roles end, and what waited for their decision is for the next
    ones up; the form is deleted, and the entry of the centre's lists that they were recognised by. Others are told as after any such
    change, the person nothing any more: what was to be told them is taken back. What they said and handed in stays, under «участник»
    (product.md §0). A second time changes nothing.
    """
    await events.release(session, actor, now=now)
    await consultations.leave(session, actor, now=now)
    await applications.withdraw_all(session, actor, now=now)
    await invitations.let_go(session, actor, now=now)
    led = await deciders.led_by(session, actor.id)
    person = await persons.withdraw_consent(session, actor, now=now)
    await session.flush()
    for network_id in led:
        await deciders.hand_over(session, network_id, now=now)
    await registry.untie(session, person)
    await notifications.cancel_all(session, person.id)
    await held.drop(session, person)
    return person


async def delete(session: AsyncSession, actor: Person, *, now: datetime) -> None:
    """«Удалить меня»: leave everything, as with a withdrawal of the consent, and then lose every personal field (`services.erasing`).

    Of the person stays a row without anything about them, as the author of what they said and handed in. The same Telegram id is
    from now on that of somebody new.
    """
    person = await session.get_one(Person, actor.id, with_for_update=True, populate_existing=True)
    traces = Traces.of(person)
    await leave(session, person, now=now)
    await session.flush()
    await erasing.erase(session, person, traces, now=now)
    audit.record(session, person, "person.delete", "person", person.id, now=now)
