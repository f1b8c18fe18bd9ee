"""All dialogs go through here: a feature only says how its dialog begins, what is done at its end and what is shown then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InaccessibleMessage, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.dialogs
from dialogs import Answers, Choice, Dialog, Pieces
from handlers.home import draw_home
from handlers.said import said_of
from handlers.show import answer_button, show, update_screen
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.screen import Screen
from services import dialogs
from services.clock import Clock
from services.dialogs import Step, Unfinished
from services.errors import DialogOver, QuestionAnswered

router = Router(name="dialogs")
router.message.filter(F.chat.type == ChatType.PRIVATE)


async def _nothing_known(session: AsyncSession, actor: Person, arg: int) -> Answers:
    return {}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A dialog with its deeds. `act(session, actor, answers, now)` runs in the transaction that ends the dialog;

    `finished(t, result)` draws what `act` gave. `prepare(session, actor, arg)` gives the answers known beforehand and
    raises when the actor may not begin.
    """

    dialog: Dialog
    act: Callable[[AsyncSession, Person, Answers, datetime], Awaitable[Any]]
    finished: Callable[[L10n, Any], Screen]
    prepare: Callable[[AsyncSession, Person, int], Awaitable[Answers]] = _nothing_known


CONVERSATIONS: dict[str, Conversation] = {}
"""Every dialog's deeds by its name."""


def converse(conversation: Conversation) -> None:
    """Make a dialog live: called once, where its feature's handlers are."""
    CONVERSATIONS[conversation.dialog.name] = conversation


class InDialog(Filter):
    """The person has an open dialog that waits for an answer; gives its dialog's name and question's key."""

    async def __call__(self, event: Message, raw_state: str | None = None) -> bool | dict[str, Any]:
        if not raw_state:
            return False
        name, _, key = raw_state.partition(":")
        return {"dialog_name": name, "question_key": key} if name in CONVERSATIONS else False


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
    instead: bool = False,
) -> None:
    """Open `dialog`, or go on with it; another one left unfinished is offered first."""
    conversation = CONVERSATIONS[dialog.name]
    async with db.write() as session:
        known = await conversation.prepare(session, person, arg)
        place = await dialogs.begin(
            session, person, dialog, arg=arg, known=known, instead=instead, update_id=update_id, now=clock.now()
        )
    if isinstance(place, Unfinished):
        await show(event, screens.dialogs.unfinished(t, place))
    else:
        await show(event, screens.dialogs.step(t, place, now=clock.now()))


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
    """A button that opens a dialog."""
    conversation = CONVERSATIONS.get(callback_data.dialog)
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


@router.message(InDialog(), ~F.text.startswith("/"))
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
    """A typed or sent answer."""
    said = said_of(message)
    question = CONVERSATIONS[dialog_name].dialog.question(question_key)
    if isinstance(question, Choice) and said.text is not None:
        said = replace(said, text=screens.dialogs.option_typed(t, dialog_name, question, said.text))
    finished: Screen | None = None
    async with db.write() as session:
        place = await dialogs.answer_said(session, person, said, zone=t.zone, update_id=update_id, now=clock.now())
        if place.is_answered:
            finished = await _finish(session, person, t, dialog_name, clock)
    if finished is not None:
        await show(message, finished)
    elif isinstance(place.question, Pieces) and place.refusal is None:
        await _show_pieces(message, bot, place, said.album, db=db, clock=clock, person=person, t=t)
    else:
        await show(message, screens.dialogs.step(t, place, now=clock.now()))


async def _show_pieces(
    message: Message,
    bot: Bot,
    place: Step,
    album: str | None,
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """One confirmation an album: its first part is answered, the further ones only change the count in that answer."""
    screen = screens.dialogs.step(t, place, now=clock.now())
    counting = place.screen_message_id if place.same_album else None
    if counting is not None and await update_screen(bot, message.chat.id, counting, screen):
        return
    shown = await show(message, screen)
    if album is not None and shown is not None:
        async with db.write() as session:
            await dialogs.remember_screen(session, person, shown.message_id)


async def _finish(session: AsyncSession, person: Person, t: L10n, dialog_name: str, clock: Clock) -> Screen:
    """Take the answers, act, draw: in the transaction that removes the dialog."""
    conversation = CONVERSATIONS[dialog_name]
    answers = await dialogs.finish(session, person, dialog_name)
    result = await conversation.act(session, person, answers, clock.now())
    await session.flush()
    return conversation.finished(t, result)


class _Here:
    """A pressed button of a dialog and everything needed to serve it."""

    def __init__(
        self, call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, *, replayed: bool
    ) -> None:
        self.call, self.db, self.clock, self.person, self.t, self.replayed = call, db, clock, person, t, replayed

    async def serve(
        self, step: Callable[[AsyncSession], Awaitable[Step]], *, update_id: int, finishes: str = ""
    ) -> None:
        """Make the step and show where the dialog stands; an old button shows the present question instead."""
        toast: str | None = None
        finished: Screen | None = None
        try:
            async with self.db.write() as session:
                place = await step(session)
                if place.is_answered:
                    finished = await _finish(session, self.person, self.t, place.dialog.name, self.clock)
        except QuestionAnswered as refusal:
            toast = self.t.plain(refusal.key)
            async with self.db.write() as session:
                place = await dialogs.resume(session, self.person, update_id=update_id, now=self.clock.now())
        except DialogOver as refusal:
            await self.over(refusal)
            return
        screen = finished or screens.dialogs.step(self.t, place, now=self.clock.now())
        await show(self.call, replace(screen, toast=toast or screen.toast))

    async def over(self, refusal: DialogOver) -> None:
        """The dialog is no more. The second of two quick taps is only told so: the first one's screen must stay readable;

        an old window, or a tap served again after a crash, turns into the present first screen.
        """
        toast = self.t.plain(refusal.key)
        if not self.replayed and not _is_old(self.call):
            await answer_button(self.call, toast)
            return
        screen = await draw_home(self.db, self.person, self.t)
        await show(self.call, replace(screen, toast=toast))


def _is_old(call: CallbackQuery) -> bool:
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage):
        return True
    changed = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date
    return datetime.now(UTC) - changed > timedelta(minutes=1)


