"""A message that shows a live screen follows what it shows."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message

from handlers.show import show
from models import Database, Person
from screens.screen import Screen
from services import announced
from services.clock import Clock


async def keep_live(screen: Screen, shown: Message | None, *, db: Database, clock: Clock, person: Person) -> None:
    """Have the message `shown` drawn anew as long as its `screen` is live; call it when the screen is out."""
    if screen.live is None or shown is None:
        return
    async with db.write() as session:
        await announced.follow(
            session,
            person,
            screen.live,
            chat_id=shown.chat.id,
            message_id=shown.message_id,
            now=clock.now(),
        )


async def show_report(call: CallbackQuery, screen: Screen, *, db: Database, clock: Clock, person: Person) -> None:
    """Show a screen that may be live."""
    shown = await show(call, screen)
    await keep_live(screen, shown, db=db, clock=clock, person=person)
