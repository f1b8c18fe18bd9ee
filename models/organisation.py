"""Schools, kindergartens and other organisations of the centre's registry."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, words


class OrganisationKind(enum.StrEnum):
    """What kind of organisation it is."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    EXTRA = "extra"  # дополнительное образование
    OTHER = "other"


class Organisation(Base):
    """An organisation of the registry. `confirmed_at` is empty while it is only proposed by a
    participant («моей нет»); who proposed it stands in `audit`."""

    __tablename__ = "organisations"
    __table_args__ = (Index("ix_organisations_confirmed_at_title", "confirmed_at", "title"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(words(OrganisationKind, "kind"), default=OrganisationKind.OTHER)
    address: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(100))
    site: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
