"""Consultations as people see them."""

from screens.consultations.card import asked, card, choose_expert, files, no_topics, said
from screens.consultations.lists import listing, queue
from screens.consultations.relay import closed, edited, overdue, passed_on, question, taken, unreached, word

__all__ = [
    "asked",
    "card",
    "choose_expert",
    "closed",
    "edited",
    "files",
    "listing",
    "no_topics",
    "overdue",
    "passed_on",
    "question",
    "queue",
    "said",
    "taken",
    "unreached",
    "word",
]
