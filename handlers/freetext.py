"""Whatever nothing else asked for: a typed text is not an error but a wish; an unknown button leads to the menu."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.menu
from handlers.home import draw_home
from handlers.said import SAID, said_of
from handlers.show import show
from models import (
    Database,
    EventView,
    NetworkView,
    Person,
    ProductView,
)
from screens.l10n import L10n
from services import (
    announcement_drafts,
    consultations,
    dialogs,
    events,
    networks,
    products,
    sayings,
)
from services.clock import Clock

router = Router(name="freetext")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.message(F.text.startswith("/"))
async def unknown_command(message: Message, db: Database, person: Person, t: L10n) -> None:
    """A command there is none of: say so, with the menu."""
    home = await draw_home(db, person, t)
    await show(message, replace(home, text=f"{t('unknown-command')}\n\n{home.text}"))


@router.message(F.text)
async def guess_wish(
    message: Message, db: Database, clock: Clock, person: Person, t: L10n, replayed: bool = False
) -> None:
    """Offer what the text could be: a search among networks, events and products, the unfinished dialog.

    Served again after a crash, it may have been the last answer of a dialog that was finished just before: so the screen says.
    """
    if not await _begins(message, db=db, clock=clock, person=person):
        return
    typed = message.text or ""
    async with db.read() as session:
        waiting = await dialogs.waiting_question(session, person)
        coming = await events.page_of(
            session, person, EventView.FOUND, now=clock.now(), query=typed[:200], offset=0, limit=0
        )
        found = await networks.page_of(session, person, NetworkView.FOUND, query=typed[:200], offset=0, limit=0)
        works = await products.page_of(session, person, ProductView.FOUND, query=typed[:200], offset=0, limit=0)
        can_ask, talks_in = await _whom_to_tell(session, person)
        draft_id = await announcement_drafts.at_hand(session, person, now=clock.now())
    screen = screens.menu.free_text(
        t,
        said_of(message),
        networks=found.total,
        events=coming.total,
        products=works.total,
        waiting=waiting,
        can_ask=can_ask,
        talks_in=talks_in,
        draft_id=draft_id,
        perhaps_taken=replayed and waiting is None,
    )
    await show(message, screen, reply=True)


@router.message(SAID)
async def unexpected_file(message: Message, db: Database, clock: Clock, person: Person, t: L10n) -> None:
    """A file, or an album, that nothing asked for."""
    if not await _begins(message, db=db, clock=clock, person=person):
        return
    async with db.read() as session:
        waiting = await dialogs.waiting_question(session, person)
        can_ask, talks_in = await _whom_to_tell(session, person)
        draft_id = await announcement_drafts.at_hand(session, person, now=clock.now())
    screen = screens.menu.free_file(
        t, said_of(message), waiting=waiting, can_ask=can_ask, talks_in=talks_in, draft_id=draft_id
    )
    await show(message, screen, reply=True)


async def _begins(message: Message, *, db: Database, clock: Clock, person: Person) -> bool:
    """Whether the message begins something. A further part of an album or of a cut text is put to the first, whose answer stands."""
    said = said_of(message)
    async with db.read() as session:
        if not await sayings.may_have_parts(session, person, said):
            return True
    async with db.write() as session:
        return await sayings.gather(session, person, said, now=clock.now())


async def _whom_to_tell(session: AsyncSession, person: Person) -> tuple[bool, int | None]:
    """Whether there is an expert to ask, and the number of the consultation that the person talks in."""
    open_one = await consultations.latest_open(session, person)
    return await consultations.can_ask(session, person), open_one.id if open_one is not None else None


@router.callback_query()
async def unknown_button(call: CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """A button of a former version: say so and show the menu."""
    home = await draw_home(db, person, t)
    await show(call, replace(home, toast=t.plain("unknown-button")))
