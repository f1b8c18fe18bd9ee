"""The card of a consultation: the whole dialogue in pages, and what may be done about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from models import Consultation, ConsultationMessage, ConsultationState, ConsultationView, Person, Turn
from screens.addresses import (
    AssignExpert,
    ChooseExpert,
    ListConsultations,
    OpenConsultation,
    OpenQueue,
    OpenTopic,
    SendFiles,
    TakeConsultation,
)
from screens.consultations.relay import assign_button, close_button, open_button, rating_row, reply_button
from screens.consultations.words import asker, cut, heading, joined, media, name, packed, promise
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.consultations import Card, Said

PIECE = 1500
"""A longer text is cut, so that a page always has room for one piece beside the heading."""

DIALOGUE = 3000
"""How much of the dialogue stands on one page."""


def card(t: L10n, card: Card, *, now: datetime, page: int = 0, toast: str | None = None) -> Screen:
    """The card at a page of its dialogue: 0 is the newest."""
    consultation = card.consultation
    dialogue = packed(
        [piece for message in card.messages for piece in _pieces(t, consultation, message, now=now)], DIALOGUE
    )
    last = len(dialogue) - 1
    page = min(max(0, page), last)
    number = ""
    if last:
        number = t("consultation-page", page=str(last - page + 1), total=str(last + 1))
    text = joined(
        t("consultation-card-heading", heading=heading(t, consultation)),
        _facts(t, card, now=now),
        dialogue[last - page],
        number,
    )
    rows = (*_deeds(t, card), *_turning(t, consultation, page, last), ways(t, _back(card)))
    return Screen(text, rows, toast=toast)


def _facts(t: L10n, card: Card, *, now: datetime) -> str:
    consultation = card.consultation
    facts = []
    if card.side != "asker":
        facts.append(t("consultation-asks", name=asker(t, consultation)))
    if consultation.expert is not None and card.side != "expert":
        facts.append(t("consultation-answers", name=name(t, consultation.expert)))
    facts.append(_state(t, card, now=now))
    return "\n".join(fact for fact in facts if fact)


def _state(t: L10n, card: Card, *, now: datetime) -> str:
    consultation = card.consultation
    match consultation.state:
        case ConsultationState.NEW:
            return "\n".join((t("consultation-state-new"), promise(t, consultation, now=now))).rstrip()
        case ConsultationState.CLOSED if consultation.rating is not None:
            return t("consultation-state-rated", rating=consultation.rating)
        case ConsultationState.CLOSED:
            return t("consultation-state-closed")
        case ConsultationState.TAKEN if consultation.turn is Turn.EXPERT:
            mine = t("consultation-state-your-turn" if card.side == "expert" else "consultation-state-expert-turn")
            return "\n".join((mine, promise(t, consultation, now=now))).rstrip()
        case _:
            return t("consultation-state-your-turn" if card.side == "asker" else "consultation-state-asker-turn")


def _pieces(
    t: L10n, consultation: Consultation, message: ConsultationMessage, *, now: datetime
) -> list[tuple[str, int]]:
    """What was said at once: who and when, the text in pieces that fit a page, how many files."""
    is_question = message.author_id == consultation.asker_id
    who = t(
        "consultation-said-by-asker" if is_question else "consultation-said-by-expert",
        name=name(t, message.author),
        moment=t.date_time(message.created_at, now=now),
    )
    pieces: list[tuple[str, int]] = []
    for part in message.texts:
        if len(part["text"]) <= PIECE:
            pieces.append((part["html"] or "", len(part["text"])))
        else:
            pieces += [(t("consultation-text", text=one), len(one)) for one in cut(part["text"], PIECE)]
    if message.files:
        files = t("consultation-files-said", count=len(message.files))
        pieces.append((files, len(files)))
    first, length = pieces[0] if pieces else ("", 0)
    return [(f"{who}\n{first}", len(who) + 1 + length), *pieces[1:]]


def _deeds(t: L10n, card: Card) -> tuple[Row, ...]:
    consultation = card.consultation
    rows: list[Row] = []
    if card.may_take:
        rows.append((Button(t.plain("consultation-take"), TakeConsultation(consultation_id=consultation.id)),))
    elif card.may_say:
        said = "consultation-write" if card.side == "asker" else "consultation-reply"
        rows.append((reply_button(t, consultation, said),))
    if card.files:
        files = t.plain("consultation-files", count=len(card.files))
        rows.append((Button(files, SendFiles(consultation_id=consultation.id)),))
    if card.may_close:
        rows.append((close_button(t, consultation),))
    if card.may_rate:
        rows.append(rating_row(t, consultation))
    if card.may_assign:
        rows.append((assign_button(t, consultation),))
    return tuple(rows)


def _turning(t: L10n, consultation: Consultation, page: int, last: int) -> tuple[Row, ...]:
    """Older pages to the left, newer ones to the right."""
    buttons = []
    if page < last:
        older = OpenConsultation(consultation_id=consultation.id, page=page + 1)
        buttons.append(Button(t.plain("nav-previous"), older))
    if page > 0:
        newer = OpenConsultation(consultation_id=consultation.id, page=page - 1)
        buttons.append(Button(t.plain("nav-next"), newer))
    return (tuple(buttons),) if buttons else ()


def _back(card: Card) -> CallbackData | None:
    if card.side == "asker":
        return ListConsultations(view=ConsultationView.ASKED.value)
    return None if card.side == "coordinator" else OpenQueue()


def files(t: L10n, card: Card) -> Screen:
    """«Файлы»: all of them, and the way back to the card."""
    consultation = card.consultation
    text = t("consultation-files-of", heading=heading(t, consultation))
    return Screen(text, column([open_button(t, consultation)]), media=media(card.files))


def asked(t: L10n, consultation: Consultation) -> Screen:
    """The question is on its way."""
    text = t(
        "consultation-asked",
        number=str(consultation.id),
        topic=consultation.topic.title,
        moment=t.date_time(consultation.promised_at, now=consultation.created_at),
    )
    mine = Button(t.plain("consultation-mine"), ListConsultations(view=ConsultationView.ASKED.value))
    return Screen(text, (*column([open_button(t, consultation), mine]), ways(t)))


def said(t: L10n, said: Said) -> Screen:
    """A word was passed on."""
    consultation = said.consultation
    if said.to is None:
        # What is opened again for other experts has a new promise.
        promised = promise(t, consultation, now=consultation.last_said_at) if said.has_reopened else ""
        text: str = joined(t("consultation-added", number=str(consultation.id)), promised)
    else:
        key = "consultation-sent-and-taken" if said.has_taken else "consultation-sent"
        text = t(key, number=str(consultation.id), name=name(t, said.to))
    if said.has_reopened:
        text = f"{text}\n{t('consultation-reopened')}"
    buttons = [open_button(t, consultation)]
    if said.is_thanks and said.side == "asker" and consultation.state is not ConsultationState.CLOSED:
        text = f"{text}\n{t('consultation-is-it-done')}"
        buttons.insert(0, close_button(t, consultation))
    return Screen(text, (*column(buttons), ways(t)))


def choose_expert(t: L10n, consultation: Consultation, experts: list[Person], page: int) -> Screen:
    """Whom to assign?"""
    back = OpenConsultation(consultation_id=consultation.id)
    title = t("consultation-assign-ask", heading=heading(t, consultation))
    if not experts:
        topic = Button(t.plain("roles-open-topic"), OpenTopic(topic_id=consultation.topic_id))
        return Screen(joined(title, t("consultation-assign-nobody")), ((topic,), ways(t, back)))
    page = min(max(0, page), (len(experts) - 1) // PAGE)
    shown = experts[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button(shorten(name(t, one)), AssignExpert(consultation_id=consultation.id, person_id=one.id)) for one in shown
    ]
    turn = pages(t, page, len(experts), lambda other: ChooseExpert(consultation_id=consultation.id, page=other))
    text = joined(title, counted(t, page, len(shown), len(experts)))
    return Screen(text, (*column(buttons), *turn, ways(t, back)))


def no_topics(t: L10n) -> Screen:
    """There is nobody to ask yet."""
    return Screen(t("consultation-no-topics"), (ways(t),))
