"""Whatever the bot says unprompted: one row a person and occasion, written in the same transaction as its cause."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, words


class NotificationState(enum.StrEnum):
    """Where a notification stands. PENDING and SENDING are still to come; the others are its outcomes.

    UNKNOWN: given up after an attempt that broke off where nobody knows, so the person may have it or not.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Priority(enum.IntEnum):
    """Who goes first when the platform's limits make everyone wait: a word to a person, then what is told about consultations."""

    REPLY = 0
    CONSULTATION = 1
    REMINDER = 2
    ANNOUNCEMENT = 3


class Notification(Base):
    """Something to be told to one person at `due_at`. No text is stored: `kind` and `payload` say what to draw, when it is sent.

    `key` names the occasion («event-reminder:7:12:1440») and is unique, so that nothing is told twice. `urgent` ones pass the
    person's quiet hours. It is tried at `next_at`: first when it is due, later after quiet hours or a failure. A claimed row is
    SENDING until `lease_until`; a crash is healed when the lease runs out. `attempts` counts claims; one whose attempt broke off
    where nobody knows may have reached the person already (`maybe_twice`).
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index(
            "ix_notifications_waiting",
            "priority",
            "next_at",
            "due_at",
            "id",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        # Without the state: each row has three in its life.
        Index("ix_notifications_kind_subject_id", "kind", "subject_id"),
        # Few of many: what was refused, given up or too late.
        Index(
            "ix_notifications_troubled",
            "settled_at",
            sqlite_where=text("error IS NOT NULL"),
            postgresql_where=text("error IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int] = mapped_column(Id)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    priority: Mapped[int]
    urgent: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    state: Mapped[NotificationState] = mapped_column(
        words(NotificationState, "state"), default=NotificationState.PENDING
    )
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    maybe_twice: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]


class SentMessage(Base):
    """A message that a notification became: so that it can be answered by a reply, changed or recalled, part by part."""

    __tablename__ = "sent_messages"
    __table_args__ = (
        UniqueConstraint("notification_id", "part"),
        UniqueConstraint("chat_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    part: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)


class NotificationTally(Base):
    """How many notifications of one kind and subject, deleted as old, had ended so: what reports count stays true without them.

    `reason` is why they were cancelled; of other states it is empty.
    """

    __tablename__ = "notification_tallies"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    state: Mapped[NotificationState] = mapped_column(words(NotificationState, "state"), primary_key=True)
    maybe_twice: Mapped[bool] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(200), primary_key=True)
    number: Mapped[int]
