"""A row on its way: claimed with a lease, renewed while it is being sent, settled with its outcome.

Whoever settles a row must still hold it: the number of the attempt is the proof. A process that slept through its lease finds
the row claimed by another one and changes nothing, except that the person may have got the message twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

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
"""Among so many due rows the first of each person is looked for at a time: ten times what is sent at once, and never a whole backlog."""

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
    for priority in Priority:  # one by one, so that each is a short range of the index, however much lies in the future
        while len(claimed) < limit:
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
    died = Notification.state == NotificationState.SENDING
    waits = and_(
        IS_OPEN,
        Notification.priority == int(priority),
        Notification.next_at <= now,
        or_(
            Notification.state == NotificationState.PENDING,
            and_(died, Notification.lease_until <= leased_at),
        ),
    )
    turn = (Notification.next_at, Notification.due_at, Notification.id)
    due = select(Notification.id, Notification.person_id, Notification.next_at, Notification.due_at).where(waits)
    if kinds is not None:
        due = due.where(Notification.kind.in_(kinds))
    if busy:
        due = due.where(Notification.person_id.not_in(busy))
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
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    # PostgreSQL may run a subquery with LIMIT and a lock more than once; a common table expression runs once.
    once = chosen.cte("chosen")
    rows = await session.scalars(
        update(Notification)
        .where(Notification.id.in_(select(once.c.id)))
        .values(
            maybe_twice=or_(Notification.maybe_twice, died),
            state=NotificationState.SENDING,
            lease_until=leased_at + LEASE,
            attempts=Notification.attempts + 1,
        )
        .returning(Notification)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted(rows, key=lambda row: (row.next_at, row.due_at, row.id))


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


async def settle_sent(
    session: AsyncSession, notification: Notification, messages: Sequence[tuple[int, int]], *, now: datetime
) -> None:
    """It reached the person; `messages` are those of this attempt, pairs of chat and message id."""
    is_ours = await _change(session, notification, state=NotificationState.SENT, settled_at=now, error=None)
    if not is_ours:  # another process had it too
        await session.execute(update(Notification).where(Notification.id == notification.id).values(maybe_twice=True))
    await keep_parts(session, notification, messages, may_follow=not is_ours or notification.attempts > 1)


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
    query = select(func.count()).select_from(SentMessage).where(SentMessage.notification_id == notification.id)
    return await session.scalar(query) or 0


async def keep_parts(
    session: AsyncSession,
    notification: Notification,
    messages: Sequence[tuple[int, int]],
    *,
    may_follow: bool = True,
) -> None:
    """Remember messages that went out, after those of earlier attempts if there may be any."""
    if not messages:
        return
    first = await get_parts(session, notification) if may_follow else 0
    rows = [
        {"notification_id": notification.id, "part": part, "chat_id": chat_id, "message_id": message_id}
        for part, (chat_id, message_id) in enumerate(messages, start=first)
    ]
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    add = make(SentMessage)
    # Telegram counts messages anew for another bot, our own Telegram after its file is gone: the newest owner of a number is right.
    await session.execute(
        add.on_conflict_do_update(
            index_elements=[SentMessage.chat_id, SentMessage.message_id],
            set_={"notification_id": add.excluded.notification_id, "part": add.excluded.part},
        ),
        rows,
    )
