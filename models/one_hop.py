"""SQLite behind one thread, with one way there and back for each statement.

aiosqlite hands every step of a statement to its thread by itself: open a cursor, execute, fetch, close. The ways between
the threads then cost more than the statements. Here a statement goes over once and comes back with its rows, and the BEGIN
of a transaction goes with the first statement; a transaction that asked nothing never begins.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import aiosqlite


class _Outcome(NamedTuple):
    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class OneHopCursor:
    """What SQLAlchemy's adapter needs of a cursor; everything but the statement itself is at hand."""

    arraysize = 1

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._outcome = _Outcome([], None, -1, None)

    async def __aenter__(self) -> OneHopCursor:
        return self

    @property
    def description(self) -> Any:
        """The columns of the rows, None for a statement without rows (PEP 249)."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed (PEP 249)."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row inserted last (PEP 249)."""
        return self._outcome.lastrowid

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> OneHopCursor:
        """Run one statement and bring all its rows."""
        self._outcome = await self._connection.run(sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> OneHopCursor:
        """Run one statement for each set of parameters."""
        self._outcome = await self._connection.run(sql, parameters, many=True)
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows, which came with the statement."""
        return self._outcome.rows

    async def close(self) -> None:
        """The cursor itself was closed in the thread."""


class OneHopConnection(aiosqlite.Connection):
    """A connection of aiosqlite whose cursors cross over once."""

    _begin: str | None = None
    _begun = False
    """As far as was handed to the thread: a statement that nobody waits for any more may still be on its way."""

    def begin(self, mode: str) -> None:
        """Begin a transaction with the next statement. `mode` is DEFERRED or IMMEDIATE (https://www.sqlite.org/lang_transaction.html)."""
        self._begin = f"BEGIN {mode}"

    def cursor(self) -> Any:
        """A cursor that costs nothing until it executes."""
        return OneHopCursor(self)

    async def run(self, sql: str, parameters: Any, *, many: bool = False) -> _Outcome:
        """One statement, after the BEGIN that may stand before it. Raises sqlite3's errors."""
        begin, self._begin = self._begin, None
        self._begun = self._begun or begin is not None
        work = partial(_run, self._conn, begin, sql, parameters, many)
        outcome: _Outcome = await self._execute(work)  # type: ignore[no-untyped-call]  # aiosqlite gives it no types
        return outcome

    async def commit(self) -> None:
        """Commit, if anything was begun."""
        self._begin = None
        if self._begun:
            await super().commit()
            self._begun = False

    async def rollback(self) -> None:
        """Roll back, if anything was begun."""
        self._begin = None
        if self._begun:
            await super().rollback()
            self._begun = False


def _run(connection: sqlite3.Connection, begin: str | None, sql: str, parameters: Any, many: bool) -> _Outcome:
    if begin is not None:
        connection.execute(begin).close()
    cursor = connection.cursor()
    try:
        if many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return _Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()


def connect(database: str, **options: Any) -> OneHopConnection:
    """A connection to be awaited; `options` are sqlite3.connect's. Its thread does not keep a process alive."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy does with the connections that it makes itself
    return connection
