"""How one comes in and goes out, where words are needed: reasons, and the text of an agreement."""

from dialogs.questions import Dialog, Text

DECLINE = Dialog("decline", (Text(key="reason", longest=500, shortest=3),))
EXPEL = Dialog("expel", (Text(key="reason", longest=500, shortest=3),))
LEAVE = Dialog("leave", (Text(key="reason", longest=500, shortest=3),))

AGREEMENT = Dialog("agreement", (Text(key="text", longest=3000, shortest=20),))
"""The text fits a message together with what is said around it."""
