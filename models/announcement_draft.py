"""Announcements while they are composed: drafts that the coordinators of a network share, their templates, and those that wait for
their time."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.announcement import Importance
from models.base import Base, Id, words
from models.file import StoredFile
from models.network import Network
from models.person import Person


class DraftState(enum.StrEnum):
    """What becomes of a draft: DRAFT is being written, TEMPLATE is copied, SCHEDULED goes out at its time, SENT has gone for good."""

    DRAFT = "draft"
    TEMPLATE = "template"
    SCHEDULED = "scheduled"
    SENT = "sent"


class Repeat(enum.StrEnum):
    """How often an announcement goes out again."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DraftView(enum.StrEnum):
    """Which page of a draft a button opens. The words stand in buttons: short, never reused."""

    CARD = "c"
    PREVIEW = "p"
    AUDIENCE = "a"
    INCLUDE = "i"
    EXCLUDE = "x"
    WHEN = "w"
    BUTTONS = "b"
    SETTINGS = "s"
    DELETE = "d"


class DraftWish(enum.StrEnum):
    """What a button of a draft asks for. The words stand in buttons: short, never reused."""

    NETWORK_ONLY = "no"
    WITH_BRANCH = "br"
    EXPERTS = "ex"
    COORDINATORS = "co"
    MODERATORS = "mo"
    WITHOUT_EXPERTS = "xe"
    WITHOUT_COORDINATORS = "xc"
    WITHOUT_MODERATORS = "xm"
    FOLLOWERS = "fo"
    WITHOUT_FOLLOWERS = "xf"
    AT_ONCE = "nw"
    ONCE = "on"
    WEEKLY = "wk"
    MONTHLY = "mt"
    USUAL = "us"
    MANDATORY = "ma"
    URGENT = "ur"
    ACKNOWLEDGE = "ak"
    NOT_ACKNOWLEDGE = "na"
    NO_DEADLINE = "nd"


class AnnouncementDraft(Base):
    """An announcement that is being composed on behalf of `network`, by any of its coordinators: `author` began it.

    `audience` are its parts as in `AnnouncementPart`: [{"excluded", "network_id", "with_branch", "role", "followers",
    "organisation_id", "subject_id"}]; the other columns are as in `Announcement`. `version` counts its changes: whoever sends it
    changes a row of the version they saw, so it goes out once, and as it was seen. `sent_version` is the one that went out last, as
    `announcement_id`, sent (or put on the calendar) by `sender`.

    `starts_at` is the next time it goes out (None: at once when it is sent). With `repeats` the next time follows when one goes out,
    as the clock of `zone` says; `repeat_day` is the day of the month that was meant: a 31st falls on the last day of shorter months.
    """

    __tablename__ = "announcement_drafts"
    __table_args__ = (
        CheckConstraint("state <> 'scheduled' OR starts_at IS NOT NULL", name="scheduled"),
        CheckConstraint("acknowledge_by IS NULL OR wants_acknowledgement", name="acknowledge_by"),
        Index("ix_announcement_drafts_network_id_state_updated_at", "network_id", "state", "updated_at"),
        Index(
            "ix_announcement_drafts_starts_at",
            "starts_at",
            sqlite_where=text("state = 'scheduled'"),
            postgresql_where=text("state = 'scheduled'"),
        ),
        # A draft may be deleted, and its id stands in buttons: another one must not be opened by them (PostgreSQL never counts back).
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("announcement_drafts.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[DraftState] = mapped_column(words(DraftState, "state"), default=DraftState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    texts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    origins: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    audience: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    importance: Mapped[Importance] = mapped_column(words(Importance, "importance"), default=Importance.USUAL)
    wants_acknowledgement: Mapped[bool] = mapped_column(default=False)
    acknowledge_by: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    zone: Mapped[str | None] = mapped_column(String(64))
    repeats: Mapped[Repeat | None] = mapped_column(words(Repeat, "repeats"))
    repeat_day: Mapped[int | None]
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    sent_version: Mapped[int | None]
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    network: Mapped[Network] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[author_id])
    files: Mapped[list[StoredFile]] = relationship(
        secondary="announcement_draft_files", lazy="raise", order_by="AnnouncementDraftFile.position", viewonly=True
    )


class AnnouncementDraftFile(Base):
    """A file of a draft, in the order in which it was sent."""

    __tablename__ = "announcement_draft_files"

    draft_id: Mapped[int] = mapped_column(ForeignKey("announcement_drafts.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
