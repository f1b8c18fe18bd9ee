"""Coordinators, moderators, experts and administrators are appointed, topics are opened."""

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

TOPIC_EXPERT = Dialog("topic-expert", (Pick(key="person", source="topic-people"),), texts="expert")
"""The same from the page of a topic, which the dialog is about."""

MODERATOR = Dialog("moderator", (Pick(key="person", source="members"),))
"""The dialog is about the network."""

ADMINISTRATOR = Dialog("administrator", (Pick(key="person", source="persons", search_only=True),))
