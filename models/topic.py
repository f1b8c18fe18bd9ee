"""Topics of consultations and their experts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.network import Network
from models.person import Person


class Topic(Base):
    """What one may ask about. Its questions are watched over by the coordinators of `network`."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id", ondelete="SET NULL"), index=True)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    network: Mapped[Network] = relationship(lazy="raise")


class TopicExpert(Base):
    """An expert of a topic. Ended ones stay, with `ended_at`."""

    __tablename__ = "topic_experts"
    __table_args__ = (
        Index(
            "uq_topic_experts_standing",
            "person_id",
            "topic_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    appointed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    topic: Mapped[Topic] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
