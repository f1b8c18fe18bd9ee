"""Finite-state dialogs as data."""

from dialogs.networks import NETWORK
from dialogs.organisations import ORGANISATION
from dialogs.questions import (
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

DIALOGS: dict[str, Dialog] = {dialog.name: dialog for dialog in (REGISTRATION, *PROFILE_EDITS, ORGANISATION, NETWORK)}
"""Every dialog of the house by its name."""

__all__ = [
    "DIALOGS",
    "META",
    "NETWORK",
    "ORGANISATION",
    "PROFILE_EDITS",
    "REGISTRATION",
    "SUMMARY",
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
