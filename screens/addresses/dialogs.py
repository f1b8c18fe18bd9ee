"""The steps of every dialog."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class BeginDialog(Lasting, CallbackData, prefix="db"):
    """Open a dialog about `arg`; `instead` names the unfinished one that is thrown away for it."""

    dialog: str
    arg: RowId = 0
    instead: str = ""


class ResumeDialog(Lasting, CallbackData, prefix="dr"):
    """Go on with the unfinished dialog."""


class AnswerQuestion(Lasting, CallbackData, prefix="da"):
    """This is my answer."""

    dialog: str
    question: str
    value: str


class AnswerTyped(Lasting, CallbackData, prefix="dt"):
    """What was typed while the dialog waited is the answer: the message that this button's screen replies to."""

    dialog: str
    question: str


class TurnQuestion(Lasting, CallbackData, prefix="dp"):
    """Another page of the options; -1 shows all of them again."""

    dialog: str
    question: str
    page: int


class QuestionDone(Lasting, CallbackData, prefix="do"):
    """«Готово» of ticks and pieces."""

    dialog: str
    question: str


class SkipQuestion(Lasting, CallbackData, prefix="ds"):
    """«Пропустить»."""

    dialog: str
    question: str


class QuestionBack(Lasting, CallbackData, prefix="dk"):
    """The question before."""

    dialog: str
    question: str


class ChooseCorrection(Lasting, CallbackData, prefix="de"):
    """Which answer to correct."""

    dialog: str


class CorrectAnswer(Lasting, CallbackData, prefix="dc"):
    """Correct this answer and come back to the summary."""

    dialog: str
    question: str


class FinishDialog(Lasting, CallbackData, prefix="df"):
    """«Всё верно»."""

    dialog: str


class CancelDialog(Lasting, CallbackData, prefix="dx"):
    """«Отмена»."""

    dialog: str


DIALOG_ADDRESSES: tuple[type[CallbackData], ...] = (
    BeginDialog,
    ResumeDialog,
    AnswerQuestion,
    AnswerTyped,
    TurnQuestion,
    QuestionDone,
    SkipQuestion,
    QuestionBack,
    ChooseCorrection,
    CorrectAnswer,
    FinishDialog,
    CancelDialog,
)
"""Buttons that belong to a dialog: they never lead elsewhere."""
