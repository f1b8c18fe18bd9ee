"""What belongs together: the parts of an album, and of a text that the person's app cut in several messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dialogs.questions import Said

CUT_LETTERS = 2000
CUT_MOMENT = timedelta(seconds=3)
"""A text of so many letters may be the head of a longer one, which the app sends on at once as further messages."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a message has to do with the one before it. `notes` is what the next one is to know of it."""

    is_rest_of_album: bool
    letters_before: int
    more_may_come: bool
    notes: dict[str, Any]

    @property
    def continues(self) -> bool:
        """Whether it goes on with what came just before."""
        return self.is_rest_of_album or self.letters_before > 0

    @classmethod
    def of(cls, said: Said, meta: dict[str, Any]) -> Part:
        """Judge `said` by the notes of the message before it."""
        letters, head = len(said.text or ""), meta.get("head")
        before = 0
        if head is not None and said.album is None and said.text is not None and said.sent_at is not None:
            is_near = abs(said.sent_at - datetime.fromisoformat(head["at"])) <= CUT_MOMENT
            before = head["letters"] if is_near else 0
        is_head = said.sent_at is not None and (letters >= CUT_LETTERS or before > 0)
        at = said.sent_at.isoformat() if said.sent_at is not None else ""
        return cls(
            is_rest_of_album=said.album is not None and meta.get("album") == said.album,
            letters_before=before,
            more_may_come=said.album is not None or is_head,
            notes={"album": said.album, "head": {"at": at, "letters": before + letters} if is_head else None},
        )
