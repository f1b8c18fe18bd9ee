"""People: who they are, what they agreed to, what they teach."""

from __future__ import annotations

import enum
from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.organisation import Organisation


class News(enum.StrEnum):
    """What a person may do without being told. The words stand in buttons: never reused."""

    EVENTS = "events"
    REMINDERS = "reminders"
    PRODUCTS = "products"
    ANNOUNCEMENTS = "announcements"


class Subject(Base):
    """A subject or direction of work; rows the administrator may edit."""

    __tablename__ = "subjects"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)


class PersonSubject(Base):
    """A person's subject."""

    __tablename__ = "person_subjects"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"), primary_key=True, index=True)


class Person(Base):
    """A participant. Before consent only `telegram_id` and the language are known (152-ФЗ).

    `registered_at` is empty until the registration is finished, and again after a withdrawal of consent.
    `blocked_at` is set while the person has blocked the bot. `administrator_at` follows the setting `ADMIN_IDS`,
    and an invitation made at the command line: whoever came by one (`administrator_invited_at`) stays, whatever the setting says.
    `language_code` is the person's own choice; `telegram_language` is what their Telegram says, used until they choose.
    `command_menu` is a digest of the commands that Telegram shows them beside everybody's, empty when there are none.
    `quiet_from` and `quiet_until` are the own quiet hours, empty for the usual ones, the same twice for none; `muted` the `News` that
    the person does without. `phone` is the number of their Telegram account, if they shared it. `consent_version` is the text that
    they agreed to last, empty when no consent stands (the evidence is in `consents`). Of a person who had themselves deleted
    (`deleted_at`) there is only this row, for what they wrote and handed in.
    """

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint("experience_years IS NULL OR experience_years BETWEEN 0 AND 80", name="experience"),
        Index("ix_persons_full_name_id", "full_name", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    telegram_language: Mapped[str | None] = mapped_column(String(16))
    language_code: Mapped[str | None] = mapped_column(String(2))
    full_name: Mapped[str | None] = mapped_column(String(120))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    position: Mapped[str | None] = mapped_column(String(100))
    experience_years: Mapped[int | None]
    phone: Mapped[str | None] = mapped_column(String(20))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    registered_at: Mapped[datetime | None] = mapped_column(index=True)
    blocked_at: Mapped[datetime | None]
    administrator_at: Mapped[datetime | None]
    administrator_invited_at: Mapped[datetime | None]
    command_menu: Mapped[str | None] = mapped_column(String(16))
    consent_version: Mapped[str | None] = mapped_column(String(20))
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    muted: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    deleted_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    subjects: Mapped[list[Subject]] = relationship(
        secondary="person_subjects", lazy="raise", order_by=Subject.title, passive_deletes=True
    )


class Consent(Base):
    """Consent to the processing of personal data: which version, when given, when withdrawn. Never changed, only added."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Position(Base):
    """A usual position, offered as a button at registration; people may type their own."""

    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)


class DialogState(Base):
    """An open dialog of a person: the storage behind aiogram's finite-state machine. No dialog, no row.

    `state` is `<dialog>:<question>`; `answers` holds what was answered so far. `update_id` is the update that made the last step:
    the same update served again after a crash only shows the question. `paused_at` is set when the person went elsewhere.
    `screen_message_id` is the message that counts the parts of an album as they come in.
    """

    __tablename__ = "dialog_states"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(100))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    paused_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    screen_message_id: Mapped[int | None] = mapped_column(BigInteger)
