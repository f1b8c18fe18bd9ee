"""Notices are written down in the transaction of their cause, and taken back when it is no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    cast,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Notification, NotificationState, Priority

ROWS_AT_ONCE = 500
FREED = "#"
"""Parts a freed key from the number that makes it unique: no key that somebody gives has it."""

DUE_SOON = "due_soon"
"""The session's note that this transaction made something due: the sender is woken after the commit."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell one person. See models.Notification for the fields."""

    kind: str
    key: str
    person_id: int
    subject_id: int
    due_at: datetime
    priority: Priority = Priority.REPLY
    urgent: bool = False
    payload: dict[str, Any] = field(default_factory=dict)


async def put(session: AsyncSession, notices: Iterable[Notice], *, now: datetime) -> int:
    """Write notices down; those whose key is known already are left as they are. Gives how many were new."""
    rows: list[dict[str, Any]] = [
        {
            "kind": notice.kind,
            "key": notice.key,
            "person_id": notice.person_id,
            "subject_id": notice.subject_id,
            "payload": notice.payload,
            "priority": int(notice.priority),
            "urgent": notice.urgent,
            "due_at": notice.due_at,
            "next_at": notice.due_at,
            "state": NotificationState.PENDING,
            "attempts": 0,
            "maybe_twice": False,
            "created_at": now,
        }
        for notice in notices
    ]
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = make(Notification).on_conflict_do_nothing(index_elements=[Notification.key]).returning(Notification.id)
    written = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        written += len((await session.execute(statement, rows[start : start + ROWS_AT_ONCE])).all())
    if any(row["due_at"] <= now for row in rows):
        session.info[DUE_SOON] = True
    return written


async def put_to_all(
    session: AsyncSession,
    kind: str,
    subject_id: int,
    people: Select[int],
    *,
    due_at: datetime,
    priority: Priority,
    urgent: bool = False,
    now: datetime,
    occasion: str = "",
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Write a notice of `kind` about this subject for each of `people`, whose ids the query gives, in one statement.

    The key is `<kind>:<subject>:<person>`: whoever has it already is left out. What is told more than once about a subject says
    on which `occasion`: then the key is `<kind>:<subject>:<occasion>:<person>`. Gives how many were new.
    """
    chosen = people.distinct().subquery()
    person_id = chosen.c[0]
    columns: dict[str, ColumnElement[Any]] = {
        "kind": literal(kind),
        "key": literal(f"{kind}:{subject_id}:{occasion and f'{occasion}:'}") + cast(person_id, String),
        "person_id": person_id,
        "subject_id": literal(subject_id, BigInteger),
        "payload": literal(dict(payload or {}), Notification.payload.type),
        "priority": literal(int(priority)),
        "urgent": literal(urgent),
        "due_at": literal(due_at, Notification.due_at.type),
        "next_at": literal(due_at, Notification.due_at.type),
        "state": literal(NotificationState.PENDING, Notification.state.type),
        "attempts": literal(0),
        "maybe_twice": literal(False),
        "created_at": literal(now, Notification.created_at.type),
    }
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    rows = select(*columns.values()).where(person_id.is_not(None)).order_by(person_id)
    result = await session.execute(
        make(Notification).from_select(list(columns), rows).on_conflict_do_nothing(index_elements=[Notification.key])
    )
    if due_at <= now:
        session.info[DUE_SOON] = True
    return int(result.rowcount)  # type: ignore[attr-defined]  # an INSERT's result counts its rows


async def cancel(session: AsyncSession, kind: str, subject_id: int, *, person_id: int | None = None) -> int:
    """Take back what is not sent yet of `kind` about this subject (for one person). Gives how many.

    What is being sent this very moment is not caught here: its drawer reads the world again.
    """
    result = await session.execute(
        update(Notification)
        .where(*_waiting(kind, subject_id, person_id))
        .values(state=NotificationState.CANCELLED)
        .returning(Notification.id)
    )
    return len(result.all())


async def cancel_all(session: AsyncSession, person_id: int) -> None:
    """Take back whatever is not sent yet to this person, and give its keys free: should they come back, it may be told anew."""
    await session.execute(
        update(Notification)
        .where(Notification.person_id == person_id, Notification.state == NotificationState.PENDING)
        .values(state=NotificationState.CANCELLED, key=_freed_key())
    )


async def waiting_payloads(session: AsyncSession, kind: str, subject_id: int) -> dict[int, dict[str, Any]]:
    """What is not sent yet of `kind` about this subject: the person → what they were to be told."""
    rows = await session.execute(
        select(Notification.person_id, Notification.payload).where(*_waiting(kind, subject_id, None))
    )
    return {row.person_id: row.payload for row in rows}


async def forget(session: AsyncSession, kind: str, subject_id: int, *, person_id: int | None = None) -> None:
    """Cancel what is not sent and give the keys free, sent or not: the occasion has moved and is to be told anew."""
    await cancel(session, kind, subject_id, person_id=person_id)
    conditions = [Notification.kind == kind, Notification.subject_id == subject_id]
    if person_id is not None:
        conditions.append(Notification.person_id == person_id)
    await session.execute(
        update(Notification).where(*conditions, Notification.key.not_like(f"%{FREED}%")).values(key=_freed_key())
    )


def _freed_key() -> ColumnElement[str]:
    return Notification.key + FREED + cast(Notification.id, String)


def _waiting(kind: str, subject_id: int, person_id: int | None) -> list[ColumnElement[bool]]:
    conditions = [
        Notification.kind == kind,
        Notification.subject_id == subject_id,
        Notification.state == NotificationState.PENDING,
    ]
    if person_id is not None:
        conditions.append(Notification.person_id == person_id)
    return conditions
