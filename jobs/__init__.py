"""The clock struck: what is told to people unprompted."""

from jobs import announcements, consultations, events, joining, products, roles  # noqa: F401  # each feature's drawers register themselves when imported
from jobs.notices import (
    DRAWS,
    DRAWS_ALL,
    UNREACHED,
    Draw,
    DrawAll,
    Drawn,
    Later,
    Recipient,
    Redraw,
    draws,
    draws_all,
    when_unreached,
)

__all__ = [
    "DRAWS",
    "DRAWS_ALL",
    "UNREACHED",
    "Draw",
    "DrawAll",
    "Drawn",
    "Later",
    "Recipient",
    "Redraw",
    "draws",
    "draws_all",
    "when_unreached",
]
