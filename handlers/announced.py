"""What a coordinator does about an announcement that was sent, and sees of it: its live report and what is behind it."""

from __future__ import annotations

import asyncio
from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.announced
import screens.announcements
import screens.tables
from dialogs import ABOUT, Answers
from dialogs.announcements import CORRECTION
from handlers.dialogs import Conversation, converse
from handlers.live import show_report
from handlers.show import answer_button, show
from models import Database, Person
from screens import addresses
from screens.dialogs import ReadBack
from screens.l10n import L10n
from screens.navigation import PAGE
from services import announced, announcement_drafts
from services.announced import Seen
from services.clock import Clock
from services.errors import AnnouncementRecalled

router = Router(name="announced")


@router.callback_query(addresses.OpenAnnouncement.filter())
async def open_announcement(
    call: CallbackQuery, callback_data: addresses.OpenAnnouncement, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The report, which goes on by itself."""
    async with db.read() as session:
        seen = await announced.look(session, person, callback_data.announcement_id, now=clock.now())
    await show_report(call, screens.announced.report(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.PauseAnnouncement.filter())
async def pause_announcement(
    call: CallbackQuery, callback_data: addresses.PauseAnnouncement, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Пауза»."""
    async with db.write() as session:
        seen = await announced.pause(session, person, callback_data.announcement_id, now=clock.now())
    await show_report(call, screens.announced.report(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.ResumeAnnouncement.filter())
async def resume_announcement(
    call: CallbackQuery,
    callback_data: addresses.ResumeAnnouncement,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Продолжить»."""
    async with db.write() as session:
        seen = await announced.resume(session, person, callback_data.announcement_id, now=clock.now())
    await show_report(call, screens.announced.report(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.AskCancelAnnouncement.filter())
async def ask_cancel(
    call: CallbackQuery,
    callback_data: addresses.AskCancelAnnouncement,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Остановить»: sure? What is over meanwhile cannot be stopped: then that is shown."""
    async with db.read() as session:
        seen = await announced.look(session, person, callback_data.announcement_id, now=clock.now())
    draw = screens.announced.ask_cancel if seen.may_be_steered else screens.announced.report
    await show_report(call, draw(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.CancelAnnouncement.filter())
async def cancel_announcement(
    call: CallbackQuery,
    callback_data: addresses.CancelAnnouncement,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Да, остановить»."""
    async with db.write() as session:
        seen = await announced.cancel(session, person, callback_data.announcement_id, now=clock.now())
    await show_report(call, screens.announced.report(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.AskRecallAnnouncement.filter())
async def ask_recall(
    call: CallbackQuery,
    callback_data: addresses.AskRecallAnnouncement,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Отозвать»: sure?"""
    async with db.read() as session:
        seen = await announced.look(session, person, callback_data.announcement_id, now=clock.now())
    draw = screens.announced.ask_recall if seen.may_change else screens.announced.report
    await show_report(call, draw(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.RecallAnnouncement.filter())
async def recall_announcement(
    call: CallbackQuery,
    callback_data: addresses.RecallAnnouncement,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Да, отозвать»."""
    async with db.write() as session:
        seen = await announced.recall(session, person, callback_data.announcement_id, now=clock.now())
    await show_report(call, screens.announced.report(t, seen), db=db, clock=clock, person=person)


@router.callback_query(addresses.ListShares.filter())
async def list_shares(
    call: CallbackQuery, callback_data: addresses.ListShares, db: Database, person: Person, t: L10n
) -> None:
    """By network, or by organisation."""
    page = max(0, callback_data.page)
    look = announced.by_organisation if callback_data.by_organisation else announced.by_network
    async with db.read() as session:
        announcement, parts, total = await look(
            session, person, callback_data.announcement_id, offset=page * PAGE, limit=PAGE
        )
    screen = screens.announced.shares(
        t, announcement, parts, total, page, by_organisation=callback_data.by_organisation
    )
    await show(call, screen)


@router.callback_query(addresses.SendTable.filter())
async def send_table(
    call: CallbackQuery, callback_data: addresses.SendTable, bot: Bot, db: Database, person: Person, t: L10n
) -> None:
    """«Скачать XLSX»: everybody, one by one, as a file below."""
    async with db.read() as session:
        announcement, people = await announced.recipients(session, person, callback_data.announcement_id)
    table = screens.tables.recipients(t, announcement.id, people)
    await answer_button(call)
    file = BufferedInputFile(await asyncio.to_thread(table.to_xlsx), table.file_name)
    await bot.send_document(call.from_user.id, file)


async def _may_correct(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """Raises NotFound, NotAllowed, AnnouncementRecalled."""
    announcement = await announced.ruled(session, actor, arg)
    if announcement.recalled_at is not None:
        raise AnnouncementRecalled
    words = " ".join(" ".join(one["text"] for one in announcement.texts).split())
    return {"announcement": announcement.id, ABOUT: words[:300]} if words else {"announcement": announcement.id}


async def _read_back(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> ReadBack:
    seen = await announced.look(session, actor, answers["announcement"], now=now)
    reader = screens.announcements.reader(t, actor, await announcement_drafts.organisation_of(session, actor))
    preview = screens.announcements.corrected(t, seen.announcement, answers["pieces"]["texts"], reader)
    return ReadBack(t("correction-summary-text", count=seen.counts.sent), tuple(preview))


async def _correct(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Seen:
    return await announced.correct(session, actor, answers["announcement"], texts=answers["pieces"]["texts"], now=now)


converse(
    Conversation(
        dialog=CORRECTION,
        prepare=_may_correct,
        read_back=_read_back,
        act=_correct,
        finished=screens.announced.report,
    )
)
