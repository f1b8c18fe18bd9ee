"""An administrator creates an open network."""

from dialogs.questions import Choices, Dialog, Pick, Text

NETWORK = Dialog(
    "network",
    (
        Text(key="title", longest=150, shortest=3),
        Pick(key="form", source="network-forms"),
        Pick(key="parent", source="networks", optional=True),
        Choices(key="subjects", source="subjects"),
        Text(key="goal", longest=1000, shortest=3, optional=True),
    ),
)
