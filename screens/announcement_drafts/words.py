"""What the pages of a draft say and offer alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models import AnnouncementDraft, DraftView, DraftWish, Repeat, Role
from screens.addresses import (
    ChangeDraft,
    OpenDraft,
)
from screens.l10n import Html, L10n
from screens.screen import Button, Row

if TYPE_CHECKING:
    from services.announcement_drafts import DraftCard
    from services.audiences import PartLine

TICK = "✅ "

_ROLES = {
    None: "draft-part-members",
    Role.EXPERT: "draft-part-experts",
    Role.COORDINATOR: "draft-part-coordinators",
    Role.MODERATOR: "draft-part-moderators",
}
_REPEATS = {Repeat.WEEKLY: "draft-weekly", Repeat.MONTHLY: "draft-monthly"}


def when_lines(t: L10n, seen: DraftCard) -> list[str]:
    """When it goes out, if a time was named, and how often."""
    draft, lines = seen.draft, []
    if draft.starts_at is not None:
        lines.append(t("draft-when-at", moment=t.read_back(draft.starts_at, now=seen.seen_at)))
    if draft.repeats is not None:
        lines.append(t(_REPEATS[draft.repeats]))
    return lines


def acknowledgement(t: L10n, draft: AnnouncementDraft, *, now: datetime) -> str:
    """That people are asked to confirm, and by when."""
    if draft.acknowledge_by is None:
        return t("draft-acknowledge")
    return t("draft-acknowledge-by", moment=t.date_time(draft.acknowledge_by, now=now))


def part_in_words(t: L10n, line: PartLine) -> str:
    """Some people in words, as HTML."""
    part = line.part
    branch = "yes" if part.with_branch else "no"
    network = line.network or ""
    if part.followers:
        return t("draft-part-followers", network=network)
    if line.organisation is None and line.subject is None:
        return t(_ROLES[part.role], network=network, branch=branch)
    if line.organisation is not None:
        who = t("draft-part-organisation", title=line.organisation)
    else:
        who = t("draft-part-subject", title=line.subject or "")
    return who if part.network_id is None else t("draft-part-within", who=Html(who), network=network)


def open_page(t: L10n, draft: AnnouncementDraft, key: str, view: DraftView) -> Button:
    """The way to a page of the draft."""
    return Button(t.plain(key), OpenDraft(draft_id=draft.id, view=view.value))


def choose(t: L10n, draft: AnnouncementDraft, key: str, wish: DraftWish, *, chosen: bool = False) -> Button:
    """A choice about the draft, ticked where it is the present one."""
    label = t.plain(key)
    return Button(TICK + label if chosen else label, ChangeDraft(draft_id=draft.id, wish=wish.value))


def branch_switch(t: L10n, seen: DraftCard) -> tuple[Row, ...]:
    """The commonest other audience, one tap away."""
    draft = seen.draft
    own = next(
        (
            one.part
            for one in seen.parts
            if not one.part.excluded
            and one.part.network_id == draft.network_id
            and not one.part.followers
            and (one.part.role, one.part.organisation_id, one.part.subject_id) == (None, None, None)
        ),
        None,
    )
    if own is None or not seen.has_below:
        return ()
    if own.with_branch:
        return ((choose(t, draft, "draft-network-only", DraftWish.NETWORK_ONLY),),)
    return ((choose(t, draft, "draft-with-branch", DraftWish.WITH_BRANCH),),)
