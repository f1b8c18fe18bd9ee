"""What people set for themselves; the language and the personal data are open to everyone."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import datetime, timedelta

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.types import BotCommandScopeChat, BufferedInputFile, CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.my_data
import screens.settings
from dialogs import QUIET_HOURS, ZONE, Answers
from handlers.dialogs import Conversation, converse
from handlers.home import draw_home, draw_over
from handlers.show import answer_button, keyboard, show
from models import Database, Person
from screens import addresses
from screens.l10n import LANGUAGES, L10n, language_of
from screens.screen import Screen
from services import erasing, leaving, my_data, notifications, persons, policy, wishes, zones
from services.clock import Clock
from services.errors import DialogOver
from services.notifications import NO_QUIET_HOURS

SECOND_TAP = timedelta(minutes=1)
"""A press so soon after the bot met somebody is a second tap, or the same one served again after a crash."""

router = Router(name="settings")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("settings"))
@router.callback_query(addresses.OpenSettings.filter())
async def open_settings(event: Message | CallbackQuery, person: Person, t: L10n) -> None:
    """What is set."""
    await show(event, _draw_settings(t, person))


def _draw_settings(t: L10n, person: Person) -> Screen:
    zone = zones.by_name(person.time_zone) if person.time_zone else None
    return screens.settings.settings(
        t,
        person,
        is_registered=policy.is_registered(person),
        zone=zone.label(t.language) if zone else person.time_zone,
        quiet=notifications.hours_of(person),
    )


@router.callback_query(addresses.ChooseLanguage.filter())
async def choose_language(
    call: CallbackQuery, callback_data: addresses.ChooseLanguage, db: Database, person: Person, t: L10n
) -> None:
    """Speak another language from now on, or follow Telegram's again."""
    code = callback_data.code if callback_data.code in LANGUAGES else None
    async with db.write() as session:
        person = await wishes.choose_language(session, person, code)
    t = L10n(language_of(code, person.telegram_language), t.zone)
    await show(call, await draw_home(db, person, t) if callback_data.welcome else _draw_settings(t, person))


@router.callback_query(addresses.OpenQuietHours.filter())
async def open_quiet_hours(call: CallbackQuery, person: Person, t: L10n) -> None:
    """When not to be disturbed."""
    policy.require_registered(person)
    await show(call, _draw_quiet_hours(t, person))


def _draw_quiet_hours(t: L10n, person: Person) -> Screen:
    return screens.settings.quiet_hours(t, notifications.hours_of(person), is_usual=person.quiet_from is None)


@router.callback_query(addresses.ChooseQuietHours.filter())
async def choose_quiet_hours(
    call: CallbackQuery, callback_data: addresses.ChooseQuietHours, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The usual ones, or none."""
    hours = NO_QUIET_HOURS if callback_data.none else None
    async with db.write() as session:
        person = await wishes.choose_quiet_hours(session, person, hours, now=clock.now())
    await show(call, screens.settings.changed(t, _draw_quiet_hours(t, person)))


@router.callback_query(addresses.OpenNews.filter())
async def open_news(call: CallbackQuery, person: Person, t: L10n) -> None:
    """What to be told about."""
    policy.require_registered(person)
    await show(call, screens.settings.news(t, person))


@router.callback_query(addresses.MuteNews.filter())
async def mute_news(
    call: CallbackQuery, callback_data: addresses.MuteNews, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Do without some news, or hear of it again."""
    async with db.write() as session:
        person = await wishes.mute(session, person, callback_data.news, muted=callback_data.muted, now=clock.now())
    await show(call, screens.settings.changed(t, screens.settings.news(t, person)))


@router.callback_query(addresses.OpenPersonalData.filter())
async def open_personal_data(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """What is stored, and what may be done with it."""
    async with db.read() as session:
        may_withdraw = await persons.has_consented(session, person)
    await show(call, screens.settings.personal_data(t, may_withdraw=may_withdraw))


@router.callback_query(addresses.SendMyData.filter())
async def send_my_data(call: CallbackQuery, bot: Bot, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """«Мои данные»: a page to read and a file for programs."""
    now = clock.now()
    async with db.read() as session:
        data = await my_data.collect(session, person)
    page, table = await asyncio.to_thread(_my_data_files, t, data, now)
    screen = screens.settings.data_sent(t)
    await answer_button(call)  # before the uploads, which may wait for their turn: the button would spin so long
    await bot.send_document(call.from_user.id, BufferedInputFile(page, "my-data.html"))
    await bot.send_document(
        call.from_user.id,
        BufferedInputFile(table, "my-data.json"),
        caption=screen.text,
        reply_markup=keyboard(screen),
    )


def _my_data_files(t: L10n, data: my_data.Data, now: datetime) -> tuple[bytes, bytes]:
    page = screens.my_data.page(t, my_data.SECTIONS, data, now=now)
    return page.encode(), json.dumps({"at": now.isoformat(), **data}, ensure_ascii=False, indent=2).encode()


@router.callback_query(addresses.AskDeleteMe.filter())
async def ask_delete_me(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """«Удалить меня»: what goes and what stays."""
    async with db.read() as session:
        stays = await erasing.stays(session, person)
    await show(call, screens.settings.ask_delete(t, stays))


@router.callback_query(addresses.ConfirmDeleteMe.filter())
async def confirm_delete_me(call: CallbackQuery, person: Person, t: L10n) -> None:
    """Sure?"""
    await show(call, screens.settings.confirm_delete(t, person))


@router.callback_query(addresses.DeleteMe.filter())
async def delete_me(
    call: CallbackQuery,
    callback_data: addresses.DeleteMe,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Gone is gone. A second tap, by which the bot met somebody new, makes that one forgotten too; an old button does nothing."""
    now = clock.now()
    if callback_data.person_id != person.id and (policy.is_registered(person) or now - person.created_at > SECOND_TAP):
        await show(call, await draw_over(DialogOver(), db=db, person=person, t=t))
        return
    async with db.write() as session:
        await leaving.delete(session, person, now=now)
    await show(call, screens.settings.deleted(t))
    if person.command_menu is not None:
        with suppress(TelegramAPIError):  # a list of commands in the person's own chat: the next «/menu» puts it right
            await bot.delete_my_commands(BotCommandScopeChat(chat_id=call.from_user.id))


async def _known_zone(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_registered(actor)
    zone = zones.by_name(actor.time_zone) if actor.time_zone else None
    if zone is None:
        return {}
    return {"zone": {"id": zone.id, "label": zone.label(language_of(actor.language_code, actor.telegram_language))}}


async def _choose_zone(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Person:
    return await wishes.choose_zone(session, actor, answers["zone"]["id"], now=now)


async def _registered_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_registered(actor)
    return {}


async def _choose_own_hours(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Person:
    hours = wishes.own_hours(answers["from"], answers["until"])
    return await wishes.choose_quiet_hours(session, actor, hours, now=now)


converse(
    Conversation(
        dialog=ZONE,
        prepare=_known_zone,
        act=_choose_zone,
        finished=lambda t, person: screens.settings.changed(t, _draw_settings(t, person)),
    )
)
converse(
    Conversation(
        dialog=QUIET_HOURS,
        prepare=_registered_only,
        act=_choose_own_hours,
        finished=lambda t, person: screens.settings.changed(t, _draw_quiet_hours(t, person)),
    )
)
