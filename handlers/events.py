"""Events: found, signed up for, put into a calendar; created and run by coordinators."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.events
from dialogs import ABOUT, META, Answers
from dialogs.events import EVENT, EVENT_CANCEL, EVENT_EDITS, EVENT_MOVE
from handlers.dialogs import Conversation, converse
from handlers.said import typed_before
from handlers.show import answer_button, keyboard, show
from models import Database, Event, EventKind, EventView, Person
from screens import addresses
from screens.dialogs import ReadBack
from screens.events import EVENTS_PAGE, PEOPLE_PAGE, Origin
from screens.l10n import L10n
from services import calendar, events, policy, roles
from services.clock import Clock
from services.errors import (
    DomainError,
    EventBegun,
    EventCancelled,
    NetworkArchived,
    NotAllowed,
    NotFound,
)
from services.events import Card

router = Router(name="events")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("events"))
async def coming_events(message: Message, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """`/events`: those of one's networks, or all of them when there are none."""
    await _list_events(message, addresses.ListEvents(), db, clock, person, t)


@router.callback_query(addresses.ListEvents.filter())
async def list_events(
    call: CallbackQuery, callback_data: addresses.ListEvents, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Any page of any list of coming events."""
    await _list_events(call, callback_data, db, clock, person, t)


async def _list_events(
    event: Message | CallbackQuery, asked: addresses.ListEvents, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    query = typed_before(event) if isinstance(event, CallbackQuery) else ""
    now, page = clock.now(), max(0, asked.page)
    async with db.read() as session:
        counts = await events.coming_of_mine(session, person, now=now)
        view = _view(asked.view, counts)
        find = partial(events.page_of, session, person, view, now=now, arg=asked.arg, query=query, limit=EVENTS_PAGE)
        found = await find(offset=page * EVENTS_PAGE)
        if page and not found.lines:
            page = max(0, (found.total - 1) // EVENTS_PAGE)
            found = await find(offset=page * EVENTS_PAGE)
        has = await roles.of(session, person)
    screen = screens.events.listing(
        t,
        found,
        view=view,
        arg=asked.arg,
        page=page,
        query=query,
        counts=counts,
        may_create=has.is_administrator or has.is_coordinator,
        now=now,
    )
    await show(event, screen)


def _view(asked: str, counts: dict[EventView, int]) -> EventView:
    if not asked:
        return EventView.MY_NETWORKS if counts[EventView.MY_NETWORKS] else EventView.ALL
    try:
        return EventView(asked)
    except ValueError as error:
        raise NotFound from error


def _origin(
    data: addresses.OpenEvent | addresses.SignUpForEvent | addresses.AskLeaveEvent | addresses.LeaveEvent,
) -> Origin:
    return Origin(data.view, data.arg, max(0, data.page))


def _line(event_id: int) -> str:
    """Where those stand who want a seat, or give one back."""
    return f"event:{event_id}"


@router.callback_query(addresses.OpenEvent.filter())
async def open_event(
    call: CallbackQuery, callback_data: addresses.OpenEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The card."""
    async with db.read() as session:
        card = await events.card(session, person, callback_data.event_id, now=clock.now())
    await show(call, screens.events.card(t, card, origin=_origin(callback_data)))


@router.callback_query(addresses.SignUpForEvent.filter())
async def sign_up(
    call: CallbackQuery, callback_data: addresses.SignUpForEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Записаться»: one tap. An event that was cancelled or has begun meanwhile says so on its present card."""
    origin = _origin(callback_data)
    try:
        async with db.write(_line(callback_data.event_id)) as session:
            card = await events.sign_up(session, person, callback_data.event_id, now=clock.now())
    except (EventCancelled, EventBegun) as refusal:
        await _show_present(call, callback_data.event_id, refusal, origin, db=db, clock=clock, person=person, t=t)
        return
    await show(call, screens.events.signed_up(t, card, origin=origin))


async def _show_present(
    call: CallbackQuery,
    event_id: int,
    refusal: DomainError,
    origin: Origin,
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    async with db.read() as session:
        card = await events.card(session, person, event_id, now=clock.now())
    await show(call, screens.events.card(t, card, origin=origin, toast=t.plain(refusal.key, **refusal.values)))


@router.callback_query(addresses.AskLeaveEvent.filter())
async def ask_leave(
    call: CallbackQuery, callback_data: addresses.AskLeaveEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Не приду»: sure?"""
    origin = _origin(callback_data)
    async with db.read() as session:
        card = await events.card(session, person, callback_data.event_id, now=clock.now())
    if card.means_to_come and not card.is_over:
        await show(call, screens.events.ask_leave(t, card, origin=origin))
    else:
        await show(call, screens.events.card(t, card, origin=origin))


@router.callback_query(addresses.LeaveEvent.filter())
async def leave(
    call: CallbackQuery, callback_data: addresses.LeaveEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Да, не приду»."""
    origin = _origin(callback_data)
    try:
        async with db.write(_line(callback_data.event_id)) as session:
            card = await events.withdraw(session, person, callback_data.event_id, now=clock.now())
    except (EventCancelled, EventBegun) as refusal:
        await _show_present(call, callback_data.event_id, refusal, origin, db=db, clock=clock, person=person, t=t)
        return
    await show(call, screens.events.card(t, card, origin=origin, toast=t.plain("event-left-toast")))


@router.callback_query(addresses.SendEventFile.filter())
async def send_file(
    call: CallbackQuery,
    callback_data: addresses.SendEventFile,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«В календарь»: the event as a file; the same button gives a later file that changes the calendar's entry."""
    async with db.read() as session:
        card = await events.card(session, person, callback_data.event_id, now=clock.now())
    event = card.event
    me = await bot.me()
    data = await asyncio.to_thread(
        calendar.event_file,
        event,
        title=screens.events.file_title(t, event),
        place=event.place if card.shows_place else None,
        text=screens.events.file_text(event),
        address=f"https://t.me/{me.username}",
        now=clock.now(),
    )
    caption = screens.events.file_caption(t, event)
    await answer_button(call)
    await bot.send_document(
        call.from_user.id,
        BufferedInputFile(data, f"event-{event.id}.ics"),
        caption=caption.text,
        reply_markup=keyboard(caption),
    )


@router.callback_query(addresses.ManageEvent.filter())
async def manage(
    call: CallbackQuery, callback_data: addresses.ManageEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What its coordinator does with the event."""
    async with db.read() as session:
        card = await events.managed(session, person, callback_data.event_id, now=clock.now())
    await show(call, screens.events.managed(t, card))


@router.callback_query(addresses.ListEventPeople.filter())
async def list_people(
    call: CallbackQuery, callback_data: addresses.ListEventPeople, db: Database, person: Person, t: L10n
) -> None:
    """Who has a seat, or who waits."""
    event_id, waiting, page = callback_data.event_id, callback_data.waiting, max(0, callback_data.page)
    async with db.read() as session:
        find = partial(events.people, session, person, event_id, waiting=waiting, limit=PEOPLE_PAGE)
        people = await find(offset=page * PEOPLE_PAGE)
        if page and not people.people:
            page = max(0, (people.total - 1) // PEOPLE_PAGE)
            people = await find(offset=page * PEOPLE_PAGE)
    await show(call, screens.events.people(t, people, waiting=waiting, page=page))


@router.callback_query(addresses.InviteToEvent.filter())
async def invite_members(
    call: CallbackQuery, callback_data: addresses.InviteToEvent, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Сообщить участникам»."""
    async with db.write() as session:
        count = await events.invite_members(session, person, callback_data.event_id, now=clock.now())
        card = await events.managed(session, person, callback_data.event_id, now=clock.now())
    await show(call, screens.events.told(t, card, count))


async def _may_create(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """Of a coordinator of one network nothing is asked about it."""
    mine = await roles.coordinated_networks(session, actor)
    if arg:
        network = await roles.get_network(session, arg)
        if network.archived_at is not None:
            raise NetworkArchived(title=network.title)
        mine = [one for one in mine if one.id == arg]
    if not mine:
        raise NotAllowed
    return {"network": {"id": mine[0].id, "label": mine[0].title}} if len(mine) == 1 else {}


async def _create(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.create(
        session,
        actor,
        network_id=answers["network"]["id"],
        kind=EventKind(answers["kind"]),
        title=answers["title"],
        starts_at=datetime.fromisoformat(answers["starts"]),
        place=answers["place"],
        seats=answers["seats"],
        now=now,
    )


def _about(answers: Answers) -> int:
    return int(answers[META]["arg"])


async def _may_change(key: str, session: AsyncSession, actor: Person, arg: int) -> Answers:
    event = await _mine(session, actor, arg)
    present = getattr(event, key)
    return {ABOUT: event.title, **({} if present is None else {key: present})}


async def _mine(session: AsyncSession, actor: Person, event_id: int) -> Event:
    event = await events.get(session, event_id)
    await policy.require_coordinator(session, actor, event.network_id)
    if event.cancelled_at is not None:
        raise EventCancelled(title=event.title)
    return event


async def _may_end(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await _mine(session, actor, arg)).title}


Change = Callable[[AsyncSession, Person, Answers, datetime], Awaitable[Card]]


async def _retitle(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.entitle(session, actor, _about(answers), title=answers["title"], now=now)


async def _relocate(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.relocate(session, actor, _about(answers), place=answers["place"], now=now)


async def _set_seats(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.set_seats(session, actor, _about(answers), seats=answers["seats"], now=now)


async def _annotate(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.annotate(session, actor, _about(answers), annotation=answers["annotation"], now=now)


async def _move(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    starts_at = datetime.fromisoformat(answers["starts"])
    return await events.move(session, actor, _about(answers), starts_at=starts_at, now=now)


async def _call_off(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    return await events.call_off(session, actor, _about(answers), reason=answers["reason"], now=now)


async def _read_back_move(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> ReadBack:
    card = await events.managed(session, actor, _about(answers), now=now)
    starts_at = datetime.fromisoformat(answers["starts"])
    return screens.events.ask_move(t, card.event, starts_at, to_tell=card.others_coming, now=now)


async def _read_back_end(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> ReadBack:
    card = await events.managed(session, actor, _about(answers), now=now)
    return screens.events.ask_call_off(t, card.event, answers["reason"], to_tell=card.others_coming, now=now)


converse(Conversation(dialog=EVENT, prepare=_may_create, act=_create, finished=screens.events.published))
converse(
    Conversation(
        dialog=EVENT_MOVE,
        prepare=_may_end,
        act=_move,
        finished=screens.events.changed,
        read_back=_read_back_move,
    )
)
converse(
    Conversation(
        dialog=EVENT_CANCEL,
        prepare=_may_end,
        act=_call_off,
        finished=screens.events.changed,
        read_back=_read_back_end,
    )
)
_CHANGES: dict[str, Change] = {"title": _retitle, "place": _relocate, "seats": _set_seats, "annotation": _annotate}
for _dialog in EVENT_EDITS:
    _key = _dialog.questions[0].key
    converse(
        Conversation(
            dialog=_dialog,
            prepare=partial(_may_change, _key),
            act=_CHANGES[_key],
            finished=screens.events.changed,
        )
    )
