"""Organisations in networks: brought in, changed, bound by an agreement, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.participations
import screens.products
from dialogs import ABOUT, META, Answers
from dialogs.participations import ORGANISATION_AGREEMENT, PARTICIPATION, REPRESENTATIVE
from handlers.dialogs import Conversation, converse
from handlers.files import send_files
from handlers.show import answer_button, send_screens, show
from models import Agreement, Database, Network, Organisation, ParticipationRole, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.screen import Screen
from services import participations, policy
from services.clock import Clock
from services.errors import AgreementNotAccepted, NetworkArchived, NotFound
from services.participations import Card

router = Router(name="participations")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.ListParticipations.filter())
async def list_participations(
    call: CallbackQuery, callback_data: addresses.ListParticipations, db: Database, person: Person, t: L10n
) -> None:
    """The organisations of a network."""
    page = max(0, callback_data.page)
    await _show_list(call, callback_data.network_id, page, db=db, person=person, t=t)


async def _show_list(
    call: CallbackQuery, network_id: int, page: int, *, db: Database, person: Person, t: L10n, toast: str | None = None
) -> None:
    async with db.read() as session:
        found = await participations.page_of(session, person, network_id, offset=page * PAGE, limit=PAGE)
        if page and not found.lines:
            page = max(0, (found.total - 1) // PAGE)
            found = await participations.page_of(session, person, network_id, offset=page * PAGE, limit=PAGE)
    await show(call, screens.participations.listing(t, found, page, toast=toast))


@router.callback_query(addresses.OpenParticipation.filter())
async def open_participation(
    call: CallbackQuery, callback_data: addresses.OpenParticipation, db: Database, person: Person, t: L10n
) -> None:
    """One organisation in one network."""
    async with db.read() as session:
        card = await participations.card(session, person, callback_data.participation_id)
    await show(call, screens.participations.card(t, card))


@router.callback_query(addresses.BringOrganisation.filter())
async def bring_organisation(
    call: CallbackQuery, callback_data: addresses.BringOrganisation, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Включить мою организацию»; where there is an agreement by now, that comes first."""
    try:
        async with db.write() as session:
            brought = await participations.bring(session, person, callback_data.network_id, now=clock.now())
            card = await participations.card(session, person, brought.id)
    except AgreementNotAccepted as refusal:
        toast = t.plain(refusal.key, **refusal.values)
        await _show_agreement(call, callback_data.network_id, db=db, person=person, t=t, toast=toast)
        return
    await show(call, screens.participations.card(t, card, toast=t.plain("participation-now-added")))


@router.callback_query(addresses.ReadForOrganisation.filter())
async def read_for_organisation(
    call: CallbackQuery, callback_data: addresses.ReadForOrganisation, db: Database, person: Person, t: L10n
) -> None:
    """The agreement in force, to be accepted by a head."""
    await _show_agreement(call, callback_data.network_id, db=db, person=person, t=t)


async def _show_agreement(
    call: CallbackQuery, network_id: int, *, db: Database, person: Person, t: L10n, toast: str | None = None
) -> None:
    async with db.read() as session:
        organisation, network, agreement = await participations.to_accept(session, person, network_id)
    await show(call, screens.participations.to_accept(t, organisation, network, agreement, toast=toast))


