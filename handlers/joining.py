"""Applications and members, and the rules of joining: the applicant's answers and the coordinator's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.agreements
import screens.joining
import screens.networks
from dialogs import ABOUT, META, Answers
from dialogs.finding import FIND_APPLICANT
from dialogs.joining import DECLINE, EXPEL, LEAVE
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Application, ApplicationState, Database, JoinPolicy, Network, Person, Visibility
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.screen import Screen
from services import agreements, applications, doors, memberships, networks, policy
from services.clock import Clock
from services.errors import ApplicationMoved, DialogOver, NotFound

router = Router(name="joining")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.ManageJoining.filter())
async def manage_joining(
    call: CallbackQuery, callback_data: addresses.ManageJoining, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Who comes in how."""
    await _show_joining(call, callback_data.network_id, db=db, clock=clock, person=person, t=t)


async def _show_joining(
    call: CallbackQuery,
    network_id: int,
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    toast: str | None = None,
) -> None:
    async with db.read() as session:
        standing = await agreements.standing(session, person, network_id)
        waiting = await applications.count_waiting(session, network_id, now=clock.now())
    await show(call, screens.joining.manage(t, standing, waiting=waiting, toast=toast))


@router.callback_query(addresses.ChooseJoinPolicy.filter())
async def choose_join_policy(
    call: CallbackQuery, callback_data: addresses.ChooseJoinPolicy, db: Database, person: Person, t: L10n
) -> None:
    """How should one come in?"""
    async with db.read() as session:
        network = (await agreements.standing(session, person, callback_data.network_id)).network
    await show(call, screens.joining.choose_policy(t, network))


