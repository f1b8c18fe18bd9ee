"""The bank of methodical products: handed in, published or returned, corrected, found and downloaded."""

from services.products.deciding import give_back, publish, require_waiting, send_back
from services.products.handing import Draft, HandedIn, draft_of, hand_in, hand_in_again, own_networks, withdraw
from services.products.reading import Card, Counts, Group, Page, card, counts, files_of, groups, page_of, waiting

__all__ = [
    "Card",
    "Counts",
    "Draft",
    "Group",
    "HandedIn",
    "Page",
    "card",
    "counts",
    "draft_of",
    "files_of",
    "give_back",
    "groups",
    "hand_in",
    "hand_in_again",
    "own_networks",
    "page_of",
    "publish",
    "require_waiting",
    "send_back",
    "waiting",
    "withdraw",
]
