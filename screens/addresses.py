"""The buttons' addresses. Prefixes are short and never reused: a button of last month must not open something else."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.lasting import Lasting

RowId = Annotated[int, Field(ge=0, lt=2**63)]
"""The id of a row; a forged button with a number that no database has is no button of ours."""


class OpenMenu(Lasting, CallbackData, prefix="m"):
    """The menu."""


class OpenHelp(Lasting, CallbackData, prefix="h"):
    """What the bot can do."""


class OpenSettings(Lasting, CallbackData, prefix="se"):
    """Language and consent."""


class ChooseLanguage(Lasting, CallbackData, prefix="la"):
    """Speak this language from now on."""

    code: str
    welcome: bool = False


class OpenConsentText(Lasting, CallbackData, prefix="ct"):
    """The full text of the consent."""


class OpenWelcome(Lasting, CallbackData, prefix="we"):
    """The first screen, with the short text of the consent."""


class GiveConsent(Lasting, CallbackData, prefix="cg"):
    """«Согласен(на)»."""


class RefuseConsent(Lasting, CallbackData, prefix="cr"):
    """«Не сейчас»."""


class AskWithdrawConsent(Lasting, CallbackData, prefix="ca"):
    """Sure to withdraw the consent?"""


class WithdrawConsent(Lasting, CallbackData, prefix="cw"):
    """Withdraw it."""


class OpenProfile(Lasting, CallbackData, prefix="p"):
    """The own profile."""


class OpenNetworks(Lasting, CallbackData, prefix="ns"):
    """The ways into the catalogue."""


class OpenForms(Lasting, CallbackData, prefix="nf"):
    """The forms of networks."""

    page: int = 0


class ListNetworks(Lasting, CallbackData, prefix="nl"):
    """A list of networks: `view` is a word of services.networks.View, `arg` a parent or a form."""

    view: str
    arg: RowId = 0
    page: int = 0


class OpenNetwork(Lasting, CallbackData, prefix="n"):
    """The card of a network, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class JoinNetwork(Lasting, CallbackData, prefix="nj"):
    """Become a member. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class AskLeaveNetwork(Lasting, CallbackData, prefix="na"):
    """Sure to leave?"""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class LeaveNetwork(Lasting, CallbackData, prefix="nv"):
    """Leave."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class OpenAdmin(Lasting, CallbackData, prefix="a"):
    """What the administrator does."""


class ListOrganisations(Lasting, CallbackData, prefix="ao"):
    """The registry of organisations, or what was proposed to it."""

    proposed: bool = False
    page: int = 0


class OpenOrganisation(Lasting, CallbackData, prefix="o"):
    """One organisation, for the administrator."""

    organisation_id: RowId


class ConfirmOrganisation(Lasting, CallbackData, prefix="oc"):
    """Take a proposed organisation into the registry."""

    organisation_id: RowId


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
