"""Commands about the database alone: no Telegram here."""

from __future__ import annotations

from bot import migrations
from bot.settings import Settings
from bot.start import StartError, opening_database
from demo import CityNotEmpty, build
from models import Database
from services.clock import Clock
from services.copies import Copies


async def migrate(settings: Settings) -> None:
    """Bring the tables up to this version. Raises StartError when the database cannot be opened."""
    with opening_database():
        db = Database(settings.database, synchronous=settings.sqlite_synchronous)
        try:
            await migrations.upgrade(db)
        finally:
            await db.close()


async def fill_with_demo_city(settings: Settings) -> None:
    """Migrate, then put the demo city into the empty database. Raises StartError on any other."""
    await migrate(settings)
    db = Database(settings.database, synchronous=settings.sqlite_synchronous)
    try:
        async with db.write() as session:
            await build(session, copies=Copies(settings.files), now=Clock().now())
    except CityNotEmpty as error:
        raise StartError("The demo city goes into an empty database only; this one holds data already.") from error
    finally:
        await db.close()
