"""Events as people see them: lists and cards, the coordinator's pages, what is told unprompted."""

from screens.events.managing import (
    PEOPLE_PAGE,
    ask_call_off,
    ask_move,
    changed,
    managed,
    people,
    published,
    told,
)
from screens.events.seeing import (
    EVENTS_PAGE,
    Origin,
    ask_leave,
    card,
    file_caption,
    file_text,
    file_title,
    listing,
    signed_up,
)
from screens.events.telling import told_cancelled, told_moved, told_new, told_place, told_promoted, told_reminder

__all__ = [
    "EVENTS_PAGE",
    "PEOPLE_PAGE",
    "Origin",
    "ask_call_off",
    "ask_leave",
    "ask_move",
    "card",
    "changed",
    "file_caption",
    "file_text",
    "file_title",
    "listing",
    "managed",
    "people",
    "published",
    "signed_up",
    "told",
    "told_cancelled",
    "told_moved",
    "told_new",
    "told_place",
    "told_promoted",
    "told_reminder",
]
