"""Refusals about organisations, people and the centre's lists."""

from __future__ import annotations

from services.errors.base import DomainError


class OrganisationExists(DomainError):
    """An organisation with this title is in the registry. Variables: `title`."""

    key = "error-organisation-exists"


class RegistryFileRefused(DomainError):
    """A file cannot be taken for a list of the registry. Variables: `reason`, a word of the text; `most`, the limit it breaks."""

    key = "error-registry-file"


class MergeRefused(DomainError):
    """Two that are not to become one. Variables: `reason`, a word of the text."""

    key = "error-merge-refused"


class ProposalDecided(DomainError):
    """The proposed organisation is in the registry already. Variables: `title`."""

    key = "error-proposal-decided"


class ListGone(DomainError):
    """The file that a button speaks of is not there any more, or did not come through."""

    key = "error-list-gone"


class DoubtDecided(DomainError):
    """Somebody has said already who of the lists this person is."""

    key = "error-doubt-decided"


class EntryTaken(DomainError):
    """This entry of the lists is another participant's."""

    key = "error-entry-taken"


class QuietHoursEmpty(DomainError):
    """Own quiet hours that begin and end at the same time."""

    key = "error-quiet-hours-empty"


class LastAdministrator(DomainError):
    """Without this administrator there would be none."""

    key = "error-last-administrator"


class AdministratorNamed(DomainError):
    """This administrator is named in the setting `ADMIN_IDS`: only whoever holds the server changes that. Variables: `name`."""

    key = "error-administrator-named"


class NotOfOrganisation(DomainError):
    """The person works elsewhere. Variables: `title` of the organisation."""

    key = "error-not-of-organisation"


class NotOwnPhone(DomainError):
    """The contact is not of the person who sent it."""

    key = "error-not-own-phone"
