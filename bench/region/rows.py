"""Many rows of many tables, written in the order of their tables and a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import Base

Rows = Iterable[tuple[type[Base], dict[str, Any]]]
"""Tables with a row of each; of one table all rows have the same columns."""

AT_ONCE = 20_000


async def write(session: AsyncSession, rows: Rows) -> None:
    """Write them all. Tables are written as they first come: what others refer to has to come before them."""
    left = iter(rows)
    by_table: dict[type[Base], list[dict[str, Any]]] = {}
    while some := list(islice(left, AT_ONCE)):
        for table, row in some:
            by_table.setdefault(table, []).append(row)
        for table, found in by_table.items():
            assert isinstance(table.__table__, Table)
            if found:
                await session.execute(insert(table.__table__), found)
                found.clear()
