"""Organisations in networks, and who heads an organisation (Izhevsk, §3.1; lyceum no. 1, §4–5)."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.network import Network
from models.organisation import Organisation
from models.person import Person


class ParticipationRole(enum.StrEnum):
    """What an organisation is in a network. The words stand in buttons too: never reused."""

    PARTICIPANT = "participant"
    PARTNER = "partner"
    COORDINATOR = "coordinator"


class Head(Base):
    """Who heads an organisation and acts for it. Ended ones stay, with `ended_at`; of those in force there is at most one.

    It holds as long as the person works there (`persons.organisation_id`): whoever reads it asks for both.
    """

    __tablename__ = "heads"
    __table_args__ = (
        Index(
            "uq_heads_standing",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_heads_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    appointed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Participation(Base):
    """One organisation in one network: one row for ever, with `ended_at` while it takes no part; the history is in `audit`.

    `agreement_version` is what its head accepted last on its behalf; of people who work there the network asks it no more while it is
    the version in force.
    """

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("organisation_id", "network_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), index=True)
    role: Mapped[ParticipationRole] = mapped_column(
        words(ParticipationRole, "role"), default=ParticipationRole.PARTICIPANT
    )
    agreement_version: Mapped[int | None]
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    network: Mapped[Network] = relationship(lazy="raise")
    agreed_by: Mapped[Person | None] = relationship(lazy="raise")


class ParticipationScan(Base):
    """A page of the signed agreement, of the version that was accepted with it. Those of former versions stay."""

    __tablename__ = "participation_scans"

    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)


class Representative(Base):
    """A coordinator who was appointed for an organisation that coordinates: their appointment ends with its role."""

    __tablename__ = "representatives"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id", ondelete="CASCADE"), index=True)
