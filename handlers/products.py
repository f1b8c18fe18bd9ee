"""The bank of products: looked through, handed in, published or returned, downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.products
from dialogs import ABOUT, META, Answers
from dialogs.products import HAND_IN, HAND_IN_AGAIN, SEND_BACK
from handlers.dialogs import Conversation, converse
from handlers.files import send_files
from handlers.said import typed_before
from handlers.show import answer_button, send_screens, show
from models import Database, Person, ProductKind, ProductView
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.products import Origin
from screens.screen import Screen
from services import products
from services.clock import Clock
from services.errors import NoNetworkOfMine, NotFound, ProductMoved
from services.products import Card, Draft, HandedIn

router = Router(name="products")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("products"))
@router.callback_query(addresses.OpenProducts.filter())
async def open_products(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The newest works and the ways into the bank."""
    await show(event, await _draw_entrance(db, person, t))


async def _draw_entrance(db: Database, person: Person, t: L10n) -> Screen:
    async with db.read() as session:
        counts = await products.counts(session, person)
        newest = await products.page_of(session, person, ProductView.NEW, offset=0, limit=screens.products.FIRST)
        try:
            await products.own_networks(session, person)
            may_hand_in = True
        except NoNetworkOfMine:
            may_hand_in = False
    return screens.products.entrance(t, counts, newest, may_hand_in=may_hand_in)


