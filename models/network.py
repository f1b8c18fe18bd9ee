"""Networks, who is in them and who leads them."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.file import StoredFile
from models.person import Person, Subject


class NetworkStatus(enum.StrEnum):
    """Formal or informal (Novotroitsk, §6.3)."""

    FORMAL = "formal"
    INFORMAL = "informal"


class JoinPolicy(enum.StrEnum):
    """How one becomes a member."""

    OPEN = "open"
    APPLICATION = "application"
    INVITATION = "invitation"


class Visibility(enum.StrEnum):
    """Who sees the card besides its members, the coordinators of its branch and the administrator.

    PARENT: the members of the network above. MEMBERS: nobody, it is hidden.
    """

    EVERYONE = "everyone"
    REGISTERED = "registered"
    PARENT = "parent"
    MEMBERS = "members"


class Structure(enum.StrEnum):
    """Classification of §4, Izhevsk: by kind of links."""

    LINEAR = "linear"
    HIERARCHICAL = "hierarchical"
    MIXED = "mixed"


class Level(enum.StrEnum):
    """Classification of §4, Izhevsk: by level."""

    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    FEDERAL = "federal"
    MIXED = "mixed"


class Orientation(enum.StrEnum):
    """Classification of §4, Izhevsk: by orientation."""

    INFORMATION = "information"
    SOCIAL = "social"
    INNOVATION = "innovation"


class Scope(enum.StrEnum):
    """Classification of §4, Izhevsk: one direction of work or several."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class NetworkTrait(enum.StrEnum):
    """What is said of the kind of a network; each is a column. The words stand in buttons: never reused."""

    STATUS = "status"
    STRUCTURE = "structure"
    LEVEL = "level"
    ORIENTATION = "orientation"
    SCOPE = "scope"


class MembershipState(enum.StrEnum):
    """Where a person stands with a network."""

    APPLIED = "applied"
    MEMBER = "member"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


class Role(enum.StrEnum):
    """What a person is appointed to in a network. The administrator of the centre is named in the settings."""

    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    EXPERT = "expert"


class NetworkView(enum.StrEnum):
    """Which networks a list shows. The words stand in buttons: short, never reused."""

    TREE = "t"
    FORM = "f"
    MINE = "m"
    FOR_ME = "y"
    FOUND = "s"
    CLOSED = "a"
    FOLLOWED = "w"


class Fate(enum.StrEnum):
    """What becomes of a closed network's members, or of the networks below it: they end with it (STAY), or go to the network above (UP)."""

    STAY = "stay"
    UP = "up"


class NetworkForm(Base):
    """A form of network («школьное методическое объединение»); rows that the administrator edits (`services/forms.py`)."""

    __tablename__ = "network_forms"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(100), unique=True)


class NetworkSubject(Base):
    """A subject a network is about."""

    __tablename__ = "network_subjects"

    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"), primary_key=True, index=True)


class NetworkPosition(Base):
    """A usual position of the people a network is for."""

    __tablename__ = "network_positions"

    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True)
    position_id: Mapped[int] = mapped_column(
        ForeignKey("positions.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Network(Base):
    """A network of teachers, a node of the tree. Archived ones (`archived_at`) are read-only.

    `agreement_version` is the version of `agreements` in force; empty: there is none to accept. One with `ends_on`, its last day, is a
    temporary group, which archives itself after it; `end_told_on` is the last day of which its members were reminded.
    """

    __tablename__ = "networks"
    __table_args__ = (
        Index("ix_networks_parent_id_title", "parent_id", "title"),
        # Few of many: the temporary groups at work, asked for every few seconds.
        Index(
            "ix_networks_ends_on",
            "ends_on",
            sqlite_where=text("ends_on IS NOT NULL AND archived_at IS NULL"),
            postgresql_where=text("ends_on IS NOT NULL AND archived_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(150), unique=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("network_forms.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    goal: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    status: Mapped[NetworkStatus] = mapped_column(words(NetworkStatus, "status"), default=NetworkStatus.FORMAL)
    structure: Mapped[Structure | None] = mapped_column(words(Structure, "structure"))
    level: Mapped[Level | None] = mapped_column(words(Level, "level"))
    orientation: Mapped[Orientation | None] = mapped_column(words(Orientation, "orientation"))
    scope: Mapped[Scope | None] = mapped_column(words(Scope, "scope"))
    join_policy: Mapped[JoinPolicy] = mapped_column(words(JoinPolicy, "join_policy"), default=JoinPolicy.OPEN)
    visibility: Mapped[Visibility] = mapped_column(words(Visibility, "visibility"), default=Visibility.EVERYONE)
    agreement_version: Mapped[int | None]
    for_young_specialists: Mapped[bool] = mapped_column(default=False)
    chat_url: Mapped[str | None] = mapped_column(String(200))
    ends_on: Mapped[date | None]
    end_told_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    form: Mapped[NetworkForm] = relationship(lazy="raise")
    parent: Mapped[Network | None] = relationship(lazy="raise", remote_side=[id])
    subjects: Mapped[list[Subject]] = relationship(
        secondary="network_subjects", lazy="raise", order_by=Subject.title, passive_deletes=True
    )


class NetworkDocument(Base):
    """A document of a network's card: its regulation, its plan. `title` is what its file is called by people, if anybody said."""

    __tablename__ = "network_documents"
    __table_args__ = (Index("ix_network_documents_network_id_id", "network_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(150))
    added_at: Mapped[datetime]

    network: Mapped[Network] = relationship(lazy="raise")
    file: Mapped[StoredFile] = relationship(lazy="raise")


class NetworkFollower(Base):
    """Somebody who is no member follows a network's news (Izhevsk, §2.3: part of others' information channels)."""

    __tablename__ = "network_followers"

    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True, index=True)
    followed_at: Mapped[datetime]


class Membership(Base):
    """One person in one network: one row for ever, its `state` tells where they stand now; the history is in `audit`.

    With `muted_at` the network's usual announcements are not sent to them.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("person_id", "network_id"),
        # With the version of the agreement, or every member's row is read to count who has not accepted it.
        Index("ix_memberships_network_id_state_agreement", "network_id", "state", "person_id", "agreement_version"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    state: Mapped[MembershipState] = mapped_column(words(MembershipState, "state"))
    state_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    agreement_version: Mapped[int | None]
    agreed_at: Mapped[datetime | None]
    muted_at: Mapped[datetime | None]

    network: Mapped[Network] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Appointment(Base):
    """A role of a person in a network. A coordinator also rules every network below (Novotroitsk, §3.2: cascade).

    The order's number and date are kept for coordinators (Yurga, §3.2.2). Ended ones stay, with `ended_at`.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        Index(
            "uq_appointments_standing",
            "person_id",
            "network_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_appointments_network_id_role", "network_id", "role"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    order_number: Mapped[str | None] = mapped_column(String(50))
    order_on: Mapped[date | None]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    appointed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    network: Mapped[Network] = relationship(lazy="raise")
