"""The clock struck: what is told to people unprompted."""

from jobs import roles  # noqa: F401  # each feature's drawers register themselves when imported
from jobs.notices import DRAWS, Draw, draws

__all__ = ["DRAWS", "Draw", "draws"]
