"""The lists of events and the card of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from aiogram.filters.callback_data import CallbackData

from models import Event, EventView, RegistrationState
from screens.addresses import (
    AskLeaveEvent,
    BeginDialog,
    LeaveEvent,
    ListEvents,
    ManageEvent,
    ManageNetwork,
    OpenEvent,
    OpenNetwork,
    SendEventFile,
    SignUpForEvent,
)
from screens.l10n import L10n
from screens.navigation import counted, menu, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.events import Card, Line, Page


class Fields(TypedDict):
    """See Origin."""

    view: str
    arg: int
    page: int


EVENTS_PAGE = 5
"""Events of one screen: with the other lists and «Новое событие» they make eight buttons."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The list from which a card was opened, to lead back there."""

    view: str = ""
    arg: int = 0
    page: int = 0

    @property
    def fields(self) -> Fields:
        """The origin within the address of a button on the card."""
        return {"view": self.view, "arg": self.arg, "page": self.page}

    @property
    def address(self) -> ListEvents:
        """The way back."""
        return ListEvents(view=self.view, arg=self.arg, page=self.page)


START = Origin()
"""No list in particular: the one that suits the person."""

TABS = (EventView.MINE, EventView.MY_NETWORKS, EventView.ALL)
_TAB_LABELS = {
    EventView.MINE: "events-mine",
    EventView.MY_NETWORKS: "events-my-networks",
    EventView.ALL: "events-all",
}


def listing(
    t: L10n,
    found: Page,
    *,
    view: EventView,
    arg: int,
    page: int,
    query: str,
    counts: dict[EventView, int],
    may_create: bool,
    now: datetime,
) -> Screen:
    """A page of coming events; the number before an event is on its button. `counts` stand on the ways to the other lists."""
    title = {
        EventView.MINE: t("events-mine-title"),
        EventView.MY_NETWORKS: t("events-my-networks-title"),
        EventView.ALL: t("events-all-title"),
        EventView.FOUND: t("events-found-title", query=query),
        EventView.NETWORK: t("events-network-title", network=found.place or ""),
    }[view]
    numbered = list(enumerate(found.lines, start=page * EVENTS_PAGE + 1))
    body = "\n\n".join(_line(t, number, line, now=now) for number, line in numbered) or _empty(t, view)
    footer = counted(t, page, len(found.lines), found.total, size=EVENTS_PAGE)
    hint = t("events-hint") if found.lines and view is not EventView.FOUND else ""
    buttons = [
        Button(
            shorten(f"{number}. {line.event.title}"),
            OpenEvent(event_id=line.event.id, **Origin(view.value, arg, page).fields),
        )
        for number, line in numbered
    ]
    turn = pages(
        t,
        page,
        found.total,
        lambda other: ListEvents(view=view.value, arg=arg, page=other),
        size=EVENTS_PAGE,
    )
    create: tuple[Row, ...] = ()
    if found.may_manage if view is EventView.NETWORK else may_create:
        create = ((Button(t.plain("events-new"), BeginDialog(dialog="event", arg=arg)),),)
    text = joined(title, body, footer, hint)
    back = _above(found, view, arg)
    return Screen(text, (*column(buttons), *turn, _tabs(t, view, counts), *create, ways(t, back)))


def _above(found: Page, view: EventView, arg: int) -> CallbackData | None:
    if view is not EventView.NETWORK:
        return None
    return ManageNetwork(network_id=arg) if found.may_manage else OpenNetwork(network_id=arg)


def _tabs(t: L10n, view: EventView, counts: dict[EventView, int]) -> Row:
    """The other lists."""
    others = [tab for tab in TABS if tab is not view]
    if view not in TABS:
        others = [EventView.MY_NETWORKS, EventView.ALL]
    labels = [t.plain(_TAB_LABELS[tab]) + (f" · {counts[tab]}" if counts.get(tab) else "") for tab in others]
    return tuple(Button(label, ListEvents(view=tab.value)) for tab, label in zip(others, labels, strict=True))


def _empty(t: L10n, view: EventView) -> str:
    if view is EventView.FOUND:
        return t("events-empty-found")
    return t("events-empty-mine" if view is EventView.MINE else "events-empty")


def _line(t: L10n, number: int, line: Line, *, now: datetime) -> str:
    event = line.event
    facts = [t.plain(f"event-kind-{event.kind.value}")]
    if event.starts_at <= now:
        facts.append(t.plain("events-line-going-on"))
    elif line.state is RegistrationState.REGISTERED:
        facts.append(t.plain("events-line-registered"))
    elif line.state is RegistrationState.WAITING:
        facts.append(t.plain("events-line-waiting"))
    elif event.free == 0:
        facts.append(t.plain("events-line-full"))
    elif event.seats is not None:
        facts.append(t.plain("events-line-free", free=str(event.free), seats=str(event.seats)))
    when = t.date_time(event.starts_at, now=now)
    return t("events-line", number=str(number), when=when, title=event.title, facts=" · ".join(facts))


