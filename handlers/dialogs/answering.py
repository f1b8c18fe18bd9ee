"""A typed or sent answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aiogram import Bot, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.dialogs.conversations import CONVERSATIONS, draw_refused, draw_step, finish, in_words_of, remember
from handlers.dialogs.routing import router
from handlers.said import SAID, said_of
from handlers.show import show, update_screen
from models import Database, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import dialogs
from services.clock import Clock
from services.dialogs import Step
from services.errors import DialogOver, DomainError


class InDialog(Filter):
    """The person has an open dialog that waits for an answer; gives its dialog's name and question's key."""

    async def __call__(self, event: Message, raw_state: str | None = None) -> bool | dict[str, Any]:
        if not raw_state:
            return False
        name, _, key = raw_state.partition(":")
        return {"dialog_name": name, "question_key": key} if name in CONVERSATIONS else False


@router.message(InDialog(), SAID, ~F.text.startswith("/"))
async def answer(
    message: Message,
    bot: Bot,
    dialog_name: str,
    question_key: str,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
) -> None:
    """Take the message as the answer to the present question and show the next one, or what is wrong with it."""
    said = in_words_of(t, dialog_name, question_key, said_of(message))
    finished: Screen | None = None
    try:
        async with db.write() as session:
            place = await dialogs.answer_said(session, person, said, zone=t.zone, update_id=update_id, now=clock.now())
            if place.is_answered:
                finished = await finish(session, person, t, dialog_name, clock=clock)
    except DialogOver:
        raise
    except DomainError as refusal:
        finished = await draw_refused(refusal, db=db, clock=clock, person=person, t=t, update_id=update_id)
    if finished is not None:
        await show(message, finished)
    else:
        await _show_step(message, bot, place, db=db, clock=clock, person=person, t=t)


async def _show_step(
    message: Message, bot: Bot, place: Step, *, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """One screen for all that was sent together: the first part is answered, the further ones only change that answer.

    What is sent later gets a screen of its own, below: the summary that it makes an old one loses its buttons.
    """
    screen = await draw_step(place, db=db, clock=clock, person=person, t=t)
    answered = place.screen_message_id if place.continues else None
    if answered is not None and await update_screen(bot, message.chat.id, answered, screen):
        return
    shown = await show(message, screen)
    if place.replaces is not None:
        with suppress(TelegramBadRequest):  # the buttons are gone already, or the message is: that is what we wanted
            await bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=place.replaces, reply_markup=None)
    await remember(place, shown, db=db, person=person)
