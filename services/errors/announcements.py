"""Refusals about announcements and their drafts."""

from __future__ import annotations

from services.errors.base import DomainError, NotAllowed


class NobodyToTell(DomainError):
    """An announcement would reach nobody. Variables: `title` of the network."""

    key = "error-nobody-to-tell"


class NotYourAudience(NotAllowed):
    """Among those an announcement is for are people outside the networks of whoever sends it."""

    key = "error-not-your-audience"


class TooManyParts(DomainError):
    """An audience is named in so many parts at most. Variables: `most`."""

    key = "error-too-many-parts"


class TooManyButtons(DomainError):
    """So many buttons stand under an announcement at most. Variables: `most`."""

    key = "error-too-many-buttons"


class UnknownPlaceholder(DomainError):
    """Nobody knows what to put there. Variables: `name`."""

    key = "error-unknown-placeholder"


class PlaceholderTooLong(DomainError):
    """With people's names in it the text would be longer than a message may be."""

    key = "error-placeholder-too-long"


class DraftChanged(DomainError):
    """The draft is not as the actor saw it: somebody has changed it since."""

    key = "error-draft-changed"


class DraftGone(DomainError):
    """The announcement is no draft any more: it was sent, or deleted."""

    key = "error-draft-gone"


class SendTimePassed(DomainError):
    """The time at which an announcement was to go out has passed."""

    key = "error-send-time-passed"


class DeadlineTooEarly(DomainError):
    """Acknowledgement is wanted by a time that comes before the announcement itself."""

    key = "error-deadline-too-early"


class AnnouncementRecalled(DomainError):
    """The announcement was taken back."""

    key = "error-announcement-recalled"
