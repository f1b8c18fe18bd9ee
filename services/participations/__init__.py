"""Organisations take part in networks: brought in, given a role, bound by the agreement that their head accepts, and leave."""

from services.participations.agreeing import accept, to_accept
from services.participations.changing import add, bring, end, represent, set_role
from services.participations.rows import BEGAN, CHANGED, ENDED, get
from services.participations.seeing import Card, Page, card, page_of, require_ender, scans

__all__ = [
    "BEGAN",
    "CHANGED",
    "ENDED",
    "Card",
    "Page",
    "accept",
    "add",
    "bring",
    "card",
    "end",
    "get",
    "page_of",
    "represent",
    "require_ender",
    "scans",
    "set_role",
    "to_accept",
]
