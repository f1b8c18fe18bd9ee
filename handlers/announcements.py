"""A coordinator announces, and sees what became of it; people go on from an announcement without losing it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.announcements
import screens.networks
from dialogs import ABOUT, Answers
from dialogs.announcements import ANNOUNCEMENT
from handlers.dialogs import Conversation, begin, converse
from handlers.home import draw_home
from handlers.show import answer_button, send_screens, show
from models import Database, Person
from screens import addresses
from screens.dialogs import ReadBack
from screens.l10n import L10n
from screens.navigation import PAGE
from services import announcements, networks, notifications, policy, roles
from services.announcements import Report
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
    await show(call, screens.announcements.listing(t, lines, total, page, network))


@router.callback_query(addresses.OpenAnnouncement.filter())
async def open_announcement(
    call: CallbackQuery, callback_data: addresses.OpenAnnouncement, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The report, as it is now."""
    async with db.read() as session:
        seen = await announcements.report(session, person, callback_data.announcement_id, now=clock.now())
    await show(call, screens.announcements.report(t, seen))


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
    shown = screens.announcements.shown(t, seen.announcement)
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


async def _may_announce(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """The network is known when a button named it, or when there is only one. Raises NotAllowed, NoNetworkYet, NotFound."""
    policy.require_registered(actor)
    supply = source("networks-to-tell", actor.id)
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


async def _read_back(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> ReadBack:
    with_branch = answers.get("whom") == "branch"
    network = await roles.get_network(session, answers["network"]["id"])
    quiet = notifications.quiet_until(now, t.zone)
    return screens.announcements.read_back(
        t,
        network=network.title,
        author=actor.full_name,
        pieces=answers["pieces"],
        people=await announcements.count_people(session, network.id, with_branch=with_branch, author_id=actor.id),
        with_branch=with_branch,
        quiet=t.date_time(quiet, now=now) if quiet else None,
    )


async def _announce(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Report:
    return await announcements.announce(
        session,
        actor,
        answers["network"]["id"],
        with_branch=answers.get("whom") == "branch",
        texts=answers["pieces"]["texts"],
        said_files=answers["pieces"]["files"],
        now=now,
    )


converse(
    Conversation(
        dialog=ANNOUNCEMENT,
        prepare=_may_announce,
        read_back=_read_back,
        act=_announce,
        finished=screens.announcements.report,
    )
)
