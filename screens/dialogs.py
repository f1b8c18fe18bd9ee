"""A dialog's screens: the question with its likely answers, the summary, the ways out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from aiogram.filters.callback_data import CallbackData

from dialogs import (
    ABOUT,
    DIALOGS,
    REGISTRATION,
    SUMMARY,
    Choice,
    Choices,
    DayToCome,
    Dialog,
    Moment,
    Number,
    Pick,
    Pieces,
    Question,
)
from screens.addresses import (
    AnswerQuestion,
    BeginDialog,
    CancelDialog,
    ChooseCorrection,
    CorrectAnswer,
    FinishDialog,
    QuestionBack,
    QuestionDone,
    ResumeDialog,
    SkipQuestion,
    TurnQuestion,
)
from screens.l10n import L10n
from screens.menu import resume_button, short_title
from screens.navigation import menu
from screens.screen import LABEL, Button, Row, Screen, column, fitting, grid, shorten

if TYPE_CHECKING:
    from services.dialogs import Step, Unfinished

NUMBERS_IN_A_ROW = 4
USUAL_HOURS = (9, 10, 11, 13, 14, 15, 16, 17)
"""When teachers meet: offered as soon as the day is known."""
SCHOOL_YEAR_ENDS = 5
"""May."""
SAID_LONGEST = 700
TICK = "✅ "


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a summary says in place of the list of answers: `text` is HTML, `preview` the messages as others will see them."""

    text: str
    preview: tuple[Screen, ...] = ()


def step(t: L10n, place: Step, *, now: datetime, read_back: ReadBack | None = None) -> Screen:
    """Where the dialog stands: the present question, or the summary (with `read_back` instead of the bare list of answers)."""
    if place.question is None:
        return _summary(t, place, read_back, now=now)
    return _question(t, place, place.question, now=now)


def _question(t: L10n, place: Step, question: Question, *, now: datetime) -> Screen:
    texts = place.dialog.texts
    parts = []
    if place.refusal is not None:
        parts.append(t("dialog-refusal", reason=t.plain(place.refusal.key, **place.refusal.values)))
    if place.total > 1 and not place.returning:
        title = t.plain(f"{place.dialog.titles}-title")
        parts.append(t("dialog-step", title=title, number=str(place.number), total=str(place.total)))
    parts += [t(f"{texts}-{question.key}-ask"), *_about(t, place)]
    answered = place.answers.get(question.key)
    if answered not in (None, []):
        key = {Choices: "dialog-chosen", Pieces: "dialog-taken"}.get(type(question), "dialog-answered")
        parts.append(t(key, value=said(t, place.dialog, question, answered, now=now)))
    if place.query is not None and isinstance(question, Moment):
        parts.append(t("dialog-day", day=t.day(date.fromisoformat(place.query), now=now)))
    elif place.query is not None:
        parts.append(t("dialog-found", query=place.query, count=place.options_total))
    if _is_numbered(place):
        lines = [
            t("dialog-option-line", number=str(number), title=option.label)
            for number, option in enumerate(place.options, start=_first_number(place))
        ]
        parts.append("\n".join(lines))
    return Screen("\n\n".join(parts), (*_likely(t, place, question, now=now), *_ways_out(t, place, question)))


def _is_numbered(place: Step) -> bool:
    """Whether some title is cut on its button, where several would look alike: then the text has them whole, with numbers."""
    sign = len(TICK) if isinstance(place.question, Choices) else 0
    return any(len(option.label) + sign > LABEL for option in place.options)


def _first_number(place: Step) -> int:
    return place.page * place.page_size + 1


def _option_labels(place: Step) -> list[str]:
    labels = [option.label for option in place.options]
    if _is_numbered(place):
        labels = [f"{number}. {label}" for number, label in enumerate(labels, start=_first_number(place))]
    return labels


def _about(t: L10n, place: Step) -> list[str]:
    """What the dialog is about, where that is known: in words of its own, or as it is."""
    about = place.answers.get(ABOUT)
    own = f"{place.dialog.titles}-about"
    return [t(own if t.has(own) else "dialog-about", about=about)] if about else []


