"""The catalogue of networks; joining and leaving."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

import screens.networks
from handlers.show import show
from models import Database, NetworkView, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import networks
from services.clock import Clock
from services.errors import NotFound

router = Router(name="networks")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("networks"))
@router.callback_query(addresses.OpenNetworks.filter())
async def open_networks(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The ways into the catalogue."""
    async with db.read() as session:
        counts = await networks.counts(session, person)
    await show(event, screens.networks.entrance(t, counts))


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
    query = _typed(call) if view is NetworkView.FOUND else ""
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
    screen = screens.networks.listing(t, found, view=view, arg=callback_data.arg, page=page, query=query)
    await show(call, screen)


def _typed(call: CallbackQuery) -> str:
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage) or message.reply_to_message is None:
        return ""
    return (message.reply_to_message.text or "")[:200]


@router.callback_query(addresses.OpenNetwork.filter())
async def open_network(
    call: CallbackQuery, callback_data: addresses.OpenNetwork, db: Database, person: Person, t: L10n
) -> None:
    """The card."""
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id)
    await show(call, screens.networks.card(t, card))


@router.callback_query(addresses.JoinNetwork.filter())
async def join(
    call: CallbackQuery, callback_data: addresses.JoinNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Вступить»."""
    async with db.write() as session:
        card = await networks.join(session, person, callback_data.network_id, now=clock.now())
    await show(call, screens.networks.joined(t, card))


@router.callback_query(addresses.AskLeaveNetwork.filter())
async def ask_leave(
    call: CallbackQuery, callback_data: addresses.AskLeaveNetwork, db: Database, person: Person, t: L10n
) -> None:
    """«Выйти из сети»: sure?"""
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id)
    screen = screens.networks.ask_leave(t, card) if card.is_member else screens.networks.card(t, card)
    await show(call, screen)


@router.callback_query(addresses.LeaveNetwork.filter())
async def leave(
    call: CallbackQuery, callback_data: addresses.LeaveNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Да, выйти»."""
    async with db.write() as session:
        card = await networks.leave(session, person, callback_data.network_id, now=clock.now())
    await show(call, screens.networks.left(t, card))
