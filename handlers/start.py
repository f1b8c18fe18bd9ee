"""The first words, consent, registration's end: open to everyone."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.dialogs
import screens.invitations
import screens.menu
import screens.registration
from dialogs import REGISTRATION, Answers
from handlers.dialogs import Conversation, begin, converse
from handlers.home import draw_home
from handlers.show import show
from models import Database, Network, Person
from screens import addresses
from screens.l10n import L10n
from screens.screen import Screen
from services import dialogs, held, invitations, leaving, networks, persons, policy, roles
from services.clock import Clock
from services.errors import DialogOver, InvitationInvalid, NotRegistered
from services.invitations import Offer

router = Router(name="start")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(CommandStart(deep_link=True))
async def open_by_link(
    message: Message, command: CommandObject, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """`/start` with a code: an invitation, which a stranger finds again after their registration."""
    async with db.write() as session:
        offer = await invitations.open_link(session, person, command.args or "", now=clock.now())
    if offer is None:  # the wrong token is counted: refused only now
        raise InvitationInvalid
    if policy.is_registered(person):
        await show(message, screens.invitations.offer(t, offer))
    else:
        first = await draw_home(db, person, t)
        await show(message, screens.invitations.before_registration(t, offer, first))


@router.message(CommandStart())
@router.message(Command("menu"))
async def open_home(message: Message, db: Database, person: Person, t: L10n) -> None:
    """`/start` and `/menu`: the first screen of this person."""
    await show(message, await draw_home(db, person, t))


@router.callback_query(addresses.OpenMenu.filter())
@router.callback_query(addresses.OpenWelcome.filter())
async def reopen_home(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """«☰ Меню»."""
    await show(call, await draw_home(db, person, t))


@router.message(Command("help"))
@router.callback_query(addresses.OpenHelp.filter())
async def open_help(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """What the bot can do."""
    async with db.read() as session:
        has = await roles.of(session, person)
    await show(event, screens.menu.help_screen(t, is_registered=policy.is_registered(person), roles=has))


@router.message(Command("cancel"))
async def cancel(message: Message, db: Database, person: Person, t: L10n) -> None:
    """Throw the open dialog away."""
    async with db.write() as session:
        dialog = await dialogs.cancel(session, person)
    await show(message, screens.dialogs.cancelled(t, dialog))


@router.callback_query(addresses.OpenConsentText.filter())
async def open_consent_text(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The full text."""
    async with db.read() as session:
        given = await persons.standing_consent(session, person)
    text = screens.registration.consent_text(
        t,
        version=persons.CONSENT_VERSION,
        is_given=given is not None,
        again=persons.must_consent_again(person),
    )
    await show(call, text)


@router.callback_query(addresses.GiveConsent.filter())
async def give_consent(
    call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, update_id: int
) -> None:
    """«Согласен(на)»: the form begins. Of a registered person goes on what they were doing (see `bot/consent.py`)."""
    async with db.write() as session:
        person = await persons.give_consent(session, person, now=clock.now())
        waits = await held.first(session, person) is not None
    if policy.is_registered(person):
        await show(call, screens.registration.consented_again(t) if waits else await draw_home(db, person, t))
        return
    await begin(call, REGISTRATION, db=db, clock=clock, person=person, t=t, update_id=update_id)


@router.callback_query(addresses.RefuseConsent.filter())
async def refuse_consent(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """«Не сейчас»: nothing is kept, not even by whose link they came. After a consent given elsewhere the present first screen."""
    async with db.write() as session:
        given = await persons.standing_consent(session, person)
        if given is None:
            await invitations.forget_opened(session, person)
    is_home = given is not None or policy.is_registered(person)
    await show(call, await draw_home(db, person, t) if is_home else screens.registration.refused(t))


@router.callback_query(addresses.AskWithdrawConsent.filter())
async def ask_withdraw_consent(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """Sure? Whoever gave a consent may withdraw it, also before the form is finished."""
    async with db.read() as session:
        may_withdraw = await persons.has_consented(session, person)
    await show(call, screens.registration.ask_withdraw(t) if may_withdraw else await draw_home(db, person, t))


@router.callback_query(addresses.WithdrawConsent.filter())
async def withdraw_consent(call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """The form is deleted, seats are given back, consultations end; id and language stay."""
    async with db.write() as session:
        await leaving.leave(session, person, now=clock.now())
    await show(call, screens.registration.withdrawn(t))


async def _may_begin(session: AsyncSession, actor: Person, arg: int) -> Answers:
    if policy.is_registered(actor):
        raise DialogOver  # an old button: the form is filled in, its answers are changed in the profile
    if await persons.standing_consent(session, actor) is None:
        raise NotRegistered
    return await invitations.prefilled(session, actor)


async def _register(
    session: AsyncSession, actor: Person, answers: Answers, now: datetime
) -> tuple[Person, Network | None, Offer | None]:
    person = await persons.register(session, actor, answers, now=now)
    await session.flush()
    offer = await invitations.after_registration(session, person, now=now)
    return person, await networks.school_for(session, person), offer


def _registered(t: L10n, result: tuple[Person, Network | None, Offer | None]) -> Screen:
    person, school, offer = result
    if offer is not None:
        return screens.invitations.after_registration(t, person, offer)
    return screens.registration.registered(t, person, school)


converse(
    Conversation(
        dialog=REGISTRATION,
        prepare=_may_begin,
        act=_register,
        finished=_registered,
    )
)
