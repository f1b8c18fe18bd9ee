"""The pages of a draft about one thing each: to whom, when, with which buttons, how important."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.announcements import (
    DRAFT_DEADLINE,
    DRAFT_LINK,
    DRAFT_PARTS,
    DRAFT_PICKS,
    DRAFT_WHEN,
)
from models import AnnouncementDraft, DraftState, DraftView, DraftWish, Importance, Repeat
from screens.addresses import (
    BeginDialog,
    DeleteDraft,
    KeepAsTemplate,
    OpenDraft,
    RemoveDraftButton,
    RemoveDraftPart,
)
from screens.announcement_drafts.words import (
    TICK,
    acknowledgement,
    branch_switch,
    choose,
    open_page,
    part_in_words,
    when_lines,
)
from screens.announcements import LINE_SNIPPET, snippet, way_label
from screens.l10n import Html, L10n
from screens.navigation import ways
from screens.screen import Button, Row, Screen, column, grid, shorten

if TYPE_CHECKING:
    from services.announcement_drafts import DraftCard

NUMBERS_IN_A_ROW = 5


def _page(t: L10n, seen: DraftCard, text: str, *rows: Row, toast: str | None = None) -> Screen:
    """A page about one thing, whose way back leads to the draft."""
    return Screen(text, (*rows, ways(t, OpenDraft(draft_id=seen.draft.id, view=DraftView.CARD.value))), toast=toast)


def audience(t: L10n, seen: DraftCard) -> Screen:
    """«Кому»: everybody named in it, numbered, each with a button to take them out again."""
    draft = seen.draft
    numbered = list(enumerate(seen.parts, start=1))
    lines = [
        t(
            "draft-part-out" if one.part.excluded else "draft-part-in",
            number=str(number),
            part=Html(part_in_words(t, one)),
        )
        for number, one in numbered
    ]
    parts = [t("draft-audience-title"), "\n".join(lines) or t("draft-to-nobody"), t("draft-people", people=seen.people)]
    if seen.parts:
        parts.append(t("draft-remove-hint"))
    remove = [
        Button(f"✖ {number}", RemoveDraftPart(draft_id=draft.id, place=number - 1, version=draft.version))
        for number, _ in numbered
    ]
    return _page(
        t,
        seen,
        "\n\n".join(parts),
        *branch_switch(t, seen),
        (open_page(t, draft, "draft-include", DraftView.INCLUDE),),
        (open_page(t, draft, "draft-exclude", DraftView.EXCLUDE),),
        *grid(remove, NUMBERS_IN_A_ROW),
    )


def choose_part(t: L10n, seen: DraftCard, *, excluded: bool) -> Screen:
    """Whom to add, or to leave out."""
    draft = seen.draft
    buttons = [
        Button(t.plain(label), BeginDialog(dialog=DRAFT_PARTS[excluded, kind].name, arg=draft.id))
        for kind, label in (
            ("network", "draft-a-network"),
            ("branch", "draft-a-branch"),
            ("organisation", "draft-an-organisation"),
            ("subject", "draft-a-subject"),
        )
    ]
    buttons += [
        choose(t, draft, label, without if excluded else included)
        for label, included, without in (
            ("draft-experts", DraftWish.EXPERTS, DraftWish.WITHOUT_EXPERTS),
            ("draft-coordinators", DraftWish.COORDINATORS, DraftWish.WITHOUT_COORDINATORS),
            ("draft-moderators", DraftWish.MODERATORS, DraftWish.WITHOUT_MODERATORS),
            ("draft-followers", DraftWish.FOLLOWERS, DraftWish.WITHOUT_FOLLOWERS),
        )
    ]
    back = OpenDraft(draft_id=draft.id, view=DraftView.AUDIENCE.value)
    text = t("draft-exclude-ask" if excluded else "draft-include-ask", network=draft.network.title)
    return Screen(text, (*column(buttons), ways(t, back)))


def when(t: L10n, seen: DraftCard) -> Screen:
    """«Когда»: at once or at a time, once or again and again."""
    draft = seen.draft
    lines = when_lines(t, seen) or [t("draft-when-now")]
    return _page(
        t,
        seen,
        "\n\n".join([t("draft-when-title"), "\n".join(lines), t("draft-repeat-hint")]),
        (choose(t, draft, "draft-at-once", DraftWish.AT_ONCE, chosen=draft.starts_at is None),),
        (
            Button(
                (TICK if draft.starts_at else "") + t.plain("draft-at-time"),
                BeginDialog(dialog=DRAFT_WHEN.name, arg=draft.id),
            ),
        ),
        (choose(t, draft, "draft-once", DraftWish.ONCE, chosen=draft.repeats is None),),
        (choose(t, draft, "draft-every-week", DraftWish.WEEKLY, chosen=draft.repeats is Repeat.WEEKLY),),
        (choose(t, draft, "draft-every-month", DraftWish.MONTHLY, chosen=draft.repeats is Repeat.MONTHLY),),
    )


def buttons(t: L10n, seen: DraftCard) -> Screen:
    """«Кнопки»: what leads on from the announcement, and what can be added."""
    draft = seen.draft
    remove = [
        Button(
            shorten(f"✖ {way_label(one)}"),
            RemoveDraftButton(draft_id=draft.id, place=place, version=draft.version),
        )
        for place, one in enumerate(draft.buttons)
    ]
    add = [Button(t.plain("draft-link"), BeginDialog(dialog=DRAFT_LINK.name, arg=draft.id))]
    add += [
        Button(t.plain(label), BeginDialog(dialog=DRAFT_PICKS[kind].name, arg=draft.id))
        for kind, label in (
            ("network", "draft-to-network"),
            ("event", "draft-to-event"),
            ("product", "draft-to-product"),
        )
    ]
    return _page(t, seen, t("draft-buttons-text", count=len(draft.buttons)), *column([*add, *remove]))


def settings(t: L10n, seen: DraftCard, *, toast: str | None = None) -> Screen:
    """How important it is, whether people confirm it, and what else may become of the draft."""
    draft = seen.draft
    rows = [
        choose(t, draft, key, wish, chosen=draft.importance is kind)
        for key, wish, kind in (
            ("draft-usual-button", DraftWish.USUAL, Importance.USUAL),
            ("draft-mandatory-button", DraftWish.MANDATORY, Importance.MANDATORY),
            ("draft-urgent-button", DraftWish.URGENT, Importance.URGENT),
        )
    ]
    if draft.wants_acknowledgement:
        rows.append(choose(t, draft, "draft-acknowledge-button", DraftWish.NOT_ACKNOWLEDGE, chosen=True))
        rows.append(_deadline(t, draft))
    else:
        rows.append(choose(t, draft, "draft-acknowledge-button", DraftWish.ACKNOWLEDGE))
    if draft.state is not DraftState.TEMPLATE:
        rows.append(Button(t.plain("draft-keep-as-template"), KeepAsTemplate(draft_id=draft.id)))
    rows.append(open_page(t, draft, "draft-preview-button", DraftView.PREVIEW))
    rows.append(open_page(t, draft, "draft-delete", DraftView.DELETE))
    parts = [t("draft-settings-text")]
    if draft.acknowledge_by is not None:
        parts.append(acknowledgement(t, draft, now=seen.seen_at))
    return _page(t, seen, "\n\n".join(parts), *column(rows), toast=toast)


def _deadline(t: L10n, draft: AnnouncementDraft) -> Button:
    if draft.acknowledge_by is not None:
        return choose(t, draft, "draft-no-deadline", DraftWish.NO_DEADLINE)
    return Button(t.plain("draft-set-deadline"), BeginDialog(dialog=DRAFT_DEADLINE.name, arg=draft.id))


def ask_delete(t: L10n, seen: DraftCard) -> Screen:
    """Sure?"""
    draft = seen.draft
    rows = column(
        [
            Button(t.plain("draft-delete-yes"), DeleteDraft(draft_id=draft.id)),
            open_page(t, draft, "draft-delete-no", DraftView.CARD),
        ]
    )
    return Screen(t("draft-delete-ask", snippet=snippet(t, draft, LINE_SNIPPET)), (*rows, ways(t)))
