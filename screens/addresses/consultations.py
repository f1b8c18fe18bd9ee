"""Consultations: the question, the queue, the card."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class AskExpert(Lasting, CallbackData, prefix="qn"):
    """«Задать вопрос»."""


class AskTyped(Lasting, CallbackData, prefix="qs"):
    """Ask what was typed: the message that this button's screen replies to. `instead` names the unfinished dialog thrown away."""

    instead: str = ""


class SayTyped(Lasting, CallbackData, prefix="qy"):
    """Pass on what was typed, found alike, in this consultation."""

    consultation_id: RowId


class OpenQueue(Lasting, CallbackData, prefix="qq"):
    """The expert's queue."""


class ListConsultations(Lasting, CallbackData, prefix="ql"):
    """A list of consultations: `view` is a word of models.ConsultationView."""

    view: str
    page: int = 0


class OpenConsultation(Lasting, CallbackData, prefix="qo"):
    """The card, at the newest page of the dialogue (0) or an older one."""

    consultation_id: RowId
    page: int = 0


class SendFiles(Lasting, CallbackData, prefix="qf"):
    """«Файлы»."""

    consultation_id: RowId


class TakeConsultation(Lasting, CallbackData, prefix="qt"):
    """«Взять»; `told` from the message in which the expert was told of it, which stays what it is."""

    consultation_id: RowId
    told: bool = False


class CloseConsultation(Lasting, CallbackData, prefix="qc"):
    """«Вопрос решён»."""

    consultation_id: RowId


class RateConsultation(Lasting, CallbackData, prefix="qg"):
    """One to five."""

    consultation_id: RowId
    rating: int


class ChooseExpert(Lasting, CallbackData, prefix="qe"):
    """Whom to assign?"""

    consultation_id: RowId
    page: int = 0


class AssignExpert(Lasting, CallbackData, prefix="qa"):
    """Assign this expert."""

    consultation_id: RowId
    person_id: RowId


CONSULTATION_ADDRESSES: tuple[type[CallbackData], ...] = (
    OpenConsultation,
    TakeConsultation,
    CloseConsultation,
    RateConsultation,
    SendFiles,
    ChooseExpert,
)
"""Buttons that name a consultation: a reply to the message they stand under is a word in it."""
