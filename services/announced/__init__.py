"""An announcement while it is being sent, and afterwards."""

from services.announced.acknowledging import (
    acknowledge,
    count_unread,
    has_acknowledged,
    read,
    readers,
    remind,
)
from services.announced.changing import correct, is_being_told, messages_with, recall
from services.announced.following import EVERY, follow, is_following, next_look, unfollow
from services.announced.kinds import (
    CORRECTED,
    DEADLINE,
    DIGEST,
    IN_DIGEST,
    LEFT,
    MUTED,
    PROGRESS,
    RECALLED,
    STOPPED,
    TAKEN_BACK,
    TELL,
    UNREAD,
)
from services.announced.limiting import (
    A_DAY,
    AFTER,
    digest,
    digest_for,
    is_stopped,
    put_into_digest,
)
from services.announced.muting import is_muted, mute
from services.announced.seeing import Counts, Seen, Share, by_network, by_organisation, draw_up, look, ruled
from services.announced.steering import cancel, pause, resume
from services.announced.table import Recipient, recipients

__all__ = [
    "AFTER",
    "A_DAY",
    "CORRECTED",
    "DEADLINE",
    "DIGEST",
    "EVERY",
    "IN_DIGEST",
    "LEFT",
    "MUTED",
    "PROGRESS",
    "RECALLED",
    "STOPPED",
    "TAKEN_BACK",
    "TELL",
    "UNREAD",
    "Counts",
    "Recipient",
    "Seen",
    "Share",
    "acknowledge",
    "by_network",
    "by_organisation",
    "cancel",
    "correct",
    "count_unread",
    "digest",
    "digest_for",
    "draw_up",
    "follow",
    "has_acknowledged",
    "is_being_told",
    "is_following",
    "is_muted",
    "is_stopped",
    "look",
    "messages_with",
    "mute",
    "next_look",
    "pause",
    "put_into_digest",
    "read",
    "readers",
    "recall",
    "recipients",
    "remind",
    "resume",
    "ruled",
    "unfollow",
]
