"""Which statements a piece of work asks of the database, and how long SQLite works for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from models import Database, one_hop


@dataclass
class Statements:
    """What was asked since it was last cleared: the texts in order, and SQLite's seconds for all of them.

    The seconds are those that the database's own thread had a core for: what else the machine does, and the way between the threads,
    is not in them. Nor is waiting for a disk: where the file does not fit the memory, more is to be expected.
    """

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    """The statement that took longest, with its seconds."""

    def clear(self) -> None:
        """Begin anew."""
        self.texts.clear()
        self.seconds, self.slowest = 0.0, (0.0, "")


@contextmanager
def listening(db: Database) -> Iterator[Statements]:
    """Count every statement of `db` while inside, and on SQLite take the time."""
    found = Statements()

    def count(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        found.texts.append(text)

    run = one_hop._run

    def timed(connection: Any, begin: str | None, sql: str, parameters: Any, many: bool) -> Any:
        begun = time.thread_time()
        try:
            return run(connection, begin, sql, parameters, many)
        finally:
            spent = time.thread_time() - begun
            found.seconds += spent
            found.slowest = max(found.slowest, (spent, sql))

    engine = db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        with patch.object(one_hop, "_run", timed):
            yield found
    finally:
        event.remove(engine, "before_cursor_execute", count)
