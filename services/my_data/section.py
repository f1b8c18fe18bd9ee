"""One section of what is stored about a person: rows of one table that belong to them by some of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ColumnCollection

from models import Invitation, Network, Organisation, Topic

Column = InstrumentedAttribute[Any]
Joins = tuple[tuple[type[Any], ColumnElement[bool]], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What of a row is told, under which name."""

    name: str
    column: Column


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of `table` that belong to a person by one of the columns `by`, in the order of their `key_columns`."""

    key: str
    table: type[Any]
    by: tuple[Column, ...]
    fields: tuple[Field, ...]
    joins: Joins = ()

    def rows_of(self, person_id: int) -> Select[Any]:
        """The query of the section."""
        query = select(*(field.column.label(field.name) for field in self.fields)).select_from(self.table)
        for table, condition in self.joins:
            query = query.outerjoin(table, condition)
        keys: ColumnCollection[str, Any] = self.table.__table__.primary_key.columns
        return query.where(or_(*(column == person_id for column in self.by))).order_by(*keys)


def section(key: str, table: type[Any], by: Column | tuple[Column, ...], joins: Joins = (), **fields: Any) -> Section:
    """The rows of `table` that are theirs `by` these columns; `fields` are the columns to tell, by their names, also of joined tables."""
    columns = by if isinstance(by, tuple) else (by,)
    return Section(key, table, columns, tuple(Field(name, column) for name, column in fields.items()), joins)


TO_PLACE: Joins = (
    (Network, Network.id == Invitation.network_id),
    (Topic, Topic.id == Invitation.topic_id),
    (Organisation, Organisation.id == Invitation.organisation_id),
)
INVITED_TO: dict[str, Column] = {
    "role": Invitation.target,
    "network": Network.title,
    "topic": Topic.title,
    "organisation": Organisation.title,
}
"""Where an invitation leads."""
