"""Groups: the bot works in private chats and in a group only points to itself. And who blocked the bot."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, Message

import screens.menu
from handlers.show import keyboard, show
from models import Database
from screens.l10n import L10n
from services import persons
from services.clock import Clock

router = Router(name="groups")

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR}


@router.my_chat_member(F.chat.type == ChatType.PRIVATE, F.new_chat_member.status == ChatMemberStatus.KICKED)
async def remember_block(update: ChatMemberUpdated, db: Database, clock: Clock) -> None:
    """The person stopped the bot."""
    async with db.write() as session:
        await persons.mark_blocked(session, update.from_user.id, now=clock.now())


@router.my_chat_member(F.chat.type == ChatType.PRIVATE, F.new_chat_member.status == ChatMemberStatus.MEMBER)
async def remember_return(update: ChatMemberUpdated, db: Database) -> None:
    """The person let the bot in again: what waits for them may be sent, before they say a word."""
    async with db.write() as session:
        await persons.mark_back(session, update.from_user.id)


@router.my_chat_member(F.chat.type.in_(_GROUPS), F.new_chat_member.status.in_(_INSIDE))
async def greet_group(update: ChatMemberUpdated, bot: Bot, t: L10n) -> None:
    """Added to a group: say once where the bot is to be found."""
    if update.old_chat_member.status in _INSIDE:
        return
    screen = screens.menu.group(t, (await bot.me()).username or "")
    await bot.send_message(update.chat.id, screen.text, reply_markup=keyboard(screen))


@router.message(F.chat.type.in_(_GROUPS), Command("start", "menu", "help"))
async def point_to_private(message: Message, bot: Bot, t: L10n) -> None:
    """A command in a group: the way to the private chat."""
    await show(message, screens.menu.group(t, (await bot.me()).username or ""))
