"""Announcements: what a coordinator tells everybody of a network. Who got it stands in `notifications` (kind «announcement»)."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.file import StoredFile
from models.network import Network, Role
from models.organisation import Organisation
from models.person import Person, Subject


class Importance(enum.StrEnum):
    """What an announcement overrules: MANDATORY people's mutes and the limit of a day, URGENT their quiet hours too."""

    USUAL = "usual"
    MANDATORY = "mandatory"
    URGENT = "urgent"


class Announcement(Base):
    """An announcement on behalf of `network`, on its way from `starts_at` on, when its notifications were written.

    `texts` are its messages as they were typed: [{"text", "html"}], and as they were corrected since, `corrections` times; `origins`
    the channels they were forwarded from: [{"kind", "title"}], `buttons` what leads on from it: [{"kind", "label", "url" | "id"}].
    To whom it went stands in its audience; `recipients` is how many people that were. `wants_acknowledgement`: people are asked to
    confirm, by `acknowledge_by` if that was said. While `paused_at` stands nothing of it goes out; with `cancelled_at` or
    `recalled_at` nothing ever will, and a recalled one is taken back from those who have it.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("recipients > 0", name="recipients"),
        CheckConstraint("acknowledge_by IS NULL OR wants_acknowledgement", name="acknowledge_by"),
        Index("ix_announcements_network_id_id", "network_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    origins: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    importance: Mapped[Importance] = mapped_column(words(Importance, "importance"), default=Importance.USUAL)
    wants_acknowledgement: Mapped[bool] = mapped_column(default=False)
    acknowledge_by: Mapped[datetime | None]
    recipients: Mapped[int]
    starts_at: Mapped[datetime]
    created_at: Mapped[datetime]
    corrections: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]

    network: Mapped[Network] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise")
    audience: Mapped[list[AnnouncementPart]] = relationship(
        lazy="raise", order_by="AnnouncementPart.position", viewonly=True
    )
    files: Mapped[list[StoredFile]] = relationship(
        secondary="announcement_files", lazy="raise", order_by="AnnouncementFile.position", viewonly=True
    )


class AnnouncementPart(Base):
    """Some of the people an announcement is for, or (`excluded`) is not for: the audience is the union of the ones without the others.

    A part is whoever meets all that it names: those of a network (with `with_branch` of every network below it too) who are its
    members, or have `role` there, or (`followers`) follow its news; who work in the organisation; who teach the subject.
    """

    __tablename__ = "announcement_parts"
    __table_args__ = (
        CheckConstraint(
            "network_id IS NOT NULL OR (role IS NULL AND (organisation_id IS NOT NULL OR subject_id IS NOT NULL))",
            name="names_somebody",
        ),
        CheckConstraint("NOT followers OR (network_id IS NOT NULL AND role IS NULL)", name="followers"),
    )

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    excluded: Mapped[bool] = mapped_column(default=False)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"), index=True)
    with_branch: Mapped[bool] = mapped_column(default=False)
    role: Mapped[Role | None] = mapped_column(words(Role, "role"))
    followers: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)

    network: Mapped[Network | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    subject: Mapped[Subject | None] = relationship(lazy="raise")


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
