"""Announcements while they are composed: drafts shared by the coordinators of a network, sent once, now or at their time."""

from services.announcement_drafts.changing import (
    MOST_BUTTONS,
    add_button,
    add_part,
    begin,
    delete_draft,
    grant,
    remove_button,
    remove_part,
    require_open,
    rewrite,
    set_deadline,
    set_time,
)
from services.announcement_drafts.pointing import repoint_organisation
from services.announcement_drafts.reading import (
    DraftCard,
    DraftPage,
    at_hand,
    card,
    count,
    find,
    organisation_of,
    page_of,
)
from services.announcement_drafts.repeating import next_time
from services.announcement_drafts.sending import (
    NOT_SENT,
    TOO_LATE,
    is_due,
    keep_as_template,
    send,
    start_due,
    use,
)

__all__ = [
    "MOST_BUTTONS",
    "NOT_SENT",
    "TOO_LATE",
    "DraftCard",
    "DraftPage",
    "add_button",
    "add_part",
    "at_hand",
    "begin",
    "card",
    "count",
    "delete_draft",
    "find",
    "grant",
    "is_due",
    "keep_as_template",
    "next_time",
    "organisation_of",
    "page_of",
    "remove_button",
    "remove_part",
    "repoint_organisation",
    "require_open",
    "rewrite",
    "send",
    "set_deadline",
    "set_time",
    "start_due",
    "use",
]
