"""A question to the experts of a topic; what one says in a consultation."""

from dialogs.questions import Dialog, Pick, Pieces

MOST_FILES = 20

ASK = Dialog(
    "ask",
    (
        Pick(key="topic", source="topics-to-ask"),
        Pieces(key="question", flowing=True, most=MOST_FILES),
    ),
)
"""The first message is followed by the summary; further ones are added there."""

SAY = Dialog("say", (Pieces(key="text", flowing=True, most=MOST_FILES),), summary=False)
"""«Ответить»: the next message is passed on at once, with what belongs to it (an album, the rest of a long text)."""
