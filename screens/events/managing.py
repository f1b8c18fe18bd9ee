"""The pages of who runs an event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models import Event
from screens.addresses import BeginDialog, InviteToEvent, ListEventPeople, ManageEvent, OpenEvent
from screens.dialogs import ReadBack
from screens.events.seeing import head, joined
from screens.l10n import L10n
from screens.navigation import counted, pages, ways
from screens.screen import Button, Row, Screen, shorten

if TYPE_CHECKING:
    from services.events import Card, People

PEOPLE_PAGE = 15
ORGANISATION_LONGEST = 80


def managed(t: L10n, shown: Card, *, toast: str | None = None) -> Screen:
    """What can be done with the event now."""
    event = shown.event
    people = Button(f"{t.plain('event-manage-people')} · {event.taken}", ListEventPeople(event_id=event.id))
    rows: list[Row] = [(people,)]
    if event.cancelled_at is None:
        if not shown.has_begun:
            rows.append((_change(t, event, "move"), _change(t, event, "seats")))
        rows += [(_change(t, event, "place"), _change(t, event, "title")), (_change(t, event, "annotation"),)]
        if not shown.has_begun:
            rows += [*_tell(t, shown), (_change(t, event, "cancel"),)]
    return Screen(_managed_text(t, shown), (*rows, ways(t, OpenEvent(event_id=event.id))), toast=toast)


def _change(t: L10n, event: Event, what: str) -> Button:
    return Button(t.plain(f"event-manage-{what}"), BeginDialog(dialog=f"event-{what}", arg=event.id))


def _tell(t: L10n, shown: Card) -> tuple[Row, ...]:
    if not shown.untold:
        return ()
    label = "event-manage-tell" if shown.event.announced_at is None else "event-manage-tell-new"
    return ((Button(t.plain(label), InviteToEvent(event_id=shown.event.id)),),)


def _managed_text(t: L10n, shown: Card) -> str:
    event = shown.event
    facts = [
        t("event-when", when=t.read_back(event.starts_at, now=shown.seen_at)),
        t("event-where", place=event.place),
        t("event-manage-counts", taken=event.taken, waiting=shown.waiting),
        t("event-manage-seats-line", seats=str(event.seats)) if event.seats else t("event-manage-no-limit"),
    ]
    if event.cancelled_at is not None:
        facts.append(t("event-called-off", reason=event.cancel_reason or t.plain("event-network-closed")))
    elif shown.has_begun:
        facts.append(t("event-going-on" if shown.is_going_on else "event-over"))
    else:
        facts.append(t("event-manage-announced" if event.announced_at else "event-manage-not-announced"))
    return joined(t("event-manage-head"), head(t, event), "\n".join(facts))


def changed(t: L10n, shown: Card) -> Screen:
    """The page after a change."""
    return managed(t, shown, toast=t.plain("event-changed-toast"))


def told(t: L10n, shown: Card, count: int) -> Screen:
    """The page after «Сообщить участникам»."""
    return managed(t, shown, toast=t.plain("event-told-toast", count=count))


def published(t: L10n, shown: Card) -> Screen:
    """The event is there: tell the members of the network?"""
    event = shown.event
    rows = (*_tell(t, shown), (Button(t.plain("event-not-now"), ManageEvent(event_id=event.id)),))
    when = t.read_back(event.starts_at, now=shown.seen_at)
    text = joined(t("event-published", title=event.title, when=when), t("event-published-tell", members=shown.members))
    return Screen(text, (*rows, ways(t)))


def people(t: L10n, shown: People, *, waiting: bool, page: int) -> Screen:
    """Who has a seat, or who waits, with their organisations."""
    event = shown.event
    title = t("event-people-waiting-title" if waiting else "event-people-title", title=event.title)
    lines = []
    for number, person in enumerate(shown.people, start=page * PEOPLE_PAGE + 1):
        name = person.full_name or t.plain("event-person-gone")
        if person.organisation is None:
            lines.append(t("event-people-line", number=str(number), name=name))
        else:
            organisation = shorten(person.organisation.title, ORGANISATION_LONGEST)
            lines.append(t("event-people-line-organisation", number=str(number), name=name, organisation=organisation))
    body = "\n".join(lines) or t("event-people-nobody")
    other = Button(
        t.plain("event-people-to-registered" if waiting else "event-people-to-waiting"),
        ListEventPeople(event_id=event.id, waiting=not waiting),
    )
    turn = pages(
        t,
        page,
        shown.total,
        lambda number: ListEventPeople(event_id=event.id, waiting=waiting, page=number),
        size=PEOPLE_PAGE,
    )
    text = joined(title, body, counted(t, page, len(shown.people), shown.total, size=PEOPLE_PAGE))
    return Screen(text, (*turn, (other,), ways(t, ManageEvent(event_id=event.id))))


def ask_move(t: L10n, event: Event, starts_at: datetime, *, to_tell: int, now: datetime) -> ReadBack:
    """The old and the new start, to be checked."""
    old, new = t.read_back(event.starts_at, now=now), t.read_back(starts_at, now=now)
    text = t("event-move-summary", title=event.title, old=old, new=new)
    return ReadBack(joined(text, t("event-tells", people=to_tell)))


def ask_call_off(t: L10n, event: Event, reason: str, *, to_tell: int, now: datetime) -> ReadBack:
    """What is cancelled and why, to be checked."""
    when = t.read_back(event.starts_at, now=now)
    text = t("event-cancel-summary", title=event.title, when=when, reason=reason)
    return ReadBack(joined(text, t("event-tells", people=to_tell)))
