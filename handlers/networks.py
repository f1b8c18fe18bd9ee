"""The catalogue of networks; joining and leaving."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

import screens.networks
from handlers.agreements import show_agreement
from handlers.said import typed_before
from handlers.show import show
from models import Database, NetworkView, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.networks import Origin
from screens.screen import Screen
from services import announced, networks
from services.clock import Clock
from services.errors import AgreementNotAccepted, NotFound

router = Router(name="networks")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("networks"))
@router.callback_query(addresses.OpenNetworks.filter())
async def open_networks(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The first networks to look at and the ways into the catalogue."""
    await show(event, await _draw_entrance(db, person, t))


async def _draw_entrance(db: Database, person: Person, t: L10n) -> Screen:
    async with db.read() as session:
        counts = await networks.counts(session, person)
        view = NetworkView.FOR_ME if counts[NetworkView.FOR_ME] else NetworkView.TREE
        limit = screens.networks.FIRST - bool(counts[NetworkView.FOLLOWED])  # their button takes the place of one
        first = await networks.page_of(session, person, view, offset=0, limit=limit)
    return screens.networks.entrance(t, counts, first, are_for_me=view is NetworkView.FOR_ME)


@router.callback_query(addresses.OpenForms.filter())
async def open_forms(
    call: CallbackQuery, callback_data: addresses.OpenForms, db: Database, person: Person, t: L10n
) -> None:
    """Networks by form."""
    async with db.read() as session:
        lines = await networks.forms(session, person)
    page = min(callback_data.page, max(0, (len(lines) - 1) // PAGE))
    await show(call, screens.networks.forms(t, lines, page))


@router.callback_query(addresses.ListNetworks.filter())
async def list_networks(
    call: CallbackQuery, callback_data: addresses.ListNetworks, db: Database, person: Person, t: L10n
) -> None:
    """A list of networks. What was typed for FOUND stands in the message that this screen replies to."""
    try:
        view = NetworkView(callback_data.view)
    except ValueError as error:
        raise NotFound from error
    query = typed_before(call) if view is NetworkView.FOUND else ""
    if view is NetworkView.FOUND and not query:  # the typed message was deleted, or the screen is too old to show it
        await show(call, await _draw_entrance(db, person, t))
        return
    page = max(0, callback_data.page)
    async with db.read() as session:
        found = await networks.page_of(
            session, person, view, arg=callback_data.arg, query=query, offset=page * PAGE, limit=PAGE
        )
        if page and not found.lines:
            page = max(0, (found.total - 1) // PAGE)
            found = await networks.page_of(
                session, person, view, arg=callback_data.arg, query=query, offset=page * PAGE, limit=PAGE
            )
        closed = (await networks.counts(session, person))[NetworkView.CLOSED] if view is NetworkView.MINE else 0
    screen = screens.networks.listing(t, found, view=view, arg=callback_data.arg, page=page, query=query, closed=closed)
    await show(call, screen)


@router.callback_query(addresses.OpenNetwork.filter())
async def open_network(
    call: CallbackQuery, callback_data: addresses.OpenNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The card."""
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id, now=clock.now())
    await show(call, screens.networks.card(t, card, _origin(callback_data)))


@router.callback_query(addresses.JoinNetwork.filter())
async def join(
    call: CallbackQuery, callback_data: addresses.JoinNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Вступить» or «Подать заявку»; where there is an agreement, that comes first."""
    try:
        async with db.write() as session:
            card = await networks.enter(session, person, callback_data.network_id, now=clock.now(), zone=clock.zone)
    except AgreementNotAccepted:
        await show_agreement(call, callback_data.network_id, db=db, person=person, t=t, joins=True)
        return
    await show(call, screens.networks.joined(t, card, _origin(callback_data)))


@router.callback_query(addresses.MuteNetwork.filter())
async def mute(
    call: CallbackQuery, callback_data: addresses.MuteNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Не присылать объявления», or «Присылать объявления»."""
    async with db.write() as session:
        card = await announced.mute(
            session, person, callback_data.network_id, muted=callback_data.muted, now=clock.now()
        )
    await show(call, screens.networks.muted(t, card, _origin(callback_data)))


@router.callback_query(addresses.AskLeaveNetwork.filter())
async def ask_leave(
    call: CallbackQuery, callback_data: addresses.AskLeaveNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Выйти из сети»: sure?"""
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id, now=clock.now())
    draw = screens.networks.ask_leave if card.is_member else screens.networks.card
    await show(call, draw(t, card, _origin(callback_data)))


@router.callback_query(addresses.LeaveNetwork.filter())
async def leave(
    call: CallbackQuery, callback_data: addresses.LeaveNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Да, выйти»."""
    async with db.write() as session:
        card = await networks.leave(session, person, callback_data.network_id, now=clock.now())
    if card is None:
        await show(call, screens.networks.left_behind(t, await _draw_entrance(db, person, t)))
    else:
        await show(call, screens.networks.left(t, card, _origin(callback_data)))


def _origin(
    address: addresses.OpenNetwork
    | addresses.JoinNetwork
    | addresses.AskLeaveNetwork
    | addresses.LeaveNetwork
    | addresses.MuteNetwork,
) -> Origin:
    return Origin(address.view, address.arg, address.page)
