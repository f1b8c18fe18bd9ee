"""The centre's own lists of people, as its administrator imported them: whom the network expects."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.organisation import Organisation
from models.person import Person


class RegistryEntry(Base):
    """One person of one organisation by the centre's lists. `person_id` is who they are in the bot, once recognised.

    It is no `Person`: nobody of the lists has consented to anything yet or can be written to (docs/adr/0020). `name_key` is the
    folded words of the name in alphabetical order, `surname` the first folded word: by them people are recognised.
    """

    __tablename__ = "registry_entries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name_key"),
        Index("ix_registry_entries_full_name_id", "full_name", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    full_name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), index=True)
    surname: Mapped[str] = mapped_column(String(60), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    position: Mapped[str | None] = mapped_column(String(100))
    subjects: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(20))
    works_since: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), unique=True)
    recognised_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class RegistryDoubt(Base):
    """A registered person who may be somebody of the lists: a person who knows them decides. One open question a person.

    `entry_id` is who they turned out to be, empty when nobody of the lists. The candidates are looked up anew at every sight.
    """

    __tablename__ = "registry_doubts"
    __table_args__ = (
        Index(
            "uq_registry_doubts_open",
            "person_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_registry_doubts_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("registry_entries.id", ondelete="SET NULL"), index=True)

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
