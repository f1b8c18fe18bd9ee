"""A coordinator announces, and sees what became of it; people go on from an announcement without losing it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcement_drafts
import screens.announcements
import screens.events
import screens.networks
import screens.products
from dialogs import ABOUT, Answers
from dialogs.announcements import ANNOUNCEMENT
from handlers.dialogs import Conversation, begin, converse
from handlers.home import draw_home
from handlers.show import answer_button, send_screens, show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import announcement_drafts, announcements, events, networks, policy, products, roles
from services.announcement_drafts import DraftCard
from services.clock import Clock
from services.errors import NoNetworkYet, NotACoordinator, NotFound
from services.sources import Option, source

router = Router(name="announcements")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("announce"))
async def announce(message: Message, db: Database, clock: Clock, person: Person, t: L10n, update_id: int) -> None:
    """`/announce`: to whom is asked only of those who coordinate several networks."""
    await begin(message, ANNOUNCEMENT, db=db, clock=clock, person=person, t=t, update_id=update_id)


@router.callback_query(addresses.ListAnnouncements.filter())
async def list_announcements(
    call: CallbackQuery,
    callback_data: addresses.ListAnnouncements,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """What was announced, newest first."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        network = await roles.get_network(session, callback_data.network_id) if callback_data.network_id else None
        lines, total = await announcements.sent_by_mine(
            session, person, network.id if network else None, now=clock.now(), offset=page * PAGE, limit=PAGE
        )
        drafts = await announcement_drafts.count(session, person, network.id if network else None)
    await show(call, screens.announcements.listing(t, lines, total, page, network, drafts=drafts))


@router.callback_query(addresses.ShowAnnouncement.filter())
async def show_announcement(
    call: CallbackQuery,
    callback_data: addresses.ShowAnnouncement,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The announcement itself, below."""
    async with db.read() as session:
        seen = await announcements.report(session, person, callback_data.announcement_id, now=clock.now())
        organisation = await announcement_drafts.organisation_of(session, person)
    reader = screens.announcements.reader(t, person, organisation)
    shown = screens.announcements.shown(t, seen.announcement, reader)
    await answer_button(call)  # before the files, which may wait for their turn: the button would spin so long
    await send_screens(bot, call.from_user.id, shown)


@router.callback_query(addresses.OpenMenuBelow.filter())
async def open_menu_below(call: CallbackQuery, bot: Bot, db: Database, person: Person, t: L10n) -> None:
    """«☰ Меню» under something that is to stay."""
    screen = await draw_home(db, person, t)
    await answer_button(call)
    await send_screens(bot, call.from_user.id, [screen])


@router.callback_query(addresses.OpenNetworkBelow.filter())
async def open_network_below(
    call: CallbackQuery,
    callback_data: addresses.OpenNetworkBelow,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The card of the network whose announcement it is."""
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id, now=clock.now())
    screen = screens.networks.card(t, card)
    await answer_button(call)
    await send_screens(bot, call.from_user.id, [screen])


@router.callback_query(addresses.OpenEventBelow.filter())
async def open_event_below(
    call: CallbackQuery,
    callback_data: addresses.OpenEventBelow,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The card of the event that an announcement leads to."""
    async with db.read() as session:
        card = await events.card(session, person, callback_data.event_id, now=clock.now())
    await answer_button(call)
    await send_screens(bot, call.from_user.id, [screens.events.card(t, card)])


@router.callback_query(addresses.OpenProductBelow.filter())
async def open_product_below(
    call: CallbackQuery,
    callback_data: addresses.OpenProductBelow,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The card of the work that an announcement leads to."""
    async with db.read() as session:
        card = await products.card(session, person, callback_data.product_id, now=clock.now())
    await answer_button(call)
    await send_screens(bot, call.from_user.id, [screens.products.card(t, card)])


async def _may_announce(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """The network is known when a button named it, or when there is only one. Raises NotAllowed, NoNetworkYet, NotFound."""
    policy.require_registered(actor)
    supply = source("coordinated-networks", actor.id)
    if arg:
        await policy.require_coordinator(session, actor, arg)
        option = await supply.one(session, arg)
        if option is None:
            raise NotFound
        return _known(option)
    options, total = await supply.page(session, query=None, offset=0, limit=1)
    if not total:
        raise NoNetworkYet if policy.may_administer(actor) else NotACoordinator
    return _known(options[0]) if total == 1 else {}


def _known(option: Option) -> Answers:
    return {"network": option.as_answer(), ABOUT: option.label}


async def _begin(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    return await announcement_drafts.begin(session, actor, answers["network"]["id"], pieces=answers["pieces"], now=now)


converse(
    Conversation(
        dialog=ANNOUNCEMENT,
        prepare=_may_announce,
        act=_begin,
        finished=screens.announcement_drafts.composed,
    )
)
