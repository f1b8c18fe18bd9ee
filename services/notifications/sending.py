"""A row on its way: claimed with a lease, renewed while it is being sent, settled with its outcome.

Whoever settles a row must still hold it: the number of the attempt is the proof. A process that slept through its lease finds
the row claimed by another one and changes nothing, except that the person may have got the message twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import cast

from sqlalchemy import (
    BigInteger,
    Insert,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from models import Notification, NotificationState, Person, Priority, SentMessage

LEASE = timedelta(seconds=15)
"""How long a claimed row is its process's own. It is renewed while the row is being sent, so it may be short: after a crash
the rows in flight wait no longer than this."""

MOST_ATTEMPTS = 6
"""After so many attempts a notification that cannot be drawn or sent by a fault of ours has failed: some five minutes."""

REFUSED_ATTEMPTS = 3
"""The same for what Telegram refuses: it will hardly change its mind."""

NETWORK_ATTEMPTS = 24
"""The same while Telegram is out of reach: some eight hours."""

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=30)

LOOK_AHEAD = 300
"""Among so many due rows the first of each person is looked for at a time: more than is ever claimed, and never a whole backlog."""

_OPEN = (NotificationState.PENDING, NotificationState.SENDING)
# Written out as in the index `ix_notifications_waiting`: of parameters neither database knows that they are the words it is about.
_IS_OPEN = Notification.state.in_([literal(state, Notification.state.type, literal_execute=True) for state in _OPEN])


async def claim(
    session: AsyncSession,
    *,
    now: datetime,
    leased_at: datetime,
    limit: int,
    kinds: Collection[str] | None = None,
    besides: Collection[int] = (),
) -> Sequence[Notification]:
    """Take up to `limit` due notifications to send, of each person the first: by priority, then by when it was their turn.

    Each is leased for `LEASE`. `now` is wall time (the demo may move it), `leased_at` real time: a lease outlives no jump of the
    clock. Only `kinds` are taken (None: all): what a newer version wrote waits for it untouched. `besides` are the people to whom
    the claimant is sending something already: theirs wait, so that whoever has many holds up nobody. Two processes never get the
    same row.
    """
    claimed: list[Notification] = []
    busy = set(besides)
    due = (await session.execute(_WHAT_IS_DUE, {"now": now})).one()
    for priority, is_due in zip(Priority, due, strict=True):  # one by one: each is a short range of the index
        while is_due and len(claimed) < limit:
            rows = await _claim(session, priority, now, leased_at, limit=limit - len(claimed), kinds=kinds, busy=busy)
            if not rows:
                break
            claimed += rows
            busy.update(row.person_id for row in rows)
    return claimed


async def _claim(
    session: AsyncSession,
    priority: Priority,
    now: datetime,
    leased_at: datetime,
    *,
    limit: int,
    kinds: Collection[str] | None,
    busy: Collection[int],
) -> Sequence[Notification]:
    """Some of those due, fewer than `limit` when the first `LOOK_AHEAD` rows are few people's; none when there are no more."""
    parameters = {
        "of_priority": int(priority),
        "now": now,
        "leased_at": leased_at,
        "lease_ends": leased_at + LEASE,
        "most": limit,
        "kinds": list(kinds or ()),
        "busy": list(busy),
    }
    rows = await session.scalars(_claim_of(kinds is not None), parameters)
    return sorted(rows, key=lambda row: (row.next_at, row.due_at, row.id))


# The statements of every claim are built once (docs/adr/0013).
_NOW = bindparam("now", type_=Notification.next_at.type)
_WHAT_IS_DUE = select(
    *(exists().where(_IS_OPEN, Notification.priority == int(one), Notification.next_at <= _NOW) for one in Priority)
)


