"""Deeds that wait until the person has agreed to the present text of the consent: nothing is lost meanwhile."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import delete as sql_delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import HeldUpdate, Person
from services.dialogs.parts import CUT_LETTERS, CUT_MOMENT

MOST = 50
"""So many deeds of a person wait; nobody does more without reading what they are asked."""


async def hold(
    session: AsyncSession, actor: Person, update_id: int, payload: str, *, album: str | None, now: datetime
) -> bool:
    """Keep a deed; the same update again is kept once. Gives whether it begins something, so that the person is to be asked.

    `album` is what all parts of one album have in common.
    """
    if await session.get(HeldUpdate, update_id) is not None:
        return True
    mine = HeldUpdate.person_id == actor.id
    last = await session.scalar(
        select(HeldUpdate).where(mine).order_by(HeldUpdate.held_at.desc(), HeldUpdate.update_id.desc()).limit(1)
    )
    if (await session.scalar(select(func.count()).where(mine)) or 0) < MOST:
        session.add(HeldUpdate(update_id=update_id, person_id=actor.id, payload=payload, held_at=now))
    return last is None or now - last.held_at > CUT_MOMENT or not _goes_on(last.payload, album)


def _goes_on(payload: str, album: str | None) -> bool:
    """Whether what follows at once may be a further part of this: of the same album, or of a text too long for one message."""
    message = json.loads(payload).get("message") or {}
    if album is not None:
        return bool(message.get("media_group_id") == album)
    return len(message.get("text") or "") >= CUT_LETTERS


async def first(session: AsyncSession, actor: Person) -> HeldUpdate | None:
    """The oldest deed that waits."""
    return await session.scalar(
        select(HeldUpdate)
        .where(HeldUpdate.person_id == actor.id)
        .order_by(HeldUpdate.held_at, HeldUpdate.update_id)
        .limit(1)
    )


async def done(session: AsyncSession, held: HeldUpdate) -> None:
    """The deed is done."""
    await session.execute(sql_delete(HeldUpdate).where(HeldUpdate.update_id == held.update_id))


async def drop(session: AsyncSession, actor: Person) -> None:
    """There will be no consent: nothing of it is done."""
    await session.execute(sql_delete(HeldUpdate).where(HeldUpdate.person_id == actor.id))
