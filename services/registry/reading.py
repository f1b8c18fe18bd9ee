"""A file becomes rows: in a process of its own, so that neither its size nor its malice is felt by people who are being served."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services.errors import RegistryFileRefused

MOST_BYTES = 20 * 1024 * 1024
"""As much as a bot can download (telegram.md); a list of twenty thousand people takes a tenth of it."""

MOST_SECONDS = 60.0
"""The lists of a city are read in a second or two."""

_READER = Path(__file__).with_name("reader.py")
_ONE_AT_A_TIME = asyncio.Semaphore(1)
"""The server is small: a second file waits for the first."""


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell whose value cannot be told: a formula that was never worked out, or an error of one. `text` is how it looks."""

    text: str


Cell = None | str | int | float | bool | date | NoValue


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the person's program shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One sheet; `title` is empty for CSV. `is_guessed`: the letters were read as CP1251 because they are no UTF-8."""

    title: str
    rows: tuple[Row, ...]
    is_guessed: bool


async def read_file(data: bytes) -> list[SheetRead]:
    """What is in an XLSX or CSV file. Raises RegistryFileRefused with the reason.

    Merged cells give their value to each of their rows; formulas give their saved results.
    """
    if len(data) > MOST_BYTES:
        raise RegistryFileRefused(reason="too-large", most=MOST_BYTES // 1024**2)
    async with _ONE_AT_A_TIME:
        answer = await _in_a_process(data)
    return await asyncio.to_thread(_sheets, answer)


async def _in_a_process(data: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_READER),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(MOST_SECONDS):
            answer, _ = await process.communicate(data)
    except TimeoutError as error:
        raise RegistryFileRefused(reason="huge", most=0) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:  # below zero: the system ended it, for its memory
        raise RegistryFileRefused(reason="huge" if (process.returncode or 0) < 0 else "broken", most=0)
    return answer


def _sheets(answer: bytes) -> list[SheetRead]:
    told = json.loads(answer)
    if "refused" in told:
        raise RegistryFileRefused(reason=told["refused"], most=told.get("most", 0))
    is_guessed = told["encoding"] == "cp1251"
    return [
        SheetRead(
            sheet["title"],
            tuple(Row(number, tuple(_cell(cell) for cell in cells)) for number, cells in sheet["rows"]),
            is_guessed,
        )
        for sheet in told["sheets"]
    ]


def _cell(told: object) -> Cell:
    if not isinstance(told, dict):
        return told  # type: ignore[return-value]  # the reader gives nothing else
    if "date" in told:
        return date.fromisoformat(told["date"])
    return NoValue(str(told.get("error", "=")))
