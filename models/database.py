"""The two doors to the data: `read()` looks, `write()` changes. Nothing else opens a session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from models import one_hop
from models.fair_pool import FairPool

_writing: ContextVar[bool] = ContextVar("writing", default=False)

DATABASE_ERRORS = (SQLAlchemyError, OSError, PostgresError, InterfaceError)
"""What a database that is away, or refuses, raises. asyncpg's own errors are among it: SQLAlchemy translates what a call or a
connecting says, but not what goes wrong while a new connection is being taught its types."""

AfterCommit = Callable[[dict[str, Any]], None]
"""What is called after a commit, with the notes that the transaction left in `session.info`."""


class NestedWrite(RuntimeError):
    """A `write()` inside a `write()`: on SQLite it would wait for itself for ever, so it fails at once everywhere."""


class ReadOnlySession(Session):
    """A session that refuses to flush: a deferred SQLite transaction that reads and then writes locks up."""

    def flush(self, objects: Any = None) -> None:
        """Do nothing while nothing changed; refuse as soon as something did."""
        if self.new or self.dirty or self.deleted:
            raise RuntimeError("read() sessions do not write: use write()")


class Database:
    """One database and its two doors.

    `url` is `sqlite+aiosqlite:///path` (WAL, foreign keys, one writer at a time, concurrent readers) or
    `postgresql+asyncpg://…`. `synchronous` is SQLite's durability: FULL survives a power cut, NORMAL only a crash of ours.
    """

    def __init__(self, url: str | URL, *, synchronous: str = "FULL", echo: bool = False) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"echo": echo, "hide_parameters": True}  # errors in the log carry no personal data
        if self.is_sqlite:
            if self.url.database and self.url.database != ":memory:":
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
                options["poolclass"] = FairPool
            options["connect_args"] = {"timeout": 30, "async_creator_fn": one_hop.connect}
        else:
            options |= {"poolclass": FairPool, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
        self.engine: AsyncEngine = create_async_engine(self.url, **options)
        if self.is_sqlite:
            _teach_sqlite(self.engine, synchronous)
        self._readers = async_sessionmaker(self.engine, sync_session_class=ReadOnlySession, expire_on_commit=False)
        self._writers = async_sessionmaker(
            self.engine.execution_options(sqlite_begin="IMMEDIATE"), expire_on_commit=False
        )
        self._writer_lock = asyncio.Lock()
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._after_commit: list[AfterCommit] = []

    def after_commit(self, call: AfterCommit) -> None:
        """Have `call(notes)` run after every commit, outside the transaction: how the sender is woken."""
        self._after_commit.append(call)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that looks. Refuses to flush."""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def write(self, line: str | None = None) -> AsyncIterator[AsyncSession]:
        """One transaction: committed when the block ends, rolled back when it raises. Raises NestedWrite inside itself.

        `line` names the row that hundreds may want to hold at once. Those who name the same one stand in line here, first come,
        first served: PostgreSQL lets many of them pass each other, and each would wait on a connection that others need.
        """
        if _writing.get():
            raise NestedWrite("write() inside write(): pass the session along")
        token = _writing.set(True)
        try:
            async with self._line(line), self._writers.begin() as session:
                yield session
            notes = dict(session.info)
        finally:
            _writing.reset(token)
        for call in self._after_commit:
            call(notes)

    def _line(self, name: str | None) -> AbstractAsyncContextManager[None]:
        if self.is_sqlite:
            return self._writer_lock
        if name is None:
            return nullcontext()
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = asyncio.Lock()
        return line

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def inside_write() -> bool:
    """Whether this task stands inside `write()`: nobody talks to Telegram there."""
    return _writing.get()


def _teach_sqlite(engine: AsyncEngine, synchronous: str) -> None:
    """Explicit BEGIN instead of the driver's guesses (which lose updates), and the pragmas of a server."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "secure_delete=ON",  # what people have deleted is overwritten: it does not linger in free pages of the file
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        driver = connection.connection.driver_connection
        if not isinstance(driver, one_hop.OneHopConnection):
            raise TypeError("SQLite is reached through models.one_hop")
        driver.begin(mode)
