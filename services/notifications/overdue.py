"""What should have gone out long ago: something holds the delivery up, and the administrators are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Person, Priority
from services.notifications.sending import IS_OPEN
from services.notifications.writing import Notice, put

KIND = "delivery-overdue"

OVERDUE_AFTER = timedelta(minutes=10)
"""What has waited for so long after it was due is told: something holds it up."""

_COUNTED_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Lag:
    """What is overdue in one priority, by kind (counted up to a thousand): `first_id` should have gone out next, at `since`."""

    priority: Priority
    first_id: int
    since: datetime
    kinds: dict[str, int]

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(self.kinds.values())


async def lagging(session: AsyncSession, *, now: datetime) -> list[Lag]:
    """Of each priority what should have gone out `OVERDUE_AFTER` ago: due, not put off (as in quiet hours), and taken by nobody."""
    found = []
    for priority in Priority:  # one by one, as it is claimed: a short range of the index
        waits = (
            select(Notification.id, Notification.kind, Notification.next_at)
            .where(IS_OPEN, Notification.state == NotificationState.PENDING, Notification.priority == int(priority))
            .where(Notification.next_at <= now - OVERDUE_AFTER, Notification.kind != KIND)
            .order_by(Notification.next_at, Notification.due_at, Notification.id)
        )
        rows = (await session.execute(waits.limit(_COUNTED_UP_TO))).all()
        if rows:
            kinds: dict[str, int] = {}
            for row in rows:
                kinds[row.kind] = kinds.get(row.kind, 0) + 1
            found.append(Lag(priority, rows[0].id, rows[0].next_at, kinds))
    return found


def stuck(lags: Sequence[Lag], before: Collection[int]) -> list[Lag]:
    """Those that do not move: the same row was next already when one looked `before` (the ids of the first rows then).

    An announcement to everybody may well take longer than `OVERDUE_AFTER`; as long as its rows go out, nothing is wrong.
    """
    return [lag for lag in lags if lag.first_id in before]


async def tell_administrators(session: AsyncSession, *, now: datetime) -> int:
    """Have a note go out to every administrator, once a day at most however many processes see it. Gives how many are new."""
    administrators = list(await session.scalars(select(Person.id).where(Person.administrator_at.is_not(None))))
    notices = [Notice(KIND, f"{KIND}:{now:%Y-%m-%d}:{person_id}", person_id, 0, now) for person_id in administrators]
    return await put(session, notices, now=now)
