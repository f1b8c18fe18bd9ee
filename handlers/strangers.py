"""Whoever is not registered yet gets the way there, whatever they type or press."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.home import draw_home
from handlers.said import SAID
from handlers.show import show
from models import Database, Person
from screens.l10n import L10n
from services import policy


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
    """The welcome, or the unfinished form."""
    await show(event, await draw_home(db, person, t))
