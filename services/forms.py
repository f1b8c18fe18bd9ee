"""The forms that networks have (school association, creative group …): rows that the administrator edits (product.md §1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import Network, NetworkForm, Person
from services import audit, policy, search
from services.errors import FormExists, FormInUse, NotFound


async def page_of(
    session: AsyncSession, actor: Person, *, offset: int, limit: int
) -> tuple[list[tuple[NetworkForm, int]], int]:
    """Some forms in the order in which they are offered, each with how many networks have it, and how many there are.

    Raises NotAdministrator.
    """
    policy.require_administrator(actor)
    total = await session.scalar(select(func.count()).select_from(NetworkForm))
    rows = await session.execute(select(NetworkForm, _networks()).order_by(NetworkForm.id).offset(offset).limit(limit))
    return [(form, networks) for form, networks in rows], total or 0


def _networks() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Network)
        .where(Network.form_id == NetworkForm.id)
        .correlate(NetworkForm)
        .scalar_subquery()
    )


async def read(session: AsyncSession, actor: Person, form_id: int) -> tuple[NetworkForm, int]:
    """One form, and how many networks have it, closed ones too. Raises NotAdministrator, NotFound."""
    policy.require_administrator(actor)
    row = (
        await session.execute(
            select(NetworkForm, _networks()).where(NetworkForm.id == form_id).execution_options(populate_existing=True)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


async def add(session: AsyncSession, actor: Person, *, title: str, now: datetime) -> NetworkForm:
    """A new form, offered after the others. Raises NotAdministrator, FormExists."""
    policy.require_administrator(actor)
    await _require_new(session, title)
    form = NetworkForm(title=title)
    try:
        async with session.begin_nested():
            session.add(form)
    except IntegrityError as error:  # another administrator has just made it
        raise FormExists(title=title) from error
    audit.record(session, actor, "form.create", "form", form.id, now=now, new={"title": title})
    return form


async def rename(session: AsyncSession, actor: Person, form_id: int, *, title: str, now: datetime) -> NetworkForm:
    """Call it otherwise, on the cards of all its networks. Raises NotAdministrator, NotFound, FormExists."""
    policy.require_administrator(actor)
    form = await session.get(NetworkForm, form_id, with_for_update=True, populate_existing=True)
    if form is None:
        raise NotFound
    if form.title == title:
        return form
    await _require_new(session, title, besides=form_id)
    old = form.title
    try:
        async with session.begin_nested():
            form.title = title
    except IntegrityError as error:
        raise FormExists(title=title) from error
    audit.record(session, actor, "form.rename", "form", form_id, now=now, old={"title": old}, new={"title": title})
    return form


async def remove(session: AsyncSession, actor: Person, form_id: int, *, now: datetime) -> None:
    """Take away a form that no network has; twice is once. Raises NotAdministrator, FormInUse (also for closed networks)."""
    policy.require_administrator(actor)
    form = await session.get(NetworkForm, form_id, with_for_update=True, populate_existing=True)
    if form is None:
        return
    title = form.title
    try:
        async with session.begin_nested():
            await session.delete(form)
    except IntegrityError as error:  # the database says so, even of a network made in this very moment
        raise FormInUse(title=title) from error
    audit.record(session, actor, "form.remove", "form", form_id, now=now, old={"title": title})


async def _require_new(session: AsyncSession, title: str, *, besides: int | None = None) -> None:
    """No other form is called the same in the eyes of people. There are some dozens of them, so they are read whole."""
    rows = await session.execute(select(NetworkForm.id, NetworkForm.title))
    same = next((row for row in rows if row.id != besides and search.fold(row.title) == search.fold(title)), None)
    if same is not None:
        raise FormExists(title=same.title)
