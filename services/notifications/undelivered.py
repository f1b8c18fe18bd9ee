"""What did not go out: counted by kind and reason for the administrators, tried again on their word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Person
from services import audit, policy
from services.errors import NotFound
from services.notifications.sending import STALE
from services.notifications.writing import DUE_SOON

SHOWN_FOR = timedelta(days=7)
"""How long what did not go out is shown, and can be tried again."""

_GIVEN_UP = (NotificationState.FAILED, NotificationState.UNKNOWN)
_REASON_LENGTH = 100

# Telegram quotes what it stumbled over, and that is somebody's text. An apostrophe inside a word is no quotation mark.
_QUOTED = re.compile(r"\"[^\"]*\"?|«[^»]*»?|(?<!\w)'[^']*'(?!\w)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Notifications of one kind that were given up for one reason. `id` is the oldest of them, by which they are found again.

    `failed` certainly did not arrive, `unknown` may have; `reachable` is how many of both are for people who can be written to.
    """

    id: int
    kind: str
    reason: str
    failed: int
    unknown: int
    reachable: int

    @property
    def total(self) -> int:
        """How many people it concerns, if each is told once."""
        return self.failed + self.unknown


def plain_reason(error: str | None) -> str:
    """An error without what it quotes and counts: never anybody's words, and the same for all who met it."""
    words = _NUMBER.sub("…", _QUOTED.sub("…", error or "")).strip()
    return words if len(words) <= _REASON_LENGTH else words[: _REASON_LENGTH - 1].rstrip() + "…"


async def undelivered(session: AsyncSession, actor: Person, *, now: datetime) -> list[Undelivered]:
    """What was given up of late, most people first. Raises NotAdministrator."""
    policy.require_administrator(actor)
    return await _groups(session, now=now)


async def undelivered_like(session: AsyncSession, actor: Person, notification_id: int, *, now: datetime) -> Undelivered:
    """Those of the kind and reason of this one. Raises NotAdministrator, NotFound when there are none any more."""
    policy.require_administrator(actor)
    return (await _like(session, notification_id, now=now))[0]


async def count_undelivered(session: AsyncSession, *, now: datetime) -> int:
    """How many notifications were given up of late."""
    query = select(func.count()).select_from(Notification).where(*_given_up(now))
    return await session.scalar(query) or 0


async def retry(session: AsyncSession, actor: Person, notification_id: int, *, now: datetime) -> int:
    """Try those of the kind and reason of this one again, but for whoever has blocked the bot. Gives how many.

    What it says is drawn anew: what is no longer so will not be told. Raises NotAdministrator, NotFound.
    """
    policy.require_administrator(actor)
    group, errors = await _like(session, notification_id, now=now)
    result = await session.execute(
        update(Notification)
        .where(*_given_up(now), Notification.kind == group.kind, Notification.error.in_(errors))
        .where(exists().where(Person.id == Notification.person_id, *_REACHABLE))
        # The first attempt counts as made: the next one asks which parts went out in those before it.
        .values(state=NotificationState.PENDING, next_at=now, attempts=1, settled_at=None, lease_until=None, error=None)
        .execution_options(synchronize_session=False)
    )
    number = int(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
    if number:
        session.info[DUE_SOON] = True
        told = {"kind": group.kind, "reason": group.reason, "number": number}
        audit.record(session, actor, "notifications.retry", "notification", notification_id, now=now, new=told)
    return number


async def stale(session: AsyncSession, *, since: datetime) -> dict[str, int]:
    """How many of each kind were not sent because their moment had passed, as after a downtime."""
    # An expression is in no index: or SQLite goes through all notifications in the order of their kinds to group a few.
    kind = (Notification.kind + "").label("kind")
    rows = await session.execute(
        select(kind, func.count().label("number"))
        .where(Notification.error == STALE, Notification.settled_at >= since)
        .where(Notification.error.is_not(None), Notification.state == NotificationState.CANCELLED)
        .group_by(kind)
        .order_by(kind)
    )
    return {row.kind: row.number for row in rows}


_REACHABLE = (Person.blocked_at.is_(None), Person.telegram_id.is_not(None))


def _given_up(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Notification.error.is_not(
            None
        ),  # as in the index `ix_notifications_troubled`: whoever was given up has a reason
        Notification.state.in_(_GIVEN_UP),
        Notification.settled_at >= now - SHOWN_FOR,
    )


async def _groups(session: AsyncSession, *, now: datetime) -> list[Undelivered]:
    rows = await session.execute(
        select(
            Notification.kind,
            Notification.error,
            func.min(Notification.id),
            func.count().filter(Notification.state == NotificationState.FAILED),
            func.count().filter(Notification.state == NotificationState.UNKNOWN),
            func.count().filter(*_REACHABLE),
        )
        .join(Person, Person.id == Notification.person_id)
        .where(*_given_up(now))
        .group_by(Notification.kind, Notification.error)
    )
    groups: dict[tuple[str, str], Undelivered] = {}
    for kind, error, first_id, failed, unknown, reachable in rows:
        key = (kind, plain_reason(error))
        known = groups.get(key, Undelivered(first_id, *key, 0, 0, 0))
        groups[key] = Undelivered(
            min(known.id, first_id),
            *key,
            known.failed + failed,
            known.unknown + unknown,
            known.reachable + reachable,
        )
    return sorted(groups.values(), key=lambda group: (-group.total, group.kind, group.reason))


async def _like(session: AsyncSession, notification_id: int, *, now: datetime) -> tuple[Undelivered, Sequence[str]]:
    """The group of this notification, and the errors that stand behind its reason."""
    row = (
        await session.execute(select(Notification.kind, Notification.error).where(Notification.id == notification_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    key = (row.kind, plain_reason(row.error))
    group = next((one for one in await _groups(session, now=now) if (one.kind, one.reason) == key), None)
    if group is None:
        raise NotFound
    errors = await session.scalars(
        select(Notification.error).where(*_given_up(now), Notification.kind == row.kind).distinct()
    )
    return group, [error for error in errors if error is not None and plain_reason(error) == group.reason]
