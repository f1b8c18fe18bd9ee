"""Whoever is not registered yet gets the way there, whatever they type or press."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

import screens.registration
from handlers.home import draw_home
from handlers.said import SAID, said_of
from handlers.show import show
from models import Database, Person
from screens.l10n import L10n
from services import dialogs, persons, policy


class IsStranger(Filter):
    """Not registered (any more)."""

    async def __call__(self, event: TelegramObject, person: Person | None = None, **_: Any) -> bool:
        return person is not None and not policy.is_registered(person)


router = Router(name="strangers")
router.message.filter(F.chat.type == ChatType.PRIVATE, IsStranger())
router.callback_query.filter(IsStranger())


@router.message(SAID)
@router.callback_query()
async def show_the_way(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The welcome, or the unfinished form; what was typed there is offered as its answer."""
    said = said_of(event) if isinstance(event, Message) and not (event.text or "").startswith("/") else None
    if said is not None:
        async with db.read() as session:
            waiting = await dialogs.waiting_question(session, person)
            consent = await persons.standing_consent(session, person)
        if waiting is not None and consent is not None and waiting.may_take(said):
            await show(event, screens.registration.typed_meanwhile(t, waiting, said), reply=True)
            return
    await show(event, await draw_home(db, person, t))
