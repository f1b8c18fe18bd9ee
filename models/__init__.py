"""What is remembered: tables, constraints and the doors to them."""

from models.audit import Audit
from models.base import Base
from models.database import Database, NestedWrite, inside_write
from models.inbox import InboxUpdate
from models.network import (
    Appointment,
    JoinPolicy,
    Level,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    NetworkPosition,
    NetworkStatus,
    NetworkSubject,
    NetworkView,
    Orientation,
    Role,
    Scope,
    Structure,
    Visibility,
)
from models.organisation import Organisation, OrganisationKind
from models.person import Consent, DialogState, Person, PersonSubject, Position, Subject
from models.search import Found, SearchWord

__all__ = [
    "Appointment",
    "Audit",
    "Base",
    "Consent",
    "Database",
    "DialogState",
    "Found",
    "InboxUpdate",
    "JoinPolicy",
    "Level",
    "Membership",
    "MembershipState",
    "NestedWrite",
    "Network",
    "NetworkForm",
    "NetworkPosition",
    "NetworkStatus",
    "NetworkSubject",
    "NetworkView",
    "Organisation",
    "OrganisationKind",
    "Orientation",
    "Person",
    "PersonSubject",
    "Position",
    "Role",
    "Scope",
    "SearchWord",
    "Structure",
    "Subject",
    "Visibility",
    "inside_write",
]
