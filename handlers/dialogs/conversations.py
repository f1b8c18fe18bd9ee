"""What belongs to a dialog besides its questions: how it begins, what is done at its end, what is shown then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.dialogs
from dialogs import META, Answers, Choice, Dialog, WrongAnswer
from dialogs.questions import Said
from models import Database, Person
from screens.dialogs import ReadBack
from screens.l10n import L10n
from screens.screen import Screen
from services import dialogs
from services.clock import Clock
from services.dialogs import Step
from services.errors import DomainError, NotRegistered


async def _nothing_known(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A dialog with its deeds. `act(session, actor, answers, now)` runs in the transaction that ends the dialog;

    `finished(t, result)` draws what `act` gave. `prepare(session, actor, arg)` gives the answers known beforehand and
    raises when the actor may not begin (DialogOver: there is nothing to do any more). `read_back(session, actor, answers, t, now)`
    draws a summary of its own, by what the data say now. `dropped(session, actor, answers, t, now)` draws what is seen after
    «Отмена», where the dialog was about something that stays.
    """

    dialog: Dialog
    act: Callable[[AsyncSession, Person, Answers, datetime], Awaitable[Any]]
    finished: Callable[[L10n, Any], Screen]
    read_back: Callable[[AsyncSession, Person, Answers, L10n, datetime], Awaitable[ReadBack]] | None = None
    prepare: Callable[[AsyncSession, Person, int], Awaitable[Answers]] = _nothing_known
    dropped: Callable[[AsyncSession, Person, Answers, L10n, datetime], Awaitable[Screen]] | None = None


async def draw_step(place: Step, *, db: Database, clock: Clock, person: Person, t: L10n) -> Screen:
    """Where the dialog stands. Its summary may have to be read from the data: call it outside the transaction."""
    conversation = CONVERSATIONS[place.dialog.name]
    now = clock.now()
    if place.question is not None or conversation.read_back is None:
        return screens.dialogs.step(t, place, now=now)
    async with db.read() as session:
        read_back = await conversation.read_back(session, person, place.answers, t, now)
    return screens.dialogs.step(t, place, now=now, read_back=read_back)


async def remember(place: Step, shown: Message | None, *, db: Database, person: Person) -> None:
    """Keep which message shows a step that further messages change."""
    if shown is not None and (place.more_may_come or place.gathers):
        async with db.write() as session:
            await dialogs.remember_screen(session, person, shown.message_id)


def in_words_of(t: L10n, dialog_name: str, key: str, said: Said) -> Said:
    """What was said to question `key`, with the label of an option as the option itself."""
    question = CONVERSATIONS[dialog_name].dialog.question(key)
    if isinstance(question, Choice) and said.text is not None:
        return replace(said, text=screens.dialogs.option_typed(t, dialog_name, question, said.text))
    return said


def stands_below(event: Message | CallbackQuery) -> int:
    """The message below which the answer to `event` is shown: the one before a pressed button's, which is redrawn; 0 if unknown."""
    if isinstance(event, Message):
        return event.message_id
    return event.message.message_id - 1 if event.message is not None else 0


CONVERSATIONS: dict[str, Conversation] = {}
"""Every dialog's deeds by its name."""


def converse(conversation: Conversation) -> None:
    """Make a dialog live: called once, where its feature's handlers are."""
    CONVERSATIONS[conversation.dialog.name] = conversation


async def finish(session: AsyncSession, person: Person, t: L10n, dialog_name: str, *, clock: Clock) -> Screen:
    """Take the answers, act, draw: in the transaction that removes the dialog, so that a refusal leaves it open.

    Beside its own notes the act finds the centre's time zone in `answers[META]["zone"]`.
    """
    answers = await dialogs.finish(session, person, dialog_name)
    conversation = CONVERSATIONS[dialog_name]
    answers[META] = {**answers[META], "zone": str(clock.zone)}
    result = await conversation.act(session, person, answers, clock.now())
    await session.flush()
    return conversation.finished(t, result)


async def draw_refused(
    refusal: DomainError, *, db: Database, clock: Clock, person: Person, t: L10n, update_id: int
) -> Screen:
    """The act was refused and rolled back: the dialog, still open, with the reason; nothing that was answered is lost.

    Raises NotRegistered again: then there is no dialog to go on with.
    """
    if isinstance(refusal, NotRegistered):
        raise refusal
    async with db.write() as session:
        place = await dialogs.resume(session, person, update_id=update_id, now=clock.now())
    place = replace(place, refusal=WrongAnswer(refusal.key, **refusal.values))
    return await draw_step(place, db=db, clock=clock, person=person, t=t)
