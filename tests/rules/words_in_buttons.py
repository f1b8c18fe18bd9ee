"""The ledger of all words that ever stood in buttons: a line is added with a word and stays when the word goes."""

from __future__ import annotations

from enum import StrEnum

from models import (
    ConsultationView,
    DraftView,
    DraftWish,
    EventView,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    NetworkTrait,
    NetworkView,
    News,
    ParticipationRole,
    ProductKind,
    ProductView,
    Visibility,
)

VIEWS: dict[type[StrEnum], dict[str, str]] = {
    NetworkView: {"t": "TREE", "f": "FORM", "m": "MINE", "y": "FOR_ME", "s": "FOUND", "w": "FOLLOWED", "a": "CLOSED"},
    ConsultationView: {"n": "NEW", "m": "MINE", "w": "WAITING", "d": "DONE", "a": "ASKED"},
    EventView: {"m": "MINE", "n": "MY_NETWORKS", "a": "ALL", "s": "FOUND", "w": "NETWORK"},
    ProductView: {"n": "NEW", "k": "KIND", "w": "NETWORK", "m": "MINE", "s": "FOUND", "q": "QUEUE"},
    DraftView: {
        "c": "CARD",
        "p": "PREVIEW",
        "a": "AUDIENCE",
        "i": "INCLUDE",
        "x": "EXCLUDE",
        "w": "WHEN",
        "b": "BUTTONS",
        "s": "SETTINGS",
        "d": "DELETE",
    },
    DraftWish: {
        "no": "NETWORK_ONLY",
        "br": "WITH_BRANCH",
        "ex": "EXPERTS",
        "co": "COORDINATORS",
        "mo": "MODERATORS",
        "xe": "WITHOUT_EXPERTS",
        "xc": "WITHOUT_COORDINATORS",
        "xm": "WITHOUT_MODERATORS",
        "fo": "FOLLOWERS",
        "xf": "WITHOUT_FOLLOWERS",
        "nw": "AT_ONCE",
        "on": "ONCE",
        "wk": "WEEKLY",
        "mt": "MONTHLY",
        "us": "USUAL",
        "ma": "MANDATORY",
        "ur": "URGENT",
        "ak": "ACKNOWLEDGE",
        "na": "NOT_ACKNOWLEDGE",
        "nd": "NO_DEADLINE",
    },
    News: {
        "events": "EVENTS",
        "reminders": "REMINDERS",
        "products": "PRODUCTS",
        "announcements": "ANNOUNCEMENTS",
    },
    ProductKind: {
        "lesson": "LESSON",
        "guidelines": "GUIDELINES",
        "tests": "TESTS",
        "programme": "PROGRAMME",
        "project": "PROJECT",
        "innovation": "INNOVATION",
        "score-sheet": "SCORE_SHEET",
        "other": "OTHER",
    },
    ParticipationRole: {"participant": "PARTICIPANT", "partner": "PARTNER", "coordinator": "COORDINATOR"},
    NetworkTrait: {
        "status": "STATUS",
        "structure": "STRUCTURE",
        "level": "LEVEL",
        "orientation": "ORIENTATION",
        "scope": "SCOPE",
    },
    JoinPolicy: {"open": "OPEN", "application": "APPLICATION", "invitation": "INVITATION"},
    Visibility: {"everyone": "EVERYONE", "registered": "REGISTERED", "parent": "PARENT", "members": "MEMBERS"},
    InvitationTarget: {
        "network": "NETWORK",
        "organisation": "ORGANISATION",
        "expert": "EXPERT",
        "coordinator": "COORDINATOR",
        "moderator": "MODERATOR",
        "administrator": "ADMINISTRATOR",
    },
    InvitationSort: {"one": "ONE", "month": "MONTH", "always": "ALWAYS"},
}
"""Each enum whose words stand in buttons, by its words."""

VIEW_OF: dict[str, type[StrEnum]] = {
    "networks": NetworkView,
    "cards": NetworkView,
    "consultations": ConsultationView,
    "events": EventView,
    "products": ProductView,
    "announcement_drafts": DraftView,
}
"""The views of the buttons in each file of `screens/addresses`."""
