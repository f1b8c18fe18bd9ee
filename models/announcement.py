"""Announcements: what a coordinator tells everybody of a network. Who got it stands in `notifications` (kind «announcement»)."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.file import StoredFile
from models.network import Network
from models.person import Person


class Importance(enum.StrEnum):
    """What an announcement passes. USUAL: nothing; MANDATORY: mutes and the daily limit; URGENT: the quiet hours too."""

    USUAL = "usual"
    MANDATORY = "mandatory"
    URGENT = "urgent"


class Announcement(Base):
    """An announcement on behalf of `network`, sent from its first moment.

    `texts` are its messages as they were typed: [{"text", "html"}], and as they were corrected since, `corrections` times. To whom it
    went stands in its audience; `recipients` is how many people that were. While `paused_at` stands nothing of it goes out; with
    `cancelled_at` or `recalled_at` nothing ever will, and a recalled one is taken back from those who have it.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("recipients > 0", name="recipients"),
        Index("ix_announcements_network_id_id", "network_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    recipients: Mapped[int]
    created_at: Mapped[datetime]
    importance: Mapped[Importance] = mapped_column(words(Importance, "importance"), default=Importance.USUAL)
    wants_acknowledgement: Mapped[bool] = mapped_column(default=False)
    acknowledge_by: Mapped[datetime | None]
    corrections: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]

    network: Mapped[Network] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise")
    audience: Mapped[list[AnnouncementNetwork]] = relationship(
        lazy="raise", order_by="AnnouncementNetwork.network_id", viewonly=True
    )
    files: Mapped[list[StoredFile]] = relationship(
        secondary="announcement_files", lazy="raise", order_by="AnnouncementFile.position", viewonly=True
    )


class AnnouncementNetwork(Base):
    """A network whose members are told, with `with_branch` those of every network below it too."""

    __tablename__ = "announcement_networks"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), primary_key=True, index=True)
    with_branch: Mapped[bool]


class AnnouncementFile(Base):
    """A file of an announcement, in the order in which it was sent."""

    __tablename__ = "announcement_files"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)


class Acknowledgement(Base):
    """«Ознакомлен(а)»: a person says that they have read an announcement."""

    __tablename__ = "acknowledgements"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]
