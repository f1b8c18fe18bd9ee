"""Going back in the database: a moment is kept as the rows that differ from the city, and only what differs is put back.

Triggers note which rows were touched, whoever touched them. Copying the whole file back and forth (SQLite's backup API) took a
third of the walk.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models import Database

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

_TOUCHED = "walker_touched"

_DIALOG = "SELECT state, paused_at FROM dialog_states JOIN persons ON persons.id = person_id WHERE telegram_id = ?"

_DUE = """
SELECT kind, telegram_id = ? FROM notifications JOIN persons ON persons.id = person_id
WHERE state = 'pending' AND datetime(next_at) <= datetime(?)
"""

Key = tuple[str, int]
"""A table and a rowid."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The database at one moment: the rows that the city has otherwise, None for one that is gone."""

    rows: dict[Key, Row | None]


class Memory:
    """The moments of one SQLite database. `now` is the present one; after a commit it is taken anew when it is asked for."""

    def __init__(self, db: Database) -> None:
        assert db.url.database is not None
        self._live = sqlite3.connect(Path(db.url.database), isolation_level=None)
        self._live.execute("PRAGMA synchronous=OFF")  # nobody needs this database after a power cut
        self._live.execute(f"CREATE TABLE {_TOUCHED} (name TEXT NOT NULL, row INTEGER NOT NULL)")
        self._city: dict[Key, Row] = {}
        self._put: dict[str, str] = {}
        for (table,) in self._live.execute(_TABLES).fetchall():
            if table != _TOUCHED:
                self._remember(table)
        self._now = Moment({})
        self._is_past = False
        db.after_commit(self._forget)

    def _remember(self, table: str) -> None:
        for deed, ids in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            notes = " ".join(f"INSERT INTO {_TOUCHED} VALUES ('{table}', {which}.rowid);" for which in ids)
            self._live.execute(f"CREATE TRIGGER walker_{table}_{deed} AFTER {deed} ON {table} BEGIN {notes} END")
        cursor = self._live.execute(f"SELECT rowid, * FROM {table}")
        self._city |= {(table, row[0]): row for row in cursor}
        columns = ["rowid", *(column[0] for column in cursor.description[1:])]
        self._put[table] = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"

    def close(self) -> None:
        """Let the database go."""
        self._live.close()

    @property
    def now(self) -> Moment:
        """The present moment; the very same object as long as nobody wrote."""
        if self._is_past:
            rows = dict(self._now.rows)
            for key in set(self._live.execute(f"SELECT name, row FROM {_TOUCHED}")):
                row = self._live.execute(f"SELECT rowid, * FROM {key[0]} WHERE rowid = ?", key[1:]).fetchone()
                rows[key] = row
                if row == self._city.get(key):
                    del rows[key]
            self._live.execute(f"DELETE FROM {_TOUCHED}")
            self._now, self._is_past = Moment(rows), False
        return self._now

    def return_to(self, moment: Moment) -> None:
        """Make the database what it was; nothing is done when it still is."""
        now = self.now.rows
        if moment is self._now:
            return
        changed = [
            (key, row)
            for key in now.keys() | moment.rows.keys()
            if (row := moment.rows.get(key, self._city.get(key))) != now.get(key, self._city.get(key))
        ]
        self._live.execute("BEGIN IMMEDIATE")
        for key, _ in changed:  # all go before any comes: two may have exchanged what must be unique
            self._live.execute(f"DELETE FROM {key[0]} WHERE rowid = ?", key[1:])
        for key, row in changed:
            if row is not None:
                self._live.execute(self._put[key[0]], row)
        self._live.execute(f"DELETE FROM {_TOUCHED}")
        self._live.execute("COMMIT")
        self._now = moment

    def dialog_of(self, telegram_id: int) -> tuple[str | None, bool]:
        """Where this person's dialog stands («registration:name») and whether it is paused."""
        row = self._live.execute(_DIALOG, (telegram_id,)).fetchone()
        return (row[0], row[1] is not None) if row else (None, False)

    def due(self, now: datetime, telegram_id: int) -> list[tuple[str, bool]]:
        """The notifications that wait to be sent now: of which kind each is, and whether it is for this person."""
        due = self._live.execute(_DUE, (telegram_id, now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")))
        return [(kind, bool(mine)) for kind, mine in due]

    def _forget(self, _notes: object = None) -> None:
        self._is_past = True
