"""Everything that is stored about a person (152-ФЗ, art. 14), section by section, as JSON could keep it.

Each section is rows of one table that belong to the person by some of its columns. A rule of the tests compares the columns of all
tables that lead to `persons` with those named here.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import Person
from services.my_data.deeds import DEEDS
from services.my_data.section import Field, Section
from services.my_data.standing import STANDING

__all__ = ["LEFT_OUT", "OWN_LEFT_OUT", "SECTIONS", "Data", "Field", "Section", "collect"]

SECTIONS: tuple[Section, ...] = (*STANDING, *DEEDS)
"""What a person gets, in this order."""

LEFT_OUT = {
    "consultations.assigned_by_id": "what the person did as a coordinator stands in the journal",
    "consultations.closed_by_id": "the same",
    "products.decided_by_id": "the same",
    "appointments.appointed_by_id": "the same",
    "topic_experts.appointed_by_id": "the same",
    "heads.appointed_by_id": "the same",
    "applications.decided_by_id": "the same",
    "registry_doubts.decided_by_id": "the same",
    "announcement_drafts.sender_id": "the same; the words are its author's",
    "leftovers.person_id": "whoever has a row there is deleted",
}
"""The columns that lead to a person and are no section's, and why."""

OWN_LEFT_OUT = {
    "id": "a number of ours, by which nobody knows the person",
    "organisation_id": "the title of the organisation is told",
    "command_menu": "which commands Telegram shows follows from the roles",
    "deleted_at": "whoever asks is not deleted",
}
"""The columns of `persons` that are not told, and why."""

Data = Mapping[str, Sequence[Mapping[str, Any]]]
"""Section's key → its rows, each by the names of its fields."""


async def collect(session: AsyncSession, actor: Person) -> Data:
    """Everything stored about the actor, by section; empty sections are there too."""
    data: dict[str, list[dict[str, Any]]] = {}
    for section in SECTIONS:
        rows = (await session.execute(section.rows_of(actor.id))).mappings()
        data[section.key] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return data


def _plain(value: Any) -> Any:
    """A value as JSON has it: moments in UTC, the words of enums."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
