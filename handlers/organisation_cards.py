"""The card of an organisation: seen by everybody, kept by its head and the administrator."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.organisation_cards
import screens.organisations
from dialogs import ABOUT, META, Answers
from dialogs.participations import HEAD, ORGANISATION_CARD
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import heads, organisation_cards, policy
from services.clock import Clock
from services.organisation_cards import Card

router = Router(name="organisation_cards")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.OpenOrganisation.filter())
async def open_organisation(
    call: CallbackQuery, callback_data: addresses.OpenOrganisation, db: Database, person: Person, t: L10n
) -> None:
    """The card; of one that waits for the registry the administrator sees what there is to decide."""
    async with db.read() as session:
        card = await organisation_cards.card(session, person, callback_data.organisation_id)
    if card.is_administrator and card.organisation.confirmed_at is None:
        await show(call, screens.organisations.card(t, card.organisation))
    else:
        await show(call, screens.organisation_cards.card(t, card))


@router.callback_query(addresses.ListOrganisationPeople.filter())
async def list_people(
    call: CallbackQuery, callback_data: addresses.ListOrganisationPeople, db: Database, person: Person, t: L10n
) -> None:
    """Who works there."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        organisation, workers, total = await organisation_cards.people(
            session, person, callback_data.organisation_id, offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.organisation_cards.people(t, organisation, workers, total, page))


@router.callback_query(addresses.ListOrganisationNetworks.filter())
async def list_networks(
    call: CallbackQuery, callback_data: addresses.ListOrganisationNetworks, db: Database, person: Person, t: L10n
) -> None:
    """Where it takes part."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        organisation, found, total = await organisation_cards.networks(
            session, person, callback_data.organisation_id, offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.organisation_cards.networks(t, organisation, found, total, page))


@router.callback_query(addresses.ListOrganisationWorks.filter())
async def list_works(
    call: CallbackQuery, callback_data: addresses.ListOrganisationWorks, db: Database, person: Person, t: L10n
) -> None:
    """What it shared."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        organisation, found, total = await organisation_cards.works(
            session, person, callback_data.organisation_id, offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.organisation_cards.works(t, organisation, found, total, page))


@router.callback_query(addresses.ListOrganisationEvents.filter())
async def list_events(
    call: CallbackQuery, callback_data: addresses.ListOrganisationEvents, db: Database, person: Person, t: L10n
) -> None:
    """Which events it held."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        organisation, found, total = await organisation_cards.events(
            session, person, callback_data.organisation_id, offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.organisation_cards.events(t, organisation, found, total, page))


@router.callback_query(addresses.AskDismissHead.filter())
async def ask_dismiss_head(
    call: CallbackQuery, callback_data: addresses.AskDismissHead, db: Database, person: Person, t: L10n
) -> None:
    """Sure? Where nobody heads it any more, the card."""
    policy.require_administrator(person)
    async with db.read() as session:
        card = await organisation_cards.card(session, person, callback_data.organisation_id)
    draw = screens.organisation_cards.card if card.head is None else screens.organisation_cards.ask_dismiss_head
    await show(call, draw(t, card))


@router.callback_query(addresses.DismissHead.filter())
async def dismiss_head(
    call: CallbackQuery, callback_data: addresses.DismissHead, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Nobody heads it; they are told."""
    async with db.write() as session:
        await heads.dismiss(session, person, callback_data.organisation_id, now=clock.now())
        card = await organisation_cards.card(session, person, callback_data.organisation_id)
    await show(call, screens.organisation_cards.card(t, card, toast=t.plain("org-card-head-dismissed")))


async def _may_appoint(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {ABOUT: (await organisation_cards.to_edit(session, actor, arg)).title}


async def _appoint(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    await heads.appoint(session, actor, answers[META]["arg"], answers["person"]["id"], now=now)
    return await organisation_cards.card(session, actor, answers[META]["arg"])


async def _may_edit(session: AsyncSession, actor: Person, arg: int) -> Answers:
    organisation = await organisation_cards.to_edit(session, actor, arg)
    return {ABOUT: organisation.title, **{name: getattr(organisation, name) for name in organisation_cards.CONTACTS}}


async def _edit(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Card:
    await organisation_cards.edit(session, actor, answers[META]["arg"], answers, now=now)
    await session.flush()
    return await organisation_cards.card(session, actor, answers[META]["arg"])


converse(
    Conversation(
        dialog=HEAD,
        prepare=_may_appoint,
        act=_appoint,
        finished=lambda t, card: screens.organisation_cards.card(t, card, toast=t.plain("org-card-head-appointed")),
    )
)
converse(
    Conversation(
        dialog=ORGANISATION_CARD,
        prepare=_may_edit,
        act=_edit,
        finished=lambda t, card: screens.organisation_cards.card(t, card, toast=t.plain("org-card-saved")),
    )
)
