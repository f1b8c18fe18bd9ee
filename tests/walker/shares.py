"""Whoever sees too much for one walk is walked in two shares: announcements with all that belongs to them, and everything else."""

from __future__ import annotations

from dialogs.announcements import ANNOUNCEMENT, CORRECTION, DRAFT_DIALOGS
from tests.walker.sight import Sight, address_of

GATES = 3
"""So many deeds lead at most from a command to where announcements begin: what stands on the way is walked through in both shares."""

_HANDLERS = tuple(
    f"handlers.{room}." for room in ("acknowledgements", "announced", "announcement_drafts", "announcements")
)
_DIALOGS = {dialog.name for dialog in (ANNOUNCEMENT, CORRECTION, *DRAFT_DIALOGS)}
_BUTTONS = ("screens.addresses.announced", "screens.addresses.announcement_drafts")


def announces(sight: Sight, question: str | None) -> bool:
    """Whether the screen belongs to announcements: by who drew it, by what it asks, or by its buttons."""
    if question is not None:
        return question.partition(":")[0] in _DIALOGS
    if sight.handler.startswith(_HANDLERS):
        return True
    addresses = [address_of(button) for row in sight.keyboard for button in row]
    return any(type(one).__module__ in _BUTTONS for one in addresses)


def announcing(sight: Sight, question: str | None, deeds: int) -> bool:
    """The share of announcements, with the gates to them and whatever is met while one is being written."""
    return deeds < GATES or sight.unfinished or announces(sight, question)


def besides(sight: Sight, question: str | None, deeds: int) -> bool:
    """Everything else."""
    return not announces(sight, question)
