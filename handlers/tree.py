"""The life of a network in the tree: created below another one, moved, put off, closed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.tree
from dialogs import ABOUT, META, Answers
from dialogs.networks import CHILD, CLOSE, EXTEND, GROUP, MAY_BRING, MAY_LIFT, MOVE, MOVE_ANYWHERE
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Fate, Network, Person
from screens import addresses
from screens.dialogs import ReadBack
from screens.l10n import L10n
from services import closing, networks, policy, tree
from services.clock import Clock
from services.closing import Plan
from services.errors import NotFound

router = Router(name="tree")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.ManageTree.filter())
async def manage_tree(
    call: CallbackQuery, callback_data: addresses.ManageTree, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Where a network stands."""
    async with db.read() as session:
        place = await tree.place_of(session, person, callback_data.network_id)
    is_administrator = policy.may_administer(person)
    await show(call, screens.tree.place(t, place, now=clock.now(), is_administrator=is_administrator))


async def _below(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await tree.require_founder(session, actor, arg)).title}


async def _create(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await networks.create(
        session,
        actor,
        title=answers["title"],
        form_id=answers["form"]["id"],
        parent_id=answers[META]["arg"],
        subject_ids=[row["id"] for row in answers["subjects"]],
        goal=answers["goal"],
        now=now,
    )


async def _create_group(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await tree.create_group(
        session,
        actor,
        title=answers["title"],
        form_id=answers["form"]["id"],
        parent_id=answers[META]["arg"],
        goal=answers["goal"],
        ends_on=date.fromisoformat(answers["ends"]),
        zone=ZoneInfo(answers[META]["zone"]),
        now=now,
    )


async def _movable(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await tree.require_mover(session, actor, arg)).title}


async def _movable_anywhere(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return await _movable(session, actor, arg)


async def _move(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    parent_id = answers["parent"]["id"] if answers["parent"] else None
    return await tree.move(session, actor, answers[META]["arg"], parent_id, now=now)


async def _temporary(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await policy.require_coordinator(session, actor, arg)
    network = await session.get(Network, arg)
    if network is None:
        raise NotFound
    tree.require_temporary(network)
    return {ABOUT: network.title}


async def _extend(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await tree.change_end(
        session,
        actor,
        answers[META]["arg"],
        date.fromisoformat(answers["ends"]),
        zone=ZoneInfo(answers[META]["zone"]),
        now=now,
    )


async def _closable(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """Only what the actor may choose is asked; both choices are looked at again when it is done."""
    ways = await closing.ways(session, actor, arg)
    return {ABOUT: ways.network.title, MAY_LIFT: ways.may_lift, MAY_BRING: ways.may_bring}


def _fate(answers: Answers, key: str) -> Fate:
    return Fate(answers.get(key) or Fate.STAY)


async def _read_back(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> ReadBack:
    below, members = _fate(answers, "below"), _fate(answers, "members")
    meant = await closing.plan(session, actor, answers[META]["arg"], below=below, now=now)
    return screens.tree.ask_close(t, meant, below=below, members=members, reason=answers.get("reason"))


async def _close(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Plan:
    return await closing.close(
        session,
        actor,
        answers[META]["arg"],
        reason=answers["reason"],
        below=_fate(answers, "below"),
        members=_fate(answers, "members"),
        now=now,
    )


converse(Conversation(dialog=CHILD, prepare=_below, act=_create, finished=screens.tree.created))
converse(Conversation(dialog=GROUP, prepare=_below, act=_create_group, finished=screens.tree.created))
converse(Conversation(dialog=MOVE, prepare=_movable, act=_move, finished=screens.tree.moved))
converse(Conversation(dialog=MOVE_ANYWHERE, prepare=_movable_anywhere, act=_move, finished=screens.tree.moved))
converse(Conversation(dialog=EXTEND, prepare=_temporary, act=_extend, finished=screens.tree.extended))
converse(Conversation(dialog=CLOSE, prepare=_closable, act=_close, finished=screens.tree.closed, read_back=_read_back))
