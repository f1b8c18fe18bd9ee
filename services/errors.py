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


class NotAdministrator(NotAllowed):
    """Only the administrator of the centre does this."""

    key = "error-not-administrator"


class NotACoordinator(NotAllowed):
    """Announcements are made by the coordinators of networks; this person is none."""

    key = "error-not-a-coordinator"


class NoNetworkYet(DomainError):
    """The administrator wants to announce something, and there is no network yet."""

    key = "error-no-network-yet"


class NotRegistered(DomainError):
    """Only registered participants do this."""

    key = "error-not-registered"


class NotFound(DomainError):
    """The thing is gone or never was."""

    key = "error-not-found"


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


class NetworkExists(DomainError):
    """A network with this title exists. Variables: `title`."""

    key = "error-network-exists"


class NetworkArchived(DomainError):
    """The network is closed and read-only. Variables: `title`."""

    key = "error-network-archived"


class NetworkNotOpen(DomainError):
    """The network takes members by application or invitation. Variables: `title`."""

    key = "error-network-not-open"


class NotAMember(DomainError):
    """The actor is not a member of the network. Variables: `title`."""

    key = "error-not-a-member"


class TopicExists(DomainError):
    """A topic with this title exists. Variables: `title`."""

    key = "error-topic-exists"


class EventCancelled(DomainError):
    """The event was called off. Variables: `title`."""

    key = "error-event-cancelled"


class EventBegun(DomainError):
    """The event has begun: whoever comes is settled. Variables: `title`."""

    key = "error-event-begun"


class EventInPast(DomainError):
    """The start that was given has passed."""

    key = "error-event-in-past"


class SeatsAreTaken(DomainError):
    """More people have a seat than there would be. Variables: `taken`."""

    key = "error-seats-are-taken"


class TopicWithoutExperts(DomainError):
    """Nobody could answer a question about this topic (any more)."""

    key = "error-topic-without-experts"


class NothingSaid(DomainError):
    """There is neither text nor a file to pass on."""

    key = "error-nothing-said"


class SaidElsewhere(DomainError):
    """This very message was passed on in another consultation. Variables: `number`."""

    key = "error-said-elsewhere"


class NotAnExpert(DomainError):
    """This person is not (any more) an expert of the topic, or it is their own question. Variables: `title`."""

    key = "error-not-an-expert"


class TakenByOther(DomainError):
    """Another expert has taken the question. Variables: `name`."""

    key = "error-taken-by-other"


class ConsultationOver(DomainError):
    """The consultation is closed."""

    key = "error-consultation-over"


class NotAnsweredYet(DomainError):
    """An expert closes a consultation after an answer, not before."""

    key = "error-not-answered-yet"


class NoNetworkOfMine(DomainError):
    """A work is handed in to a network of one's own, and this person is in none."""

    key = "error-no-network-of-mine"


class NothingCorrected(DomainError):
    """A returned work is handed in again just as it was."""

    key = "error-nothing-corrected"


class OwnProduct(DomainError):
    """Somebody else decides about one's own work."""

    key = "error-own-product"


class ProductMoved(DomainError):
    """The work is not where the actor saw it: somebody decided, or its author did something with it."""


class ProductSubmitted(ProductMoved):
    """The work waits for a decision."""

    key = "error-product-submitted"


class ProductPublished(ProductMoved):
    """The work is in the bank. Variables: `name` of who published it."""

    key = "error-product-published"


class ProductReturned(ProductMoved):
    """The work is back with its author. Variables: `name` of who returned it."""

    key = "error-product-returned"


class ProductWithdrawn(ProductMoved):
    """Its author took the work back."""

    key = "error-product-withdrawn"


class ProductCorrected(ProductMoved):
    """Its author handed in a newer version."""

    key = "error-product-corrected"


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


class QuietHoursEmpty(DomainError):
    """Own quiet hours that begin and end at the same time."""

    key = "error-quiet-hours-empty"


class DialogOver(DomainError):
    """The dialog was finished or cancelled already: a second tap, an old button."""

    key = "error-dialog-over"


class QuestionAnswered(DomainError):
    """The button belongs to a question answered before; the present one is shown again."""

    key = "error-question-answered"


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


class NotOfOrganisation(DomainError):
    """The person works elsewhere. Variables: `title` of the organisation."""

    key = "error-not-of-organisation"


class NotCoordinating(DomainError):
    """The organisation does not coordinate this network. Variables: `title` of the organisation."""

    key = "error-not-coordinating"


class NotOwnPhone(DomainError):
    """The contact is not of the person who sent it."""

    key = "error-not-own-phone"
