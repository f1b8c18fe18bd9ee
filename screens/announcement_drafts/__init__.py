"""A draft of an announcement as its coordinators see it: how it will look, who gets it, when, and everything to be changed."""

from screens.announcement_drafts.card import card, composed
from screens.announcement_drafts.lists import listing, not_sent
from screens.announcement_drafts.pages import ask_delete, audience, buttons, choose_part, settings, when

__all__ = [
    "ask_delete",
    "audience",
    "buttons",
    "card",
    "choose_part",
    "composed",
    "listing",
    "not_sent",
    "settings",
    "when",
]
