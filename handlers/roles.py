"""Appointments and topics for the administrator; `/manage` for coordinators."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.joining
import screens.roles
from dialogs import ABOUT, META, Answers
from dialogs.finding import FIND_MEMBER, FIND_NETWORK
from dialogs.roles import COORDINATOR, EXPERT, TOPIC
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Network, Person, Topic
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import (
    applications,
    members,
    memberships,
    policy,
    products,
    roles,
)
from services.clock import Clock
from services.memberships import Member
from services.rolls import Turn

router = Router(name="roles")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.ListCoordinators.filter())
async def list_coordinators(
    call: CallbackQuery, callback_data: addresses.ListCoordinators, db: Database, person: Person, t: L10n
) -> None:
    """Who coordinates what."""
    async with db.read() as session:
        page = max(0, callback_data.page)
        lines, total = await roles.all_coordinators(session, person, offset=page * PAGE, limit=PAGE)
    await show(call, screens.roles.coordinators(t, lines, total, page))


@router.callback_query(addresses.AskDismissCoordinator.filter())
async def ask_dismiss_coordinator(
    call: CallbackQuery, callback_data: addresses.AskDismissCoordinator, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    policy.require_administrator(person)
    async with db.read() as session:
        coordinator = await roles.get_person(session, callback_data.person_id)
        network = await roles.get_network(session, callback_data.network_id)
    await show(call, screens.roles.ask_dismiss_coordinator(t, coordinator, network))


@router.callback_query(addresses.DismissCoordinator.filter())
async def dismiss_coordinator(
    call: CallbackQuery,
    callback_data: addresses.DismissCoordinator,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The appointment ends; the person is told."""
    async with db.write() as session:
        await roles.dismiss_coordinator(
            session, person, callback_data.person_id, callback_data.network_id, now=clock.now()
        )
        await session.flush()
        lines, total = await roles.all_coordinators(session, person, offset=0, limit=PAGE)
    await show(call, screens.roles.coordinators(t, lines, total, 0, toast=t.plain("roles-dismissed")))


@router.callback_query(addresses.ListTopics.filter())
async def list_topics(
    call: CallbackQuery, callback_data: addresses.ListTopics, db: Database, person: Person, t: L10n
) -> None:
    """The topics of consultations."""
    policy.require_administrator(person)
    page = max(0, callback_data.page)
    async with db.read() as session:
        lines, total = await roles.topics(session, with_experts=False, offset=page * PAGE, limit=PAGE)
    await show(call, screens.roles.topics(t, lines, total, page))


@router.callback_query(addresses.OpenTopic.filter())
async def open_topic(
    call: CallbackQuery, callback_data: addresses.OpenTopic, db: Database, person: Person, t: L10n
) -> None:
    """A topic with its experts."""
    policy.require_administrator(person)
    async with db.read() as session:
        topic, experts = await roles.topic_with_experts(session, callback_data.topic_id)
    await show(call, screens.roles.topic(t, topic, experts))


