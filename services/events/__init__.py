"""Educational events: found, signed up for, run by their coordinators."""

from services.events.reading import (
    USUAL_LENGTH,
    Card,
    Line,
    Page,
    People,
    card,
    coming_of_mine,
    get,
    is_invited,
    page_of,
    people,
)
from services.events.running import (
    annotate,
    call_off,
    create,
    entitle,
    invite_members,
    managed,
    move,
    relocate,
    set_seats,
)
from services.events.signing import REMINDERS, release, sign_up, withdraw

__all__ = [
    "REMINDERS",
    "USUAL_LENGTH",
    "Card",
    "Line",
    "Page",
    "People",
    "annotate",
    "call_off",
    "card",
    "coming_of_mine",
    "create",
    "entitle",
    "get",
    "invite_members",
    "is_invited",
    "managed",
    "move",
    "page_of",
    "people",
    "release",
    "relocate",
    "set_seats",
    "sign_up",
    "withdraw",
]
