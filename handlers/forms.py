"""The administrator edits the forms that networks have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.forms
from dialogs import ABOUT, META, Answers
from dialogs.forms import NEW_FORM, RENAME_FORM
from handlers.dialogs import Conversation, converse
from handlers.show import show
from models import Database, NetworkForm, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from services import forms, policy
from services.clock import Clock

router = Router(name="forms")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.ManageForms.filter())
async def manage_forms(
    call: CallbackQuery, callback_data: addresses.ManageForms, db: Database, person: Person, t: L10n
) -> None:
    """All forms."""
    await _show_forms(call, db, person, t, page=max(0, callback_data.page))


async def _show_forms(
    call: CallbackQuery, db: Database, person: Person, t: L10n, *, page: int, toast: str | None = None
) -> None:
    async with db.read() as session:
        lines, total = await forms.page_of(session, person, offset=page * PAGE, limit=PAGE)
        if page and not lines:
            page = max(0, (total - 1) // PAGE)
            lines, total = await forms.page_of(session, person, offset=page * PAGE, limit=PAGE)
    await show(call, screens.forms.forms(t, lines, total, page, toast=toast))


@router.callback_query(addresses.ManageForm.filter())
async def manage_form(
    call: CallbackQuery, callback_data: addresses.ManageForm, db: Database, person: Person, t: L10n
) -> None:
    """One form."""
    async with db.read() as session:
        form, count = await forms.read(session, person, callback_data.form_id)
    await show(call, screens.forms.form(t, form, count))


@router.callback_query(addresses.RemoveForm.filter())
async def remove_form(
    call: CallbackQuery, callback_data: addresses.RemoveForm, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Take away one that no network has."""
    async with db.write() as session:
        await forms.remove(session, person, callback_data.form_id, now=clock.now())
    await _show_forms(call, db, person, t, page=0, toast=t.plain("forms-removed"))


@dataclass(frozen=True, slots=True)
class _Named:
    form: NetworkForm
    networks: int


async def _administrator_only(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_administrator(actor)
    return {}


async def _add(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Named:
    return _Named(await forms.add(session, actor, title=answers["title"], now=now), 0)


async def _may_rename(session: AsyncSession, actor: Person, arg: int) -> Answers:
    form, _ = await forms.read(session, actor, arg)
    return {ABOUT: form.title, "title": form.title}


async def _rename(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> _Named:
    form_id = answers[META]["arg"]
    await forms.rename(session, actor, form_id, title=answers["title"], now=now)
    form, count = await forms.read(session, actor, form_id)
    return _Named(form, count)


converse(
    Conversation(
        dialog=NEW_FORM,
        prepare=_administrator_only,
        act=_add,
        finished=lambda t, named: screens.forms.form(t, named.form, named.networks, toast=t.plain("forms-added")),
    )
)
converse(
    Conversation(
        dialog=RENAME_FORM,
        prepare=_may_rename,
        act=_rename,
        finished=lambda t, named: screens.forms.form(t, named.form, named.networks, toast=t.plain("forms-renamed")),
    )
)
