"""The clock struck: what is told to people unprompted."""

from jobs.notices import DRAWS, Draw, draws

__all__ = ["DRAWS", "Draw", "draws"]
