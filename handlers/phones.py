"""The own phone number: asked for by Telegram's own button, taken only from whom it belongs to, taken back."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

import screens.phones
import screens.registration
from handlers.show import ask_contact, put_keys_away, show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from services import persons, phones, policy
from services.clock import Clock

router = Router(name="phones")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.AskPhone.filter())
async def ask_phone(call: CallbackQuery, person: Person, t: L10n) -> None:
    """«Добавить телефон»: Telegram's button comes with a new message, for it cannot stand under one that is there."""
    policy.require_registered(person)
    share, not_now = t.plain("phone-share"), t.plain("phone-not-now")
    await ask_contact(call, screens.phones.ask(t), share=share, not_now=not_now)


@router.message(F.contact)
async def take_phone(message: Message, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """A contact: the own one is kept, by the button or by the paper clip; whose it is, Telegram says."""
    contact = message.contact
    if contact is None:
        raise ValueError("a contact without a contact")
    async with db.write() as session:
        await phones.share(session, person, number=contact.phone_number, owner_id=contact.user_id, now=clock.now())
        await session.flush()
        profile = await persons.profile(session, person)
    await put_keys_away(message, t("phone-kept"))
    await show(message, screens.registration.profile(t, profile))


@router.message(F.text.in_(screens.phones.refusals()))
async def keep_phone_back(message: Message, db: Database, person: Person, t: L10n) -> None:
    """«Не сейчас»: the buttons go away."""
    async with db.read() as session:
        profile = await persons.profile(session, person)
    await put_keys_away(message, t("phone-not-kept"))
    await show(message, screens.registration.profile(t, profile))


@router.callback_query(addresses.ForgetPhone.filter())
async def forget_phone(call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """«Убрать телефон»."""
    async with db.write() as session:
        await phones.forget(session, person, now=clock.now())
        await session.flush()
        profile = await persons.profile(session, person)
    await show(call, screens.phones.forgotten(t, profile))
