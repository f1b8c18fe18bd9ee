"""The own phone number: shared by Telegram's button, which tells whose it is, seen in the profile, taken back at any time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import Person
from services import audit, policy
from services.errors import NotOwnPhone

_LONGEST = 15
"""Digits of the longest number there is (ITU-T E.164)."""


async def share(session: AsyncSession, actor: Person, *, number: str, owner_id: int | None, now: datetime) -> Person:
    """Keep the number that the actor's Telegram sent, as «+79021234567».

    `owner_id` is the account that the contact belongs to: one sent by the button carries the sender's own
    (https://core.telegram.org/bots/api#contact), one from the phone book somebody else's or none.
    Raises NotRegistered, NotOwnPhone.
    """
    policy.require_registered(actor)
    digits = "".join(sign for sign in number if sign.isdigit())
    if owner_id is None or owner_id != actor.telegram_id or not 5 <= len(digits) <= _LONGEST:
        raise NotOwnPhone
    person = await session.get_one(Person, actor.id)
    if person.phone != f"+{digits}":
        person.phone = f"+{digits}"
        audit.record(session, actor, "person.change", "person", person.id, now=now, new={"field": "phone"})
    return person


async def forget(session: AsyncSession, actor: Person, *, now: datetime) -> Person:
    """Take the number back; where there is none nothing happens. Raises NotRegistered."""
    policy.require_registered(actor)
    person = await session.get_one(Person, actor.id)
    if person.phone is not None:
        person.phone = None
        audit.record(session, actor, "person.change", "person", person.id, now=now, new={"field": "phone"})
    return person
