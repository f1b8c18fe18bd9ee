"""The registry: lists of people and organisations come as files and go as files; who may be whom is decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.filters import Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Document, InaccessibleMessage, Message, TelegramObject
from aiohttp import ClientError
from sqlalchemy.ext.asyncio import AsyncSession

import screens.merging
import screens.registry
import screens.registry_files
from dialogs import Answers
from dialogs.registry import MERGE
from handlers.dialogs import Conversation, converse
from handlers.show import answer_button, keyboard, show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.screen import Screen
from services import merging, policy, registry, workbooks
from services.clock import Clock
from services.errors import ListGone, RegistryFileRefused
from services.merging import CardField, Pair
from services.workbooks import Sheet

router = Router(name="registry")
router.message.filter(F.chat.type == ChatType.PRIVATE)

_LISTS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_DOWNLOAD_SECONDS = 120


class IsList(Filter):
    """A table that the administrator sent when nothing asked for a file."""

    async def __call__(self, event: TelegramObject, person: Person | None = None, **_: Any) -> bool:
        if person is None or not policy.may_administer(person) or not isinstance(event, Message):
            return False
        return event.document is not None and (event.document.file_name or "").lower().endswith(_LISTS)


@router.callback_query(addresses.OpenRegistry.filter())
async def open_registry(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """What stands in the registry."""
    async with db.read() as session:
        numbers = await registry.numbers(session, person)
    await show(call, screens.registry.overview(t, numbers))


@router.callback_query(addresses.AskRegistryFile.filter())
async def ask_for_list(call: CallbackQuery, person: Person, t: L10n) -> None:
    """«Загрузить из файла»."""
    policy.require_administrator(person)
    await show(call, screens.registry.how_to_send(t))


@router.message(IsList())
async def examine_list(message: Message, bot: Bot, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """A list was sent: what taking it would do, and what is wrong in it, as a file. Nothing is taken yet."""
    document = message.document
    if document is None:
        raise ListGone
    try:
        checked = await registry.examine(await _fetch(bot, document), now=clock.now())
    except RegistryFileRefused as refusal:
        await show(message, screens.registry.refused(t, refusal), reply=True)
        return
    foreseen = await registry.foresee(db, person, checked)
    if checked.wrong:
        data = await workbooks.make(screens.registry_files.wrong(t, checked.wrong, Sheet))
        await message.answer_document(BufferedInputFile(data, t.plain("registry-wrong-file")))
    screen = screens.registry.preview(t, checked, foreseen, file_name=document.file_name or "")
    await show(message, screen, reply=True)


async def _fetch(bot: Bot, document: Document) -> bytes:
    """The file's bytes. Raises RegistryFileRefused when Telegram will not hand it out, ListGone when it did not come through."""
    if (document.file_size or 0) > registry.MOST_BYTES:
        raise RegistryFileRefused(reason="too-large", most=registry.MOST_BYTES // 1024**2)
    try:
        fetched = await bot.download(document, timeout=_DOWNLOAD_SECONDS)
    except (AiogramError, ClientError, TimeoutError) as error:
        raise ListGone from error
    if fetched is None:
        raise ListGone
    return fetched.read()


@router.callback_query(addresses.TakeRegistry.filter())
async def take_list(call: CallbackQuery, bot: Bot, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """«Загрузить»: the file that the pressed screen answers to is read again and taken as it is now."""
    policy.require_administrator(person)
    document = _document_before(call)
    if document is None:
        raise ListGone
    data = await _fetch(bot, document)
    await answer_button(call, t.plain("registry-taking"))  # a long list takes longer than a button may spin
    checked = await registry.examine(data, now=clock.now())
    outcome = await registry.take(db, person, checked, now=clock.now())
    async with db.read() as session:
        numbers = await registry.numbers(session, person)
    await show(call, screens.registry.taken(t, checked, outcome, numbers))


def _document_before(call: CallbackQuery) -> Document | None:
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage) or message.reply_to_message is None:
        return None
    return message.reply_to_message.document


@router.callback_query(addresses.SendRegistryTemplate.filter())
async def send_template(call: CallbackQuery, bot: Bot, person: Person, t: L10n) -> None:
    """«Образец»."""
    policy.require_administrator(person)
    await answer_button(call)  # before the file is made and sent: the button would spin so long
    data = await workbooks.make(screens.registry_files.template(t, Sheet))
    await _send(bot, call, data, t.plain("registry-template-file"), screens.registry.under_template(t))


@router.callback_query(addresses.SendRegistry.filter())
async def send_registry(call: CallbackQuery, bot: Bot, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """«Скачать»: the whole registry."""
    async with db.write() as session:
        contents = await registry.contents(session, person, now=clock.now())
    await answer_button(call)
    data = await workbooks.make(screens.registry_files.registry(t, contents, Sheet))
    await _send(bot, call, data, t.plain("registry-file"), screens.registry.under_registry(t, contents))


@router.callback_query(addresses.SendMembers.filter())
async def send_members(
    call: CallbackQuery,
    callback_data: addresses.SendMembers,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Скачать списком»: the members of a network, for its coordinator."""
    async with db.write() as session:
        network, members = await registry.members(session, person, callback_data.network_id, now=clock.now())
    await answer_button(call)
    data = await workbooks.make(screens.registry_files.members(t, network, members, Sheet))
    await _send(
        bot, call, data, t.plain("registry-members-file"), screens.registry.under_members(t, network, len(members))
    )


async def _send(bot: Bot, call: CallbackQuery, data: bytes, name: str, caption: Screen) -> None:
    await bot.send_document(
        call.from_user.id, BufferedInputFile(data, name), caption=caption.text, reply_markup=keyboard(caption)
    )


@router.callback_query(addresses.ListDoubts.filter())
async def list_doubts(
    call: CallbackQuery, callback_data: addresses.ListDoubts, db: Database, person: Person, t: L10n
) -> None:
    """Who may be somebody of the lists."""
    page = callback_data.page
    async with db.read() as session:
        lines, total = await registry.doubts(session, person, offset=page * PAGE, limit=PAGE)
        if page and not lines:
            page = max(0, (total - 1) // PAGE)
            lines, total = await registry.doubts(session, person, offset=page * PAGE, limit=PAGE)
    await show(call, screens.registry.doubts(t, lines, total, page))


@router.callback_query(addresses.OpenDoubt.filter())
async def open_doubt(
    call: CallbackQuery, callback_data: addresses.OpenDoubt, db: Database, person: Person, t: L10n
) -> None:
    """One of them."""
    async with db.read() as session:
        asked = await registry.doubt(session, person, callback_data.doubt_id)
    await show(call, screens.registry.doubt(t, asked, is_administrator=policy.may_administer(person)))


@router.callback_query(addresses.SettleDoubt.filter())
async def settle_doubt(
    call: CallbackQuery, callback_data: addresses.SettleDoubt, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Это 1», «Никто из них»."""
    entry_id = callback_data.entry_id
    async with db.write() as session:
        asked = await registry.decide(session, person, callback_data.doubt_id, entry_id or None, now=clock.now())
    screen = screens.registry.settled(t, asked, entry_id=entry_id, is_administrator=policy.may_administer(person))
    await show(call, screen)


@router.callback_query(addresses.ComparePeople.filter())
async def compare_people(
    call: CallbackQuery, callback_data: addresses.ComparePeople, db: Database, person: Person, t: L10n
) -> None:
    """Two cards side by side, with another choice of what stays."""
    async with db.read() as session:
        pair = await merging.pair(session, person, callback_data.kept_id, callback_data.other_id)
    await show(call, screens.merging.compare(t, pair, callback_data.taken))


@router.callback_query(addresses.AskMergePeople.filter())
async def ask_merge(
    call: CallbackQuery, callback_data: addresses.AskMergePeople, db: Database, person: Person, t: L10n
) -> None:
    """«Объединить»: sure?"""
    async with db.read() as session:
        pair = await merging.pair(session, person, callback_data.kept_id, callback_data.other_id)
    await show(call, screens.merging.ask(t, pair, callback_data.taken))


@router.callback_query(addresses.MergePeople.filter())
async def merge_people(
    call: CallbackQuery, callback_data: addresses.MergePeople, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """They are one now."""
    kept_id, other_id, taken = callback_data.kept_id, callback_data.other_id, CardField(callback_data.taken)
    async with db.write() as session:
        merged = await merging.merge_people(session, person, kept_id, other_id, taken, now=clock.now())
    await show(call, screens.merging.merged(t, merged))


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _pair(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Pair:
    return await merging.pair(session, actor, answers["kept"]["id"], answers["other"]["id"])


converse(
    Conversation(
        dialog=MERGE,
        prepare=_administrator_only,
        act=_pair,
        finished=lambda t, pair: screens.merging.compare(t, pair, 0),
    )
)
