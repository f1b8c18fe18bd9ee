"""A message that shows a live screen follows what it shows."""

from __future__ import annotations

from aiogram.types import Message

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
