"""The expert's queue and «Мои вопросы»."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from models import ConsultationState, ConsultationView, Turn
from screens.addresses import AskExpert, ListConsultations, OpenConsultation, OpenQueue
from screens.consultations.words import joined, name, quote
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten

if TYPE_CHECKING:
    from services.consultations import Line, Page

BEGINNING = 90

QUEUE = (ConsultationView.NEW, ConsultationView.MINE, ConsultationView.WAITING, ConsultationView.DONE)
"""What stands in the queue, in its order."""


def _title(t: L10n, view: ConsultationView) -> str:
    return {
        ConsultationView.NEW: t.plain("queue-new"),
        ConsultationView.MINE: t.plain("queue-mine"),
        ConsultationView.WAITING: t.plain("queue-waiting"),
        ConsultationView.DONE: t.plain("queue-done"),
        ConsultationView.ASKED: t.plain("queue-asked"),
    }[view]


def queue(t: L10n, counts: dict[ConsultationView, int]) -> Screen:
    """What waits for this expert, counted; and the own questions."""
    views = [view for view in (*QUEUE, ConsultationView.ASKED) if counts[view]]
    buttons = [Button(f"{_title(t, view)} · {counts[view]}", ListConsultations(view=view.value)) for view in views]
    text = t("queue-text", new=counts[ConsultationView.NEW], mine=counts[ConsultationView.MINE])
    return Screen(text, (*column(buttons), ways(t)))


def listing(t: L10n, found: Page, *, view: ConsultationView, page: int, now: datetime) -> Screen:
    """A page of consultations; the number on a button is that of the consultation."""
    title = t("queue-title", title=_title(t, view))
    back: CallbackData | None = None if view is ConsultationView.ASKED else OpenQueue()
    ask = column([Button(t.plain("menu-ask"), AskExpert())]) if view is ConsultationView.ASKED else ()
    if not found.lines:
        return Screen(joined(title, t("queue-empty")), (*ask, ways(t, back)))
    body = "\n\n".join(_line(t, line, view, now=now) for line in found.lines)
    buttons = [_button(t, line) for line in found.lines]
    turn = pages(t, page, found.total, lambda other: ListConsultations(view=view.value, page=other))
    text = joined(title, body, counted(t, page, len(found.lines), found.total, size=PAGE))
    return Screen(text, (*column(buttons), *ask, *turn, ways(t, back)))


def _button(t: L10n, line: Line) -> Button:
    one = line.consultation
    beginning = line.beginning or t.plain("queue-only-files", count=line.files)
    label = t.plain("queue-button", number=str(one.id), beginning=beginning)
    return Button(shorten(label), OpenConsultation(consultation_id=one.id))


def _line(t: L10n, line: Line, view: ConsultationView, *, now: datetime) -> str:
    one = line.consultation
    beginning = quote(line.beginning, BEGINNING) if line.beginning else t.plain("queue-only-files", count=line.files)
    who = name(t, one.expert) if view is ConsultationView.ASKED else name(t, one.asker)
    if view is ConsultationView.ASKED and one.expert is None:
        who = ""
    return t(
        "queue-line",
        number=str(one.id),
        topic=one.topic.title,
        who=who or t.plain("queue-nobody-yet"),
        state=_state(t, line, view, now=now),
        beginning=beginning,
    )


def _state(t: L10n, line: Line, view: ConsultationView, *, now: datetime) -> str:
    one = line.consultation
    if one.state is ConsultationState.CLOSED:
        return t.plain("queue-state-closed")
    if one.first_answered_at is None:
        is_late = one.promised_at < now
        promised = t.date_time(one.promised_at, now=now)
        return t.plain("queue-state-overdue" if is_late else "queue-state-promised", moment=promised)
    is_mine = one.turn is (Turn.ASKER if view is ConsultationView.ASKED else Turn.EXPERT)
    said = t.date_time(one.last_said_at, now=now)
    return t.plain("queue-state-your-turn" if is_mine else "queue-state-their-turn", moment=said)
