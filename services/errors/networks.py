"""Refusals about networks, their tree, and who comes into them."""

from __future__ import annotations

from services.errors.base import DomainError


class NoNetworkYet(DomainError):
    """The administrator wants to announce something, and there is no network yet."""

    key = "error-no-network-yet"


class NetworkExists(DomainError):
    """A network with this title exists. Variables: `title`."""

    key = "error-network-exists"


class FormExists(DomainError):
    """A form of networks is called so already. Variables: `title`."""

    key = "error-form-exists"


class FormInUse(DomainError):
    """A form that networks have is not taken away. Variables: `title`."""

    key = "error-form-in-use"


class OrderInFuture(DomainError):
    """Nobody is appointed by an order that is yet to be signed."""

    key = "error-order-in-future"


class NetworkArchived(DomainError):
    """The network is closed and read-only. Variables: `title`."""

    key = "error-network-archived"


class GroupHasNoBranch(DomainError):
    """A temporary group ends by itself, so nothing is put below it. Variables: `title`."""

    key = "error-group-has-no-branch"


class MoveIntoItself(DomainError):
    """A network cannot stand below itself or below one of its own branch. Variables: `title` of the place."""

    key = "error-move-into-itself"


class EndPassed(DomainError):
    """A last day that is over."""

    key = "error-end-passed"


class NetworkNotOpen(DomainError):
    """The network takes members by application or invitation. Variables: `title`."""

    key = "error-network-not-open"


class NotAMember(DomainError):
    """The actor is not a member of the network. Variables: `title`."""

    key = "error-not-a-member"


class NoNetworkOfMine(DomainError):
    """A work is handed in to a network of one's own, and this person is in none."""

    key = "error-no-network-of-mine"


class AgreementNotAccepted(DomainError):
    """The network has an agreement, and its version in force is not the one that was accepted. Variables: `title`."""

    key = "error-agreement-not-accepted"


class ApplicationMoved(DomainError):
    """The application does not wait any more."""


class ApplicationApproved(ApplicationMoved):
    """The applicant is a member."""

    key = "error-application-approved"


class ApplicationDeclined(ApplicationMoved):
    """A coordinator said no. Variables: `name` of who did."""

    key = "error-application-declined"


class ApplicationWithdrawn(ApplicationMoved):
    """The applicant took it back."""

    key = "error-application-withdrawn"


class ApplicationExpired(ApplicationMoved):
    """Nobody decided in time."""

    key = "error-application-expired"


class InvitationInvalid(DomainError):
    """No invitation that can be taken up: never made, expired, revoked, not this person's. Which of these is not told."""

    key = "error-invitation-invalid"


class InvitationUsedUp(DomainError):
    """As many people came by this invitation as it was made for."""

    key = "error-invitation-used-up"


class TooManyWrongTokens(DomainError):
    """This person tried too many links that lead nowhere; no other is looked at for a while."""

    key = "error-too-many-wrong-tokens"


class NotCoordinating(DomainError):
    """The organisation does not coordinate this network. Variables: `title` of the organisation."""

    key = "error-not-coordinating"
