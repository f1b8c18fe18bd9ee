"""What goes from one side to the other: the question whole, with its files; answers; what has become of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dialogs import SAY
from models import Consultation, ConsultationMessage, ConsultationState, Person
from screens.addresses import (
    BeginDialog,
    ChooseExpert,
    CloseConsultation,
    OpenConsultation,
    RateConsultation,
    TakeConsultation,
)
from screens.consultations.words import asker, heading, joined, media, name, packed, parts_of, promise, quote
from screens.l10n import L10n
from screens.navigation import ways
from screens.screen import Button, Row, Screen, column

if TYPE_CHECKING:
    from services.consultations import Card

QUOTED = 700
RATINGS = (1, 2, 3, 4, 5)


def open_button(t: L10n, consultation: Consultation) -> Button:
    """«Открыть»."""
    return Button(t.plain("consultation-open"), OpenConsultation(consultation_id=consultation.id))


def reply_button(t: L10n, consultation: Consultation, label: str = "consultation-reply") -> Button:
    """«Ответить»."""
    return Button(t.plain(label), BeginDialog(dialog=SAY.name, arg=consultation.id))


def close_button(t: L10n, consultation: Consultation) -> Button:
    """«Вопрос решён»."""
    return Button(t.plain("consultation-close"), CloseConsultation(consultation_id=consultation.id))


def assign_button(t: L10n, consultation: Consultation) -> Button:
    """«Назначить эксперта»."""
    return Button(t.plain("consultation-assign"), ChooseExpert(consultation_id=consultation.id))


def rating_row(t: L10n, consultation: Consultation) -> Row:
    """One to five; the one given is marked."""
    return tuple(
        Button(
            t.plain("consultation-rate-given" if consultation.rating == rating else "consultation-rate", rating=rating),
            RateConsultation(consultation_id=consultation.id, rating=rating),
        )
        for rating in RATINGS
    )


def question(t: L10n, card: Card, *, now: datetime) -> list[Screen]:
    """The question as it is told to an expert: text whole, then files, buttons last. As it stands now: anybody's, mine, another's."""
    consultation, asked = card.consultation, card.messages[0]
    facts = [
        t("consultation-told-heading", heading=heading(t, consultation)),
        t("consultation-asks", name=asker(t, consultation)),
    ]
    if consultation.state is ConsultationState.NEW or card.may_say:
        facts.append(promise(t, consultation, now=now))
    head = "\n".join(fact for fact in facts if fact)
    state = _state(t, card)
    whole = packed([(head, len(head)), *parts_of(asked.texts)])
    files = media(asked.files)
    if not files and len(whole) == 1 and len(whole[0]) + len(state) < 4000:
        return [Screen(joined(whole[0], state), _question_rows(t, card))]
    last = Screen(
        joined(t("consultation-told-end", heading=heading(t, consultation)), state),
        _question_rows(t, card),
        media=files,
    )
    return [*(Screen(part) for part in whole), last]


def _state(t: L10n, card: Card) -> str:
    consultation = card.consultation
    if consultation.state is ConsultationState.CLOSED:
        return t("consultation-told-closed")
    if card.side == "expert":
        key = "consultation-told-assigned" if consultation.assigned_by_id is not None else "consultation-told-mine"
        return t(key)
    if consultation.state is ConsultationState.TAKEN:
        return t("consultation-told-taken", name=name(t, consultation.expert))
    return t("consultation-told-new")


def _question_rows(t: L10n, card: Card) -> tuple[Row, ...]:
    consultation = card.consultation
    buttons = []
    if card.may_take:
        take = TakeConsultation(consultation_id=consultation.id, told=True)
        buttons.append(Button(t.plain("consultation-take"), take))
    elif card.side == "expert" and consultation.state is ConsultationState.TAKEN:
        buttons.append(reply_button(t, consultation))
    return column([*buttons, open_button(t, consultation)])


def word(
    t: L10n, consultation: Consultation, message: ConsultationMessage, *, to: Person, has_reopened: bool
) -> list[Screen]:
    """What one side said, for the other: text whole, then files, buttons last."""
    to_asker = to.id == consultation.asker_id
    key = "consultation-word-to-asker" if to_asker else "consultation-word-to-expert"
    head = t(key, heading=heading(t, consultation), name=name(t, message.author))
    if has_reopened:
        head = joined(head, t("consultation-reopened-told"))
    whole = packed([(head, len(head)), *parts_of(message.texts)])
    rows = _word_rows(t, consultation, to_asker=to_asker)
    files = media(message.files)
    if not files:
        return [*(Screen(part) for part in whole[:-1]), Screen(whole[-1], rows)]
    last = Screen(t("consultation-word-end", heading=heading(t, consultation)), rows, media=files)
    return [*(Screen(part) for part in whole), last]


def edited(t: L10n, consultation: Consultation, message: ConsultationMessage, *, to: Person) -> list[Screen]:
    """The same after the author has corrected it; the files are there already."""
    head = t("consultation-edited", heading=heading(t, consultation), name=name(t, message.author))
    *parts, last = packed([(head, len(head)), *parts_of(message.texts)])
    rows = _word_rows(t, consultation, to_asker=to.id == consultation.asker_id)
    return [*(Screen(part) for part in parts), Screen(last, rows)]


def _word_rows(t: L10n, consultation: Consultation, *, to_asker: bool) -> tuple[Row, ...]:
    if consultation.state is ConsultationState.CLOSED:
        return column([open_button(t, consultation)])
    buttons = [reply_button(t, consultation)]
    if to_asker:
        buttons.append(close_button(t, consultation))
    return column([*buttons, open_button(t, consultation)])


def taken(t: L10n, consultation: Consultation, *, passed_on: bool, now: datetime) -> list[Screen]:
    """The asker hears who took it, or to whom it was passed on."""
    key = "consultation-handed-over" if passed_on else "consultation-taken"
    text = joined(
        t(key, heading=heading(t, consultation), name=name(t, consultation.expert)),
        promise(t, consultation, now=now),
        t("consultation-taken-more"),
    )
    return [Screen(text, column([open_button(t, consultation)]))]


def passed_on(t: L10n, consultation: Consultation, *, may_open: bool) -> list[Screen]:
    """Whoever had it hears that another answers now."""
    text = t("consultation-passed-on", heading=heading(t, consultation), name=name(t, consultation.expert))
    return [Screen(text, (*(column([open_button(t, consultation)]) if may_open else ()), ways(t)))]


def overdue(t: L10n, card: Card, *, now: datetime) -> list[Screen]:
    """The coordinator hears that nobody has taken it."""
    consultation = card.consultation
    asked = " ".join(part["text"] for part in card.messages[0].texts)
    facts = (
        t("consultation-overdue", heading=heading(t, consultation)),
        t("consultation-asks", name=asker(t, consultation)),
        promise(t, consultation, now=now),
    )
    text = joined("\n".join(fact for fact in facts if fact), t("consultation-text", text=quote(asked, QUOTED)))
    assign = [assign_button(t, consultation)] if card.may_assign else []
    return [Screen(text, column([*assign, open_button(t, consultation)]))]


def closed(t: L10n, consultation: Consultation, *, to: Person) -> list[Screen]:
    """It is over: the asker is asked for a rating, the expert is only told."""
    if to.id != consultation.asker_id:
        text = t("consultation-closed-to-expert", heading=heading(t, consultation), name=name(t, consultation.asker))
        return [Screen(text, column([open_button(t, consultation)]))]
    text = t("consultation-closed-to-asker", heading=heading(t, consultation), name=name(t, consultation.expert))
    return [Screen(text, (rating_row(t, consultation), *column([open_button(t, consultation)])))]


def unreached(t: L10n, consultation: Consultation, *, to: Person) -> list[Screen]:
    """The other side has blocked the bot."""
    to_asker = to.id == consultation.asker_id
    other = consultation.expert if to_asker else consultation.asker
    key = "consultation-unreached-expert" if to_asker else "consultation-unreached-asker"
    text = t(key, heading=heading(t, consultation), name=name(t, other))
    return [Screen(text, column([open_button(t, consultation)]))]
