"""One table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of ours, the same of a bare aiogram bot (where there is such a thing), and what they say together."""

    what: str
    ours: str
    bare: str = "–"
    ratio: str = "–"


HEAD = Line("what", "this bot", "bare aiogram", "ratio")


def drawn(lines: Sequence[Line]) -> str:
    """The table with its columns in line."""
    rows = [(line.what, line.ours, line.bare, line.ratio) for line in (HEAD, *lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([text[0], "-" * (sum(widths) + 6), *text[1:]])
