"""A coordinator creates an event, changes it, moves it, calls it off."""

from dialogs.questions import Choice, Dialog, Moment, Number, Pick, Text
from models import EventKind

TITLE = Text(key="title", longest=150, shortest=3)
PLACE = Text(key="place", longest=300, shortest=2)
SEATS = Number(key="seats", lowest=1, highest=10_000, suggestions=(10, 15, 20, 25, 30, 50, 100, 200), optional=True)
ANNOTATION = Text(key="annotation", longest=1500, shortest=3)

EVENT = Dialog(
    "event",
    (
        Pick(key="network", source="coordinated-networks"),
        Choice(key="kind", options=tuple(kind.value for kind in EventKind)),
        TITLE,
        Moment(key="starts"),
        PLACE,
        SEATS,
    ),
)

EVENT_EDITS = tuple(
    Dialog(f"event-{question.key}", (question,), summary=False, texts="event", titles="event-edit")
    for question in (TITLE, PLACE, SEATS, ANNOTATION)
)

EVENT_MOVE = Dialog("event-move", (Moment(key="starts"),))
EVENT_CANCEL = Dialog("event-cancel", (Text(key="reason", longest=500, shortest=3),))
