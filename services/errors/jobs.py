"""Refusals about consultations, events and works."""

from __future__ import annotations

from services.errors.base import DomainError


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
