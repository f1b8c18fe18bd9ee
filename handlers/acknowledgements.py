"""«Ознакомлен(а)»: people say that they have read an announcement; its coordinator sees who has, and reminds the others."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.acknowledgements
import screens.announcements
import screens.finding
from dialogs import ABOUT, META, Answers
from dialogs.finding import FIND_READER
from handlers.dialogs import Conversation, converse
from handlers.show import answer_button, send_screens, show
from models import Database, Person
from screens import addresses
from screens.acknowledgements import NAMES
from screens.l10n import L10n
from services import announced, announcement_drafts
from services.announced import Reader
from services.clock import Clock

router = Router(name="acknowledgements")


@router.callback_query(addresses.Acknowledge.filter())
async def acknowledge(
    call: CallbackQuery, callback_data: addresses.Acknowledge, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Ознакомлен(а)»: the message stays as it is, only its button says so from now on."""
    async with db.write() as session:
        is_new = await announced.acknowledge(session, person, callback_data.announcement_id, now=clock.now())
    await answer_button(call, t.plain("announced-thanks" if is_new else "announced-already"))
    done = screens.acknowledgements.acknowledge_button(t, callback_data.announcement_id, acknowledged=True)
    message = call.message
    if isinstance(message, Message) and message.reply_markup is not None:
        rows = [
            [
                button.model_copy(update={"text": done.label}) if button.callback_data == call.data else button
                for button in row
            ]
            for row in message.reply_markup.inline_keyboard
        ]
        with suppress(TelegramBadRequest):  # it says so already, or is gone: it is written down all the same
            await message.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.callback_query(addresses.TryAcknowledge.filter())
async def try_acknowledge(call: CallbackQuery, t: L10n) -> None:
    """The author tries the button of the preview."""
    await answer_button(call, t.plain("announced-acknowledge-preview"), alert=True)


@router.callback_query(addresses.ReadAnnouncement.filter())
async def read_announcement(
    call: CallbackQuery, callback_data: addresses.ReadAnnouncement, bot: Bot, db: Database, person: Person, t: L10n
) -> None:
    """The whole announcement, below what only spoke of it."""
    async with db.read() as session:
        announcement, acknowledged = await announced.read(session, person, callback_data.announcement_id)
        organisation = await announcement_drafts.organisation_of(session, person)
    screen = screens.announcements.told(
        t,
        announcement,
        screens.announcements.reader(t, person, organisation),
        acknowledge=screens.acknowledgements.wanted(t, announcement, acknowledged=acknowledged),
    )
    await answer_button(call)
    await send_screens(bot, call.from_user.id, screen)


@router.callback_query(addresses.ListReaders.filter())
async def list_readers(
    call: CallbackQuery, callback_data: addresses.ListReaders, db: Database, person: Person, t: L10n
) -> None:
    """Who has acknowledged it, or who has not."""
    await _show_readers(call, callback_data, db=db, person=person, t=t)


@router.callback_query(addresses.RemindReaders.filter())
async def remind_readers(
    call: CallbackQuery, callback_data: addresses.RemindReaders, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Напомнить им», each once a day."""
    async with db.write() as session:
        people = await announced.remind(
            session, person, callback_data.announcement_id, zone=clock.zone, now=clock.now()
        )
    unread = addresses.ListReaders(announcement_id=callback_data.announcement_id)
    await _show_readers(call, unread, db=db, person=person, t=t, toast=screens.acknowledgements.reminded(t, people))


async def _show_readers(
    call: CallbackQuery,
    address: addresses.ListReaders,
    *,
    db: Database,
    person: Person,
    t: L10n,
    toast: str | None = None,
) -> None:
    page = max(0, address.page)
    async with db.read() as session:
        announcement, people, read_by, unread_by = await announced.readers(
            session,
            person,
            address.announcement_id,
            have_read=address.have_read,
            offset=page * NAMES,
            limit=NAMES,
        )
    screen = screens.acknowledgements.readers(
        t,
        announcement,
        people,
        page,
        have_read=address.have_read,
        read_by=read_by,
        unread_by=unread_by,
        toast=toast,
    )
    await show(call, screen)


async def _may_find(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await announced.ruled(session, actor, arg)).network.title}


async def _find_reader(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Reader:
    return await announced.reader(session, actor, answers[META]["arg"], answers["reader"]["id"])


converse(Conversation(dialog=FIND_READER, prepare=_may_find, act=_find_reader, finished=screens.finding.reader))
