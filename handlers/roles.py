"""Appointments and topics for the administrator; `/manage` for coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.joining
import screens.roles
import screens.team
from dialogs import ABOUT, META, Answers
from dialogs.finding import FIND_MEMBER, FIND_NETWORK
from dialogs.orders import order_of
from dialogs.roles import COORDINATOR, EXPERT, TOPIC, TOPIC_EXPERT
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Network, Person, Topic
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.roles import MANAGED
from screens.screen import Screen
from services import (
    managing,
    members,
    memberships,
    policy,
    roles,
)
from services.clock import Clock
from services.managing import Place
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
    """The topics of consultations: all of them, or those of a network's branch for its coordinator."""
    page, network_id = max(0, callback_data.page), callback_data.network_id
    async with db.read() as session:
        if network_id:
            await policy.require_coordinator(session, person, network_id)
        else:
            policy.require_administrator(person)
        lines, total = await roles.topics(
            session, with_experts=False, network_id=network_id, offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.roles.topics(t, lines, total, page, network_id=network_id))


@router.callback_query(addresses.OpenTopic.filter())
async def open_topic(
    call: CallbackQuery, callback_data: addresses.OpenTopic, db: Database, person: Person, t: L10n
) -> None:
    """A topic with its experts, for the coordinators of its branch."""
    async with db.read() as session:
        topic, experts = await _topic_to_manage(session, person, callback_data.topic_id)
    page = min(max(0, callback_data.page), max(0, (len(experts) - 1) // PAGE))
    administers = policy.may_administer(person)
    await show(call, screens.roles.topic(t, topic, experts, page, is_administrator=administers))


async def _topic_to_manage(session: AsyncSession, person: Person, topic_id: int) -> tuple[Topic, Sequence[Person]]:
    topic, experts = await roles.topic_with_experts(session, topic_id)
    await policy.require_coordinator(session, person, topic.network_id)
    return topic, experts


@router.callback_query(addresses.AskDismissExpert.filter())
async def ask_dismiss_expert(
    call: CallbackQuery, callback_data: addresses.AskDismissExpert, db: Database, person: Person, t: L10n
) -> None:
    """Sure?"""
    async with db.read() as session:
        topic, _ = await _topic_to_manage(session, person, callback_data.topic_id)
        expert = await roles.get_person(session, callback_data.person_id)
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
    toast, administers = t.plain("roles-dismissed"), policy.may_administer(person)
    await show(call, screens.roles.topic(t, topic, experts, is_administrator=administers, toast=toast))


@router.message(Command("manage"))
async def manage(message: Message, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """`/manage`: the networks this person manages, and what waits there."""
    await _list_managed(message, db, clock, person, t, page=0)


@router.callback_query(addresses.ListManaged.filter())
async def list_managed(
    call: CallbackQuery, callback_data: addresses.ListManaged, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """The same, any page of them."""
    await _list_managed(call, db, clock, person, t, page=max(0, callback_data.page))


async def _list_managed(
    event: Message | CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, *, page: int
) -> None:
    now = clock.now()
    async with db.read() as session:
        shown = await managing.managed(session, person, offset=page * MANAGED, limit=MANAGED, now=now)
        if page and not shown.lines:
            page = max(0, (shown.total - 1) // MANAGED)
            shown = await managing.managed(session, person, offset=page * MANAGED, limit=MANAGED, now=now)
    await show(event, screens.roles.managed(t, shown, page, is_administrator=policy.may_administer(person)))


@router.callback_query(addresses.ManageNetwork.filter())
async def manage_network(
    call: CallbackQuery, callback_data: addresses.ManageNetwork, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What a coordinator, or a moderator, does in one network."""
    async with db.read() as session:
        place = await managing.place(session, person, callback_data.network_id, now=clock.now())
    await show(call, _managed_place(t, place))


def _managed_place(t: L10n, place: Place) -> Screen:
    if not place.coordinates:
        return screens.team.moderate(t, place.network, members=place.members, applications=place.applications)
    return screens.roles.manage_network(
        t, place.network, members=place.members, products=place.products, applications=place.applications
    )


@router.callback_query(addresses.ListMembers.filter())
async def list_members(
    call: CallbackQuery, callback_data: addresses.ListMembers, db: Database, person: Person, t: L10n
) -> None:
    """Who is in the network."""
    turn = Turn(callback_data.page, callback_data.after, callback_data.before)
    async with db.read() as session:
        network = await roles.get_network(session, callback_data.network_id)
        roll = await members.roll(session, person, network.id, turn, limit=PAGE)
        may_manage = await policy.may_coordinate(session, person, network.id)
    await show(call, screens.roles.members(t, network, roll.people, roll.total, roll.page, may_manage=may_manage))


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _appoint_coordinator(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    order = order_of(answers["order"]) if answers["order"] else None
    return await roles.appoint_coordinator(
        session,
        actor,
        answers["person"]["id"],
        answers["network"]["id"],
        order_number=order.number if order else None,
        order_on=order.on if order else None,
        now=now,
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


async def _about_topic(session: AsyncSession, actor: Person, arg: int) -> Answers:
    topic, _ = await _topic_to_manage(session, actor, arg)
    return {ABOUT: topic.title}


async def _appoint_expert_of(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Topic:
    return await roles.appoint_expert(session, actor, answers["person"]["id"], answers[META]["arg"], now=now)


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
converse(
    Conversation(
        dialog=TOPIC_EXPERT,
        prepare=_about_topic,
        act=_appoint_expert_of,
        finished=screens.roles.expert_appointed,
    )
)


async def _may_find_member(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await policy.require_moderator(session, actor, arg)
    return {ABOUT: (await roles.get_network(session, arg)).title}


async def _find_member(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Member:
    return await memberships.member(session, actor, answers[META]["arg"], answers["member"]["id"])


async def _find_network(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Place:
    return await managing.place(session, actor, answers["network"]["id"], now=now)


converse(Conversation(dialog=FIND_MEMBER, prepare=_may_find_member, act=_find_member, finished=screens.joining.member))
converse(
    Conversation(
        dialog=FIND_NETWORK,
        act=_find_network,
        finished=_managed_place,
    )
)
