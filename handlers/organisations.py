"""`/admin`: the administrator makes organisations and open networks, and confirms what participants proposed."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.networks
import screens.organisations
from dialogs import ABOUT, META, NETWORK, ORGANISATION, Answers
from dialogs.registry import ACCEPT, DECLINE, REPLACE
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Network, Organisation, OrganisationKind, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import managing, networks, notifications, organisations, policy, proposals, registry
from services.clock import Clock

router = Router(name="organisations")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("admin"))
@router.callback_query(addresses.OpenAdmin.filter())
async def open_admin(event: Message | CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """What the administrator does, and what waits for them."""
    async with db.read() as session:
        numbers = await registry.numbers(session, person)
        undelivered = await notifications.count_undelivered(session, now=clock.now())
        managed = await managing.managed(session, person, offset=0, limit=0, now=clock.now())
    registered = numbers.proposed + numbers.doubts
    await show(event, screens.organisations.admin(t, registry=registered, undelivered=undelivered, managed=managed))


@router.callback_query(addresses.ListOrganisations.filter())
async def list_organisations(
    call: CallbackQuery, callback_data: addresses.ListOrganisations, db: Database, person: Person, t: L10n
) -> None:
    """A page of the registry, or of what waits."""
    proposed, page = callback_data.proposed, max(0, callback_data.page)
    async with db.read() as session:
        lines, total = await organisations.page_of(session, person, proposed=proposed, offset=page * PAGE, limit=PAGE)
        if page and not lines:
            page = max(0, (total - 1) // PAGE)
            lines, total = await organisations.page_of(
                session, person, proposed=proposed, offset=page * PAGE, limit=PAGE
            )
    await show(call, screens.organisations.listing(t, lines, total, proposed=proposed, page=page))


@router.callback_query(addresses.ConfirmOrganisation.filter())
async def confirm_organisation(
    call: CallbackQuery,
    callback_data: addresses.ConfirmOrganisation,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Into the registry."""
    async with db.write() as session:
        organisation = await proposals.accept(session, person, callback_data.organisation_id, now=clock.now())
    await show(call, screens.organisations.confirmed(t, organisation))


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _create_organisation(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Organisation:
    return await organisations.create(
        session,
        actor,
        title=answers["title"],
        kind=OrganisationKind(answers["kind"]),
        address=answers["address"],
        now=now,
    )


async def _create_network(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await networks.create(
        session,
        actor,
        title=answers["title"],
        form_id=answers["form"]["id"],
        parent_id=answers["parent"]["id"] if answers["parent"] else None,
        subject_ids=[row["id"] for row in answers["subjects"]],
        goal=answers["goal"],
        now=now,
    )


async def _proposal(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await proposals.waiting(session, actor, arg)).title}


async def _accept(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Organisation:
    return await proposals.accept_as(session, actor, answers[META]["arg"], title=answers["title"], now=now)


async def _replace(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Organisation:
    return await proposals.replace(session, actor, answers[META]["arg"], answers["organisation"]["id"], now=now)


async def _decline(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> str:
    return await proposals.decline(session, actor, answers[META]["arg"], reason=answers["reason"], now=now)


converse(Conversation(dialog=ACCEPT, prepare=_proposal, act=_accept, finished=screens.organisations.confirmed))
converse(Conversation(dialog=REPLACE, prepare=_proposal, act=_replace, finished=screens.organisations.replaced))
converse(Conversation(dialog=DECLINE, prepare=_proposal, act=_decline, finished=screens.organisations.declined))
converse(
    Conversation(
        dialog=ORGANISATION,
        prepare=_administrator_only,
        act=_create_organisation,
        finished=screens.organisations.created,
    )
)
converse(
    Conversation(
        dialog=NETWORK,
        prepare=_administrator_only,
        act=_create_network,
        finished=lambda t, network: screens.networks.created(t, network.title, network.id),
    )
)
