"""The clock struck: what is told to people unprompted."""

from jobs import announced, announcements, consultations, delivery, events, organisations, products, registry, roles  # noqa: F401  # each feature's drawers register themselves when imported
from jobs.notices import (
    DRAWS,
    DRAWS_ALL,
    UNREACHED,
    Also,
    Draw,
    DrawAll,
    Drawn,
    Later,
    Recipient,
    Redraw,
    Remove,
    Rewrite,
    Stale,
    draws,
    draws_all,
    when_unreached,
)

__all__ = [
    "DRAWS",
    "DRAWS_ALL",
    "UNREACHED",
    "Also",
    "Draw",
    "DrawAll",
    "Drawn",
    "Later",
    "Recipient",
    "Redraw",
    "Remove",
    "Rewrite",
    "Stale",
    "draws",
    "draws_all",
    "when_unreached",
]
