"""A draft's own page: how the announcement will look, who gets it and when, and what may be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.announcements import (
    DRAFT_TEXT,
)
from models import AnnouncementDraft, DraftState, DraftView, DraftWish, Importance
from screens.addresses import (
    BeginDialog,
    ListDrafts,
    SendDraft,
    TryAcknowledge,
    UseTemplate,
)
from screens.announcement_drafts.words import (
    acknowledgement,
    branch_switch,
    choose,
    open_page,
    part_in_words,
    when_lines,
)
from screens.announcements import announcement, by_when, reader, way_label, ways_on
from screens.l10n import Html, L10n
from screens.navigation import ways
from screens.screen import Button, Media, Row, Screen

if TYPE_CHECKING:
    from services.announcement_drafts import DraftCard

_TITLES = {
    DraftState.SCHEDULED: "draft-title-scheduled",
    DraftState.TEMPLATE: "draft-title-template",
    DraftState.SENT: "draft-title-sent",
}
_IMPORTANCE = {Importance.MANDATORY: "draft-mandatory", Importance.URGENT: "draft-urgent"}


def card(t: L10n, seen: DraftCard, *, preview: bool = False, toast: str | None = None) -> Screen:
    """The draft's own page; with `preview` the announcement itself goes before, as people will see it."""
    draft = seen.draft
    before = _preview(t, seen) if preview else ()
    rows = {DraftState.SCHEDULED: _scheduled_rows, DraftState.TEMPLATE: _template_rows}.get(draft.state, _draft_rows)
    return Screen(f"{_title(t, draft)}\n\n{_facts(t, seen)}", rows(t, seen), toast=toast, before=before)


def composed(t: L10n, seen: DraftCard) -> Screen:
    """What was typed, as people will see it, and what to do with it."""
    return card(t, seen, preview=True)


def _preview(t: L10n, seen: DraftCard) -> tuple[Screen, ...]:
    draft = seen.draft
    return tuple(
        announcement(
            t,
            network=draft.network.title,
            author=seen.actor.full_name,
            texts=[*draft.texts, *by_when(t, draft)],
            files=[Media(file.kind.value, file.telegram_file_id) for file in draft.files],
            ways_on=(*_acknowledge(t, draft), *ways_on(t, draft)),
            reader=reader(t, seen.actor, seen.organisation),
            origins=draft.origins,
        )
    )


def _acknowledge(t: L10n, draft: AnnouncementDraft) -> tuple[Row, ...]:
    """The button of those who get it; there is nothing to acknowledge yet."""
    return ((Button(t.plain("announced-acknowledge"), TryAcknowledge()),),) if draft.wants_acknowledgement else ()


def _title(t: L10n, draft: AnnouncementDraft) -> str:
    if draft.state is DraftState.DRAFT:
        return t("draft-ask-send" if draft.starts_at is None else "draft-ask-schedule")
    return t(_TITLES[draft.state])


def _facts(t: L10n, seen: DraftCard) -> str:
    draft = seen.draft
    lines = [_audience_line(t, seen), t("draft-people", people=seen.people)]
    if draft.state is not DraftState.TEMPLATE:
        lines += when_lines(t, seen)
    if draft.importance in _IMPORTANCE:
        lines.append(t(_IMPORTANCE[draft.importance]))
    if draft.wants_acknowledgement:
        lines.append(acknowledgement(t, draft, now=seen.seen_at))
    if draft.buttons:
        lines.append(t("draft-buttons-are", labels=", ".join(way_label(one) for one in draft.buttons)))
    quiet = None if draft.importance is Importance.URGENT else seen.quiet_until(t.zone)
    if quiet is not None and draft.state is not DraftState.TEMPLATE:
        lines.append("\n" + t("draft-quiet", moment=t.date_time(quiet, now=seen.seen_at)))
    return "\n".join(lines)


def _audience_line(t: L10n, seen: DraftCard) -> str:
    included = [part_in_words(t, one) for one in seen.parts if not one.part.excluded]
    excluded = [part_in_words(t, one) for one in seen.parts if one.part.excluded]
    if not included:
        return t("draft-to-nobody")
    line = t("draft-to", parts=Html("; ".join(included)))
    return line + "\n" + t("draft-but", parts=Html("; ".join(excluded))) if excluded else line


def _text(t: L10n, draft: AnnouncementDraft) -> Button:
    return Button(t.plain("draft-text-button"), BeginDialog(dialog=DRAFT_TEXT.name, arg=draft.id))


def _draft_rows(t: L10n, seen: DraftCard) -> tuple[Row, ...]:
    draft = seen.draft
    key = "draft-send" if draft.starts_at is None else "draft-schedule"
    return (
        (Button(t.plain(key), SendDraft(draft_id=draft.id, version=draft.version)),),
        *branch_switch(t, seen),
        (
            open_page(t, draft, "draft-audience-button", DraftView.AUDIENCE),
            open_page(t, draft, "draft-when-button", DraftView.WHEN),
        ),
        (_text(t, draft), open_page(t, draft, "draft-buttons-button", DraftView.BUTTONS)),
        (open_page(t, draft, "draft-settings-button", DraftView.SETTINGS),),
        (Button(t.plain("draft-keep"), ListDrafts(network_id=draft.network_id, kept=True)),),
        ways(t),
    )


def _scheduled_rows(t: L10n, seen: DraftCard) -> tuple[Row, ...]:
    draft = seen.draft
    return (
        (
            open_page(t, draft, "draft-audience-button", DraftView.AUDIENCE),
            open_page(t, draft, "draft-when-button", DraftView.WHEN),
        ),
        (_text(t, draft), open_page(t, draft, "draft-buttons-button", DraftView.BUTTONS)),
        (open_page(t, draft, "draft-settings-button", DraftView.SETTINGS),),
        (choose(t, draft, "draft-unschedule", DraftWish.AT_ONCE),),
        ways(t, ListDrafts(network_id=draft.network_id)),
    )


def _template_rows(t: L10n, seen: DraftCard) -> tuple[Row, ...]:
    draft = seen.draft
    return (
        (Button(t.plain("draft-use"), UseTemplate(draft_id=draft.id)),),
        (_text(t, draft), open_page(t, draft, "draft-audience-button", DraftView.AUDIENCE)),
        (open_page(t, draft, "draft-buttons-button", DraftView.BUTTONS),),
        (open_page(t, draft, "draft-settings-button", DraftView.SETTINGS),),
        ways(t, ListDrafts(network_id=draft.network_id)),
    )
