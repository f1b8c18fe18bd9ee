"""A network's card is edited, its documents are read, its news followed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.cards
import screens.networks
from dialogs import ABOUT, META, Answers, Dialog
from dialogs.cards import (
    CHAT,
    DESCRIPTION,
    DOCUMENTS,
    FORM,
    GOAL,
    SUBJECTS,
    TITLE,
)
from handlers.dialogs import Conversation, converse
from handlers.files import send_files
from handlers.show import answer_button, send_screens, show
from models import Database, Network, NetworkTrait, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.networks import Origin
from screens.screen import Screen
from services import documents, editing, followers, networks
from services.clock import Clock
from services.documents import Documents
from services.editing import Words
from services.errors import NotFound

router = Router(name="cards")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.FollowNetwork.filter())
async def follow(
    call: CallbackQuery, callback_data: addresses.FollowNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Следить за новостями», or «Не следить»."""
    network_id, now = callback_data.network_id, clock.now()
    change = followers.unfollow if callback_data.ends else followers.follow
    async with db.write() as session:
        await change(session, person, network_id, now=now)
    async with db.read() as session:
        card = await networks.card(session, person, network_id, now=now)
    origin = Origin(callback_data.view, callback_data.arg, callback_data.page)
    await show(call, screens.networks.followed(t, card, origin))


@router.callback_query(addresses.EditNetwork.filter())
async def edit_network(
    call: CallbackQuery, callback_data: addresses.EditNetwork, db: Database, person: Person, t: L10n
) -> None:
    """What may be changed on the card."""
    async with db.read() as session:
        network = await editing.card(session, person, callback_data.network_id)
    await show(call, screens.cards.edit(t, network))


@router.callback_query(addresses.ClassifyNetwork.filter())
async def classify_network(
    call: CallbackQuery, callback_data: addresses.ClassifyNetwork, db: Database, person: Person, t: L10n
) -> None:
    """Of what kind it is."""
    async with db.read() as session:
        network = await editing.card(session, person, callback_data.network_id)
    await show(call, screens.cards.classification(t, network))


@router.callback_query(addresses.ChooseTrait.filter())
async def choose_trait(
    call: CallbackQuery, callback_data: addresses.ChooseTrait, db: Database, person: Person, t: L10n
) -> None:
    """What to say of one thing about its kind?"""
    trait = _trait(callback_data.trait)
    async with db.read() as session:
        network = await editing.card(session, person, callback_data.network_id)
    await show(call, screens.cards.choose_trait(t, network, trait))