@router.callback_query(addresses.AskDismissExpert.filter())
async def ask_dismiss_expert(
    call: CallbackQuery, callback_data: addresses.AskDismissExpert, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    policy.require_administrator(person)
    async with db.read() as session:
        expert = await roles.get_person(session, callback_data.person_id)
        topic, _ = await roles.topic_with_experts(session, callback_data.topic_id)
    await show(call, screens.roles.ask_dismiss_expert(t, expert, topic))


@router.callback_query(addresses.DismissExpert.filter())
async def dismiss_expert(
    call: CallbackQuery, callback_data: addresses.DismissExpert, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The appointment ends; the person is told."""
    async with db.write() as session:
        await roles.dismiss_expert(session, person, callback_data.person_id, callback_data.topic_id, now=clock.now())
        await session.flush()
        topic, experts = await roles.topic_with_experts(session, callback_data.topic_id)
    await show(call, screens.roles.topic(t, topic, experts, toast=t.plain("roles-dismissed")))


@router.message(Command("manage"))
async def manage(message: Message, db: Database, person: Person, t: L10n) -> None:
    """`/manage`: the networks this person coordinates."""
    await _list_managed(message, db, person, t, page=0)


@router.callback_query(addresses.ListManaged.filter())
async def list_managed(
    call: CallbackQuery, callback_data: addresses.ListManaged, db: Database, person: Person, t: L10n
) -> None:
    """The same, any page of them."""
    await _list_managed(call, db, person, t, page=callback_data.page)


async def _list_managed(event: Message | CallbackQuery, db: Database, person: Person, t: L10n, *, page: int) -> None:
    async with db.read() as session:
        networks = await roles.coordinated_networks(session, person)
    page = min(max(0, page), max(0, (len(networks) - 1) // screens.roles.MANAGED))
    await show(event, screens.roles.managed(t, networks, page, is_administrator=policy.may_administer(person)))


@router.callback_query(addresses.ManageNetwork.filter())
async def manage_network(
    call: CallbackQuery, callback_data: addresses.ManageNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What a coordinator does in one network."""
    async with db.read() as session:
        await policy.require_coordinator(session, person, callback_data.network_id)
        network = await roles.get_network(session, callback_data.network_id)
        inside = await members.count(session, network.id)
        waiting = await products.waiting(session, person, network.id)
        applied = await applications.count_waiting(session, network.id, now=clock.now())
    screen = screens.roles.manage_network(t, network, members=inside, products=waiting, applications=applied)
    await show(call, screen)


@router.callback_query(addresses.ListMembers.filter())
async def list_members(
    call: CallbackQuery, callback_data: addresses.ListMembers, db: Database, person: Person, t: L10n
) -> None:
    """Who is in the network."""
    turn = Turn(callback_data.page, callback_data.after, callback_data.before)
    async with db.read() as session:
        network = await roles.get_network(session, callback_data.network_id)
        roll = await members.roll(session, person, network.id, turn, limit=PAGE)
    await show(call, screens.roles.members(t, network, roll.people, roll.total, roll.page))


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _appoint_coordinator(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await roles.appoint_coordinator(
        session, actor, answers["person"]["id"], answers["network"]["id"], order_number=answers["order"], now=now
    )


async def _create_topic(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Topic:
    return await roles.create_topic(
        session,
        actor,
        title=answers["title"],
        network_id=answers["network"]["id"],
        subject_id=answers["subject"]["id"] if answers["subject"] else None,
        now=now,
    )


async def _appoint_expert(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Topic:
    return await roles.appoint_expert(session, actor, answers["person"]["id"], answers["topic"]["id"], now=now)


converse(
    Conversation(
        dialog=COORDINATOR,
        prepare=_administrator_only,
        act=_appoint_coordinator,
        finished=screens.roles.coordinator_appointed,
    )
)
converse(
    Conversation(dialog=TOPIC, prepare=_administrator_only, act=_create_topic, finished=screens.roles.topic_created)
)
converse(
    Conversation(
        dialog=EXPERT, prepare=_administrator_only, act=_appoint_expert, finished=screens.roles.expert_appointed
    )
)


async def _may_find_member(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await policy.require_coordinator(session, actor, arg)
    return {ABOUT: (await roles.get_network(session, arg)).title}


async def _find_member(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Member:
    return await memberships.member(session, actor, answers[META]["arg"], answers["member"]["id"])


async def _find_network(
    session: AsyncSession, actor: Person, answers: Answers, now: datetime
) -> tuple[list[Network], bool]:
    network = await roles.get_network(session, answers["network"]["id"])
    await policy.require_coordinator(session, actor, network.id)
    return [network], policy.may_administer(actor)


converse(Conversation(dialog=FIND_MEMBER, prepare=_may_find_member, act=_find_member, finished=screens.joining.member))
converse(
    Conversation(
        dialog=FIND_NETWORK,
        act=_find_network,
        finished=lambda t, found: screens.roles.managed(t, found[0], 0, is_administrator=found[1]),
    )
)
