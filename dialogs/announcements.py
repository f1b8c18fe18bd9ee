"""A coordinator tells everybody of a network: what is announced, and each thing about it that is typed or picked."""

from __future__ import annotations

from dialogs.links import read_link
from dialogs.questions import Dialog, Moment, Pick, Pieces, Text

PIECES = Pieces(key="pieces")

ANNOUNCEMENT = Dialog("announcement", (Pick(key="network", source="coordinated-networks"), PIECES), summary=False)
"""What it ends with is a draft, which is then looked at, addressed and sent (`services/announcement_drafts.py`)."""


def _asks(name: str, *questions: Pick | Pieces | Moment | Text) -> Dialog:
    """One thing about a draft; `arg` is the draft's id."""
    return Dialog(name, questions, summary=False, texts="announcement", titles="draft")


DRAFT_TEXT = _asks("draft-text", PIECES)
DRAFT_WHEN = _asks("draft-when", Moment(key="when"))
DRAFT_DEADLINE = _asks("draft-deadline", Moment(key="deadline"))
DRAFT_LINK = _asks(
    "draft-link", Text(key="url", longest=1000, read=read_link), Text(key="caption", longest=30, optional=True)
)
DRAFT_PICKS = {
    "network": _asks("draft-network", Pick(key="way-network", source="coordinated-networks")),
    "event": _asks("draft-event", Pick(key="way-event", source="own-events")),
    "product": _asks("draft-product", Pick(key="way-product", source="own-products")),
}
"""What a button under an announcement leads to."""

_A_NETWORK = Pick(key="part-network", source="coordinated-networks")
_AN_ORGANISATION = Pick(key="part-organisation", source="organisations", search_only=True)
_A_SUBJECT = Pick(key="part-subject", source="subjects")

DRAFT_PARTS = {
    (False, "network"): _asks("draft-in-network", _A_NETWORK),
    (False, "branch"): _asks("draft-in-branch", _A_NETWORK),
    (False, "organisation"): _asks("draft-in-school", _AN_ORGANISATION),
    (False, "subject"): _asks("draft-in-subject", _A_SUBJECT),
    (True, "network"): _asks("draft-no-network", _A_NETWORK),
    (True, "branch"): _asks("draft-no-branch", _A_NETWORK),
    (True, "organisation"): _asks("draft-no-school", _AN_ORGANISATION),
    (True, "subject"): _asks("draft-no-subject", _A_SUBJECT),
}
"""Who is told, or (True) left out: how to ask for each kind of part."""

DRAFT_DIALOGS = (
    DRAFT_TEXT,
    DRAFT_WHEN,
    DRAFT_DEADLINE,
    DRAFT_LINK,
    *DRAFT_PICKS.values(),
    *DRAFT_PARTS.values(),
)

CORRECTION = Dialog("correction", (Pieces(key="pieces", most=0, text_needed=True),), previewed=True)
"""Other words for an announcement that was sent; its `arg` is the announcement."""
