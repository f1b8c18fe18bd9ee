"""An announcement as people see it, what becomes of it, and the list of those sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dialogs.announcements import ANNOUNCEMENT
from models import Announcement, Network
from screens.addresses import (
    BeginDialog,
    ListAnnouncements,
    ListManaged,
    ManageNetwork,
    OpenAnnouncement,
    OpenMenuBelow,
    OpenNetworkBelow,
    ShowAnnouncement,
)
from screens.dialogs import ReadBack
from screens.l10n import Html, L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Media, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.announcements import Report

LONGEST = 4096
"""The most characters of one message (https://core.telegram.org/bots/api#sendmessage)."""

SNIPPET = 150
LINE_SNIPPET = 60


def announcement(
    t: L10n,
    *,
    network: str,
    author: str | None,
    texts: Sequence[Mapping[str, Any]],
    files: Sequence[Media],
    ways_on: tuple[Row, ...],
) -> list[Screen]:
    """What people get: from which network and from whom, then the words as they were formatted; files stand before the last words.

    A text too long to stand under the heading comes as a message of its own.
    """
    parts = [_head(t, network, author)]
    for one in texts:
        plain, html = parts[-1]
        if _length(plain) + 2 + _length(one["text"]) <= LONGEST:
            parts[-1] = (f"{plain}\n\n{one['text']}", f"{html}\n\n{one['html']}")
        else:
            parts.append((one["text"], one["html"]))
    *before, last = (html for _, html in parts)
    return [*map(Screen, before), Screen(last, ways_on, media=tuple(files), caption=True)]


def _head(t: L10n, network: str, author: str | None) -> tuple[str, str]:
    """The heading as it is read, and as HTML."""
    plain, html = t.plain("announcement-head", network=network), t("announcement-head", network=network)
    if author:
        plain += "\n" + t.plain("announcement-author", name=author)
        html += "\n" + t("announcement-author", name=author)
    return plain, html


def _length(text: str) -> int:
    """Telegram counts as UTF-16 does."""
    return len(text.encode("utf-16-le")) // 2


def told(t: L10n, announcement_: Announcement) -> list[Screen]:
    """The announcement in somebody's chat. Its buttons answer below, so that it stays to be read again."""
    ways_on = (
        (
            Button(t.plain("announcement-network-button"), OpenNetworkBelow(network_id=announcement_.network_id)),
            Button(t.plain("nav-menu"), OpenMenuBelow()),
        ),
    )
    return _drawn(t, announcement_, ways_on)


def shown(t: L10n, announcement_: Announcement) -> list[Screen]:
    """The same for whoever looks it up, with the way back to the report."""
    back = Button(t.plain("announcement-report-button"), OpenAnnouncement(announcement_id=announcement_.id))
    return _drawn(t, announcement_, ((back,),))


def _drawn(t: L10n, announcement_: Announcement, ways_on: tuple[Row, ...]) -> list[Screen]:
    return announcement(
        t,
        network=announcement_.network.title,
        author=announcement_.author.full_name if announcement_.author else None,
        texts=announcement_.texts,
        files=[Media(file.kind.value, file.telegram_file_id) for file in announcement_.files],
        ways_on=ways_on,
    )


def read_back(
    t: L10n,
    *,
    network: str,
    author: str | None,
    pieces: Mapping[str, Any],
    people: int,
    with_branch: bool,
    quiet: str | None,
) -> ReadBack:
    """Before it is sent: the announcement itself, then how many people will get it and when. `quiet`: when the quiet hours end."""
    media = [Media(file["kind"], file["file_id"]) for file in pieces["files"]]
    preview = announcement(t, network=network, author=author, texts=pieces["texts"], files=media, ways_on=())
    text = t("announcement-summary", network=network, people=people, whom="branch" if with_branch else "network")
    if quiet is not None:
        text += "\n\n" + t("announcement-quiet", moment=quiet)
    return ReadBack(text, tuple(preview))


def report(t: L10n, seen: Report) -> Screen:
    """What became of an announcement."""
    one, became = seen.announcement, seen.outcomes
    head = t(
        "announcement-report-head",
        network=one.network.title,
        moment=t.date_time(one.created_at, now=seen.seen_at),
        snippet=snippet(t, one, SNIPPET),
    )
    counts = [
        (became.waiting, t("announcement-report-waiting", count=became.waiting)),
        (became.blocked, t("announcement-report-blocked", count=became.blocked)),
        (became.failed, t("announcement-report-failed", count=became.failed)),
        (became.unknown, t("announcement-report-unknown", count=became.unknown)),
        (became.cancelled, t("announcement-report-cancelled", count=became.cancelled)),
        (became.maybe_twice, t("announcement-report-twice", count=became.maybe_twice)),
    ]
    sent = t("announcement-report-sent", count=became.sent, total=str(one.recipients))
    body = "\n".join([sent, *(line for count, line in counts if count)])
    buttons = [Button(t.plain("announcement-show"), ShowAnnouncement(announcement_id=one.id))]
    if became.waiting:
        buttons.insert(0, Button(t.plain("announcement-refresh"), OpenAnnouncement(announcement_id=one.id)))
    back = ListAnnouncements(network_id=one.network_id)
    return Screen("\n\n".join((t("announcement-report-title"), head, body)), (*column(buttons), ways(t, back)))


def snippet(t: L10n, one: Announcement, longest: int) -> str:
    """The beginning of an announcement in one line, not escaped."""
    words = " ".join(" ".join(part["text"] for part in one.texts).split())
    if not words:
        return t.plain("announcement-files-only", count=len(one.files))
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def listing(t: L10n, lines: Sequence[Report], total: int, page: int, network: Network | None) -> Screen:
    """The announcements of one network, or of all that one coordinates."""
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(
        t(
            "announcement-line",
            number=str(number),
            moment=t.date_time(seen.announcement.created_at, now=seen.seen_at),
            network=Html("")
            if network
            else t.plain("announcement-line-network", title=seen.announcement.network.title),
            snippet=snippet(t, seen.announcement, LINE_SNIPPET),
            sent=str(seen.outcomes.sent),
            total=str(seen.announcement.recipients),
        )
        for number, seen in numbered
    )
    title = t("announcements-of", title=network.title) if network else t("announcements-title")
    text = "\n\n".join(
        part for part in (title, body or t("announcements-none-yet"), counted(t, page, len(lines), total)) if part
    )
    buttons = [
        Button(
            shorten(f"{number}. {snippet(t, seen.announcement, LINE_SNIPPET)}"),
            OpenAnnouncement(announcement_id=seen.announcement.id),
        )
        for number, seen in numbered
    ]
    network_id = network.id if network else 0
    new = (Button(t.plain("announcement-new"), BeginDialog(dialog=ANNOUNCEMENT.name, arg=network_id)),)
    turn = pages(t, page, total, lambda other: ListAnnouncements(network_id=network_id, page=other))
    back = ManageNetwork(network_id=network.id) if network else ListManaged()
    return Screen(text, (new, *column(buttons), *turn, ways(t, back)))
