"""Where an open dialog stands: its row read and written, and everything its screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import (
    DIALOGS,
    META,
    SUMMARY,
    Answers,
    Choice,
    Choices,
    Dialog,
    Moment,
    Pick,
    Pieces,
    Question,
    WrongAnswer,
)
from dialogs.questions import Said
from models import DialogState, Person
from services.answers import about
from services.errors import DialogOver, QuestionAnswered
from services.sources import Option, Source, source

MOST_BUTTONS = 8
"""So many options fit one screen (product.md), less the buttons that stand beside them: «Готово», «моей нет», «как написано»."""

CHOICE_AT_ONCE = 8
LONG_CHOICE_PAGE = 6
"""So many options of a choice are one screen; more are turned in pages."""

_KEPT = ("arg", "touched", "album", "head", "refused", "known", "below")
"""What of the engine's own notes outlives the step to another question."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a dialog stands, with everything its screen shows. `question` is None at the summary.

    `continues`: the message is a further part (of an album, of a text that the app cut in two) of what came just before, and
    belongs into the screen `screen_message_id`. `more_may_come`: keep which message shows this step. `replaces`: the message with
    the summary that this step's screen, shown below, makes an old one.
    """

    dialog: Dialog
    question: Question | None
    answers: Answers
    number: int
    total: int
    returning: bool = False
    options: list[Option] = field(default_factory=list)
    options_total: int = 0
    page: int = 0
    page_size: int = MOST_BUTTONS
    query: str | None = None
    refusal: WrongAnswer | None = None
    screen_message_id: int | None = None
    continues: bool = False
    more_may_come: bool = False
    replaces: int | None = None

    @property
    def gathers(self) -> bool:
        """Whether this is a summary that further messages are added to: a later one replaces its screen, so it is remembered."""
        return self.question is None and collecting(self.dialog, self.answers) is not None

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to ask and nothing to confirm: the act may be done now."""
        return self.question is None and not self.dialog.summary


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dialog left unfinished and the question that it waits at (None: the summary)."""

    dialog: Dialog
    question: Question | None
    answers: Answers

    def may_take(self, said: Said) -> bool:
        """Whether `said` can be offered as what is waited for: words for any question, files where they are collected."""
        question = self.question or collecting(self.dialog, self.answers)
        if isinstance(question, Pieces):
            return bool(said.files) or (said.text is not None and not question.files_needed)
        return question is not None and said.text is not None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Another dialog of this person is not finished: continue it, or begin `wanted` in its place?"""

    open: Dialog
    wanted: Dialog
    arg: int


async def row_or_none(session: AsyncSession, actor: Person) -> DialogState | None:
    """The row of the actor's open dialog, locked."""
    return await session.scalar(select(DialogState).where(DialogState.person_id == actor.id).with_for_update())


async def open_row(session: AsyncSession, actor: Person) -> DialogState:
    """The same; raises DialogOver when there is none, or when its dialog is no more since an update of the bot."""
    row = await row_or_none(session, actor)
    if row is None or dialog_of(row) is None:
        raise DialogOver
    return row


async def present(
    session: AsyncSession, actor: Person, dialog_name: str, key: str
) -> tuple[DialogState, Dialog, Question]:
    """The row, if it stands at this very question. Raises DialogOver, QuestionAnswered (a button of an earlier question)."""
    row = await open_row(session, actor)
    dialog, question = place_of(row)
    if question is None or dialog.name != dialog_name or question.key != key:
        raise QuestionAnswered
    return row, dialog, question


def dialog_of(row: DialogState) -> Dialog | None:
    """The dialog that the row belongs to, if the house still has it."""
    return DIALOGS.get(row.state.partition(":")[0])


def place_of(row: DialogState) -> tuple[Dialog, Question | None]:
    """The dialog and its present question (None: the summary).

    A question that is gone, or a summary with something open, falls back to the first open question: the dialog may have
    changed while the person was away.
    """
    dialog = DIALOGS[row.state.partition(":")[0]]
    question = question_of(row, dialog)
    row.state = f"{dialog.name}:{question.key if question else SUMMARY}"
    return dialog, question


def question_of(row: DialogState, dialog: Dialog) -> Question | None:
    """The question that the row stands at, or falls back to; nothing is changed."""
    return dialog.question(row.state.partition(":")[2]) or dialog.missing(row.answers)


def collecting(dialog: Dialog, answers: Answers) -> Pieces | None:
    """The question to which further messages are added at the summary, if the dialog has one."""
    return next((question for question in dialog.asked(answers) if isinstance(question, Pieces)), None)


def meta_of(row: DialogState) -> dict[str, Any]:
    """The engine's own notes about this dialog."""
    return dict(row.answers.get(META, {}))


