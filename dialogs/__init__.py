"""Finite-state dialogs as data."""

from dialogs.announcements import ANNOUNCEMENT, CORRECTION, DRAFT_DIALOGS
from dialogs.consultations import ASK, SAY
from dialogs.events import EVENT, EVENT_CANCEL, EVENT_EDITS, EVENT_MOVE
from dialogs.finding import FIND_APPLICANT, FIND_MEMBER, FIND_NETWORK, FIND_READER
from dialogs.joining import AGREEMENT, DECLINE, EXPEL, LEAVE
from dialogs.networks import NETWORK
from dialogs.organisations import ORGANISATION
from dialogs.products import HAND_IN, HAND_IN_AGAIN, SEND_BACK
from dialogs.questions import (
    ABOUT,
    META,
    SUMMARY,
    Answers,
    Choice,
    Choices,
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
from dialogs.registry import ACCEPT, MERGE, REPLACE
from dialogs.registry import DECLINE as DECLINE_ORGANISATION
from dialogs.roles import COORDINATOR, EXPERT, TOPIC
from dialogs.settings import QUIET_HOURS, ZONE

_ALL = (
    REGISTRATION,
    *PROFILE_EDITS,
    ZONE,
    QUIET_HOURS,
    ORGANISATION,
    NETWORK,
    COORDINATOR,
    TOPIC,
    EXPERT,
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
    "Dialog",
    "Moment",
    "Number",
    "Pick",
    "Pieces",
    "Question",
    "Text",
    "WrongAnswer",
]
