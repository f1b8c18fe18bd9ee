"""How one comes into a network: applications, agreements, invitations."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.network import Network
from models.person import Person


class ApplicationState(enum.StrEnum):
    """Where an application stands. PENDING waits for a coordinator; the others are its ends."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Application(Base):
    """Somebody asks to be taken into a network; of one person to one network at most one is PENDING.

    `agreement_version` was accepted when it was made. A PENDING one is over at `expires_at`, whoever reads it: the word EXPIRED is
    written when it is touched next. Whoever becomes a member in another way meanwhile has it APPROVED by nobody.
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_pending",
            "person_id",
            "network_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_applications_waiting",
            "network_id",
            "expires_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_applications_network_id_state_id", "network_id", "state", "id"),
        Index("ix_applications_person_id_network_id_id", "person_id", "network_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    state: Mapped[ApplicationState] = mapped_column(words(ApplicationState, "state"), default=ApplicationState.PENDING)
    agreement_version: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)

    network: Mapped[Network] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])


class Agreement(Base):
    """A version of a network's «соглашение о методическом взаимодействии» (lyceum no. 1, §4). Never changed, only followed by another.

    The one in force is `networks.agreement_version`; what a member accepted stands in their membership, all of it in `audit`.
    """

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("network_id", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime]


class InvitationTarget(enum.StrEnum):
    """Where an invitation leads. The words stand in buttons too: never reused."""

    NETWORK = "network"
    ORGANISATION = "organisation"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class InvitationSort(enum.StrEnum):
    """For how many and how long an invitation is made. The words stand in buttons: never reused."""

    ONE = "one"
    MONTH = "month"
    ALWAYS = "always"


class Invitation(Base):
    """A way in by a link: to a network, an organisation, or a role. `token` is its secret: whoever knows it may come.

    `most` people may use it (empty: as many as like); `used` counts those who did, and equals its rows in `invitation_uses`.
    `created_by_id` is empty for the one that the operator makes at the command line.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("most IS NULL OR used <= most", name="used"),
        CheckConstraint(
            "CASE target WHEN 'network' THEN network_id WHEN 'coordinator' THEN network_id WHEN 'moderator' THEN network_id"
            " WHEN 'expert' THEN topic_id WHEN 'organisation' THEN organisation_id ELSE 0 END IS NOT NULL",
            name="leads_somewhere",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    target: Mapped[InvitationTarget] = mapped_column(words(InvitationTarget, "target"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    most: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]


class InvitationUse(Base):
    """Somebody came by an invitation."""

    __tablename__ = "invitation_uses"
    __table_args__ = (UniqueConstraint("invitation_id", "person_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime]


class OpenedInvitation(Base):
    """Somebody opened an invitation's link and has not taken it up: it waits, also until they have registered."""

    __tablename__ = "opened_invitations"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    opened_at: Mapped[datetime]


class WrongToken(Base):
    """How many links that lead nowhere somebody tried since `since`: whoever guesses has to wait."""

    __tablename__ = "wrong_tokens"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime]
