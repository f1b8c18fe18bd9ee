"""Refusals that any service may give."""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal. `key` names the text in `locales/`, the keyword arguments are its variables."""

    key: ClassVar[str]

    def __init__(self, **values: Any) -> None:
        super().__init__(type(self).__name__)
        self.values = values


class NotAllowed(DomainError):
    """The actor has no right to do this."""

    key = "error-not-allowed"


class NotAdministrator(NotAllowed):
    """Only the administrator of the centre does this."""

    key = "error-not-administrator"


class NotACoordinator(NotAllowed):
    """Announcements are made by the coordinators of networks; this person is none."""

    key = "error-not-a-coordinator"


class NotRegistered(DomainError):
    """Only registered participants do this."""

    key = "error-not-registered"


class NotFound(DomainError):
    """The thing is gone or never was."""

    key = "error-not-found"


class DialogOver(DomainError):
    """The dialog was finished or cancelled already: a second tap, an old button."""

    key = "error-dialog-over"


class QuestionAnswered(DomainError):
    """The button belongs to a question answered before; the present one is shown again."""

    key = "error-question-answered"
