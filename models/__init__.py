"""What is remembered: tables, constraints and the doors to them."""

from models.announcement import Acknowledgement, Announcement, AnnouncementFile, AnnouncementPart, Importance
from models.announcement_draft import (
    AnnouncementDraft,
    AnnouncementDraftFile,
    DraftState,
    DraftView,
    DraftWish,
    Repeat,
)
from models.audit import Audit
from models.base import Base
from models.consultation import (
    Consultation,
    ConsultationFile,
    ConsultationMessage,
    ConsultationState,
    ConsultationView,
    Turn,
)
from models.database import DATABASE_ERRORS, Database, NestedWrite, inside_write
from models.event import Event, EventKind, EventView, Registration, RegistrationState
from models.file import FileKind, StoredFile
from models.held import HeldUpdate
from models.inbox import InboxUpdate
from models.joining import (
    Agreement,
    Application,
    ApplicationState,
    Invitation,
    InvitationSort,
    InvitationTarget,
    InvitationUse,
    OpenedInvitation,
    WrongToken,
)
from models.leftover import Leftover
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
from models.notification import Notification, NotificationState, NotificationTally, Priority, SentMessage
from models.organisation import Organisation, OrganisationKind
from models.participation import Head, Participation, ParticipationRole, ParticipationScan, Representative
from models.person import Consent, DialogState, News, Person, PersonSubject, Position, Subject
from models.product import (
    Product,
    ProductFile,
    ProductKind,
    ProductRemark,
    ProductState,
    ProductVersion,
    ProductView,
)
from models.registry import RegistryDoubt, RegistryEntry
from models.saying import Saying
from models.search import Found, SearchWord
from models.send_budget import SendBudget
from models.topic import Topic, TopicExpert

__all__ = [
    "DATABASE_ERRORS",
    "Acknowledgement",
    "Agreement",
    "Announcement",
    "AnnouncementDraft",
    "AnnouncementDraftFile",
    "AnnouncementFile",
    "AnnouncementPart",
    "Application",
    "ApplicationState",
    "Appointment",
    "Audit",
    "Base",
    "Consent",
    "Consultation",
    "ConsultationFile",
    "ConsultationMessage",
    "ConsultationState",
    "ConsultationView",
    "Database",
    "DialogState",
    "DraftState",
    "DraftView",
    "DraftWish",
    "Event",
    "EventKind",
    "EventView",
    "FileKind",
    "Found",
    "Head",
    "HeldUpdate",
    "Importance",
    "InboxUpdate",
    "Invitation",
    "InvitationSort",
    "InvitationTarget",
    "InvitationUse",
    "JoinPolicy",
    "Leftover",
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
    "News",
    "Notification",
    "NotificationState",
    "NotificationTally",
    "OpenedInvitation",
    "Organisation",
    "OrganisationKind",
    "Orientation",
    "Participation",
    "ParticipationRole",
    "ParticipationScan",
    "Person",
    "PersonSubject",
    "Position",
    "Priority",
    "Product",
    "ProductFile",
    "ProductKind",
    "ProductRemark",
    "ProductState",
    "ProductVersion",
    "ProductView",
    "Registration",
    "RegistrationState",
    "RegistryDoubt",
    "RegistryEntry",
    "Repeat",
    "Representative",
    "Role",
    "Saying",
    "Scope",
    "SearchWord",
    "SendBudget",
    "SentMessage",
    "StoredFile",
    "Structure",
    "Subject",
    "Topic",
    "TopicExpert",
    "Turn",
    "Visibility",
    "WrongToken",
    "inside_write",
]
