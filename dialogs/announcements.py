"""A coordinator tells everybody of a network."""

from dialogs.questions import Answers, Choice, Dialog, Pick, Pieces


def has_networks_below(answers: Answers) -> bool:
    """Whether it is a choice at all to tell the branch too."""
    return bool(answers.get("network") and answers["network"].get("below"))


def usual_audience(answers: Answers) -> str:
    """The network alone; one that has nobody of its own speaks to those below it."""
    return "network" if answers["network"].get("own") else "branch"


ANNOUNCEMENT = Dialog(
    "announcement",
    (
        Pick(key="network", source="networks-to-tell"),
        Pieces(key="pieces"),
        Choice(key="whom", options=("network", "branch"), default=usual_audience, when=has_networks_below),
    ),
    previewed=True,
)

CORRECTION = Dialog("correction", (Pieces(key="pieces", most=0, text_needed=True),), previewed=True)
"""Other words for an announcement that was sent; its `arg` is the announcement."""
