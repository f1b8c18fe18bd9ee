"""Who has a role: moderators for the coordinators of their network, administrators for each other."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.joining
import screens.team
from dialogs import ABOUT, META, Answers
from dialogs.roles import ADMINISTRATOR, MODERATOR
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Network, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import administrators as centre, managing, memberships, moderators, policy, roles
from services.clock import Clock
from services.errors import NetworkArchived
from services.moderators import Team

router = Router(name="team")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.OpenTeam.filter())
async def open_team(
    call: CallbackQuery, callback_data: addresses.OpenTeam, db: Database, person: Person, t: L10n
) -> None:
    """Who has a role in the network."""
    async with db.read() as session:
        shown, page = await _team(session, person, callback_data.network_id, page=max(0, callback_data.page))
    await show(call, screens.team.team(t, shown, page))


async def _team(session: AsyncSession, person: Person, network_id: int, *, page: int) -> tuple[Team, int]:
    """A page of it; one that has emptied meanwhile gives way to the first."""
    shown = await moderators.team(session, person, network_id, offset=page * PAGE, limit=PAGE)
    if page and not shown.moderators:
        return await moderators.team(session, person, network_id, offset=0, limit=PAGE), 0
    return shown, page


@router.callback_query(addresses.AppointModerator.filter())
async def appoint_moderator(
    call: CallbackQuery, callback_data: addresses.AppointModerator, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Назначить модератором», on the member's card."""
    network_id, person_id = callback_data.network_id, callback_data.person_id
    async with db.write() as session:
        await moderators.appoint(session, person, person_id, network_id, now=clock.now())
        await session.flush()
        member = await memberships.member(session, person, network_id, person_id)
    await show(call, screens.joining.member(t, member, toast=t.plain("team-now-moderator")))


@router.callback_query(addresses.AskDismissModerator.filter())
async def ask_dismiss_moderator(
    call: CallbackQuery, callback_data: addresses.AskDismissModerator, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    async with db.read() as session:
        await policy.require_coordinator(session, person, callback_data.network_id)
        moderator = await roles.get_person(session, callback_data.person_id)
        network = await roles.get_network(session, callback_data.network_id)
    await show(call, screens.team.ask_dismiss_moderator(t, moderator, network))


@router.callback_query(addresses.DismissModerator.filter())
async def dismiss_moderator(
    call: CallbackQuery, callback_data: addresses.DismissModerator, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The appointment ends; the person is told."""
    network_id = callback_data.network_id
    async with db.write() as session:
        await moderators.dismiss(session, person, callback_data.person_id, network_id, now=clock.now())
        await session.flush()
        shown, page = await _team(session, person, network_id, page=0)
    await show(call, screens.team.team(t, shown, page, toast=t.plain("roles-dismissed")))


@router.callback_query(addresses.OpenPeople.filter())
async def open_people(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """Everybody with a role, in numbers."""
    async with db.read() as session:
        counts = await managing.people(session, person)
    await show(call, screens.team.people(t, counts))


@router.callback_query(addresses.ListAdministrators.filter())
async def list_administrators(
    call: CallbackQuery, callback_data: addresses.ListAdministrators, db: Database, person: Person, t: L10n
) -> None:
    """The administrators of the centre."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        lines, total = await centre.page_of(session, person, offset=page * PAGE, limit=PAGE)
        if page and not lines:
            page = 0
            lines, total = await centre.page_of(session, person, offset=0, limit=PAGE)
    await show(call, screens.team.administrators(t, lines, total, page))


@router.callback_query(addresses.AskDismissAdministrator.filter())
async def ask_dismiss_administrator(
    call: CallbackQuery, callback_data: addresses.AskDismissAdministrator, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    async with db.read() as session:
        other = await centre.get(session, person, callback_data.person_id)
    await show(call, screens.team.ask_dismiss_administrator(t, other, is_own=other.id == person.id))


@router.callback_query(addresses.DismissAdministrator.filter())
async def dismiss_administrator(
    call: CallbackQuery,
    callback_data: addresses.DismissAdministrator,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    administrators: frozenset[int],
) -> None:
    """They administer no longer, and are told. Whoever dismissed themselves has left the page."""
    async with db.write() as session:
        await centre.dismiss(session, person, callback_data.person_id, named=administrators, now=clock.now())
    if callback_data.person_id == person.id:
        await show(call, screens.team.no_longer(t))
        return
    async with db.read() as session:
        lines, total = await centre.page_of(session, person, offset=0, limit=PAGE)
    await show(call, screens.team.administrators(t, lines, total, 0, toast=t.plain("roles-dismissed")))


async def _about_network(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await policy.require_coordinator(session, actor, arg)
    network = await roles.get_network(session, arg)
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    return {ABOUT: network.title}


async def _appoint_moderator(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await moderators.appoint(session, actor, answers["person"]["id"], answers[META]["arg"], now=now)


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _appoint_administrator(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Person:
    return await centre.appoint(session, actor, answers["person"]["id"], now=now)


converse(
    Conversation(
        dialog=MODERATOR,
        prepare=_about_network,
        act=_appoint_moderator,
        finished=screens.team.moderator_appointed,
    )
)
converse(
    Conversation(
        dialog=ADMINISTRATOR,
        prepare=_administrator_only,
        act=_appoint_administrator,
        finished=screens.team.administrator_appointed,
    )
)
