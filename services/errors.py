"""Refusals: exceptions that name a text. Only `bot/errors.py` (and a dialog's screen) turns them into words."""

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


class NotRegistered(DomainError):
    """Only registered participants do this."""

    key = "error-not-registered"


class NotFound(DomainError):
    """The thing is gone or never was."""

    key = "error-not-found"


class OrganisationExists(DomainError):
    """An organisation with this title is in the registry. Variables: `title`."""

    key = "error-organisation-exists"


class NetworkExists(DomainError):
    """A network with this title exists. Variables: `title`."""

    key = "error-network-exists"


class NetworkArchived(DomainError):
    """The network is closed and read-only. Variables: `title`."""

    key = "error-network-archived"


class NetworkNotOpen(DomainError):
    """The network takes members by application or invitation. Variables: `title`."""

    key = "error-network-not-open"


class DialogOver(DomainError):
    """The dialog was finished or cancelled already: a second tap, an old button."""

    key = "error-dialog-over"


class QuestionAnswered(DomainError):
    """The button belongs to a question answered before; the present one is shown again."""

    key = "error-question-answered"
