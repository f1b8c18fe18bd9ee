"""«Консультация» (Yurga §5.1, Novotroitsk §6.2): a question to the experts of a topic, taken by one of them, answered, rated."""

from services.consultations.asking import ask, offer
from services.consultations.cards import (
    Card,
    Line,
    Page,
    Side,
    answerable,
    can_ask,
    card,
    counts,
    get,
    latest_open,
    message,
    page_of,
)
from services.consultations.correcting import correct
from services.consultations.ending import close, leave, rate
from services.consultations.notices import is_needed, unreached
from services.consultations.saying import Said, continued, replied_to, say
from services.consultations.taking import assign, candidates, take
from services.consultations.watching import pass_up, watch_anew, watch_branch

__all__ = [
    "Card",
    "Line",
    "Page",
    "Said",
    "Side",
    "answerable",
    "ask",
    "assign",
    "can_ask",
    "candidates",
    "card",
    "close",
    "continued",
    "correct",
    "counts",
    "get",
    "is_needed",
    "latest_open",
    "leave",
    "message",
    "offer",
    "page_of",
    "pass_up",
    "rate",
    "replied_to",
    "say",
    "take",
    "unreached",
    "watch_anew",
    "watch_branch",
]
