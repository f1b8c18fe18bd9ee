"""`python -m bot import FILE`: a list of the registry from the command line; no Telegram here."""

from __future__ import annotations

from pathlib import Path

from bot.data import migrate
from bot.settings import Settings
from bot.start import StartError
from models import Database, Person
from screens import registry_files
from screens.l10n import LANGUAGES, L10n
from services import registry, workbooks
from services.clock import Clock
from services.errors import DomainError
from services.registry import Checked, Counts, Outcome

WRONG = ".errors.xlsx"
"""What is put after the list's name for the file of its wrong rows."""


async def take_list(settings: Settings, path: Path, *, only_check: bool) -> str:
    """Take a list, or only say what taking it would do; wrong rows go into a file beside it. Gives what the operator reads.

    Raises StartError in one sentence when the file cannot be read or is no list, and when the database cannot be opened.
    """
    data = _read(path)
    await migrate(settings)
    clock = Clock(settings.zone)
    db = Database(settings.database, synchronous=settings.sqlite_synchronous)
    t = L10n(LANGUAGES[1])  # the command line speaks English
    try:
        checked = await registry.examine(data, now=clock.now())
        operator = Person(administrator_at=clock.now())  # whoever holds the database; no row, so nobody in the audit
        act = (
            registry.foresee(db, operator, checked)
            if only_check
            else registry.take(db, operator, checked, now=clock.now())
        )
        outcome = await act
    except DomainError as refusal:
        raise StartError(f"{path}: {t.plain(refusal.key, **refusal.values)}") from refusal
    finally:
        await db.close()
    return _report(checked, outcome, await _put_wrong(t, checked, path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StartError(f"{path}: the file cannot be read ({error.strerror}).") from error


async def _put_wrong(t: L10n, checked: Checked, path: Path) -> Path | None:
    if not checked.wrong:
        return None
    beside = path.with_name(path.name + WRONG)
    beside.write_bytes(await workbooks.make(registry_files.wrong(t, checked.wrong, workbooks.Sheet)))
    return beside


def _report(checked: Checked, outcome: Outcome, wrong: Path | None) -> str:
    lines = [_line("organisations", outcome.organisations), _line("people", outcome.people)]
    lines += [f"new organisation, named by people only: {title}" for title in outcome.new_titles]
    if checked.unknown:
        lines.append(f"columns not taken: {', '.join(checked.unknown)}")
    if wrong is not None:
        lines.append(f"wrong rows: {len(checked.wrong)}, see {wrong}")
    return "\n".join(lines)


def _line(what: str, counts: Counts) -> str:
    return f"{what}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