@cache
def _claim_of(certain_kinds: bool) -> ReturningUpdate[Notification]:
    """Takes rows of one priority, of `certain_kinds` or of all."""
    leased_at = bindparam("leased_at", type_=Notification.next_at.type)
    died = Notification.state == NotificationState.SENDING
    waits = and_(
        _IS_OPEN,
        Notification.priority == bindparam("of_priority", type_=Integer),
        Notification.next_at <= _NOW,
        or_(
            Notification.state == NotificationState.PENDING,
            and_(died, Notification.lease_until <= leased_at),
        ),
    )
    turn = (Notification.next_at, Notification.due_at, Notification.id)
    due = select(Notification.id, Notification.person_id, Notification.next_at, Notification.due_at).where(
        waits, Notification.person_id.not_in(bindparam("busy", expanding=True, type_=BigInteger))
    )
    if certain_kinds:
        due = due.where(Notification.kind.in_(bindparam("kinds", expanding=True, type_=String)))
    ahead = due.order_by(*turn).limit(LOOK_AHEAD).subquery("ahead")
    place = func.row_number().over(
        partition_by=ahead.c.person_id, order_by=(ahead.c.next_at, ahead.c.due_at, ahead.c.id)
    )
    placed = select(ahead.c.id, place.label("place")).subquery("placed")
    # `waits` again: PostgreSQL looks at it anew when it locks a row that another process has just changed.
    chosen = (
        select(Notification.id)
        .where(Notification.id.in_(select(placed.c.id).where(placed.c.place == 1)), waits)
        .order_by(*turn)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )
    # PostgreSQL may run a subquery with LIMIT and a lock more than once; a common table expression runs once.
    once = chosen.cte("chosen")
    return (
        update(Notification)
        .where(Notification.id.in_(select(once.c.id)))
        .values(
            maybe_twice=or_(Notification.maybe_twice, died),
            state=NotificationState.SENDING,
            lease_until=bindparam("lease_ends", type_=Notification.next_at.type),
            attempts=Notification.attempts + 1,
        )
        .returning(Notification)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


async def renew(session: AsyncSession, rows: Collection[Notification], *, leased_at: datetime) -> None:
    """These are still being sent: prolong their leases."""
    await session.execute(
        update(Notification)
        .where(Notification.id.in_([row.id for row in rows]), Notification.state == NotificationState.SENDING)
        .values(lease_until=leased_at + LEASE)
        .execution_options(synchronize_session=False)
    )


async def unknown_kinds(session: AsyncSession, known: Collection[str]) -> Sequence[str]:
    """The kinds of waiting notifications that nobody here can draw."""
    query = select(Notification.kind).where(Notification.state.in_(_OPEN), Notification.kind.not_in(known)).distinct()
    return list(await session.scalars(query.order_by(Notification.kind)))


Messages = Sequence[tuple[int, int]]
"""What somebody got, as pairs of chat and message id."""


async def settle_sent(session: AsyncSession, notification: Notification, messages: Messages, *, now: datetime) -> None:
    """It reached the person; `messages` are those of this attempt, pairs of chat and message id."""
    await settle_all_sent(session, [(notification, messages)], now=now)


async def settle_all_sent(
    session: AsyncSession, sent: Sequence[tuple[Notification, Messages]], *, now: datetime
) -> None:
    """The same for many, each with its messages, in a handful of statements."""
    ours: set[int] = set()
    by_attempt: dict[int, list[int]] = {}
    for row, _ in sent:
        by_attempt.setdefault(row.attempts, []).append(row.id)
    for attempts, ids in by_attempt.items():
        ours.update(await session.scalars(_SETTLE_SENT, {"ids": ids, "of_attempts": attempts, "now": now}))
    others = [row.id for row, _ in sent if row.id not in ours]
    if others:  # another process had them too
        await session.execute(update(Notification).where(Notification.id.in_(others)).values(maybe_twice=True))
    continued = [row.id for row, _ in sent if row.attempts > 1 or row.id not in ours]
    first = await count_parts(session, continued)
    await _keep(session, [(row, first.get(row.id, 0), messages) for row, messages in sent])


_ROWS = cast(Table, Notification.__table__)
_SETTLE_SENT = (
    update(_ROWS)
    .where(
        _ROWS.c.id.in_(bindparam("ids", expanding=True, type_=BigInteger)),
        _ROWS.c.state == NotificationState.SENDING,
        _ROWS.c.attempts == bindparam("of_attempts", type_=Integer),
    )
    .values(state=NotificationState.SENT, settled_at=_NOW, error=None, lease_until=None)
    .returning(_ROWS.c.id)
)


async def settle_blocked(session: AsyncSession, notification: Notification, *, now: datetime) -> bool:
    """The person has blocked the bot, or is gone from Telegram: nothing more is sent until they come back.

    Gives whether it was this attempt that settled it.
    """
    settled = await _change(session, notification, state=NotificationState.BLOCKED, settled_at=now)
    await session.execute(
        update(Person).where(Person.id == notification.person_id, Person.blocked_at.is_(None)).values(blocked_at=now)
    )
    return settled


async def settle_cancelled(session: AsyncSession, notification: Notification, *, now: datetime) -> None:
    """There is nothing to say any more: the world has changed since it was written."""
    await _change(session, notification, state=NotificationState.CANCELLED, settled_at=now)


async def postpone(
    session: AsyncSession,
    notification: Notification,
    *,
    until: datetime,
    began: bool = False,
    perhaps_sent: bool = False,
) -> None:
    """Not now (quiet hours, «too many requests», the process ends): an attempt that was none, unless it `began` to send.

    Those postponed to the same moment keep their order. `perhaps_sent`: it broke off where nobody knows.
    """
    await _change(
        session,
        notification,
        state=NotificationState.PENDING,
        next_at=until,
        attempts=notification.attempts - (not began),
        maybe_twice=notification.maybe_twice or perhaps_sent,
    )


async def settle_trouble(
    session: AsyncSession,
    notification: Notification,
    error: str,
    *,
    now: datetime,
    most_attempts: int = MOST_ATTEMPTS,
    perhaps_sent: bool = False,
) -> bool:
    """It did not go out: retried with growing pauses, after `most_attempts` failed for good. Gives whether it will be retried.

    `perhaps_sent`: the answer was lost, so the person may have it already.
    """
    maybe_twice = notification.maybe_twice or perhaps_sent
    if notification.attempts >= most_attempts:
        await _change(
            session,
            notification,
            state=NotificationState.FAILED,
            settled_at=now,
            error=error[:200],
            maybe_twice=maybe_twice,
        )
        return False
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (notification.attempts - 1))
    await _change(
        session,
        notification,
        state=NotificationState.PENDING,
        next_at=now + pause,
        error=error[:200],
        maybe_twice=maybe_twice,
    )
    return True


