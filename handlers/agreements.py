"""A network's agreement: read, accepted, put in force, and who has not accepted it."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.agreements
import screens.networks
from dialogs import ABOUT, META, Answers
from dialogs.joining import AGREEMENT
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.networks import Origin
from services import agreements, networks
from services.agreements import Standing
from services.clock import Clock
from services.errors import AgreementNotAccepted
from services.rolls import Turn

router = Router(name="agreements")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.OpenAgreement.filter())
async def open_agreement(
    call: CallbackQuery, callback_data: addresses.OpenAgreement, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The agreement in force; with «Принимаю» for a member who has not accepted it."""
    async with db.read() as session:
        network, agreement = await agreements.read(session, person, callback_data.network_id)
        card = await networks.card(session, person, network.id, now=clock.now())
    if card.must_agree:
        await show(call, screens.agreements.to_accept(t, network, agreement, joins=False))
    else:
        await show(call, screens.agreements.to_read(t, network, agreement))


@router.callback_query(addresses.AcceptAgreement.filter())
async def accept_agreement(
    call: CallbackQuery, callback_data: addresses.AcceptAgreement, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Принимаю»: a member accepts, somebody else comes in by it. There may be another version by now: that one is shown."""
    network_id, version, now = callback_data.network_id, callback_data.version, clock.now()
    try:
        async with db.write() as session:
            before = await networks.card(session, person, network_id, now=now)
            if before.is_member:
                await agreements.accept(session, person, network_id, version, now=now)
                card = await networks.card(session, person, network_id, now=now)
            else:
                card = await networks.enter(session, person, network_id, agreed=version, now=now, zone=clock.zone)
    except AgreementNotAccepted as refusal:
        await show_agreement(call, network_id, db=db, person=person, t=t, joins=not before.is_member, refusal=refusal)
        return
    if before.is_member:
        await show(call, screens.networks.card(t, card, toast=t.plain("agreement-now-accepted")))
    else:
        await show(call, screens.networks.joined(t, card, Origin()))


async def show_agreement(
    call: CallbackQuery,
    network_id: int,
    *,
    db: Database,
    person: Person,
    t: L10n,
    joins: bool,
    refusal: AgreementNotAccepted | None = None,
) -> None:
    """The agreement in force, to be accepted; with the `refusal` of one who accepted a former version."""
    async with db.read() as session:
        network, agreement = await agreements.read(session, person, network_id)
    toast = t.plain(refusal.key, **refusal.values) if refusal is not None else None
    await show(call, screens.agreements.to_accept(t, network, agreement, joins=joins, toast=toast))


@router.callback_query(addresses.ManageAgreement.filter())
async def manage_agreement(
    call: CallbackQuery, callback_data: addresses.ManageAgreement, db: Database, person: Person, t: L10n
) -> None:
    """The version in force and how many accepted it."""
    async with db.read() as session:
        standing = await agreements.standing(session, person, callback_data.network_id)
    await show(call, screens.agreements.manage(t, standing))


@router.callback_query(addresses.ListUnaccepted.filter())
async def list_unaccepted(
    call: CallbackQuery, callback_data: addresses.ListUnaccepted, db: Database, person: Person, t: L10n
) -> None:
    """Who has not accepted it."""
    turn = Turn(callback_data.page, callback_data.after, callback_data.before)
    async with db.read() as session:
        network, roll = await agreements.unaccepted(session, person, callback_data.network_id, turn, limit=PAGE)
    await show(call, screens.agreements.unaccepted(t, network, roll.people, roll.total, roll.page))


async def _may_publish(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await agreements.standing(session, actor, arg)).network.title}


async def _publish(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Standing:
    return await agreements.publish(session, actor, answers[META]["arg"], text=answers["text"], now=now)


converse(
    Conversation(
        dialog=AGREEMENT,
        prepare=_may_publish,
        act=_publish,
        finished=lambda t, standing: screens.agreements.manage(t, standing, toast=t.plain("agreement-published")),
    )
)