@router.callback_query(addresses.SetParticipationRole.filter())
async def set_role(
    call: CallbackQuery,
    callback_data: addresses.SetParticipationRole,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """From now on the organisation is this in the network."""
    try:
        role = ParticipationRole(callback_data.part)
    except ValueError as error:
        raise NotFound from error
    participation_id = callback_data.participation_id
    async with db.write() as session:
        await participations.set_role(session, person, participation_id, role, now=clock.now())
        card = await participations.card(session, person, participation_id)
    await show(call, screens.participations.card(t, card, toast=t.plain("participation-now-changed")))


@router.callback_query(addresses.SendScans.filter())
async def send_scans(
    call: CallbackQuery, callback_data: addresses.SendScans, bot: Bot, db: Database, person: Person, t: L10n
) -> None:
    """The scan, and under it the card again, so that its buttons are at hand."""
    async with db.read() as session:
        card, files = await participations.scans(session, person, callback_data.participation_id)
    await answer_button(call)
    lost = await send_files(bot, call.from_user.id, screens.products.with_files(files))
    await send_screens(bot, call.from_user.id, [screens.participations.card(t, card, lost=lost)])


@router.callback_query(addresses.AskEndParticipation.filter())
async def ask_end_participation(
    call: CallbackQuery, callback_data: addresses.AskEndParticipation, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    async with db.read() as session:
        card = await participations.card(session, person, callback_data.participation_id)
        participations.require_ender(card)
    await show(call, screens.participations.ask_end(t, card))


@router.callback_query(addresses.EndParticipation.filter())
async def end_participation(
    call: CallbackQuery, callback_data: addresses.EndParticipation, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """It takes part no longer; the other side is told."""
    async with db.write() as session:
        ended = await participations.end(session, person, callback_data.participation_id, now=clock.now())
    toast = t.plain("participation-now-ended")
    await _show_list(call, ended.network_id, 0, db=db, person=person, t=t, toast=toast)


async def _may_add(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await policy.require_coordinator(session, actor, arg)
    network = await session.get(Network, arg)
    if network is None:
        raise NotFound
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    return {ABOUT: network.title}


async def _add(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    added = await participations.add(session, actor, answers[META]["arg"], answers["organisation"]["id"], now=now)
    return await participations.card(session, actor, added.id)


async def _may_represent(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    participation = (await participations.card(session, actor, arg)).participation
    return {ABOUT: f"{participation.organisation.title} — {participation.network.title}"}


async def _represent(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    participation_id = answers[META]["arg"]
    await participations.represent(session, actor, participation_id, answers["person"]["id"], now=now)
    return await participations.card(session, actor, participation_id)


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What became of an agreement that was accepted: done, or (`refusal`) another version came into force meanwhile."""

    card: Card | None = None
    refusal: AgreementNotAccepted | None = None
    offered: tuple[Organisation, Network, Agreement] | None = None


async def _may_accept(session: AsyncSession, actor: Person, arg: int) -> Answers:
    organisation, network, agreement = await participations.to_accept(session, actor, arg)
    return {ABOUT: f"{organisation.title} — {network.title}", "version": agreement.version}


async def _accept(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Accepted:
    network_id, scan = answers[META]["arg"], answers["scan"]["files"]
    try:
        accepted = await participations.accept(session, actor, network_id, answers["version"], scan=scan, now=now)
    except AgreementNotAccepted as refusal:  # the dialog was about a former version: nothing to wait for any more
        return _Accepted(refusal=refusal, offered=await participations.to_accept(session, actor, network_id))
    return _Accepted(await participations.card(session, actor, accepted.id))


def _accepted(t: L10n, result: _Accepted) -> Screen:
    refusal = result.refusal
    if refusal is not None and result.offered is not None:
        toast = t.plain(refusal.key, **refusal.values)
        return screens.participations.to_accept(t, *result.offered, toast=toast)
    if result.card is None:
        raise ValueError("neither accepted nor refused")
    return screens.participations.card(t, result.card, toast=t.plain("participation-now-agreed"))


converse(
    Conversation(
        dialog=PARTICIPATION,
        prepare=_may_add,
        act=_add,
        finished=lambda t, card: screens.participations.card(t, card, toast=t.plain("participation-now-added")),
    )
)
converse(
    Conversation(
        dialog=REPRESENTATIVE,
        prepare=_may_represent,
        act=_represent,
        finished=lambda t, card: screens.participations.card(t, card, toast=t.plain("participation-now-represented")),
    )
)
converse(Conversation(dialog=ORGANISATION_AGREEMENT, prepare=_may_accept, act=_accept, finished=_accepted))
