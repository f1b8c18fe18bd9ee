"""A row on its way: claimed with a lease, renewed while it is being sent, settled with its outcome.

Whoever settles a row must still hold it: the number of the attempt is the proof. A process that slept through its lease finds
the row claimed by another one and changes nothing, except that the person may have got the message twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Executable,
    Insert,
    Integer,
    Table,
    and_,
    any_,
    bindparam,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models import Notification, NotificationState, Person, Priority, SentMessage
from models.base import UtcDateTime

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

STALE = "stale"
"""Stands as the reason with what was cancelled because its moment had passed."""

_OPEN = (NotificationState.PENDING, NotificationState.SENDING)
# Written out as in the index `ix_notifications_waiting`: of parameters neither database knows that they are the words it is about.
IS_OPEN = Notification.state.in_([literal(state, Notification.state.type, literal_execute=True) for state in _OPEN])
"""What is still to come, so that the index of it serves."""


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
    statement = _taking(session.get_bind().dialect.name, of_kinds=kinds is not None)
    while len(claimed) < limit:
        asked = {
            "now": now,
            "leased_at": leased_at,
            "leased_until": leased_at + LEASE,
            "busy": list(busy),
            "most": limit - len(claimed),
        }
        if kinds is not None:
            asked["kinds"] = list(kinds)
        rows = list(await session.scalars(statement, asked))
        if not rows:
            break
        claimed += sorted(rows, key=lambda row: (row.priority, row.next_at, row.due_at, row.id))
        busy.update(row.person_id for row in rows)
    return claimed


@cache
def _taking(dialect: str, *, of_kinds: bool) -> Executable:
    """The statement that takes some of those due: fewer than asked for when the first `LOOK_AHEAD` rows are few people's.

    Made once, with one text however many are `busy`: making it, and having the database plan it, would cost more than running it.
    """
    died = Notification.state == NotificationState.SENDING
    waits = and_(
        IS_OPEN,
        Notification.next_at <= bindparam("now", type_=UtcDateTime),
        or_(
            Notification.state == NotificationState.PENDING,
            and_(died, Notification.lease_until <= bindparam("leased_at", type_=UtcDateTime)),
        ),
        not_(_is_among(Notification.person_id, "busy", dialect)),
    )
    if of_kinds:
        waits &= _is_among(Notification.kind, "kinds", dialect)
    turn = (Notification.next_at, Notification.due_at, Notification.id)
    row = select(
        Notification.id, Notification.person_id, Notification.priority, Notification.next_at, Notification.due_at
    )
    # One by one, so that each priority is a short range of the index, however much lies in the future.
    ranges = [
        row.where(waits, Notification.priority == literal(int(priority), literal_execute=True))
        .order_by(*turn)
        .limit(literal(LOOK_AHEAD, literal_execute=True))
        .subquery()
        for priority in Priority
    ]
    ahead = union_all(*(select(one) for one in ranges)).subquery("ahead")
    in_turn = (ahead.c.priority, ahead.c.next_at, ahead.c.due_at, ahead.c.id)
    placed = select(
        *ahead.c,
        func.row_number().over(partition_by=ahead.c.person_id, order_by=in_turn).label("place"),
        func.count().over(partition_by=ahead.c.priority).label("looked_at"),
    ).cte("placed")
    # Where one sees no end of a priority, other people's rows of it may stand behind: nothing less pressing goes before them.
    endless = select(func.min(placed.c.priority)).where(placed.c.looked_at >= LOOK_AHEAD).scalar_subquery()
    # From the few that were looked at to their rows by id, never along the queue again: it may be a million long.
    # `waits` again: PostgreSQL looks at it anew when it locks a row that another process has just changed.
    chosen = (
        select(Notification.id)
        .select_from(placed)
        .join(Notification, Notification.id == placed.c.id)
        .where(placed.c.place == 1, placed.c.priority <= func.coalesce(endless, placed.c.priority), waits)
        .order_by(placed.c.priority, placed.c.next_at, placed.c.due_at, placed.c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(of=Notification, skip_locked=True)
    )
    # PostgreSQL may run a subquery with LIMIT and a lock more than once; a common table expression runs once.
    once = chosen.cte("chosen")
    table = cast(Table, Notification.__table__)
    taken = (
        update(table)
        .where(table.c.id.in_(select(once.c.id)))
        .values(
            maybe_twice=or_(table.c.maybe_twice, table.c.state == NotificationState.SENDING),
            state=NotificationState.SENDING,
            lease_until=bindparam("leased_until", type_=UtcDateTime),
            attempts=table.c.attempts + 1,
        )
        .returning(*table.c)
    )
    # Of the table and not of the class: SQLAlchemy makes an ORM update anew each time it runs, and with it the key of its cache.
    return select(Notification).from_statement(taken).execution_options(populate_existing=True)


def _is_among(column: InstrumentedAttribute[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """Whether a column's value is in the list given as `name`: one parameter, however long it is."""
    if dialect == "sqlite":
        return column.in_(select(func.json_each(bindparam(name, type_=JSON)).table_valued("value").c.value))
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


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


_NOW = bindparam("now", type_=UtcDateTime)
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


async def settle_cancelled(
    session: AsyncSession, notification: Notification, *, now: datetime, is_stale: bool = False
) -> None:
    """There is nothing to say any more: the world has changed since it was written, or (`is_stale`) its moment has passed."""
    error = STALE if is_stale else None
    await _change(session, notification, state=NotificationState.CANCELLED, settled_at=now, error=error)


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
    """It did not go out: retried with growing pauses, after `most_attempts` given up. Gives whether it will be retried.

    `perhaps_sent`: the answer was lost, so the person may have it already. What may have arrived in any attempt is UNKNOWN at
    last, not FAILED: nobody should be told that it did not reach them.
    """
    maybe_twice = notification.maybe_twice or perhaps_sent
    if notification.attempts >= most_attempts:
        await _change(
            session,
            notification,
            state=NotificationState.UNKNOWN if maybe_twice else NotificationState.FAILED,
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