def _likely(t: L10n, place: Step, question: Question, *, now: datetime) -> tuple[Row, ...]:
    """The buttons of likely answers."""
    dialog = place.dialog

    def answer(label: str, value: str) -> Button:
        return Button(shorten(label), AnswerQuestion(dialog=dialog.name, question=question.key, value=value))

    match question:
        case Choice(options=options):
            shown = options[place.page * place.page_size : (place.page + 1) * place.page_size]
            buttons = [answer(t.plain(f"{dialog.texts}-{question.key}-{one}"), one) for one in shown]
            return (*column(buttons), *_turning(t, place, question))
        case Moment() if place.query is not None:
            times = _times(date.fromisoformat(place.query), t, now=now)
            buttons = [answer(f"{at:%H:%M}", str(int(at.timestamp()) // 60)) for at in times]
            return (*grid(buttons, NUMBERS_IN_A_ROW), *_turning(t, place, question))
        case DayToCome():
            days = _days(now.astimezone(t.zone).date())
            return column([answer(t.day(day, now=now), f"{day:%Y%m%d}") for day in days])
        case Number(suggestions=suggestions):
            return grid([answer(str(number), str(number)) for number in suggestions], NUMBERS_IN_A_ROW)
        case Pick():
            labels = _option_labels(place)
            buttons = [answer(label, str(option.id)) for label, option in zip(labels, place.options, strict=True)]
            if question.typed and place.query:
                buttons.append(answer(t.plain("dialog-as-typed", typed=place.query), "typed"))
            if question.absent:
                buttons.append(answer(t.plain(f"{dialog.texts}-{question.key}-absent"), "absent"))
            return (*column(buttons), *_turning(t, place, question))
        case Choices():
            ticked = {row["id"] for row in place.answers.get(question.key) or []}
            buttons = [
                answer((TICK if option.id in ticked else "") + label, str(option.id))
                for label, option in zip(_option_labels(place), place.options, strict=True)
            ]
            return (*column(buttons), *_done(t, place, question), *_turning(t, place, question))
        case Pieces() if place.answers.get(question.key):
            anew = Button(t.plain("dialog-anew"), answer("", "anew").address)
            return (*_done(t, place, question), (anew,))
    return ()


def _times(day: date, t: L10n, *, now: datetime) -> list[datetime]:
    """The usual times of a day that are still to come."""
    times = (datetime.combine(day, time(hour), tzinfo=t.zone) for hour in USUAL_HOURS)
    return [at for at in times if at > now]


def _days(today: date) -> list[date]:
    """A month from today, a quarter, half a year, and the end of the school year, in their order."""
    ahead = {_in_months(today, months) for months in (1, 3, 6)}
    school_year_ends = date(today.year + (today.month > SCHOOL_YEAR_ENDS), SCHOOL_YEAR_ENDS, 31)
    return sorted({*ahead, school_year_ends})


def _in_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    whole = day.month - 1 + months
    year, month = day.year + whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _done(t: L10n, place: Step, question: Question) -> tuple[Row, ...]:
    if not place.answers.get(question.key):
        return ()
    return ((Button(t.plain("dialog-done"), QuestionDone(dialog=place.dialog.name, question=question.key)),),)


def _turning(t: L10n, place: Step, question: Question) -> tuple[Row, ...]:
    """Paging of the options, and «all of them» after a typed search."""
    last = max(0, (place.options_total - 1) // place.page_size)

    def turn(label: str, page: int) -> Button:
        return Button(t.plain(label), TurnQuestion(dialog=place.dialog.name, question=question.key, page=page))

    buttons = []
    if place.page > 0:
        buttons.append(turn("nav-previous", place.page - 1))
    if place.query is not None and not (isinstance(question, Pick) and question.search_only):
        buttons.append(turn("dialog-other-day" if isinstance(question, Moment) else "dialog-show-all", -1))
    if place.page < last:
        buttons.append(turn("nav-next", place.page + 1))
    return fitting(buttons)


def _ways_out(t: L10n, place: Step, question: Question) -> tuple[Row, ...]:
    dialog = place.dialog
    buttons = []
    if place.number > 1 or place.returning:
        buttons.append(Button(t.plain("nav-back"), QuestionBack(dialog=dialog.name, question=question.key)))
    if question.optional:
        own = f"{dialog.texts}-{question.key}-skip"
        label = t.plain(own if t.has(own) else "dialog-skip")
        buttons.append(Button(label, SkipQuestion(dialog=dialog.name, question=question.key)))
    buttons.append(Button(t.plain("dialog-cancel"), CancelDialog(dialog=dialog.name)))
    return fitting(buttons)


def _summary(t: L10n, place: Step, read_back: ReadBack | None, *, now: datetime) -> Screen:
    dialog = place.dialog
    parts = []
    if place.refusal is not None:
        parts.append(t("dialog-refusal", reason=t.plain(place.refusal.key, **place.refusal.values)))
    if read_back is not None:
        parts.append(read_back.text)
    else:
        parts += [t(f"{dialog.texts}-summary"), *_about(t, place), _read_back(t, place, now=now)]
    rows = (
        (Button(t.plain(f"{dialog.texts}-finish"), FinishDialog(dialog=dialog.name)),),
        (Button(t.plain("dialog-correct"), ChooseCorrection(dialog=dialog.name)),),
        (
            Button(t.plain("nav-back"), QuestionBack(dialog=dialog.name, question=SUMMARY)),
            Button(t.plain("dialog-cancel"), CancelDialog(dialog=dialog.name)),
        ),
    )
    preview = read_back.preview if read_back and place.refusal is None else ()
    return Screen("\n\n".join(parts), rows, before=preview)


def _read_back(t: L10n, place: Step, *, now: datetime) -> str:
    dialog = place.dialog
    lines = []
    for question in dialog.asked(place.answers):
        value = place.answers.get(question.key)
        if isinstance(question, Pick) and question.absent and value and value["id"] == 0:
            continue  # the title that follows says it
        label = t(f"{dialog.texts}-{question.key}-label")
        shown = said(t, dialog, question, value, now=now) if value is not None else _empty(t, dialog, question)
        lines.append(t("dialog-summary-line", label=label, value=shown))
    return "\n".join(lines)


def corrections(t: L10n, place: Step) -> Screen:
    """Which answer to correct."""
    dialog = place.dialog
    buttons = [
        Button(
            shorten(t.plain(f"{dialog.texts}-{question.key}-label")),
            CorrectAnswer(dialog=dialog.name, question=question.key),
        )
        for question in dialog.asked(place.answers)
    ]
    rows = (*column(buttons), (Button(t.plain("nav-back"), ResumeDialog()), menu(t)))
    return Screen(t("dialog-correct-ask"), rows)


def said(t: L10n, dialog: Dialog, question: Question, value: Any, *, now: datetime) -> str:
    """An answer in words, not escaped."""
    match question:
        case Choice():
            return t.plain(f"{dialog.texts}-{question.key}-{value}")
        case Pick():
            return str(value["label"]) or t.plain(f"{dialog.texts}-{question.key}-absent")
        case Choices():
            return ", ".join(row["label"] for row in value)
        case Number():
            return t.plain(f"{dialog.texts}-{question.key}-value", count=value)
        case Moment():
            moment = datetime.fromisoformat(value)
            return t.read_back(moment, now=now or moment)
        case DayToCome():
            return t.day(date.fromisoformat(value), now=now)
        case Pieces(files_needed=True):
            names = ", ".join(file["name"] for file in value["files"] if file["name"])
            return "\n".join(part for part in (t.plain("dialog-files", files=len(value["files"])), _cut(names)) if part)
        case Pieces():
            return _pieces(t, value)
    return _cut(str(value))


def _pieces(t: L10n, value: dict[str, Any]) -> str:
    """What was collected: the words (when too many, how many), then how many files."""
    words = "\n".join(one["text"] for one in value["texts"])
    lines = [_cut(words)]
    if len(words) > SAID_LONGEST:
        lines.append(t.plain("dialog-letters", count=len(words)))
    if value["files"]:
        lines.append(t.plain("dialog-files", files=len(value["files"])))
    return "\n".join(line for line in lines if line)


def _empty(t: L10n, dialog: Dialog, question: Question) -> str:
    own = f"{dialog.texts}-{question.key}-empty"
    return t.plain(own if t.has(own) else "dialog-empty")


def _cut(text: str) -> str:
    return text if len(text) <= SAID_LONGEST else text[: SAID_LONGEST - 1] + "…"


def unfinished(t: L10n, left: Unfinished, *, way: Callable[[str], CallbackData] | None = None) -> Screen:
    """Continue the one or begin the other? `way(instead)` begins the other where that needs more than its name."""
    open_title = short_title(t, left.open)
    wanted_title = short_title(t, left.wanted)
    begin = (
        BeginDialog(dialog=left.wanted.name, arg=left.arg, instead=left.open.name)
        if way is None
        else way(left.open.name)
    )
    rows = column(
        [
            resume_button(t, left.open),
            Button(shorten(t.plain("dialog-instead", title=wanted_title)), begin),
        ]
    )
    return Screen(t("dialog-unfinished", open=open_title, wanted=wanted_title), (*rows, (menu(t),)))


def cancelled(t: L10n, dialog: Dialog | None) -> Screen:
    """The dialog is thrown away, or there was none."""
    if dialog is None:
        return Screen(t("dialog-nothing-open"), ((menu(t),),))
    again = Button(t.plain("dialog-again"), BeginDialog(dialog=dialog.name))
    rows: tuple[Row, ...] = ((again,),) if dialog is REGISTRATION else ((menu(t),),)
    return Screen(t("dialog-cancelled", title=short_title(t, dialog)), rows)


def option_typed(t: L10n, dialog_name: str, question: Choice, typed: str) -> str:
    """The option of `question` whose label was typed in words, or what was typed."""
    texts = DIALOGS[dialog_name].texts
    wanted = " ".join(typed.split()).casefold()
    same = (one for one in question.options if t.plain(f"{texts}-{question.key}-{one}").casefold() == wanted)
    return next(same, typed)