@router.callback_query(addresses.SetJoinPolicy.filter())
async def set_join_policy(
    call: CallbackQuery, callback_data: addresses.SetJoinPolicy, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """From now on one comes in so."""
    try:
        chosen = JoinPolicy(callback_data.policy)
    except ValueError as error:
        raise NotFound from error
    async with db.write() as session:
        await doors.set_join_policy(session, person, callback_data.network_id, chosen, now=clock.now())
    toast = t.plain("joining-saved")
    await _show_joining(call, callback_data.network_id, db=db, clock=clock, person=person, t=t, toast=toast)


@router.callback_query(addresses.ChooseVisibility.filter())
async def choose_visibility(
    call: CallbackQuery, callback_data: addresses.ChooseVisibility, db: Database, person: Person, t: L10n
) -> None:
    """Who should see it?"""
    async with db.read() as session:
        network = (await agreements.standing(session, person, callback_data.network_id)).network
    await show(call, screens.joining.choose_visibility(t, network))


@router.callback_query(addresses.SetVisibility.filter())
async def set_visibility(
    call: CallbackQuery, callback_data: addresses.SetVisibility, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """From now on these see it."""
    try:
        chosen = Visibility(callback_data.visibility)
    except ValueError as error:
        raise NotFound from error
    async with db.write() as session:
        await doors.set_visibility(session, person, callback_data.network_id, chosen, now=clock.now())
    toast = t.plain("joining-saved")
    await _show_joining(call, callback_data.network_id, db=db, clock=clock, person=person, t=t, toast=toast)


@router.callback_query(addresses.ListApplications.filter())
async def list_applications(
    call: CallbackQuery, callback_data: addresses.ListApplications, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What waits for a decision; a page that has emptied meanwhile gives way to the first."""
    page = max(0, callback_data.page)
    async with db.read() as session:
        found = await applications.waiting(
            session, person, callback_data.network_id, offset=page * PAGE, limit=PAGE, now=clock.now()
        )
        if page and not found.lines:
            page = 0
            found = await applications.waiting(
                session, person, callback_data.network_id, offset=0, limit=PAGE, now=clock.now()
            )
    await show(call, screens.joining.applications(t, found, page))


@router.callback_query(addresses.OpenApplication.filter())
async def open_application(
    call: CallbackQuery, callback_data: addresses.OpenApplication, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """One application, as it stands now."""
    seen = await _see(db, person, callback_data.application_id, now=clock.now())
    await show(call, _decided(t, seen))


@router.callback_query(addresses.ApproveApplication.filter())
async def approve_application(
    call: CallbackQuery,
    callback_data: addresses.ApproveApplication,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Одобрить»; when somebody was quicker, what they decided."""
    refusal = None
    try:
        async with db.write() as session:
            await applications.approve(session, person, callback_data.application_id, now=clock.now())
    except ApplicationMoved as moved:
        refusal = moved
    seen = await _see(db, person, callback_data.application_id, now=clock.now(), refusal=refusal)
    said = _said(t, refusal) if refusal is not None else t.plain("application-now-approved")
    await show(call, _decided(t, seen, toast=said))


@router.callback_query(addresses.AskApproveAll.filter())
async def ask_approve_all(
    call: CallbackQuery, callback_data: addresses.AskApproveAll, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Sure? Where nothing waits any more, the empty list."""
    async with db.read() as session:
        found = await applications.waiting(
            session, person, callback_data.network_id, offset=0, limit=PAGE, now=clock.now()
        )
    screen = screens.joining.ask_approve_all(t, found) if found.total else screens.joining.applications(t, found, 0)
    await show(call, screen)


@router.callback_query(addresses.ApproveAll.filter())
async def approve_all(
    call: CallbackQuery, callback_data: addresses.ApproveAll, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Одобрить все»."""
    network_id, now = callback_data.network_id, clock.now()
    async with db.write() as session:
        approved = await applications.approve_all(session, person, network_id, callback_data.newest_id, now=now)
    async with db.read() as session:
        found = await applications.waiting(session, person, network_id, offset=0, limit=PAGE, now=now)
    toast = t.plain("application-now-approved-all", count=len(approved))
    await show(call, screens.joining.applications(t, found, 0, toast=toast))


@router.callback_query(addresses.WithdrawApplication.filter())
async def withdraw_application(
    call: CallbackQuery,
    callback_data: addresses.WithdrawApplication,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The applicant changed their mind."""
    async with db.write() as session:
        await applications.withdraw(session, person, callback_data.network_id, now=clock.now())
    async with db.read() as session:
        card = await networks.card(session, person, callback_data.network_id, now=clock.now())
    application = card.application
    is_withdrawn = application is not None and application.state is ApplicationState.WITHDRAWN
    toast = t.plain("network-now-withdrawn") if is_withdrawn else None  # it was decided, or ran out, before the tap
    await show(call, screens.networks.card(t, card, toast=toast))


@router.callback_query(addresses.OpenMember.filter())
async def open_member(
    call: CallbackQuery, callback_data: addresses.OpenMember, db: Database, person: Person, t: L10n
) -> None:
    """One member."""
    async with db.read() as session:
        member = await memberships.member(session, person, callback_data.network_id, callback_data.person_id)
    await show(call, screens.joining.member(t, member))


@dataclass(frozen=True, slots=True)
class _Seen:
    """An application after a deed; `refusal`: somebody was quicker."""

    application: Application
    is_waiting: bool
    waiting: int
    refusal: ApplicationMoved | None = None


async def _see(
    db: Database, person: Person, application_id: int, *, now: datetime, refusal: ApplicationMoved | None = None
) -> _Seen:
    async with db.read() as session:
        return await _seen(session, person, application_id, now=now, refusal=refusal)


async def _seen(
    session: AsyncSession,
    person: Person,
    application_id: int,
    *,
    now: datetime,
    refusal: ApplicationMoved | None = None,
) -> _Seen:
    application = await applications.read(session, person, application_id)
    waiting = await applications.count_waiting(session, application.network_id, now=now)
    return _Seen(application, applications.waits(application, now), waiting, refusal)


def _decided(t: L10n, seen: _Seen, *, toast: str | None = None) -> Screen:
    return screens.joining.application(
        t, seen.application, is_waiting=seen.is_waiting, waiting=seen.waiting, toast=toast
    )


def _said(t: L10n, refusal: ApplicationMoved) -> str:
    return t.plain(refusal.key, **refusal.values)


async def _may_decline(session: AsyncSession, actor: Person, arg: int) -> Answers:
    application = await applications.read(session, actor, arg)
    return {ABOUT: f"{application.person.full_name or ''} — {application.network.title}"}


async def _decline(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Seen:
    application_id, refusal = answers[META]["arg"], None
    try:
        await applications.decline(session, actor, application_id, reason=answers["reason"], now=now)
    except ApplicationMoved as moved:  # the dialog has nothing to wait for any more
        refusal = moved
    return await _seen(session, actor, application_id, now=now, refusal=refusal)


def _declined(t: L10n, seen: _Seen) -> Screen:
    said = _said(t, seen.refusal) if seen.refusal is not None else t.plain("application-now-declined")
    return _decided(t, seen, toast=said)


async def _may_expel(session: AsyncSession, actor: Person, arg: int) -> Answers:
    member = await memberships.by_id(session, actor, arg)
    await policy.require_coordinator(session, actor, member.network.id)
    return {
        ABOUT: f"{member.person.full_name or ''} — {member.network.title}",
        "person_id": member.person.id,
        "network_id": member.network.id,
    }


async def _expel(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Network:
    return await memberships.remove(
        session, actor, answers["network_id"], answers["person_id"], reason=answers["reason"], now=now
    )


@dataclass(frozen=True, slots=True)
class _Left:
    title: str
    card: networks.Card | None


async def _may_leave(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_registered(actor)
    network = await session.get(Network, arg)
    if network is None or await memberships.standing(session, actor, arg) is None:
        raise DialogOver
    return {ABOUT: network.title, "title": network.title}


async def _leave(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Left:
    card = await networks.leave(session, actor, answers[META]["arg"], reason=answers["reason"], now=now)
    return _Left(answers["title"], card)


converse(Conversation(dialog=DECLINE, prepare=_may_decline, act=_decline, finished=_declined))
converse(Conversation(dialog=EXPEL, prepare=_may_expel, act=_expel, finished=screens.joining.removed))
converse(
    Conversation(
        dialog=LEAVE,
        prepare=_may_leave,
        act=_leave,
        finished=lambda t, left: screens.networks.left_with_reason(t, left.title, left.card),
    )
)


async def _may_find(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {ABOUT: (await agreements.standing(session, actor, arg)).network.title}


async def _find_applicant(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Seen:
    application = await applications.last(session, answers["applicant"]["id"], answers[META]["arg"])
    if application is None:
        raise NotFound
    return await _seen(session, actor, application.id, now=now)


converse(Conversation(dialog=FIND_APPLICANT, prepare=_may_find, act=_find_applicant, finished=_decided))
