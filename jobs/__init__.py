"""The clock struck: what is told to people unprompted."""

from jobs import announcements, consultations, delivery, events, products, roles  # noqa: F401  # each feature's drawers register themselves when imported
from jobs.notices import DRAWS, UNREACHED, Draw, Later, Redraw, Stale, draws, when_unreached

__all__ = ["DRAWS", "UNREACHED", "Draw", "Later", "Redraw", "Stale", "draws", "when_unreached"]
