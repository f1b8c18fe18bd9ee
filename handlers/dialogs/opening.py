"""A dialog begins."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

import screens.dialogs
from dialogs import Answers, Dialog
from handlers.dialogs.conversations import CONVERSATIONS, draw_step, remember, stands_below
from handlers.dialogs.routing import router
from handlers.home import draw_over
from handlers.show import show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from services import dialogs
from services.clock import Clock
from services.dialogs import Unfinished
from services.errors import DialogOver


async def begin(
    event: Message | CallbackQuery,
    dialog: Dialog,
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    arg: int = 0,
    instead: str = "",
    given: Answers | None = None,
    way: Callable[[str], CallbackData] | None = None,
) -> None:
    """Open `dialog`, or go on with it; another one left unfinished is offered first, unless it is `instead` of that one.

    `given` are answers given already; `way(instead)` is then the button that gives them once more.
    """
    conversation = CONVERSATIONS[dialog.name]
    async with db.write() as session:
        known = await conversation.prepare(session, person, arg)
        place = await dialogs.begin(
            session,
            person,
            dialog,
            arg=arg,
            known=known,
            instead=instead,
            given=given,
            below=stands_below(event),
            update_id=update_id,
            now=clock.now(),
        )
    if isinstance(place, Unfinished):
        await show(event, screens.dialogs.unfinished(t, place, way=way))
    else:
        shown = await show(event, await draw_step(place, db=db, clock=clock, person=person, t=t))
        await remember(place, shown, db=db, person=person)


@router.callback_query(addresses.BeginDialog.filter())
async def begin_dialog(
    call: CallbackQuery,
    callback_data: addresses.BeginDialog,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
) -> None:
    """A button that opens a dialog; an old one whose dialog is no more, or has nothing to do, says so and shows the first screen."""
    conversation = CONVERSATIONS.get(callback_data.dialog)
    try:
        if conversation is None:
            raise DialogOver
        await begin(
            call,
            conversation.dialog,
            db=db,
            clock=clock,
            person=person,
            t=t,
            update_id=update_id,
            arg=callback_data.arg,
            instead=callback_data.instead,
        )
    except DialogOver as refusal:
        await show(call, await draw_over(refusal, db=db, person=person, t=t))
