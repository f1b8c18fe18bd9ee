"""What a coordinator changes on a network's card, question by question; each has the network's id as its `arg`."""

from __future__ import annotations

import re

from dialogs.links import read_link
from dialogs.questions import Choices, Dialog, Pick, Pieces, Text

MOST_DOCUMENTS = 10
"""So many files come at once: as many as Telegram makes an album of."""

_NAME = re.compile(r"@([A-Za-z]\w{3,31})")


def read_chat(typed: str) -> str:
    """Where a network's chat is: any https link, or the name of a public one in Telegram («@city_math»). Raises WrongAnswer."""
    name = _NAME.fullmatch(typed.strip())
    return f"https://t.me/{name[1]}" if name else read_link(typed)


def _edit(question: Text | Pick | Choices | Pieces) -> Dialog:
    return Dialog(f"net-{question.key}", (question,), summary=False, texts="network-edit", titles="network-edit")


TITLE = _edit(Text(key="title", longest=150, shortest=3))
GOAL = _edit(Text(key="goal", longest=1000, shortest=3, optional=True))
DESCRIPTION = _edit(Text(key="description", longest=1000, shortest=3, optional=True))
CHAT = _edit(Text(key="chat", longest=200, optional=True, read=read_chat))
FORM = _edit(Pick(key="form", source="network-forms"))
SUBJECTS = _edit(Choices(key="subjects", source="subjects", optional=True))
DOCUMENTS = _edit(Pieces(key="files", most=MOST_DOCUMENTS, files_needed=True))

CARD_EDITS = (TITLE, GOAL, DESCRIPTION, CHAT, FORM, SUBJECTS, DOCUMENTS)
