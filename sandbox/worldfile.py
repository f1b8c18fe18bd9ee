"""The world in a file: an SQLite database into which a thread writes what changed, a tenth of a second later.

A process killed at any moment loses at most what happened since; what is written is whole, because every save is one
transaction.
"""

from __future__ import annotations

import asyncio
import errno
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from sandbox.records import Blob, Message
from sandbox.state import Table
from sandbox.world import World

VERSION = 1
PAUSE = 0.1
"""Seconds between a change and its save: a burst of changes is one transaction."""
RETRY = 1.0
"""Seconds before a save that failed (a full disk) is tried again."""
_BLOBS = "blobs"
_MESSAGES = "messages"


@dataclass(slots=True)
class _Batch:
    """Changes to be written: `None` deletes. Records are frozen, so the thread may read them while the world goes on."""

    rows: list[tuple[str, str, Any]]
    blobs: list[tuple[str, Blob | None]]
    shift_seconds: float


class WorldFile:
    """Loads a world from a file and keeps the file up with it."""

    def __init__(self, world: World, path: Path | str) -> None:
        world.state.track_changes()
        self._world = world
        self._path = Path(path)
        self._adapters: dict[str, TypeAdapter[Any]] = {
            name: TypeAdapter(table.record) for name, table in world.state.tables().items() if name != _BLOBS
        }
        self._adapters[_MESSAGES] = TypeAdapter(Message)
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._connection: sqlite3.Connection | None = None
        self._saved_shift: float | None = None

    def _open(self) -> sqlite3.Connection:
        """The connection, opened once; its lock keeps a second sandbox off the file for as long as we live."""
        if self._connection is not None:
            return self._connection
        if not self._path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, f"there is no folder {self._path.parent} for the sandbox's state")
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=1.0)
        try:
            connection.executescript(
                "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
                "CREATE TABLE IF NOT EXISTS rows (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key));"
                "CREATE TABLE IF NOT EXISTS blobs (key TEXT PRIMARY KEY, data BLOB NOT NULL);"
            )
            found = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if "locked" in str(error):
                raise ValueError(f"{self._path} is used by another sandbox") from error
            raise ValueError(f"{self._path} is not a file of the sandbox: {error}") from error
        if found is not None and found[0] != str(VERSION):
            connection.close()
            raise ValueError(f"{self._path} was written by another version of the sandbox: remove it")
        self._connection = connection
        return connection

    def load(self) -> bool:
        """Read the file into the world; False if there was nothing in it.

        Raises ValueError for a file that is not a world's or is in use, OSError for a folder that is not there.
        """
        state = self._world.state
        tables: dict[str, Table[Any, Any]] = state.tables()
        connection = self._open()
        known = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone() is not None
        for key, data in connection.execute("SELECT key, data FROM blobs"):
            state.blobs.put(Blob(key, data))
        for kind, body in connection.execute("SELECT kind, body FROM rows ORDER BY rowid"):
            record = self._adapters[kind].validate_json(body)
            if kind == _MESSAGES:
                state.messages.put(record)
            else:
                tables[kind].put(record)
        shift = connection.execute("SELECT value FROM meta WHERE name = 'shift'").fetchone()
        for chat, rows in state.messages.chats.items():
            state.messages.chats[chat] = dict(sorted(rows.items()))
        for callback in list(state.callbacks):
            state.callbacks.put(replace(callback, connected_at=0.0))  # connections are counted anew in this process
        self._forget_changes()
        if shift is not None and float(shift[0]):
            self._saved_shift = float(shift[0])
            self._world.set_shift(timedelta(seconds=self._saved_shift))
        return known

    def start(self) -> None:
        """Begin to save, first of all what is there already; needs a running event loop."""
        self.save_now()
        self._stop.clear()
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Save what is left and let go of the file."""
        if self._task is not None:
            self._stop.set()
            await self._task
            self._task = None
        self.save_now()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def save_now(self) -> None:
        """Write what changed, at once and in this thread."""
        batch = self._take_changes()
        if batch is not None:
            self._write(batch)

    async def _keep(self) -> None:
        while not self._stop.is_set():
            with suppress(TimeoutError):  # the usual case: nobody asked to stop
                await asyncio.wait_for(self._stop.wait(), PAUSE)
            batch = self._take_changes()
            if batch is None:
                continue
            try:
                await asyncio.to_thread(self._write, batch)
            except sqlite3.Error as error:
                self._put_back(batch)
                self._world.journal.fault(f"the world could not be saved, it will be tried again: {error}")
                await asyncio.sleep(RETRY)

    def _put_back(self, batch: _Batch) -> None:
        """Remember changes which could not be written."""
        tables = self._world.state.tables()
        for kind, key, _ in batch.rows:
            changed = tuple(json.loads(key)) if key.startswith("[") else json.loads(key)
            dirty = self._world.state.messages.dirty if kind == _MESSAGES else tables[kind].dirty
            dirty[changed] = None
        for key, _ in batch.blobs:
            self._world.state.blobs.dirty[key] = None
        self._saved_shift = None

    def _forget_changes(self) -> None:
        for table in self._world.state.tables().values():
            table.dirty.clear()
        self._world.state.messages.dirty.clear()

    def _take_changes(self) -> _Batch | None:
        state = self._world.state
        shift = self._world.clock.offset.total_seconds()
        rows: list[tuple[str, str, Any]] = []
        for name, table in state.tables().items():
            if name != _BLOBS:
                rows += _changed(name, table.dirty, table.get)
        rows += _changed(_MESSAGES, state.messages.dirty, state.messages.get)
        blobs = [(key, state.blobs.get(key)) for key in state.blobs.dirty]
        if not rows and not blobs and shift == self._saved_shift:
            return None
        self._forget_changes()
        self._saved_shift = shift
        return _Batch(rows, blobs, shift)

    def _write(self, batch: _Batch) -> None:
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany(
                "INSERT INTO rows (kind, key, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                self._bodies(batch),
            )
            connection.executemany(
                "DELETE FROM rows WHERE kind = ? AND key = ?",
                [(kind, key) for kind, key, record in batch.rows if record is None],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO blobs (key, data) VALUES (?, ?)",
                [(key, blob.data) for key, blob in batch.blobs if blob is not None],
            )
            connection.executemany("DELETE FROM blobs WHERE key = ?", [(k,) for k, blob in batch.blobs if blob is None])
            meta = [("version", str(VERSION)), ("shift", str(batch.shift_seconds))]
            connection.executemany("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", meta)
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _bodies(self, batch: _Batch) -> Iterator[tuple[str, str, str]]:
        for kind, key, record in batch.rows:
            if record is not None:
                yield kind, key, self._adapters[kind].dump_json(record).decode()


def _changed(name: str, keys: dict[Any, None], get: Callable[[Any], Any]) -> list[tuple[str, str, Any]]:
    return [(name, json.dumps(key), get(key)) for key in keys]
