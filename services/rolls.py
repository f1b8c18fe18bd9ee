"""Long lists of people by name, turned page by page: a page costs the same wherever in the list it is.

A page is found by whom the one before it ended with, not by counting through everybody before: that also keeps people from being
shown twice, or never, when somebody joins or leaves while one turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Tuple, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from models import Person

MANY = 1000
"""A list of more people is read by walking through all names and asking of each whether they belong to it: few steps make a page.
Of a shorter one everybody is sorted. (A region of a million: some thousand steps, or a thousand people.)"""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page of a roll is asked for: the `page`, counted from 0, that comes after this person, or before that one.

    A button of a former version names neither: then the people before it are counted.
    """

    page: int = 0
    after: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """A page of people with their organisations, how many there are in all, and which page it is now."""

    people: Sequence[Person]
    total: int
    page: int


async def by_name(
    session: AsyncSession,
    column: InstrumentedAttribute[int],
    inside: Sequence[ColumnElement[bool]],
    turn: Turn,
    *,
    limit: int,
) -> Roll:
    """The people whose ids stand in `column` of the rows that meet `inside`, one row each, by name.

    What has emptied meanwhile gives way to the nearest page that has people.
    """
    total = await session.scalar(select(func.count()).select_from(column.class_).where(*inside)) or 0
    query = select(Person).where(belongs(column, inside, total)).options(selectinload(Person.organisation))
    last = max(0, (total - 1) // limit)
    page = min(max(0, turn.page), last)
    if page == 0:
        found = await _first(session, query, limit)
    elif turn.after:
        found = await _first(session, query.where(_name_and_id > _place_of(turn.after)), limit)
    elif turn.before:
        found = await _last(session, query.where(_name_and_id < _place_of(turn.before)), limit)
        if len(found) < limit:  # somebody before them has left: there is no whole page before
            page, found = 0, await _first(session, query, limit)
    else:
        found = await _first(session, query.offset(page * limit), limit)
    if not found and total:
        page, found = last, await _last(session, query, (total - 1) % limit + 1)
    return Roll(found, total, page)


def belongs(
    column: InstrumentedAttribute[int], inside: Sequence[ColumnElement[bool]], total: int
) -> ColumnElement[bool]:
    """The condition that a person is one of those `total` people, asked so that the first of them by name are found quickly."""
    if total > MANY:
        return exists().where(column == Person.id, *inside)
    return Person.id.in_(select(column).where(*inside))


_name_and_id = tuple_(Person.full_name, Person.id)


def _place_of(person_id: int) -> Tuple:
    """Where a person stands among the names, also when they are in the list no longer."""
    other = aliased(Person)
    name = select(other.full_name).where(other.id == person_id).scalar_subquery()
    return tuple_(name, person_id)


async def _first(session: AsyncSession, query: Select[Person], limit: int) -> list[Person]:
    return list(await session.scalars(query.order_by(Person.full_name, Person.id).limit(limit)))


async def _last(session: AsyncSession, query: Select[Person], limit: int) -> list[Person]:
    """The last ones of the list, in its order."""
    backwards = query.order_by(Person.full_name.desc(), Person.id.desc()).limit(limit)
    return list(await session.scalars(backwards))[::-1]
