"""What somebody says outside any dialog, as long as it may come in parts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Saying(Base):
    """The last album or long text that a person sent outside any dialog: Telegram has it in several messages, people in one.

    `pieces` are its texts and files as an answer to a question keeps them (`dialogs.Pieces`), `notes` tell whether the next message
    goes on with it. One row a person, and none for those who only ever sent short texts and single files.
    """

    __tablename__ = "sayings"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    pieces: Mapped[dict[str, Any]] = mapped_column(JSON)
    notes: Mapped[dict[str, Any]] = mapped_column(JSON)
    said_at: Mapped[datetime]
