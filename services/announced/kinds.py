"""The kinds of notices about announcements, and why one was not sent or waits. Stored in rows: never reused."""

from services import announcements, wishes

TELL = announcements.KIND
DEADLINE = announcements.DEADLINE
PROGRESS = "announcement-progress"
CORRECTED = "announcement-corrected"
RECALLED = "announcement-recalled"
DIGEST = "announcement-digest"
UNREAD = "acknowledgement-reminder"

LEFT = "left"
MUTED = wishes.MUTED
STOPPED = "stopped"
TAKEN_BACK = "recalled"
IN_DIGEST = "in-digest"

REASONS = (LEFT, MUTED, STOPPED, TAKEN_BACK, IN_DIGEST)
"""The words of ours in a notice's `error`; whatever else stands there is Telegram's."""
