"""What is told about events unprompted: each message stands alone and has buttons that act at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from screens.addresses import AskLeaveEvent, ListEvents, OpenEvent, SendEventFile, SignUpForEvent
from screens.events.seeing import card_text, head, joined, standing, where
from screens.l10n import L10n
from screens.screen import Button, Screen, column

if TYPE_CHECKING:
    from services.events import Card


def told_new(t: L10n, shown: Card) -> Screen:
    """A network has a new event."""
    sign_up = Button(
        t.plain("event-wait" if shown.event.free == 0 else "event-sign-up"), SignUpForEvent(event_id=shown.event.id)
    )
    return Screen(joined(t("event-new-head"), card_text(t, shown)), column([sign_up, _open(t, shown)]))


def told_promoted(t: L10n, shown: Card) -> Screen:
    """A seat was free, and it is yours."""
    buttons = [_file(t, shown, "event-to-calendar"), _leave(t, shown), _open(t, shown)]
    return Screen(joined(t("event-promoted-head"), _facts(t, shown)), column(buttons))


def told_reminder(t: L10n, shown: Card, *, is_last: bool) -> Screen:
    """It begins tomorrow, or in an hour."""
    when = t.date_time(shown.event.starts_at, now=shown.seen_at)
    first = t("event-remind-hour" if is_last else "event-remind-day", when=when)
    return Screen(joined(first, head(t, shown.event), where(t, shown)), column([_open(t, shown), _leave(t, shown)]))


def told_moved(t: L10n, shown: Card, old: datetime) -> Screen:
    """It begins at another time."""
    times = t(
        "event-moved-times",
        old=t.date_time(old, now=shown.seen_at),
        new=t.read_back(shown.event.starts_at, now=shown.seen_at),
    )
    text = joined(t("event-moved-head"), head(t, shown.event), times, standing(t, shown))
    buttons = [_file(t, shown, "event-calendar-again"), _leave(t, shown), _open(t, shown)]
    return Screen(text, column(buttons))


def told_place(t: L10n, shown: Card) -> Screen:
    """It takes place somewhere else."""
    buttons = [_file(t, shown, "event-calendar-again"), _open(t, shown)]
    return Screen(joined(t("event-place-head"), _facts(t, shown)), column(buttons))


def told_cancelled(t: L10n, shown: Card) -> Screen:
    """It does not take place."""
    event = shown.event
    when = t.date_time(event.starts_at, now=shown.seen_at)
    why = t("event-cancelled-text", when=when, reason=event.cancel_reason or t.plain("event-network-closed"))
    others = Button(t.plain("event-others"), ListEvents())
    text = joined(t("event-cancelled-head"), head(t, event), why)
    return Screen(text, column([_file(t, shown, "event-calendar-remove"), others]))


def _facts(t: L10n, shown: Card) -> str:
    when = t("event-when", when=t.date_time(shown.event.starts_at, now=shown.seen_at))
    return joined(head(t, shown.event), f"{when}\n{where(t, shown)}")


def _open(t: L10n, shown: Card) -> Button:
    return Button(t.plain("event-open"), OpenEvent(event_id=shown.event.id))


def _leave(t: L10n, shown: Card) -> Button:
    return Button(t.plain("event-leave"), AskLeaveEvent(event_id=shown.event.id))


def _file(t: L10n, shown: Card, label: str) -> Button:
    return Button(t.plain(label), SendEventFile(event_id=shown.event.id))
