"""How far ahead the messages of a second are given away: one row for all processes of one bot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class SendBudget(Base):
    """The only row says until when the bot's sends are given away to its processes; whoever wants to send takes what comes next."""

    __tablename__ = "send_budget"
    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    given_until: Mapped[datetime]