def card(t: L10n, shown: Card, *, origin: Origin = START, toast: str | None = None) -> Screen:
    """An event, with what this person may do about it; `origin` is the list it was opened from."""
    event, rows = shown.event, list[Row]()
    if not shown.is_over and not shown.means_to_come and shown.may_sign_up:
        label = t.plain("event-wait" if event.free == 0 else "event-sign-up")
        rows.append((Button(label, SignUpForEvent(event_id=event.id, **origin.fields)),))
    if not shown.is_over:
        rows.append((Button(t.plain("event-to-calendar"), SendEventFile(event_id=event.id)),))
    elif event.cancelled_at is not None and shown.means_to_come:
        rows.append((Button(t.plain("event-calendar-remove"), SendEventFile(event_id=event.id)),))
    if not shown.is_over and shown.means_to_come:
        rows.append((Button(t.plain("event-leave"), AskLeaveEvent(event_id=event.id, **origin.fields)),))
    if shown.may_manage:
        rows.append((Button(t.plain("event-manage"), ManageEvent(event_id=event.id)),))
    return Screen(card_text(t, shown), (*rows, ways(t, origin.address)), toast=toast)


def signed_up(t: L10n, shown: Card, *, origin: Origin) -> Screen:
    """The card after «Записаться»."""
    toast = "event-registered-toast" if shown.has_seat else "event-waiting-toast"
    return card(t, shown, origin=origin, toast=t.plain(toast))


def ask_leave(t: L10n, shown: Card, *, origin: Origin) -> Screen:
    """Sure not to come?"""
    event = shown.event
    rows = column(
        [
            Button(t.plain("event-leave-yes"), LeaveEvent(event_id=event.id, **origin.fields)),
            Button(t.plain("event-leave-no"), OpenEvent(event_id=event.id, **origin.fields)),
        ]
    )
    return Screen(t("event-leave-ask", title=event.title, seat="yes" if shown.has_seat else "no"), (*rows, ways(t)))


def file_caption(t: L10n, event: Event) -> Screen:
    """What stands under the calendar's file."""
    key = "event-file-caption" if event.cancelled_at is None else "event-file-caption-cancelled"
    back = Button(t.plain("event-back"), OpenEvent(event_id=event.id))
    return Screen(t(key, title=event.title), ((back, menu(t)),))


def file_title(t: L10n, event: Event) -> str:
    """What the calendar calls the event."""
    return f"{kind(t, event)}: {event.title}"


def file_text(event: Event) -> str:
    """What the calendar says about the event, in plain words. The event's network must be loaded."""
    return joined(event.network.title, event.annotation or "")


def card_text(t: L10n, shown: Card) -> str:
    """What an event is, when and where, how many seats are left, and where the reader stands."""
    event = shown.event
    about = t("event-card-about", text=event.annotation) if event.annotation else ""
    facts = [t("event-when", when=_when(t, shown)), where(t, shown)]
    if not shown.is_over:
        facts.append(seats(t, shown))
    return joined(head(t, event), about, "\n".join(facts), standing(t, shown))


def _when(t: L10n, shown: Card) -> str:
    draw = t.date_time if shown.has_begun else t.read_back
    return draw(shown.event.starts_at, now=shown.seen_at)


def where(t: L10n, shown: Card) -> str:
    """The place; a link only for those who may have it."""
    return t("event-where", place=shown.event.place) if shown.shows_place else t("event-where-hidden")


def seats(t: L10n, shown: Card) -> str:
    """How many seats are left."""
    event = shown.event
    if event.seats is None:
        return t("event-seats-open", taken=event.taken)
    if event.free == 0:
        return t("event-seats-none", seats=str(event.seats), waiting=shown.waiting)
    return t("event-seats-free", free=event.free, seats=str(event.seats))


def standing(t: L10n, shown: Card) -> str:
    """Where the reader and the event stand."""
    event = shown.event
    if event.cancelled_at is not None:
        return t("event-called-off", reason=event.cancel_reason or t.plain("event-network-closed"))
    if shown.has_begun:
        state = t("event-going-on" if shown.is_going_on else "event-over")
        return joined(t("event-you-were-registered") if shown.has_seat else "", state)
    if shown.has_seat:
        return t("event-you-registered", reminders=shown.reminders_to_come)
    return t("event-you-wait", turn=str(shown.turn), waiting=str(shown.waiting)) if shown.turn else ""


def head(t: L10n, event: Event) -> str:
    """The title with its kind and network. The event's network must be loaded."""
    return t("event-head", title=event.title, kind=kind(t, event), network=event.network.title)


def kind(t: L10n, event: Event) -> str:
    """«Мастер-класс»."""
    return t.plain(f"event-kind-{event.kind.value}")


def joined(*parts: str) -> str:
    """Paragraphs, without the empty ones."""
    return "\n\n".join(part for part in parts if part)
