"""Whoever sees too much for one walk is walked in shares: announcements, events and works, and everything else."""

from __future__ import annotations

from dialogs.announcements import ANNOUNCEMENT, CORRECTION, DRAFT_DIALOGS
from dialogs.events import EVENT, EVENT_CANCEL, EVENT_EDITS, EVENT_MOVE
from dialogs.products import HAND_IN, HAND_IN_AGAIN, SEND_BACK
from tests.walker.doors import DIALOGS_DOOR, TOLD
from tests.walker.sight import Sight, address_of

GATES = 4
"""So many deeds lead at most from a command to where announcements begin: what stands on the way is walked through in every share."""

_HANDLERS = tuple(
    f"handlers.{room}." for room in ("acknowledgements", "announced", "announcement_drafts", "announcements")
)
_DIALOGS = {dialog.name for dialog in (ANNOUNCEMENT, CORRECTION, *DRAFT_DIALOGS)}
_JOBS = {one.name for one in (EVENT, EVENT_MOVE, EVENT_CANCEL, *EVENT_EDITS, HAND_IN, HAND_IN_AGAIN, SEND_BACK)}
_JOB_HANDLERS = ("handlers.events.", "handlers.products.")
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


def is_of_jobs(sight: Sight, question: str | None) -> bool:
    """Whether the screen belongs to events or works: by what it asks, or by who drew it."""
    if question is not None:
        return question.partition(":")[0] in _JOBS
    return sight.handler.startswith(_JOB_HANDLERS)


def jobs(sight: Sight, question: str | None, deeds: int) -> bool:
    """The share of events and works, with the gates to them, and whatever a dialog ends with or has told."""
    comes_of_one = question is None and sight.handler in (DIALOGS_DOOR, TOLD)
    return deeds < GATES or comes_of_one or is_of_jobs(sight, question)


def besides(sight: Sight, question: str | None, deeds: int) -> bool:
    """Everything else."""
    return not announces(sight, question) and not is_of_jobs(sight, question)
