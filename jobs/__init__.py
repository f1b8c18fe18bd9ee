"""The clock struck: what is told to people unprompted."""

from jobs import announced, consultations, events, products, roles  # noqa: F401  # each feature's drawers register themselves when imported
from jobs.notices import DRAWS, UNREACHED, Also, Draw, Later, Redraw, Remove, Rewrite, draws, when_unreached

__all__ = [
    "DRAWS",
    "UNREACHED",
    "Also",
    "Draw",
    "Later",
    "Redraw",
    "Remove",
    "Rewrite",
    "draws",
    "when_unreached",
]
