"""`invite`: whoever holds the server invites an administrator."""

from __future__ import annotations

from bot import migrations
from bot.settings import Settings
from bot.start import StartError, opening_database
from models import Database
from services import invitations
from services.clock import Clock


async def invite_administrator(settings: Settings) -> None:
    """Print what the person to be invited sends to the bot. Raises StartError when the database is not there or not of this version.

    Telegram is not asked for the bot's name: whoever may run this knows it, and the code works as well when it is typed.
    """
    with opening_database():
        db = Database(settings.database, synchronous=settings.sqlite_synchronous)
        try:
            if not await migrations.is_current(db):
                raise StartError("The database is not of this version yet: run «python -m bot migrate» first.")
            async with db.write() as session:
                invitation = await invitations.make_administrator(session, now=Clock().now())
        finally:
            await db.close()
    way_in = f"/start {invitation.token}\nhttps://t.me/<bot>?start={invitation.token}"
    print(way_in)  # noqa: T201  # the operator's terminal is where this belongs
