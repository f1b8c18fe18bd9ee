"""Somebody takes their consent back: everything that lived by it ends, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Person
from services import applications, consultations, events, invitations, notifications, persons


async def leave(session: AsyncSession, actor: Person, *, now: datetime) -> Person:
    """Withdraw the consent to the processing of personal data (152-ФЗ, art. 9, part 2) with all that follows from it.

    Seats and places in waiting lists are given back, and whoever waits longest gets them; own open questions end; those taken wait
    for another expert; applications are withdrawn; memberships and roles end; the form is deleted. Others are told as after any such
    change, the person nothing any more: what was to be told them is taken back. What they said and handed in stays, under «участник»
    (product.md §0). A second time changes nothing.
    """
    await events.release(session, actor, now=now)
    await consultations.leave(session, actor, now=now)
    await applications.withdraw_all(session, actor, now=now)
    await invitations.let_go(session, actor)
    person = await persons.withdraw_consent(session, actor, now=now)
    await notifications.cancel_all(session, person.id)
    return person
