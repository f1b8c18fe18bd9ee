"""Consultations: a question to the experts of a topic, and everything said about it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.file import StoredFile
from models.person import Person
from models.topic import Topic


class ConsultationState(enum.StrEnum):
    """NEW waits for an expert to take it, TAKEN has one, CLOSED is over until somebody says something real again."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"


class Turn(enum.StrEnum):
    """Whose word is awaited while a consultation is TAKEN."""

    EXPERT = "expert"
    ASKER = "asker"


class ConsultationView(enum.StrEnum):
    """Which consultations a list shows. The words stand in buttons: short, never reused."""

    NEW = "n"
    MINE = "m"
    WAITING = "w"
    DONE = "d"
    ASKED = "a"


class Consultation(Base):
    """One question and its dialogue. Its `id` is the number that people see.

    `promised_at` is when an answer was promised; the asker's clock never restarts while the question is open. `first_answered_at` is
    when the first came. Opened again for other experts, because its own is one no more, it has a new promise and no answer yet.
    `last_said_at` orders the lists. `assigned_by_id` is the coordinator who named the expert, empty when the expert took it.
    Whoever takes it changes a row that is still NEW: of two experts at once the database takes one.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("state <> 'taken' OR expert_id IS NOT NULL", name="taken_by_somebody"),
        Index("ix_consultations_topic_id_state_id", "topic_id", "state", "id"),
        Index("ix_consultations_expert_id_state_last_said_at", "expert_id", "state", "last_said_at"),
        Index("ix_consultations_asker_id_last_said_at", "asker_id", "last_said_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    state: Mapped[ConsultationState] = mapped_column(words(ConsultationState, "state"), default=ConsultationState.NEW)
    turn: Mapped[Turn] = mapped_column(words(Turn, "turn"), default=Turn.EXPERT)
    promised_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    first_answered_at: Mapped[datetime | None]
    last_said_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    rating: Mapped[int | None]
    rated_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    topic: Mapped[Topic] = relationship(lazy="raise")
    asker: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asker_id])
    expert: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[expert_id])


class ConsultationMessage(Base):
    """What one side said at once: one message of theirs, a text that their app cut in several, or an album.

    `texts` are the parts as they were typed: [{"text", "html"}]. `source_id` is the id of the (first) message in the author's
    own chat, so that the same update served again adds nothing, `source_ids` those of all its parts. Another bot counts messages anew:
    whose number is needed once more, gives it up, and has one below zero, which no message bears. `album` and `said_at` (of
    the last part) tell what still belongs to it.
    """

    __tablename__ = "consultation_messages"
    __table_args__ = (
        UniqueConstraint("author_id", "source_id"),
        Index("ix_consultation_messages_consultation_id_id", "consultation_id", "id"),
        Index("ix_consultation_messages_author_id_said_at", "author_id", "said_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    source_id: Mapped[int] = mapped_column(BigInteger)
    source_ids: Mapped[list[int]] = mapped_column(JSON)
    album: Mapped[str | None] = mapped_column(String(64))
    said_at: Mapped[datetime]
    created_at: Mapped[datetime]

    author: Mapped[Person] = relationship(lazy="raise")
    files: Mapped[list[StoredFile]] = relationship(
        secondary="consultation_files", lazy="raise", order_by="ConsultationFile.position", viewonly=True
    )


class ConsultationFile(Base):
    """A file of a message, in the order in which it was sent."""

    __tablename__ = "consultation_files"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("consultation_messages.id", ondelete="CASCADE"), primary_key=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, index=True)
    position: Mapped[int]
