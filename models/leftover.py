"""What of a deleted person goes a little later than everything else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Leftover(Base):
    """A person was deleted; at `due_at`, when whatever was under way at that moment has ended, the rest goes too:

    our copies of their files (`copies`, by hash) as far as nobody else has such a file, and the numbers of messages that were just
    being sent to them.
    """

    __tablename__ = "leftovers"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    copies: Mapped[list[str]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(index=True)
