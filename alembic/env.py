"""How yesterday's tables become today's. The connection comes from `bot/migrations.py`, or from `DATABASE_URL` by hand."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from models import Base, Database


def render_item(kind, thing, autogen_context):
    """Write our own column type as the plain one it is in the database: migrations import nothing of ours."""
    if kind == "type" and type(thing).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_by_hand() -> None:
    database = Database(os.environ.get("DATABASE_URL", "sqlite+aiosqlite:///var/metodset.sqlite3"))
    async with database.engine.begin() as connection:
        await connection.run_sync(migrate)
    await database.close()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    asyncio.run(migrate_by_hand())
