"""«Ознакомлен(а)»: who has read an announcement and who has not; what people get about it, one by one or in a digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import screens.finding
from dialogs.finding import FIND_READER
from models import Announcement, Person
from screens.addresses import (
    Acknowledge,
    ListReaders,
    OpenAnnouncement,
    OpenMenuBelow,
    ReadAnnouncement,
    RemindReaders,
)
from screens.announced import back
from screens.announcements import LINE_SNIPPET, SNIPPET, snippet
from screens.l10n import Html, L10n
from screens.navigation import counted, pages
from screens.screen import Button, Row, Screen, column, shorten

NAMES = 15
"""Names of a list on one screen: they have no buttons."""

DIGEST = 8
"""Announcements of a digest in one message: each has a button (product.md)."""


def acknowledge_button(t: L10n, announcement_id: int, *, acknowledged: bool) -> Button:
    """«Ознакомлен(а)», or that it is done."""
    key = "announced-acknowledged-button" if acknowledged else "announced-acknowledge"
    return Button(t.plain(key), Acknowledge(announcement_id=announcement_id))


def wanted(t: L10n, announcement: Announcement, *, acknowledged: bool) -> Button | None:
    """The button under an announcement that is to be acknowledged."""
    if not announcement.wants_acknowledgement:
        return None
    return acknowledge_button(t, announcement.id, acknowledged=acknowledged)


def readers(
    t: L10n,
    announcement: Announcement,
    people: Sequence[Person],
    page: int,
    *,
    have_read: bool,
    read_by: int,
    unread_by: int,
    toast: str | None = None,
) -> Screen:
    """Who has acknowledged it, or who has it and has not."""
    total = read_by if have_read else unread_by
    title = t("announced-readers-title", count=read_by) if have_read else t("announced-unread-title", count=unread_by)
    nobody = t("announced-readers-nobody") if have_read else t("announced-unread-nobody")
    body = "\n".join(_reader(t, number, one) for number, one in enumerate(people, start=page * NAMES + 1))
    text = "\n\n".join(
        part for part in (title, body or nobody, counted(t, page, len(people), total, size=NAMES)) if part
    )

    def address(other: int) -> ListReaders:
        return ListReaders(announcement_id=announcement.id, have_read=have_read, page=other)

    buttons = []
    if not have_read and unread_by and announcement.recalled_at is None:
        buttons.append(Button(t.plain("announced-remind"), RemindReaders(announcement_id=announcement.id)))
    others = str(unread_by if have_read else read_by)
    label = t.plain("announced-to-unread" if have_read else "announced-to-readers", count=others)
    buttons.append(Button(label, ListReaders(announcement_id=announcement.id, have_read=not have_read)))
    turn = pages(t, page, total, address, size=NAMES)
    find = screens.finding.find(t, FIND_READER, announcement.id, total=total, shown=len(people))
    return Screen(text, (*column(buttons), *find, *turn, back(t, announcement)), toast=toast)


def _reader(t: L10n, number: int, person: Person) -> str:
    organisation = (
        t("announced-reader-organisation", title=person.organisation.title) if person.organisation else Html("")
    )
    name = person.full_name or t.plain("announced-reader-gone")
    return t("announced-reader-line", number=str(number), name=name) + organisation


def reminded(t: L10n, people: int) -> str:
    """How many are reminded, as the button answers."""
    return t.plain("announced-reminded", count=people)


def unread(t: L10n, announcement: Announcement, *, now: datetime) -> Screen:
    """A reminder to somebody who has not acknowledged it."""
    text = t(
        "announced-unread-notice",
        network=announcement.network.title,
        moment=t.date_time(announcement.created_at, now=now),
        snippet=snippet(t, announcement, SNIPPET),
    )
    if announcement.acknowledge_by is not None:
        text += "\n\n" + t("announced-unread-by", moment=t.date_time(announcement.acknowledge_by, now=now))
    rows = column(
        [
            acknowledge_button(t, announcement.id, acknowledged=False),
            Button(t.plain("announced-read"), ReadAnnouncement(announcement_id=announcement.id)),
        ]
    )
    return Screen(text, (*rows, _menu_below(t)))


def deadline(t: L10n, announcement: Announcement, missing: int, *, now: datetime) -> Screen:
    """To the author, when the time is over."""
    text = t(
        "announced-deadline",
        network=announcement.network.title,
        moment=t.date_time(announcement.created_at, now=now),
        snippet=snippet(t, announcement, SNIPPET),
        count=missing,
    )
    buttons = [Button(t.plain("announcement-report-button"), OpenAnnouncement(announcement_id=announcement.id))]
    if missing:
        buttons.insert(0, Button(t.plain("announced-readers"), ListReaders(announcement_id=announcement.id)))
    return Screen(text, (*column(buttons), _menu_below(t)))


def digest(t: L10n, announcements: Sequence[Announcement]) -> list[Screen]:
    """What was too much for a day, with a button to read each; more than one message only when there are too many buttons."""
    screens = []
    for start in range(0, len(announcements), DIGEST):
        numbered = list(enumerate(announcements[start : start + DIGEST], start=start + 1))
        lines = [
            t(
                "announced-digest-line",
                number=str(number),
                network=one.network.title,
                snippet=snippet(t, one, SNIPPET),
            )
            for number, one in numbered
        ]
        buttons = [
            Button(shorten(f"{number}. {snippet(t, one, LINE_SNIPPET)}"), ReadAnnouncement(announcement_id=one.id))
            for number, one in numbered
        ]
        head = [t("announced-digest", count=len(announcements))] if start == 0 else []
        screens.append(Screen("\n\n".join([*head, *lines]), (*column(buttons), _menu_below(t))))
    return screens


def _menu_below(t: L10n) -> Row:
    return (Button(t.plain("nav-menu"), OpenMenuBelow()),)