@router.callback_query(addresses.ListProductGroups.filter())
async def list_groups(
    call: CallbackQuery, callback_data: addresses.ListProductGroups, db: Database, person: Person, t: L10n
) -> None:
    """By kind, by network."""
    view = _view(callback_data.view)
    if view not in (ProductView.KIND, ProductView.NETWORK):
        raise NotFound
    async with db.read() as session:
        groups = await products.groups(session, person, view)
    page = min(callback_data.page, max(0, (len(groups) - 1) // PAGE))
    await show(call, screens.products.groups(t, groups, view, page))


@router.callback_query(addresses.ListProducts.filter())
async def list_products(
    call: CallbackQuery, callback_data: addresses.ListProducts, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """A list of works. What was typed for FOUND stands in the message that this screen replies to."""
    view, arg, page = _view(callback_data.view), callback_data.arg, callback_data.page
    query = typed_before(call) if view is ProductView.FOUND else ""
    if view is ProductView.FOUND and not query:  # the typed message was deleted, or the screen is too old to show it
        await show(call, await _draw_entrance(db, person, t))
        return
    async with db.read() as session:
        found = await products.page_of(session, person, view, arg=arg, query=query, offset=page * PAGE, limit=PAGE)
        if page and not found.products:
            page = max(0, (found.total - 1) // PAGE)
            found = await products.page_of(session, person, view, arg=arg, query=query, offset=page * PAGE, limit=PAGE)
    screen = screens.products.listing(t, found, view=view, arg=arg, page=page, query=query, now=clock.now())
    await show(call, screen)


def _view(word: str) -> ProductView:
    try:
        return ProductView(word)
    except ValueError as error:
        raise NotFound from error


@router.callback_query(addresses.OpenProduct.filter())
async def open_product(
    call: CallbackQuery, callback_data: addresses.OpenProduct, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The card."""
    async with db.read() as session:
        card = await products.card(session, person, callback_data.product_id, now=clock.now())
    await show(call, screens.products.card(t, card, _origin(callback_data)))


def _origin(address: addresses.OpenProduct | addresses.SendProductFiles) -> Origin:
    return Origin(address.view, address.arg, address.page)


@router.callback_query(addresses.SendProductFiles.filter())
async def send_product_files(
    call: CallbackQuery,
    callback_data: addresses.SendProductFiles,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Скачать», «Открыть файлы»: the files, and under them the card again, so that its buttons are at hand."""
    async with db.read() as session:
        card = await products.card(session, person, callback_data.product_id, now=clock.now())
        _, files = await products.files_of(session, person, callback_data.product_id)
    await answer_button(call)
    lost = await send_files(bot, call.from_user.id, screens.products.with_files(files))
    await send_screens(bot, call.from_user.id, [screens.products.card(t, card, _origin(callback_data), lost=lost)])


@router.callback_query(addresses.PublishProduct.filter())
async def publish(
    call: CallbackQuery, callback_data: addresses.PublishProduct, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Опубликовать»; where somebody decided before, the card says what."""
    product_id, now = callback_data.product_id, clock.now()
    toast = t.plain("product-now-published")
    try:
        async with db.write() as session:
            await products.publish(session, person, product_id, callback_data.version, now=now)
            card = await products.card(session, person, product_id, now=now)
    except ProductMoved as refusal:
        toast = t.plain(refusal.key, **refusal.values)
        async with db.read() as session:
            card = await products.card(session, person, product_id, now=now)
    await show(call, screens.products.card(t, card, toast=toast))


@router.callback_query(addresses.AskWithdrawProduct.filter())
async def ask_withdraw(
    call: CallbackQuery,
    callback_data: addresses.AskWithdrawProduct,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Отозвать»: sure?"""
    async with db.read() as session:
        card = await products.card(session, person, callback_data.product_id, now=clock.now())
    if card.may_be_withdrawn:
        await show(call, screens.products.ask_withdraw(t, card.product))
    else:
        await show(call, screens.products.card(t, card))


@router.callback_query(addresses.WithdrawProduct.filter())
async def withdraw(
    call: CallbackQuery, callback_data: addresses.WithdrawProduct, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Да, отозвать»."""
    async with db.write() as session:
        await products.withdraw(session, person, callback_data.product_id, now=clock.now())
        card = await products.card(session, person, callback_data.product_id, now=clock.now())
    origin = Origin(ProductView.MINE.value)
    await show(call, screens.products.card(t, card, origin, toast=t.plain("product-now-withdrawn")))


async def _may_hand_in(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return _known_network(await products.own_networks(session, actor))


def _known_network(networks: Any, wanted: int | None = None) -> Answers:
    """The network is asked only when there are several, and none of them is `wanted`."""
    one = next((network for network in networks if network.id == wanted), networks[0] if len(networks) == 1 else None)
    return {"network": {"id": one.id, "label": one.title}} if one is not None else {}


async def _may_hand_in_again(session: AsyncSession, actor: Person, arg: int) -> Answers:
    product, draft, remark = await products.draft_of(session, actor, arg)
    return {
        ABOUT: remark.text if remark is not None else "",
        "kind": product.kind.value,
        "title": draft.title,
        "annotation": draft.annotation,
        "files": {"texts": [], "files": list(draft.files), "message_ids": []},
        **_known_network(await products.own_networks(session, actor), draft.network_id),
    }


def _draft(answers: Answers) -> Draft:
    return Draft(
        kind=ProductKind(answers["kind"]),
        title=answers["title"],
        annotation=answers["annotation"],
        network_id=answers["network"]["id"],
        files=answers["files"]["files"],
    )


async def _hand_in(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> HandedIn:
    return await products.hand_in(session, actor, _draft(answers), now=now)


async def _hand_in_again(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> HandedIn:
    return await products.hand_in_again(session, actor, answers[META]["arg"], _draft(answers), now=now)


@dataclass(frozen=True, slots=True)
class _Decided:
    """What became of a work that was to be returned: done, or somebody was quicker (`refusal`)."""

    card: Card
    refusal: ProductMoved | None = None


async def _may_send_back(session: AsyncSession, actor: Person, arg: int) -> Answers:
    product = await products.require_waiting(session, actor, arg)
    return {ABOUT: f"{product.title} — {product.author.full_name or ''}", "version": product.version}


async def _send_back(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Decided:
    product_id, refusal = answers[META]["arg"], None
    try:
        await products.send_back(session, actor, product_id, answers["version"], remark=answers["remark"], now=now)
    except ProductMoved as moved:  # the dialog has nothing to wait for any more
        refusal = moved
    return _Decided(await products.card(session, actor, product_id, now=now), refusal)


def _decided(t: L10n, result: _Decided) -> Screen:
    refusal = result.refusal
    said = t.plain(refusal.key, **refusal.values) if refusal is not None else t.plain("product-now-returned")
    return screens.products.card(t, result.card, toast=said)


converse(Conversation(dialog=HAND_IN, prepare=_may_hand_in, act=_hand_in, finished=screens.products.handed_in))
converse(
    Conversation(
        dialog=HAND_IN_AGAIN, prepare=_may_hand_in_again, act=_hand_in_again, finished=screens.products.handed_in
    )
)
converse(Conversation(dialog=SEND_BACK, prepare=_may_send_back, act=_send_back, finished=_decided))
