"""What the bot will say unprompted: written with its cause, claimed with a lease, settled with its outcome."""

from services.notifications.outcomes import Outcomes, answered_by_reply, messages_of, outcomes
from services.notifications.quiet import QUIET_FROM, QUIET_UNTIL, quiet_until
from services.notifications.sending import (
    LEASE,
    MOST_ATTEMPTS,
    NETWORK_ATTEMPTS,
    REFUSED_ATTEMPTS,
    claim,
    get_parts,
    keep_parts,
    postpone,
    renew,
    settle_blocked,
    settle_cancelled,
    settle_sent,
    settle_trouble,
    unknown_kinds,
)
from services.notifications.writing import DUE_SOON, Notice, cancel, forget, put, put_to_all, waiting_payloads

__all__ = [
    "DUE_SOON",
    "LEASE",
    "MOST_ATTEMPTS",
    "NETWORK_ATTEMPTS",
    "QUIET_FROM",
    "QUIET_UNTIL",
    "REFUSED_ATTEMPTS",
    "Notice",
    "Outcomes",
    "answered_by_reply",
    "cancel",
    "claim",
    "forget",
    "get_parts",
    "keep_parts",
    "messages_of",
    "outcomes",
    "postpone",
    "put",
    "put_to_all",
    "quiet_until",
    "renew",
    "settle_blocked",
    "settle_cancelled",
    "settle_sent",
    "settle_trouble",
    "unknown_kinds",
    "waiting_payloads",
]
