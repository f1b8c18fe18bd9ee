"""What was told long ago is deleted, a little at a time; what reports count of it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, NotificationTally

_SETTLED = [state for state in NotificationState if state not in (NotificationState.PENDING, NotificationState.SENDING)]


def _is_old(before: datetime) -> ColumnElement[bool]:
    """What was taken back has no moment of settling: it counts from when it was due."""
    ended_at = func.coalesce(Notification.settled_at, Notification.due_at)
    return Notification.state.in_(_SETTLED) & (Notification.created_at < before) & (ended_at < before)


async def old_ones(
    session: AsyncSession, *, before: datetime, needed: ColumnElement[bool], after_id: int, limit: int
) -> Sequence[int]:
    """The next ids after `after_id` of what ended before `before` and is not `needed` any more."""
    query = select(Notification.id).where(Notification.id > after_id, _is_old(before), ~needed)
    return list(await session.scalars(query.order_by(Notification.id).limit(limit)))


async def delete_old(session: AsyncSession, ids: Collection[int], *, before: datetime, counted: Collection[str]) -> int:
    """Delete those of `ids` that ended before `before`, with the messages they became. Gives how many.

    Of the kinds in `counted` a tally is kept for `outcomes`. Several processes may do this at once: each row is deleted, and
    counted, by one of them.
    """
    chosen = select(Notification.id).where(Notification.id.in_(ids), _is_old(before)).with_for_update(skip_locked=True)
    gone = await session.execute(
        delete(Notification)
        .where(Notification.id.in_(chosen))
        .returning(
            Notification.kind,
            Notification.subject_id,
            Notification.state,
            Notification.maybe_twice,
            case((Notification.state == NotificationState.CANCELLED, func.coalesce(Notification.error, "")), else_=""),
        )
        .execution_options(synchronize_session=False)
    )
    rows = [tuple(row) for row in gone]
    tally = Counter(row for row in rows if row[0] in counted)
    if tally:
        make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        add = make(NotificationTally)
        names = ("kind", "subject_id", "state", "maybe_twice", "reason")
        # In one order everywhere: two processes that add to the same tallies must not wait for each other.
        values = [dict(zip(names, row, strict=True)) | {"number": number} for row, number in sorted(tally.items())]
        await session.execute(
            add.on_conflict_do_update(
                index_elements=[getattr(NotificationTally, name) for name in names],
                set_={"number": NotificationTally.number + add.excluded.number},
            ),
            values,
        )
    return len(rows)