@router.callback_query(addresses.SetTrait.filter())
async def set_trait(
    call: CallbackQuery, callback_data: addresses.SetTrait, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Said."""
    network_id, trait = callback_data.network_id, _trait(callback_data.trait)
    async with db.write() as session:
        network = await editing.classify(
            session, person, network_id, trait, callback_data.word or None, now=clock.now()
        )
    await show(call, screens.cards.classification(t, network, toast=t.plain("card-saved")))


def _trait(word: str) -> NetworkTrait:
    try:
        return NetworkTrait(word)
    except ValueError as error:
        raise NotFound from error


@router.callback_query(addresses.ListDocuments.filter())
async def list_documents(
    call: CallbackQuery, callback_data: addresses.ListDocuments, db: Database, person: Person, t: L10n
) -> None:
    """The documents, a page of them."""
    network_id, page = callback_data.network_id, max(0, callback_data.page)
    if callback_data.removes:
        async with db.read() as session:
            await editing.card(session, person, network_id)
    found, page = await _documents(db, person, network_id, page)
    await show(call, screens.cards.documents(t, found, page, removes=callback_data.removes))


async def _documents(db: Database, person: Person, network_id: int, page: int) -> tuple[Documents, int]:
    """A page of them; one that is past the end gives way to the last."""
    async with db.read() as session:
        found = await documents.page_of(session, person, network_id, offset=page * PAGE, limit=PAGE)
        if page and not found.documents:
            page = max(0, (found.total - 1) // PAGE)
            found = await documents.page_of(session, person, network_id, offset=page * PAGE, limit=PAGE)
    return found, page


@router.callback_query(addresses.SendDocument.filter())
async def send_document(
    call: CallbackQuery, callback_data: addresses.SendDocument, bot: Bot, db: Database, person: Person, t: L10n
) -> None:
    """The file, and under it the list again, so that its buttons are at hand."""
    async with db.read() as session:
        document = await documents.read(session, person, callback_data.document_id)
    found, page = await _documents(db, person, document.network_id, 0)
    await answer_button(call)
    lost = await send_files(bot, call.from_user.id, [screens.cards.media(document)])
    await send_screens(bot, call.from_user.id, [screens.cards.documents(t, found, page, is_lost=lost > 0)])


@router.callback_query(addresses.AskRemoveDocument.filter())
async def ask_remove_document(
    call: CallbackQuery, callback_data: addresses.AskRemoveDocument, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    async with db.read() as session:
        document = await documents.to_remove(session, person, callback_data.document_id)
    await show(call, screens.cards.ask_remove_document(t, document))


@router.callback_query(addresses.RemoveDocument.filter())
async def remove_document(
    call: CallbackQuery, callback_data: addresses.RemoveDocument, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Да, убрать»."""
    async with db.write() as session:
        network_id = await documents.remove(session, person, callback_data.document_id, now=clock.now())
    found, page = await _documents(db, person, network_id, 0)
    await show(call, screens.cards.documents(t, found, page, toast=t.plain("documents-removed")))


Act = Callable[[AsyncSession, Person, Answers, datetime], Awaitable[Network]]


async def _may_edit(dialog: Dialog, session: AsyncSession, actor: Person, arg: int) -> Answers:
    """What stands there now is known, so that it is seen while it is changed."""
    network = await editing.card(session, actor, arg)
    key = dialog.questions[0].key
    known = {
        TITLE.name: network.title,
        GOAL.name: network.goal,
        DESCRIPTION.name: network.description,
        CHAT.name: network.chat_url,
        FORM.name: {"id": network.form.id, "label": network.form.title},
        SUBJECTS.name: [{"id": subject.id, "label": subject.title} for subject in network.subjects],
    }.get(dialog.name)
    return {ABOUT: network.title, **({key: known} if known else {})}


async def _rename(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await editing.rename(session, actor, answers[META]["arg"], answers["title"], now=now)


async def _describe(
    what: Words, key: str, session: AsyncSession, actor: Person, answers: Answers, now: datetime
) -> Network:
    return await editing.describe(session, actor, answers[META]["arg"], what, answers[key], now=now)


async def _set_form(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await editing.set_form(session, actor, answers[META]["arg"], answers["form"]["id"], now=now)


async def _set_subjects(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    ids = [subject["id"] for subject in answers["subjects"] or []]
    return await editing.set_subjects(session, actor, answers[META]["arg"], ids, now=now)


def _converse(dialog: Dialog, act: Act, finished: Callable[[L10n, Network], Screen]) -> None:
    converse(Conversation(dialog=dialog, prepare=partial(_may_edit, dialog), act=act, finished=finished))


_converse(TITLE, _rename, screens.cards.edited)
_converse(GOAL, partial(_describe, Words.GOAL, "goal"), screens.cards.edited)
_converse(DESCRIPTION, partial(_describe, Words.DESCRIPTION, "description"), screens.cards.edited)
_converse(CHAT, partial(_describe, Words.CHAT, "chat"), screens.cards.edited)
_converse(FORM, _set_form, screens.cards.edited)
_converse(SUBJECTS, _set_subjects, screens.cards.edited)


@dataclass(frozen=True, slots=True)
class _Added:
    found: Documents
    count: int


async def _add_documents(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Added:
    network_id = answers[META]["arg"]
    count = await documents.add(session, actor, network_id, pieces=answers["files"], now=now)
    return _Added(await documents.page_of(session, actor, network_id, offset=0, limit=PAGE), count)


converse(
    Conversation(
        dialog=DOCUMENTS,
        prepare=partial(_may_edit, DOCUMENTS),
        act=_add_documents,
        finished=lambda t, added: screens.cards.documents(
            t, added.found, 0, toast=t.plain("documents-added", count=added.count)
        ),
    )
)
