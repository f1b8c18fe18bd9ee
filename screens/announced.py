"""The report of an announcement while it is sent and afterwards, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.announcements import CORRECTION
from models import Announcement
from screens.addresses import (
    AskCancelAnnouncement,
    AskRecallAnnouncement,
    BeginDialog,
    CancelAnnouncement,
    ListAnnouncements,
    ListReaders,
    ListShares,
    OpenAnnouncement,
    PauseAnnouncement,
    RecallAnnouncement,
    ResumeAnnouncement,
    SendTable,
    ShowAnnouncement,
)
from screens.announcements import SNIPPET, snippet
from screens.l10n import L10n
from screens.navigation import PAGE, counted, menu, pages, ways
from screens.screen import Button, Row, Screen, column

if TYPE_CHECKING:
    from services.announced import Seen, Share

CELLS = 10
FULL, EMPTY = "▓", "░"


def report(t: L10n, seen: Seen, *, toast: str | None = None) -> Screen:
    """What became of an announcement so far. While anything goes on the screen is live."""
    one = seen.announcement
    head = t(
        "announcement-report-head",
        network=one.network.title,
        moment=t.date_time(one.created_at, now=seen.seen_at),
        snippet=snippet(t, one, SNIPPET),
    )
    parts = [t("announcement-report-title"), head, _state(t, seen), _counts(t, seen)]
    return Screen(
        "\n\n".join(part for part in parts if part),
        (*_steering(t, seen), *column(_deeds(t, seen)), ways(t, ListAnnouncements(network_id=one.network_id))),
        toast=toast,
        live=None if seen.is_over else one.id,
    )


def _state(t: L10n, seen: Seen) -> str:
    one, waiting = seen.announcement, seen.counts.waiting
    lines = []
    if seen.may_be_steered:
        done = max(0, one.recipients - waiting)
        full = min(CELLS, done * CELLS // one.recipients)
        bar = FULL * full + EMPTY * (CELLS - full)
        lines.append(t("announced-bar", bar=bar, done=str(done), total=str(one.recipients)))
    if one.recalled_at is not None:
        lines.append(t("announced-recalled"))
    elif one.cancelled_at is not None:
        lines.append(t("announced-cancelled"))
    elif one.paused_at is not None and seen.may_be_steered:
        lines.append(t("announced-paused"))
    return "\n".join(lines)


def _counts(t: L10n, seen: Seen) -> str:
    one, became = seen.announcement, seen.counts
    lines = [
        (became.waiting, t("announcement-report-waiting", count=became.waiting)),
        (became.in_digest, t("announced-in-digest", count=became.in_digest)),
        (became.blocked, t("announcement-report-blocked", count=became.blocked)),
        (became.failed, t("announcement-report-failed", count=became.failed)),
        (became.unknown, t("announcement-report-unknown", count=became.unknown)),
        (became.left, t("announcement-report-cancelled", count=became.left)),
        (became.muted, t("announced-muted", count=became.muted)),
        (became.stopped, t("announced-stopped", count=became.stopped)),
        (became.maybe_twice, t("announcement-report-twice", count=became.maybe_twice)),
        (seen.changing, t("announced-changing", count=seen.changing)),
        (seen.corrected, t("announced-corrected", count=seen.corrected)),
        (seen.removed, t("announced-removed", count=seen.removed)),
    ]
    told = [t("announcement-report-sent", count=became.sent, total=str(one.recipients))]
    told += [line for count, line in lines if count]
    if one.wants_acknowledgement:
        told.append(t("announced-acknowledged", count=seen.acknowledged, total=str(became.sent)))
        if one.acknowledge_by is not None:
            moment = t.date_time(one.acknowledge_by, now=seen.seen_at)
            told.append(t("announced-acknowledge-by", moment=moment))
    return "\n".join(told)


def _steering(t: L10n, seen: Seen) -> tuple[Row, ...]:
    if not seen.may_be_steered:
        return ()
    announcement_id = seen.announcement.id
    stop = Button(t.plain("announced-stop"), AskCancelAnnouncement(announcement_id=announcement_id))
    if seen.announcement.paused_at is not None:
        return ((Button(t.plain("announced-resume"), ResumeAnnouncement(announcement_id=announcement_id)), stop),)
    return ((Button(t.plain("announced-pause"), PauseAnnouncement(announcement_id=announcement_id)), stop),)


def _deeds(t: L10n, seen: Seen) -> list[Button]:
    announcement_id = seen.announcement.id
    buttons = [Button(t.plain("announcement-show"), ShowAnnouncement(announcement_id=announcement_id))]
    if seen.announcement.wants_acknowledgement:
        buttons.append(Button(t.plain("announced-readers"), ListReaders(announcement_id=announcement_id)))
    buttons.append(Button(t.plain("announced-shares"), ListShares(announcement_id=announcement_id)))
    if seen.may_change:
        correct = BeginDialog(dialog=CORRECTION.name, arg=announcement_id)
        buttons.append(Button(t.plain("announced-correct"), correct))
        buttons.append(Button(t.plain("announced-recall"), AskRecallAnnouncement(announcement_id=announcement_id)))
    return buttons


def _sure(t: L10n, text: str, yes: Button, no: str, announcement_id: int) -> Screen:
    back = Button(t.plain(no), OpenAnnouncement(announcement_id=announcement_id))
    return Screen(text, (*column([yes, back]), ways(t)))


def ask_cancel(t: L10n, seen: Seen) -> Screen:
    """Stop it for good? Those who have it keep it."""
    announcement_id = seen.announcement.id
    text = t("announced-cancel-ask", sent=seen.counts.sent, waiting=str(seen.counts.waiting))
    yes = Button(t.plain("announced-cancel-yes"), CancelAnnouncement(announcement_id=announcement_id))
    return _sure(t, text, yes, "announced-cancel-no", announcement_id)


def ask_recall(t: L10n, seen: Seen) -> Screen:
    """Take it back from everybody? What Telegram can and cannot do about it."""
    announcement_id = seen.announcement.id
    text = t("announced-recall-ask", sent=seen.counts.sent)
    yes = Button(t.plain("announced-recall-yes"), RecallAnnouncement(announcement_id=announcement_id))
    return _sure(t, text, yes, "announced-recall-no", announcement_id)


def shares(
    t: L10n, announcement: Announcement, parts: Sequence[Share], total: int, page: int, *, by_organisation: bool
) -> Screen:
    """Network by network, or organisation by organisation, how many have it."""
    body = "\n".join(_share(t, number, share) for number, share in enumerate(parts, start=page * PAGE + 1))
    title = t("announced-shares-organisations") if by_organisation else t("announced-shares-networks")
    note = "" if by_organisation or total < 2 else t("announced-shares-note")
    text = "\n\n".join(
        part
        for part in (title, body or t("announced-shares-nobody"), counted(t, page, len(parts), total), note)
        if part
    )

    def address(other: int) -> ListShares:
        return ListShares(announcement_id=announcement.id, by_organisation=by_organisation, page=other)

    others = Button(
        t.plain("announced-by-networks" if by_organisation else "announced-by-organisations"),
        ListShares(announcement_id=announcement.id, by_organisation=not by_organisation),
    )
    table = Button(t.plain("announced-table"), SendTable(announcement_id=announcement.id))
    return Screen(text, (*pages(t, page, total, address), *column([others, table]), back(t, announcement)))


def _share(t: L10n, number: int, share: Share) -> str:
    title = share.title or t.plain("announced-share-none")
    line = t("announced-share-line", number=str(number), title=title, sent=str(share.sent), people=str(share.people))
    if share.waiting:
        line += t("announced-share-waiting", count=str(share.waiting))
    if share.acknowledged:
        line += t("announced-share-acknowledged", count=str(share.acknowledged))
    return line


def back(t: L10n, announcement: Announcement) -> Row:
    """The last row of a screen behind the report."""
    to_report = Button(t.plain("announced-back"), OpenAnnouncement(announcement_id=announcement.id))
    return (to_report, menu(t))
