"""The own profile and its changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.registration
from dialogs import PROFILE_EDITS, Answers
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from services import persons
from services.persons import Profile

router = Router(name="profile")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(Command("profile"))
@router.callback_query(addresses.OpenProfile.filter())
async def open_profile(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """The own profile."""
    async with db.read() as session:
        profile = await persons.profile(session, person)
    await show(event, screens.registration.profile(t, profile))


async def _change(field: str, session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Profile:
    await persons.change(session, actor, field, answers, now=now)
    await session.flush()
    return await persons.profile(session, actor)


async def _known(field: str, session: AsyncSession, actor: Person, arg: int) -> Answers:
    return await persons.known(session, actor, field)


for _dialog in PROFILE_EDITS:
    converse(
        Conversation(
            dialog=_dialog,
            prepare=partial(_known, _dialog.questions[0].key),
            act=partial(_change, _dialog.questions[0].key),
            finished=screens.registration.profile_changed,
        )
    )
