"""What people did while they were asked for their consent again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class HeldUpdate(Base):
    """A deed, as the update (JSON) that told of it. It waits for the consent to the present text, is done then, and the row goes."""

    __tablename__ = "held_updates"
    __table_args__ = (Index("ix_held_updates_person_id_held_at", "person_id", "held_at"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    payload: Mapped[str] = mapped_column(Text)
    held_at: Mapped[datetime]
