"""Ways in by a link: to a network, an organisation, a role."""

from services.invitations.making import (
    Offer,
    make,
    make_administrator,
    read,
    require_making,
    revoke,
    standing,
    stands,
    topics_of,
)
from services.invitations.taking import (
    MOST_WRONG,
    WRONG_FOR,
    accept,
    after_registration,
    forget_opened,
    let_go,
    open_link,
    prefilled,
    waiting,
)

__all__ = [
    "MOST_WRONG",
    "WRONG_FOR",
    "Offer",
    "accept",
    "after_registration",
    "forget_opened",
    "let_go",
    "make",
    "make_administrator",
    "open_link",
    "prefilled",
    "read",
    "require_making",
    "revoke",
    "standing",
    "stands",
    "topics_of",
    "waiting",
]
