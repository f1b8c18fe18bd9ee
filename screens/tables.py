"""Tables to keep: a list of people as an XLSX file, with real dates and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from screens.l10n import L10n

if TYPE_CHECKING:
    from services.announced import Recipient

DATE_FORMAT = "dd.mm.yyyy hh:mm"

Cell = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it and how wide it is, in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its file's name."""

    file_name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def to_xlsx(self) -> bytes:
        """The file. It takes a second for ten thousand rows: call it in a thread."""
        from openpyxl import Workbook  # some megabytes that few ever need
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        book = Workbook()
        sheet = book.active
        if sheet is None:
            raise RuntimeError("a workbook without a sheet")
        sheet.title = self.title
        sheet.append([column.title for column in self.columns])
        for number, column in enumerate(self.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
            sheet.cell(1, number).font = Font(bold=True)
        for row_number, row in enumerate(self.rows, start=2):
            for column_number, value in enumerate(row, start=1):
                cell = sheet.cell(row_number, column_number, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # a name that begins with «=» is no formula
                elif isinstance(value, datetime):
                    cell.number_format = DATE_FORMAT
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def recipients(t: L10n, announcement_id: int, people: Iterable[Recipient]) -> Table:
    """Everybody an announcement was for, one a row."""
    columns = [
        Column("№", 6),
        Column(t.plain("announced-table-name"), 36),
        Column(t.plain("announced-table-organisation"), 30),
        Column(t.plain("announced-table-network"), 30),
        Column(t.plain("announced-table-state"), 24),
        Column(t.plain("announced-table-sent"), 18),
        Column(t.plain("announced-table-acknowledged"), 16),
        Column(t.plain("announced-table-acknowledged-at"), 18),
    ]
    rows = [
        (
            number,
            one.name,
            one.organisation,
            ", ".join(one.networks),
            _state(t, one.became),
            _local(one.settled_at, t.zone),
            t.plain("announced-table-yes" if one.acknowledged_at is not None else "announced-table-no"),
            _local(one.acknowledged_at, t.zone),
        )
        for number, one in enumerate(people, start=1)
    ]
    return Table(f"announcement-{announcement_id}.xlsx", t.plain("announced-table-title"), columns, rows)


def _state(t: L10n, became: str) -> str:
    states = {
        "sent": "announced-table-state-sent",
        "waiting": "announced-table-state-waiting",
        "blocked": "announced-table-state-blocked",
        "failed": "announced-table-state-failed",
        "left": "announced-table-state-left",
        "muted": "announced-table-state-muted",
        "stopped": "announced-table-state-stopped",
    }
    return t.plain(states.get(became, "announced-table-state-unknown"))


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """As the wall clock showed it: a table knows no time zones."""
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
