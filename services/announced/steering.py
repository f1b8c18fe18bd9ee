"""An announcement on its way is paused, goes on, or is stopped for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Announcement, Person
from services import audit, notifications, policy
from services.announced.kinds import PROGRESS, STOPPED, TELL
from services.announced.seeing import Seen, draw_up, ruled


async def pause(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Seen:
    """Nothing more of it goes out until `resume`; one that is over, or paused already, stays as it is. Raises NotFound, NotAllowed."""
    announcement = await locked(session, actor, announcement_id)
    if announcement.paused_at is None and await _is_on_its_way(session, announcement, now=now):
        announcement.paused_at = now
        held = await notifications.hold(session, TELL, announcement_id)
        _record(session, actor, "announcement.pause", announcement, held, now=now)
    return await _seen(session, announcement, now=now)


async def resume(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Seen:
    """A paused one goes on, at once. Raises NotFound, NotAllowed, NetworkArchived."""
    announcement = await locked(session, actor, announcement_id)
    if announcement.paused_at is not None:
        policy.require_open(announcement.network)
        announcement.paused_at = None
        waiting = await notifications.release(session, TELL, announcement_id, now=now)
        _record(session, actor, "announcement.resume", announcement, waiting, now=now)
    return await _seen(session, announcement, now=now)


async def cancel(session: AsyncSession, actor: Person, announcement_id: int, *, now: datetime) -> Seen:
    """Whoever does not have it yet never gets it; those who have it keep it. Raises NotFound, NotAllowed."""
    announcement = await locked(session, actor, announcement_id)
    if announcement.cancelled_at is None and await _is_on_its_way(session, announcement, now=now):
        announcement.cancelled_at, announcement.paused_at = now, None
        stopped = await notifications.stop(session, TELL, announcement_id, STOPPED, now=now)
        _record(session, actor, "announcement.cancel", announcement, stopped, now=now)
    return await _seen(session, announcement, now=now)


async def locked(session: AsyncSession, actor: Person, announcement_id: int) -> Announcement:
    """An announcement that the actor may steer, and nobody else beside them now. Raises NotFound, NotAllowed."""
    await session.execute(select(Announcement.id).where(Announcement.id == announcement_id).with_for_update())
    return await ruled(session, actor, announcement_id)


async def _is_on_its_way(session: AsyncSession, announcement: Announcement, *, now: datetime) -> bool:
    return (await draw_up(session, announcement, now=now)).counts.waiting > 0


async def _seen(session: AsyncSession, announcement: Announcement, *, now: datetime) -> Seen:
    """As it is now; whoever watches it is shown the same at once."""
    await session.flush()
    await notifications.release(session, PROGRESS, announcement.id, now=now)
    return await draw_up(session, announcement, now=now)


def _record(
    session: AsyncSession, actor: Person, deed: str, announcement: Announcement, people: int, *, now: datetime
) -> None:
    audit.record(session, actor, deed, "announcement", announcement.id, now=now, new={"people": people})
