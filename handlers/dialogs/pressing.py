"""A pressed button of a question or a summary."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiogram.types import CallbackQuery, InaccessibleMessage
from sqlalchemy.ext.asyncio import AsyncSession

import screens.dialogs
from handlers.dialogs import conversations
from handlers.dialogs.routing import router
from handlers.home import draw_over
from handlers.live import keep_live
from handlers.said import said_before
from handlers.show import answer_button, show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.screen import Screen
from services import dialogs, sayings
from services.clock import Clock
from services.dialogs import Step
from services.errors import DialogOver, DomainError, QuestionAnswered

SECOND_TAP = timedelta(minutes=1)
"""A press so soon after the window changed is the second of two quick taps rather than an old button."""


class _Press:
    """A pressed button of a dialog and everything needed to serve it."""

    def __init__(
        self,
        call: CallbackQuery,
        db: Database,
        clock: Clock,
        person: Person,
        t: L10n,
        update_id: int,
        *,
        replayed: bool,
    ) -> None:
        self.call, self.db, self.clock, self.person, self.t = call, db, clock, person, t
        self.update_id, self.replayed = update_id, replayed

    async def serve(self, step: Callable[[AsyncSession], Awaitable[Step]]) -> None:
        """Make the step and show where the dialog stands; the last answer of a dialog without summary finishes it."""

        async def make(session: AsyncSession) -> Screen | Step:
            place = await step(session)
            if place.is_answered:
                return await conversations.finish(session, self.person, self.t, place.dialog.name, clock=self.clock)
            return place

        await self.show(make)

    async def show(self, make: Callable[[AsyncSession], Awaitable[Screen | Step]]) -> None:
        """Show what `make` draws, or where it leads, in its transaction.

        An old button shows the present question instead, a refused act its reason.
        """
        made: Screen | Step | None = None
        try:
            async with self.db.write() as session:
                made = await make(session)
            screen = made if isinstance(made, Screen) else await self._draw(made)
        except DialogOver as refusal:
            await self.over(refusal)
            return
        except QuestionAnswered as refusal:
            screen = await self._present_question(toast=self.t.plain(refusal.key))
        except DomainError as refusal:
            screen = await conversations.draw_refused(
                refusal, db=self.db, clock=self.clock, person=self.person, t=self.t, update_id=self.update_id
            )
        shown = await show(self.call, screen)
        await keep_live(screen, shown, db=self.db, clock=self.clock, person=self.person)
        if isinstance(made, Step):
            await conversations.remember(made, shown, db=self.db, person=self.person)

    async def _present_question(self, toast: str) -> Screen:
        finished: Screen | None = None
        async with self.db.write() as session:
            place = await self.resume(session)
            if place.is_answered:  # it ended with a summary in a former version: what that asked is asked elsewhere now
                finished = await conversations.finish(session, self.person, self.t, place.dialog.name, clock=self.clock)
        return replace(finished or await self._draw(place), toast=toast)

    async def resume(self, session: AsyncSession) -> Step:
        """Where the dialog stands, to be shown in the pressed message."""
        below = conversations.stands_below(self.call)
        return await dialogs.resume(session, self.person, below=below, update_id=self.update_id, now=self.clock.now())

    async def _draw(self, place: Step) -> Screen:
        return await conversations.draw_step(place, db=self.db, clock=self.clock, person=self.person, t=self.t)

    async def over(self, refusal: DialogOver) -> None:
        """The dialog is no more. The second of two quick taps is only told so: the first one's screen must stay readable;

        an old window, or a tap served again after a crash, turns into the present first screen.
        """
        if self.replayed or self._is_old():
            await show(self.call, await draw_over(refusal, db=self.db, person=self.person, t=self.t))
        else:
            await answer_button(self.call, self.t.plain(refusal.key))

    def _is_old(self) -> bool:
        message = self.call.message
        if message is None or isinstance(message, InaccessibleMessage):
            return True
        changed = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date
        return self.clock.now() - changed > SECOND_TAP


@router.callback_query(addresses.ResumeDialog.filter())
async def resume(
    call: CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, update_id: int, replayed: bool = False
) -> None:
    """«Продолжить»."""
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    await press.serve(press.resume)


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
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    await press.serve(
        lambda session: dialogs.answer_tapped(session, person, name, key, value, update_id=update_id, now=clock.now())
    )


@router.callback_query(addresses.AnswerTyped.filter())
async def take_typed(
    call: CallbackQuery,
    callback_data: addresses.AnswerTyped,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """«Продолжить» under what was typed while the dialog waited: those words are the answer. Without them it only goes on."""
    name, key = callback_data.dialog, callback_data.question
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    said = said_before(call)
    if said is None or name not in conversations.CONVERSATIONS:
        await press.serve(press.resume)
        return
    said = conversations.in_words_of(t, name, key, said)

    async def take(session: AsyncSession) -> Step:
        whole = replace(said, together=await sayings.whole(session, person, said))
        return await dialogs.answer_typed(
            session, person, name, key, whole, zone=t.zone, update_id=update_id, now=clock.now()
        )

    await press.serve(take)


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
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    await press.serve(
        lambda session: dialogs.turn_page(session, person, name, key, page, update_id=update_id, now=clock.now())
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
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    await press.serve(lambda session: step(session, person, name, key, update_id=update_id, now=clock.now()))


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
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)

    async def make(session: AsyncSession) -> Screen | Step:
        place = await press.resume(session)
        if place.question is not None or place.dialog.name != callback_data.dialog:
            return place
        return screens.dialogs.corrections(t, place)

    await press.show(make)


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
    press = _Press(call, db, clock, person, t, update_id, replayed=replayed)
    await press.show(lambda session: conversations.finish(session, person, t, callback_data.dialog, clock=clock))


@router.callback_query(addresses.CancelDialog.filter())
async def cancel(
    call: CallbackQuery,
    callback_data: addresses.CancelDialog,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
    replayed: bool = False,
) -> None:
    """«Отмена» under a question: throws away that dialog, not another one opened since."""

    async def make(session: AsyncSession) -> Screen:
        waiting = await dialogs.waiting_question(session, person)
        if waiting is None or waiting.dialog.name != callback_data.dialog:
            raise DialogOver
        await dialogs.cancel(session, person)
        dropped = conversations.CONVERSATIONS[waiting.dialog.name].dropped
        if dropped is not None:
            return await dropped(session, person, waiting.answers, t, clock.now())
        return screens.dialogs.cancelled(t, waiting.dialog)

    await _Press(call, db, clock, person, t, update_id, replayed=replayed).show(make)