def keep(row: DialogState, given: Answers | None = None, *, meta: dict[str, Any] | None = None) -> None:
    """Write answers and notes; from the first answer on the dialog is worth being continued («touched»)."""
    notes = meta if meta is not None else meta_of(row)
    if given:
        notes = {**notes, "touched": True}
    row.answers = {**row.answers, **(given or {}), META: notes}


def touch(row: DialogState, now: datetime, update_id: int | None = None) -> None:
    """The person is here; `update_id` when this update changed something and must not do so again."""
    if update_id is not None:
        row.update_id = update_id
    row.updated_at = now
    row.paused_at = None


def has_message(row: DialogState, question: Pieces, message_id: int) -> bool:
    """Whether what this message says is among the pieces already."""
    pieces = row.answers.get(question.key)
    return pieces is not None and message_id in pieces["message_ids"]


def stand_below(row: DialogState, message_id: int) -> None:
    """The question is shown below this message from now on: whatever is done in it, or above it, leaves the question in sight."""
    if message_id > stands_below(row):
        keep(row, meta={**meta_of(row), "below": message_id})


def stands_below(row: DialogState) -> int:
    """The message below which the present question is shown (0: nobody knows)."""
    return int(meta_of(row).get("below", 0))


def move(row: DialogState, dialog: Dialog, key: str, *, returning: bool = False) -> None:
    """Go to another question; with `returning` its answer leads back to the summary."""
    row.state = f"{dialog.name}:{key}"
    row.screen_message_id = None
    notes = {name: value for name, value in meta_of(row).items() if name in _KEPT}
    keep(row, meta={**notes, "return": True} if returning else notes)


def steps_of(row: DialogState, dialog: Dialog) -> list[Question]:
    """The questions asked one after another: those whose answer was known at the beginning wait in the summary."""
    known = meta_of(row).get("known", ())
    return [question for question in dialog.asked(row.answers) if question.key not in known]


def advance(row: DialogState, dialog: Dialog, question: Question, given: Answers) -> None:
    """Keep the answer and go to the next question; who came from the summary goes back there when nothing new is asked."""
    returning = bool(meta_of(row).get("return"))
    keep(row, given)
    asked = dialog.asked(row.answers)
    following = asked[asked.index(question) + 1 :]
    known = meta_of(row).get("known", ())
    following = [one for one in following if one.key not in known]
    if returning:
        following = [one for one in following if one.is_open(row.answers)]
    if following:
        move(row, dialog, following[0].key, returning=returning)
    else:
        move(row, dialog, SUMMARY)


async def step_of(
    session: AsyncSession,
    row: DialogState,
    *,
    refusal: WrongAnswer | None = None,
    continues: bool = False,
    more_may_come: bool = False,
    replaces: int | None = None,
) -> Step:
    """Read everything the screen of this place shows."""
    dialog, question = place_of(row)
    asked = steps_of(row, dialog)
    meta = meta_of(row)
    step = Step(
        dialog=dialog,
        question=question,
        answers=dict(row.answers),
        number=asked.index(question) + 1 if question in asked else len(asked),
        total=len(asked),
        returning=bool(meta.get("return")),
        refusal=refusal,
        screen_message_id=row.screen_message_id,
        continues=continues,
        more_may_come=more_may_come,
        replaces=replaces,
    )
    if isinstance(question, Moment):
        return replace(step, query=meta.get("query"))
    if isinstance(question, Choice):
        total = len(question.options)
        size = total if total <= CHOICE_AT_ONCE else LONG_CHOICE_PAGE
        return replace(step, options_total=total, page=min(meta.get("page", 0), (total - 1) // size), page_size=size)
    if not isinstance(question, Pick | Choices):
        return step
    supply = source(question.source, row.person_id, about(row.answers))
    return await _with_options(session, supply, step, question, page=meta.get("page", 0), query=meta.get("query"))


async def _with_options(
    session: AsyncSession, supply: Source, step: Step, question: Pick | Choices, *, page: int, query: str | None
) -> Step:
    size = MOST_BUTTONS - _beside(question, query)
    if isinstance(question, Pick) and question.search_only and query is None:
        return replace(step, page_size=size)
    options, total = await supply.page(session, query=query, offset=page * size, limit=size)
    if page and not options:
        page = max(0, (total - 1) // size)
        options, total = await supply.page(session, query=query, offset=page * size, limit=size)
    return replace(step, options=options, options_total=total, page=page, page_size=size, query=query)


def _beside(question: Pick | Choices, query: str | None) -> int:
    if isinstance(question, Choices):
        return 1 + int(question.optional)
    return int(question.absent) + int(question.typed and query is not None)
