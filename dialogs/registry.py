"""The administrator puts the registry in order: proposed organisations are decided about, doubled people found."""

from dialogs.questions import Dialog, Pick, Text

ACCEPT = Dialog("org-accept", (Text(key="title", longest=200, shortest=3),), summary=False)
REPLACE = Dialog("org-is", (Pick(key="organisation", source="organisations", search_only=True),), summary=False)
DECLINE = Dialog("org-decline", (Text(key="reason", longest=500, shortest=3),), summary=False)

MERGE = Dialog(
    "merge",
    (
        Pick(key="kept", source="persons", search_only=True),
        Pick(key="other", source="persons", search_only=True),
    ),
    summary=False,
)