@router.callback_query(addresses.ResumeDialog.filter())
async def resume(
    call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, update_id: int, replayed: bool = False
) -> None:
    """«Продолжить»."""
    here = _Here(call, db, clock, person, t, replayed=replayed)
    await here.serve(
        lambda session: dialogs.resume(session, person, update_id=update_id, now=clock.now()), update_id=update_id
    )


@router.callback_query(addresses.AnswerQuestion.filter())
async def tap_answer(
    call: CallbackQuery,
    callback_data: addresses.AnswerQuestion,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """A likely answer tapped."""
    name, key, value = callback_data.dialog, callback_data.question, callback_data.value
    here = _Here(call, db, clock, person, t, replayed=replayed)
    await here.serve(
        lambda session: dialogs.answer_tapped(session, person, name, key, value, update_id=update_id, now=clock.now()),
        update_id=update_id,
    )


@router.callback_query(addresses.TurnQuestion.filter())
async def turn_page(
    call: CallbackQuery,
    callback_data: addresses.TurnQuestion,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """Another page of the options."""
    name, key, page = callback_data.dialog, callback_data.question, callback_data.page
    here = _Here(call, db, clock, person, t, replayed=replayed)
    await here.serve(
        lambda session: dialogs.turn_page(session, person, name, key, page, update_id=update_id, now=clock.now()),
        update_id=update_id,
    )


_STEPS = {
    addresses.QuestionDone: dialogs.done,
    addresses.SkipQuestion: dialogs.skip,
    addresses.QuestionBack: dialogs.back,
    addresses.CorrectAnswer: dialogs.correct,
}


@router.callback_query(addresses.QuestionDone.filter())
@router.callback_query(addresses.SkipQuestion.filter())
@router.callback_query(addresses.QuestionBack.filter())
@router.callback_query(addresses.CorrectAnswer.filter())
async def move(
    call: CallbackQuery,
    callback_data: addresses.QuestionDone | addresses.SkipQuestion | addresses.QuestionBack | addresses.CorrectAnswer,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """«Готово», «Пропустить», «Назад», or which answer to correct."""
    step, name, key = _STEPS[type(callback_data)], callback_data.dialog, callback_data.question
    here = _Here(call, db, clock, person, t, replayed=replayed)
    await here.serve(
        lambda session: step(session, person, name, key, update_id=update_id, now=clock.now()), update_id=update_id
    )


@router.callback_query(addresses.ChooseCorrection.filter())
async def choose_correction(
    call: CallbackQuery,
    callback_data: addresses.ChooseCorrection,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """«Исправить»: which answer?"""
    here = _Here(call, db, clock, person, t, replayed=replayed)
    try:
        async with db.write() as session:
            place = await dialogs.resume(session, person, update_id=update_id, now=clock.now())
    except DialogOver as refusal:
        await here.over(refusal)
        return
    if place.question is not None or place.dialog.name != callback_data.dialog:
        await show(call, screens.dialogs.step(t, place, now=clock.now()))
    else:
        await show(call, screens.dialogs.corrections(t, place))


@router.callback_query(addresses.FinishDialog.filter())
async def finish(
    call: CallbackQuery,
    callback_data: addresses.FinishDialog,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """«Всё верно»: the act and the end of the dialog in one transaction, so a second tap finds nothing to finish."""
    here = _Here(call, db, clock, person, t, replayed=replayed)
    try:
        async with db.write() as session:
            screen = await _finish(session, person, t, callback_data.dialog, clock)
    except QuestionAnswered as refusal:
        async with db.write() as session:
            place = await dialogs.resume(session, person, update_id=update_id, now=clock.now())
        screen = replace(screens.dialogs.step(t, place, now=clock.now()), toast=t.plain(refusal.key))
    except DialogOver as refusal:
        await here.over(refusal)
        return
    await show(call, screen)


@router.callback_query(addresses.CancelDialog.filter())
async def cancel(
    call: CallbackQuery,
    callback_data: addresses.CancelDialog,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    replayed: bool = False,
) -> None:
    """«Отмена» under a question: throws away that dialog, not another one opened since."""
    async with db.write() as session:
        waiting = await dialogs.waiting(session, person)
        if waiting is not None and waiting.name == callback_data.dialog:
            await dialogs.cancel(session, person)
    if waiting is None or waiting.name != callback_data.dialog:
        await _Here(call, db, clock, person, t, replayed=replayed).over(DialogOver())
        return
    await show(call, screens.dialogs.cancelled(t, waiting))
