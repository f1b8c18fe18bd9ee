"""Finite-state dialogs as data."""

from dialogs.announcements import ANNOUNCEMENT, CORRECTION, DRAFT_DIALOGS
from dialogs.cards import CARD_EDITS
from dialogs.consultations import ASK, SAY
from dialogs.events import EVENT, EVENT_CANCEL, EVENT_EDITS, EVENT_MOVE
from dialogs.finding import FIND_APPLICANT, FIND_MEMBER, FIND_NETWORK, FIND_READER
from dialogs.forms import NEW_FORM, RENAME_FORM
from dialogs.joining import AGREEMENT, DECLINE, EXPEL, LEAVE
from dialogs.networks import CHILD, CLOSE, EXTEND, GROUP, MOVE, MOVE_ANYWHERE, NETWORK
from dialogs.organisations import ORGANISATION
from dialogs.participations import PARTICIPATION_DIALOGS
from dialogs.products import HAND_IN, HAND_IN_AGAIN, SEND_BACK
from dialogs.questions import (
    ABOUT,
    META,
    SUMMARY,
    Answers,
    Choice,
    Choices,
    DayToCome,
    Dialog,
    Moment,
    Number,
    Pick,
    Pieces,
    Question,
    Text,
    WrongAnswer,
)
from dialogs.registration import PROFILE_EDITS, REGISTRATION
from dialogs.registry import ACCEPT, DECLINE as DECLINE_ORGANISATION, MERGE, REPLACE
from dialogs.roles import ADMINISTRATOR, COORDINATOR, EXPERT, MODERATOR, TOPIC, TOPIC_EXPERT
from dialogs.settings import QUIET_HOURS, ZONE

_ALL = (
    REGISTRATION,
    *PROFILE_EDITS,
    ZONE,
    QUIET_HOURS,
    ORGANISATION,
    NETWORK,
    CHILD,
    GROUP,
    MOVE,
    MOVE_ANYWHERE,
    EXTEND,
    CLOSE,
    *CARD_EDITS,
    NEW_FORM,
    RENAME_FORM,
    COORDINATOR,
    TOPIC,
    EXPERT,
    TOPIC_EXPERT,
    MODERATOR,
    ADMINISTRATOR,
    EVENT,
    *EVENT_EDITS,
    EVENT_MOVE,
    EVENT_CANCEL,
    ASK,
    SAY,
    HAND_IN,
    HAND_IN_AGAIN,
    SEND_BACK,
    ANNOUNCEMENT,
    *DRAFT_DIALOGS,
    CORRECTION,
    ACCEPT,
    REPLACE,
    DECLINE_ORGANISATION,
    MERGE,
    DECLINE,
    EXPEL,
    LEAVE,
    AGREEMENT,
    *PARTICIPATION_DIALOGS,
    FIND_MEMBER,
    FIND_APPLICANT,
    FIND_READER,
    FIND_NETWORK,
)

DIALOGS: dict[str, Dialog] = {dialog.name: dialog for dialog in _ALL}
"""Every dialog of the house by its name."""

__all__ = [
    "ABOUT",
    "ANNOUNCEMENT",
    "ASK",
    "COORDINATOR",
    "CORRECTION",
    "DIALOGS",
    "EXPERT",
    "META",
    "NETWORK",
    "ORGANISATION",
    "PROFILE_EDITS",
    "QUIET_HOURS",
    "REGISTRATION",
    "SAY",
    "SUMMARY",
    "TOPIC",
    "ZONE",
    "Answers",
    "Choice",
    "Choices",
    "DayToCome",
    "Dialog",
    "Moment",
    "Number",
    "Pick",
    "Pieces",
    "Question",
    "Text",
    "WrongAnswer",
]
