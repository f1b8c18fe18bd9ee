"""The list of drafts, and what is told about one unprompted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models import AnnouncementDraft, DraftState, DraftView
from screens.addresses import (
    ListAnnouncements,
    ListDrafts,
    OpenDraft,
)
from screens.announcement_drafts.words import (
    open_page,
)
from screens.announcements import LINE_SNIPPET, snippet
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten

if TYPE_CHECKING:
    from services.announcement_drafts import DraftPage

_LINES = {
    DraftState.DRAFT: "drafts-line-draft",
    DraftState.TEMPLATE: "drafts-line-template",
    DraftState.SENT: "drafts-line-draft",
}
_SIGNS = {DraftState.DRAFT: "📝", DraftState.TEMPLATE: "📋", DraftState.SCHEDULED: "🗓", DraftState.SENT: "📣"}
_WHY = {
    "late": "draft-not-sent-late",
    "nobody": "draft-not-sent-nobody",
    "closed": "draft-not-sent-closed",
    "deadline": "draft-not-sent-deadline",
    "right": "draft-not-sent-right",
}


def listing(t: L10n, found: DraftPage, page: int, *, toast: str | None = None) -> Screen:
    """What is scheduled, begun, or kept as a template in a network, or in all that one coordinates."""
    network = found.network
    numbered = list(enumerate(found.drafts, start=page * PAGE + 1))
    body = "\n".join(_line(t, number, draft, found) for number, draft in numbered)
    title = t("drafts-of", title=network.title) if network else t("drafts-title")
    text = "\n\n".join(
        part for part in (title, body or t("drafts-none-yet"), counted(t, page, len(numbered), found.total)) if part
    )
    rows = column(
        [
            Button(
                shorten(f"{number}. {_SIGNS[draft.state]} {snippet(t, draft, LINE_SNIPPET)}"),
                OpenDraft(draft_id=draft.id, view=DraftView.PREVIEW.value),
            )
            for number, draft in numbered
        ]
    )
    network_id = network.id if network else 0
    turn = pages(t, page, found.total, lambda other: ListDrafts(network_id=network_id, page=other))
    return Screen(text, (*rows, *turn, ways(t, ListAnnouncements(network_id=network_id))), toast=toast)


def _line(t: L10n, number: int, draft: AnnouncementDraft, found: DraftPage) -> str:
    where = "" if found.network else t.plain("announcement-line-network", title=draft.network.title)
    said = snippet(t, draft, LINE_SNIPPET)
    if draft.state is DraftState.SCHEDULED and draft.starts_at is not None:
        moment = t.date_time(draft.starts_at, now=found.seen_at)
        return t("drafts-line-scheduled", number=str(number), moment=moment, network=where, snippet=said)
    return t(_LINES[draft.state], number=str(number), network=where, snippet=said)


def not_sent(t: L10n, draft: AnnouncementDraft, *, why: str, starts_at: datetime, now: datetime) -> Screen:
    """A scheduled announcement did not go out: why, and the way to it."""
    text = t(
        "draft-not-sent",
        moment=t.date_time(starts_at, now=now),
        snippet=snippet(t, draft, LINE_SNIPPET),
        why=t.plain(_WHY[why]),
    )
    rows = column([open_page(t, draft, "draft-open", DraftView.PREVIEW)])
    return Screen(text, (*rows, ways(t)))