async def _change(session: AsyncSession, notification: Notification, **values: object) -> bool:
    """Settle a row that this attempt still holds; False when another process has claimed or settled it since."""
    changed = await session.execute(
        update(Notification)
        .where(
            Notification.id == notification.id,
            Notification.state == NotificationState.SENDING,
            Notification.attempts == notification.attempts,
        )
        .values(lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result counts its rows


async def get_parts(session: AsyncSession, notification: Notification) -> int:
    """How many messages of it went out in earlier attempts that broke off in the middle."""
    return (await count_parts(session, [notification.id])).get(notification.id, 0)


async def count_parts(session: AsyncSession, ids: Collection[int]) -> dict[int, int]:
    """The same for many notifications, by their ids; those without any are left out."""
    if not ids:
        return {}
    counted = await session.execute(
        select(SentMessage.notification_id, func.count())
        .where(SentMessage.notification_id.in_(ids))
        .group_by(SentMessage.notification_id)
    )
    return dict(counted.all())


async def keep_parts(session: AsyncSession, notification: Notification, messages: Messages) -> None:
    """Remember messages that went out, after those of earlier attempts if there are any."""
    if messages:
        await _keep(session, [(notification, await get_parts(session, notification), messages)])


async def _keep(session: AsyncSession, sent: Iterable[tuple[Notification, int, Messages]]) -> None:
    """Write messages down, each notification's from the given part on."""
    rows = [
        {"notification_id": notification.id, "part": part, "chat_id": chat_id, "message_id": message_id}
        for notification, first, messages in sent
        for part, (chat_id, message_id) in enumerate(messages, start=first)
    ]
    if not rows:
        return
    await session.execute(_keep_of(session.get_bind().dialect.name), rows)


@cache
def _keep_of(dialect: str) -> Insert:
    """Writes a message down.

    Telegram counts messages anew for another bot, our own Telegram after its file is gone: the newest owner of a number is right.
    """
    add = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(cast(Table, SentMessage.__table__))
    return add.on_conflict_do_update(
        index_elements=["chat_id", "message_id"],
        set_={"notification_id": add.excluded.notification_id, "part": add.excluded.part},
    )
