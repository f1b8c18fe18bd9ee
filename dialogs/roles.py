"""An administrator appoints coordinators and experts and opens topics."""

from dialogs.orders import read_order
from dialogs.questions import Dialog, Pick, Text

COORDINATOR = Dialog(
    "coordinator",
    (
        Pick(key="person", source="persons", search_only=True),
        Pick(key="network", source="networks"),
        Text(key="order", longest=120, optional=True, read=read_order),
    ),
)

TOPIC = Dialog(
    "topic",
    (
        Text(key="title", longest=100, shortest=3),
        Pick(key="network", source="networks"),
        Pick(key="subject", source="subjects", optional=True),
    ),
)

EXPERT = Dialog(
    "expert",
    (
        Pick(key="person", source="persons", search_only=True),
        Pick(key="topic", source="topics"),
    ),
)
