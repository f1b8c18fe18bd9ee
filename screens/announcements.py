"""An announcement as people see it, what becomes of it, and the list of those sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dialogs.announcements import ANNOUNCEMENT
from dialogs.placeholders import LONGEST, Reader, fill, length
from models import Announcement, AnnouncementDraft, Network, Person
from screens.addresses import (
    BeginDialog,
    ListAnnouncements,
    ListDrafts,
    ListManaged,
    ManageNetwork,
    OpenAnnouncement,
    OpenEventBelow,
    OpenMenuBelow,
    OpenNetworkBelow,
    OpenProductBelow,
)
from screens.l10n import Html, L10n
from screens.menu import given_name
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Media, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.announcements import Report

SNIPPET = 150
LINE_SNIPPET = 60

_ORIGINS = {"channel": "announcement-from-channel", "chat": "announcement-from-chat"}
_SIGNS = {"link": "🔗", "network": "👥", "event": "📅", "product": "📚"}


def announcement(
    t: L10n,
    *,
    network: str,
    author: str | None,
    texts: Sequence[Mapping[str, Any]],
    files: Sequence[Media],
    ways_on: tuple[Row, ...],
    reader: Reader,
    origins: Sequence[Mapping[str, Any]] = (),
) -> list[Screen]:
    """What one person gets: from which network and from whom, then the words as they were formatted, with their own in its places;

    files stand before the last words. A text too long to stand under the heading comes as a message of its own.
    """
    parts = [_head(t, network, author, origins)]
    for one in (fill(text, reader) for text in texts):
        plain, html = parts[-1]
        if length(plain) + 2 + length(one["text"]) <= LONGEST:
            parts[-1] = (f"{plain}\n\n{one['text']}", f"{html}\n\n{one['html']}")
        else:
            parts.append((one["text"], one["html"]))
    *before, last = (html for _, html in parts)
    return [*map(Screen, before), Screen(last, ways_on, media=tuple(files), caption=True)]


def _head(t: L10n, network: str, author: str | None, origins: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The heading as it is read, and as HTML."""
    plain, html = t.plain("announcement-head", network=network), t("announcement-head", network=network)
    if author:
        plain += "\n" + t.plain("announcement-author", name=author)
        html += "\n" + t("announcement-author", name=author)
    for origin in origins:
        key = _ORIGINS[origin["kind"]]
        plain += "\n" + t.plain(key, title=origin["title"])
        html += "\n" + t(key, title=origin["title"])
    return plain, html


def reader(t: L10n, person: Person, organisation: str | None) -> Reader:
    """What this person, who works there, reads in the places of an announcement."""
    return Reader(
        name=given_name(person) or t.plain("announcement-somebody"),
        organisation=organisation or t.plain("announcement-some-organisation"),
    )


def told(
    t: L10n,
    announcement_: Announcement,
    reader_: Reader,
    *,
    acknowledge: Button | None = None,
) -> list[Screen]:
    """The announcement in somebody's chat. `acknowledge` is «Ознакомлен(а)», where that is wanted."""
    first = ((acknowledge,),) if acknowledge is not None else ()
    return _drawn(t, announcement_, (*first, *ways_on(t, announcement_)), reader_)


def ways_on(t: L10n, one: Announcement | AnnouncementDraft) -> tuple[Row, ...]:
    """The buttons under an announcement. They answer below, so that it stays to be read again."""
    return (
        *((_way(button),) for button in one.buttons),
        (
            Button(t.plain("announcement-network-button"), OpenNetworkBelow(network_id=one.network_id)),
            Button(t.plain("nav-menu"), OpenMenuBelow()),
        ),
    )


def _way(button: Mapping[str, Any]) -> Button:
    label = way_label(button)
    match button["kind"]:
        case "link":
            return Button(label, url=button["url"])
        case "event":
            return Button(label, OpenEventBelow(event_id=button["id"]))
        case "product":
            return Button(label, OpenProductBelow(product_id=button["id"]))
    return Button(label, OpenNetworkBelow(network_id=button["id"]))


def way_label(button: Mapping[str, Any]) -> str:
    """What a button that a coordinator added says."""
    return shorten(f"{_SIGNS[button['kind']]} {button['label']}")


def corrected(
    t: L10n, announcement_: Announcement, texts: Sequence[Mapping[str, Any]], reader_: Reader
) -> list[Screen]:
    """How it will look to this reader with other words."""
    return _drawn(t, announcement_, (), reader_, texts)


def moved_below(t: L10n) -> Screen:
    """What stands where a corrected announcement has no words any more."""
    return Screen(t("announced-moved-below"))


def recalled(t: L10n) -> Screen:
    """What stands where a recalled announcement cannot be deleted."""
    return Screen(t("announced-recalled-text"))


def shown(t: L10n, announcement_: Announcement, reader_: Reader) -> list[Screen]:
    """The same for whoever looks it up, with the way back to the report."""
    back = Button(t.plain("announcement-report-button"), OpenAnnouncement(announcement_id=announcement_.id))
    return _drawn(t, announcement_, ((back,),), reader_)


def by_when(t: L10n, one: Announcement | AnnouncementDraft) -> list[dict[str, str]]:
    """Until when it is to be acknowledged, as its last words: a plain date, for it is read for days."""
    if one.acknowledge_by is None or not one.wants_acknowledgement:
        return []
    local = one.acknowledge_by.astimezone(t.zone)
    day, time = t.day(local.date(), now=one.created_at), f"{local:%H:%M}"
    return [
        {
            "text": t.plain("announced-please-by", day=day, time=time),
            "html": t("announced-please-by", day=day, time=time),
        }
    ]


def _drawn(
    t: L10n,
    announcement_: Announcement,
    ways_on: tuple[Row, ...],
    reader_: Reader,
    texts: Sequence[Mapping[str, Any]] | None = None,
) -> list[Screen]:
    return announcement(
        t,
        network=announcement_.network.title,
        author=announcement_.author.full_name if announcement_.author else None,
        texts=[*(announcement_.texts if texts is None else texts), *by_when(t, announcement_)],
        files=[Media(file.kind.value, file.telegram_file_id) for file in announcement_.files],
        ways_on=ways_on,
        reader=reader_,
        origins=announcement_.origins,
    )


def snippet(t: L10n, one: Announcement | AnnouncementDraft, longest: int) -> str:
    """The beginning of an announcement in one line, not escaped."""
    words = " ".join(" ".join(part["text"] for part in one.texts).split())
    if not words:
        return t.plain("announcement-files-only", count=len(one.files))
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def listing(t: L10n, lines: Sequence[Report], total: int, page: int, network: Network | None, *, drafts: int) -> Screen:
    """The announcements of one network, or of all that one coordinates. `drafts`: how many there are, and scheduled ones."""
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
    waiting = Button(f"{t.plain('drafts-button')} · {drafts}", ListDrafts(network_id=network_id))
    turn = pages(t, page, total, lambda other: ListAnnouncements(network_id=network_id, page=other))
    back = ManageNetwork(network_id=network.id) if network else ListManaged()
    return Screen(text, (new, *(((waiting,),) if drafts else ()), *column(buttons), *turn, ways(t, back)))
