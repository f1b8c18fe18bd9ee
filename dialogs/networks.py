"""A network is created, at the top or below another one, moved, put off, closed."""

from dialogs.questions import Answers, Choice, Choices, DayToCome, Dialog, Pick, Text
from models import Fate

TITLE = Text(key="title", longest=150, shortest=3)
FORM = Pick(key="form", source="network-forms")
SUBJECTS = Choices(key="subjects", source="subjects")
GOAL = Text(key="goal", longest=1000, shortest=3, optional=True)
ENDS = DayToCome(key="ends")
FATES = tuple(fate.value for fate in Fate)

NETWORK = Dialog("network", (TITLE, FORM, Pick(key="parent", source="networks", optional=True), SUBJECTS, GOAL))

CHILD = Dialog("child", (TITLE, FORM, SUBJECTS, GOAL), texts="network", titles="child")
GROUP = Dialog("group", (TITLE, FORM, ENDS, GOAL), texts="network", titles="group")
"""A temporary one is about what the network above is about."""

MOVE = Dialog("move", (Pick(key="parent", source="coordinated-networks"),))
MOVE_ANYWHERE = Dialog("move-any", (Pick(key="parent", source="coordinated-networks", optional=True),), texts="move")
"""For the administrator: to leave the question out is to put it at the top."""

EXTEND = Dialog("extend", (ENDS,), summary=False, texts="network", titles="extend")

MAY_LIFT, MAY_BRING = "may_lift", "may_bring"
"""The keys under which `prepare` says what the actor may choose."""


def _may_lift(answers: Answers) -> bool:
    return bool(answers.get(MAY_LIFT))


def _may_bring(answers: Answers) -> bool:
    return bool(answers.get(MAY_BRING))


CLOSE = Dialog(
    "close",
    (
        Choice(key="below", options=FATES, when=_may_lift),
        Choice(key="members", options=FATES, when=_may_bring),
        Text(key="reason", longest=500, shortest=3, optional=True),
    ),
)
