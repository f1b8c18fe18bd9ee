"""Educational events of the networks and who has signed up for them."""

from __future__ import annotations

import enum
import re
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.network import Network
from models.person import Person

_LINK = re.compile(r"\b(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)


class EventKind(enum.StrEnum):
    """What kind of event it is (Yurga, §1.6 and §5.1; Izhevsk, the network's calendar), the usual ones first."""

    SEMINAR = "seminar"
    WEBINAR = "webinar"
    MASTER_CLASS = "master-class"
    OPEN_LESSON = "open-lesson"
    MEETING = "meeting"
    GROUP_CONSULTATION = "consultation"
    WORKSHOP = "workshop"
    DISCUSSION = "discussion"
    CONTEST = "contest"
    WEB_CONFERENCE = "conference"


class RegistrationState(enum.StrEnum):
    """Where a person stands with an event."""

    REGISTERED = "registered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class EventView(enum.StrEnum):
    """Which events a list shows. The words stand in buttons: short, never reused."""

    MINE = "m"
    MY_NETWORKS = "n"
    ALL = "a"
    FOUND = "s"
    NETWORK = "w"


class Event(Base):
    """An event of a network, published from its first moment. `taken` seats never exceed `seats` (None: no limit).

    `revision` counts the changes that a calendar should follow (RFC 5545, SEQUENCE), `calendar_uid` names the event there for ever.
    `last_turn` is the number that the latest sign-up got: the order of the waiting list.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="taken"),
        Index("ix_events_network_id_starts_at", "network_id", "starts_at"),
        Index("ix_events_starts_at_id", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    kind: Mapped[EventKind] = mapped_column(words(EventKind, "kind"))
    title: Mapped[str] = mapped_column(String(150))
    annotation: Mapped[str | None] = mapped_column(Text)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300))
    seats: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    last_turn: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    calendar_uid: Mapped[str] = mapped_column(String(36), default=lambda: str(uuid.uuid4()))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(Text)

    network: Mapped[Network] = relationship(lazy="raise")

    @property
    def has_link(self) -> bool:
        """Whether the place is on the Internet: then only those with a seat are shown it."""
        return _LINK.search(self.place) is not None

    @property
    def free(self) -> int | None:
        """How many seats are left; None when there is no limit."""
        return None if self.seats is None else self.seats - self.taken


class Registration(Base):
    """One person at one event: one row for ever, its `state` tells where they stand now; the history is in `audit`.

    `turn` is drawn anew at every sign-up, unique in the event: whoever has the lowest of those waiting is promoted first.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        UniqueConstraint("event_id", "turn"),
        Index("ix_registrations_event_id_state_turn", "event_id", "state", "turn"),
        Index("ix_registrations_person_id_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    state: Mapped[RegistrationState] = mapped_column(words(RegistrationState, "state"))
    turn: Mapped[int]
    state_at: Mapped[datetime]
    created_at: Mapped[datetime]

    event: Mapped[Event] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
