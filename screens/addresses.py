"""The buttons' addresses. Prefixes are short and never reused: a button of last month must not open something else."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

RowId = Annotated[int, Field(ge=0, lt=2**63)]
"""The id of a row; a forged button with a number that no database has is no button of ours."""


class OpenMenu(CallbackData, prefix="m"):
    """The menu."""


class OpenHelp(CallbackData, prefix="h"):
    """What the bot can do."""


class OpenSettings(CallbackData, prefix="se"):
    """Language and consent."""


class ChooseLanguage(CallbackData, prefix="la"):
    """Speak this language from now on."""

    code: str
    welcome: bool = False


class OpenConsentText(CallbackData, prefix="ct"):
    """The full text of the consent."""


class OpenWelcome(CallbackData, prefix="we"):
    """The first screen, with the short text of the consent."""


class GiveConsent(CallbackData, prefix="cg"):
    """«Согласен(на)»."""


class RefuseConsent(CallbackData, prefix="cr"):
    """«Не сейчас»."""


class AskWithdrawConsent(CallbackData, prefix="ca"):
    """Sure to withdraw the consent?"""


class WithdrawConsent(CallbackData, prefix="cw"):
    """Withdraw it."""


class OpenProfile(CallbackData, prefix="p"):
    """The own profile."""


class OpenNetworks(CallbackData, prefix="ns"):
    """The ways into the catalogue."""


class OpenForms(CallbackData, prefix="nf"):
    """The forms of networks."""

    page: int = 0


class ListNetworks(CallbackData, prefix="nl"):
    """A list of networks: `view` is a word of services.networks.View, `arg` a parent or a form."""

    view: str
    arg: RowId = 0
    page: int = 0


class OpenNetwork(CallbackData, prefix="n"):
    """The card of a network, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class JoinNetwork(CallbackData, prefix="nj"):
    """Become a member. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class AskLeaveNetwork(CallbackData, prefix="na"):
    """Sure to leave?"""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class LeaveNetwork(CallbackData, prefix="nv"):
    """Leave."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class OpenAdmin(CallbackData, prefix="a"):
    """What the administrator does."""


class ListOrganisations(CallbackData, prefix="ao"):
    """The registry of organisations, or what was proposed to it."""

    proposed: bool = False
    page: int = 0


class OpenOrganisation(CallbackData, prefix="o"):
    """One organisation, for the administrator."""

    organisation_id: RowId


class ConfirmOrganisation(CallbackData, prefix="oc"):
    """Take a proposed organisation into the registry."""

    organisation_id: RowId


class BeginDialog(CallbackData, prefix="db"):
    """Open a dialog about `arg`; `instead` names the unfinished one that is thrown away for it."""

    dialog: str
    arg: RowId = 0
    instead: str = ""


class ResumeDialog(CallbackData, prefix="dr"):
    """Go on with the unfinished dialog."""


class AnswerQuestion(CallbackData, prefix="da"):
    """This is my answer."""

    dialog: str
    question: str
    value: str


class TurnQuestion(CallbackData, prefix="dp"):
    """Another page of the options; -1 shows all of them again."""

    dialog: str
    question: str
    page: int


class QuestionDone(CallbackData, prefix="do"):
    """«Готово» of ticks and pieces."""

    dialog: str
    question: str


class SkipQuestion(CallbackData, prefix="ds"):
    """«Пропустить»."""

    dialog: str
    question: str


class QuestionBack(CallbackData, prefix="dk"):
    """The question before."""

    dialog: str
    question: str


class ChooseCorrection(CallbackData, prefix="de"):
    """Which answer to correct."""

    dialog: str


class CorrectAnswer(CallbackData, prefix="dc"):
    """Correct this answer and come back to the summary."""

    dialog: str
    question: str


class FinishDialog(CallbackData, prefix="df"):
    """«Всё верно»."""

    dialog: str


class CancelDialog(CallbackData, prefix="dx"):
    """«Отмена»."""

    dialog: str


DIALOG_ADDRESSES: tuple[type[CallbackData], ...] = (
    BeginDialog,
    ResumeDialog,
    AnswerQuestion,
    TurnQuestion,
    QuestionDone,
    SkipQuestion,
    QuestionBack,
    ChooseCorrection,
    CorrectAnswer,
    FinishDialog,
    CancelDialog,
)
"""Buttons that belong to a dialog: any other one means that the person went elsewhere."""
