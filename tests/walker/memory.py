"""Going back in the database: a moment is kept as the pages that differ from the city, and is put back under open connections.

SQLite's backup API copies into a live database in some 4 ms, and its readers notice; copying the file would need every
connection closed and opened again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models import Database

PAGE = 4096
_NO_WAL = b"\1\1"
"""Bytes 18 and 19 of the file format: a database in memory has no write-ahead log; the live one keeps its own."""

_DIALOG = "SELECT state, paused_at FROM dialog_states JOIN persons ON persons.id = person_id WHERE telegram_id = ?"

_DUE = "SELECT count(*) FROM notifications WHERE state = 'pending' AND datetime(next_at) <= datetime(?)"


@dataclass(frozen=True, slots=True)
class Moment:
    """The database at one moment: its size and the pages that the city does not have."""

    size: int
    pages: dict[int, bytes]


class Memory:
    """The moments of one SQLite database. `now` is the present one; after a commit it is taken anew when it is asked for."""

    def __init__(self, db: Database) -> None:
        assert db.url.database is not None
        self._live = sqlite3.connect(Path(db.url.database))
        self._live.execute("PRAGMA synchronous=OFF")  # nobody needs this database after a power cut
        self._city = self._read()
        self._now: Moment | None = Moment(len(self._city), {})
        db.after_commit(self._forget)

    def close(self) -> None:
        """Let the database go."""
        self._live.close()

    @property
    def now(self) -> Moment:
        """The present moment; the very same object as long as nobody wrote."""
        if self._now is None:
            self._now = self._difference(self._read())
        return self._now

    def return_to(self, moment: Moment) -> None:
        """Make the database what it was; nothing is done when it still is."""
        if self._now is moment:
            return
        image = bytearray(self._city[: moment.size].ljust(moment.size, b"\0"))
        for start, page in moment.pages.items():
            image[start : start + PAGE] = page
        image[18:20] = _NO_WAL
        with closing(sqlite3.connect(":memory:")) as kept:
            kept.deserialize(bytes(image))
            kept.backup(self._live)
        self._now = moment

    def dialog_of(self, telegram_id: int) -> tuple[str | None, bool]:
        """Where this person's dialog stands («registration:name») and whether it is paused."""
        row = self._live.execute(_DIALOG, (telegram_id,)).fetchone()
        return (row[0], row[1] is not None) if row else (None, False)

    def count_due(self, now: datetime) -> int:
        """How many notifications wait to be sent now."""
        due: int = self._live.execute(_DUE, (now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),)).fetchone()[0]
        return due

    def _forget(self, _notes: object = None) -> None:
        self._now = None

    def _read(self) -> bytes:
        with closing(sqlite3.connect(":memory:")) as copy:
            self._live.backup(copy)
            return copy.serialize()

    def _difference(self, image: bytes) -> Moment:
        starts = range(0, len(image), PAGE)
        pages = {start: image[start : start + PAGE] for start in starts}
        changed = {start: page for start, page in pages.items() if page != self._city[start : start + PAGE]}
        return Moment(len(image), changed)
