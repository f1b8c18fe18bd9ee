"""Who did what to what: one row a deed, in the deed's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import Audit, Person


def record(
    session: AsyncSession,
    actor: Person | None,
    deed: str,
    subject: str,
    subject_id: int,
    *,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """Write down that `actor` did `deed` («network.join») to the `subject` with this id; `old` and `new` are the changed fields."""
    session.add(
        Audit(
            at=now,
            actor_id=actor.id if actor else None,
            deed=deed,
            subject=subject,
            subject_id=subject_id,
            old=old,
            new=new,
        )
    )
