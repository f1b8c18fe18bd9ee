"""The engine of dialogs: one row a person, one write of it a step.

A step is served once: the row keeps the update that made it, so the same update after a crash only shows where the dialog stands.
Finishing deletes the row in the transaction of the act itself, so a second tap finds nothing to finish.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import DIALOGS, META, SUMMARY, Answers, Choices, Dialog, Pick, Pieces, Question, WrongAnswer
from dialogs.questions import Said
from models import DialogState, Person
from services import answers as reading
from services.errors import DialogOver, QuestionAnswered
from services.sources import SOURCES, Option

SILENCE = timedelta(hours=12)
"""After so long a silence a typed text is no longer taken for an answer: «Продолжить анкету?» is asked instead."""

PICK_PAGE = 6
CHOICES_PAGE = 7


@dataclass(frozen=True, slots=True)
class Step:
    """Where a dialog stands, with everything its screen shows. `question` is None at the summary."""

    dialog: Dialog
    question: Question | None
    answers: Answers
    number: int
    total: int
    returning: bool = False
    options: list[Option] = field(default_factory=list)
    options_total: int = 0
    page: int = 0
    page_size: int = PICK_PAGE
    query: str | None = None
    refusal: WrongAnswer | None = None
    screen_message_id: int | None = None
    same_album: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to ask and nothing to confirm: the act may be done now."""
        return self.question is None and not self.dialog.summary


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Another dialog of this person is not finished: continue it, or begin `wanted` in its place?"""

    open: Dialog
    wanted: Dialog
    arg: int


async def begin(
    session: AsyncSession,
    actor: Person,
    dialog: Dialog,
    *,
    arg: int = 0,
    known: Answers | None = None,
    instead: bool = False,
    update_id: int,
    now: datetime,
) -> Step | Unfinished:
    """Open `dialog` about `arg` (the id of what it is about, 0 for nothing) with what is `known` already.

    The same dialog left open goes on where it stopped. Another one with answers in it is not thrown away unless `instead`.
    """
    row = await _row_or_none(session, actor)
    if row is not None and not instead:
        left = _dialog_of(row)
        if left is dialog and row.answers.get(META, {}).get("arg", 0) == arg:
            _touch(row, update_id, now)
            return await _step(session, row)
        if left is not None and any(key != META for key in row.answers):
            return Unfinished(left, dialog, arg)
    answers: Answers = {**(known or {}), META: {"arg": arg}}
    first = dialog.asked(answers)[0]
    if row is None:
        row = DialogState(person_id=actor.id, updated_at=now)
        session.add(row)
    row.state = f"{dialog.name}:{first.key}"
    row.answers = answers
    row.screen_message_id = None
    _touch(row, update_id, now)
    return await _step(session, row)


async def resume(session: AsyncSession, actor: Person, *, update_id: int, now: datetime) -> Step:
    """Go on where it stopped. Raises DialogOver."""
    row = await _row(session, actor)
    _touch(row, update_id, now)
    return await _step(session, row)


async def answer_said(
    session: AsyncSession, actor: Person, said: Said, *, zone: tzinfo, update_id: int, now: datetime
) -> Step:
    """Take a message as the answer to the present question; what is wrong with it comes back as `refusal`. Raises DialogOver."""
    row = await _row(session, actor)
    dialog, question = _place(row)
    if row.update_id == update_id:
        return await _step(session, row)
    meta = _meta(row)
    same_album = said.album is not None and meta.get("album") == said.album
    try:
        if question is None:
            question = _collecting_before_summary(dialog, row.answers)
        value, looked_up = await reading.read_said(session, question, row.answers, said, zone=zone, now=now)
    except WrongAnswer as refusal:
        _touch(row, update_id, now)
        return await _step(session, row, refusal=refusal)
    if looked_up is not None:
        _set(row, meta={**meta, "query": looked_up, "page": 0})
        _touch(row, update_id, now)
        return await _step(session, row)
    _touch(row, update_id, now)
    if isinstance(question, Pieces):
        _set(row, {question.key: value}, meta={**meta, "album": said.album})
        return await _step(session, row, same_album=same_album)
    if isinstance(question, Choices):
        _set(row, {question.key: value}, meta={**meta, "query": None, "page": 0})
        return await _step(session, row)
    return await _advance(session, row, dialog, question, {question.key: value})


def _collecting_before_summary(dialog: Dialog, answers: Answers) -> Question:
    """At the summary a further message belongs to the pieces, if the dialog collects any. Raises WrongAnswer."""
    pieces = next((question for question in dialog.asked(answers) if isinstance(question, Pieces)), None)
    if pieces is None:
        raise WrongAnswer("dialog-wrong-confirm")
    return pieces


async def answer_tapped(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, value: str, *, update_id: int, now: datetime
) -> Step:
    """Take a tapped button as the answer. Raises DialogOver, QuestionAnswered (the button is of an earlier question)."""
    row, dialog, question = await _present(session, actor, dialog_name, key)
    if row.update_id == update_id:
        return await _step(session, row)
    try:
        answer = await reading.read_tapped(session, question, row.answers, _meta(row).get("query"), value)
    except WrongAnswer as refusal:
        _touch(row, update_id, now)
        return await _step(session, row, refusal=refusal)
    _touch(row, update_id, now)
    if isinstance(question, Choices):
        _set(row, {question.key: answer})
        return await _step(session, row)
    return await _advance(session, row, dialog, question, {question.key: answer})


async def turn_page(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, page: int, *, update_id: int, now: datetime
) -> Step:
    """Show another page of the options; a negative one forgets the typed query. Raises DialogOver, QuestionAnswered."""
    row, _dialog, _question = await _present(session, actor, dialog_name, key)
    meta = _meta(row)
    _set(row, meta={**meta, "page": page} if page >= 0 else {**meta, "page": 0, "query": None})
    _touch(row, update_id, now)
    return await _step(session, row)


async def done(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """«Готово» of ticks and pieces, «Пропустить» of an optional question. Raises DialogOver, QuestionAnswered."""
    row, dialog, question = await _present(session, actor, dialog_name, key)
    if row.update_id == update_id:
        return await _step(session, row)
    _touch(row, update_id, now)
    given = row.answers.get(question.key)
    if not question.optional and not given:
        return await _step(session, row, refusal=WrongAnswer("dialog-wrong-choose"))
    if isinstance(question, Pieces) and question.text_needed and given and not given["texts"]:
        return await _step(session, row, refusal=WrongAnswer("dialog-wrong-need-text"))
    return await _advance(session, row, dialog, question, {question.key: given})


async def skip(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """Leave an optional question without an answer. Raises DialogOver, QuestionAnswered."""
    row, dialog, question = await _present(session, actor, dialog_name, key)
    if row.update_id == update_id or not question.optional:
        return await _step(session, row)
    _touch(row, update_id, now)
    return await _advance(session, row, dialog, question, {question.key: None})


async def back(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """Ask the question before; what was answered stays. Raises DialogOver, QuestionAnswered."""
    row = await _row(session, actor)
    dialog, question = _place(row)
    if dialog.name != dialog_name or key != (question.key if question else SUMMARY):
        raise QuestionAnswered
    if row.update_id == update_id:
        return await _step(session, row)
    asked = dialog.asked(row.answers)
    here = asked.index(question) if question in asked else len(asked)
    returning = bool(_meta(row).get("return"))
    if question is not None and (here > 0 or returning):
        key_before = SUMMARY if returning else asked[here - 1].key
        _move(row, dialog, key_before)
    elif question is None:
        _move(row, dialog, asked[-1].key)
    _touch(row, update_id, now)
    return await _step(session, row)


async def correct(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """From the summary, ask question `key` again and come back. Raises DialogOver, QuestionAnswered."""
    row = await _row(session, actor)
    dialog, question = _place(row)
    wanted = dialog.question(key)
    if dialog.name != dialog_name or question is not None or wanted is None:
        raise QuestionAnswered
    _move(row, dialog, key)
    _set(row, meta={**_meta(row), "return": True})
    _touch(row, update_id, now)
    return await _step(session, row)


async def finish(session: AsyncSession, actor: Person, dialog_name: str) -> Answers:
    """Take the answers and remove the row: the caller acts in this same transaction. Raises DialogOver on a second tap."""
    row = await _row(session, actor)
    dialog, question = _place(row)
    if dialog.name != dialog_name:
        raise DialogOver
    if question is not None:
        raise QuestionAnswered
    answers = dict(row.answers)
    gone = await session.execute(
        delete(DialogState).where(DialogState.person_id == actor.id, DialogState.state == row.state)
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DELETE's result counts its rows
        raise DialogOver
    session.expunge(row)
    return answers


async def cancel(session: AsyncSession, actor: Person) -> Dialog | None:
    """Throw the open dialog away, if there is one, and tell which it was."""
    row = await _row_or_none(session, actor)
    if row is None:
        return None
    dialog = _dialog_of(row)
    await session.delete(row)
    return dialog


async def pause(session: AsyncSession, actor: Person, *, now: datetime) -> None:
    """The person went elsewhere: what they type next is no answer. The dialog waits."""
    await session.execute(
        update(DialogState)
        .where(DialogState.person_id == actor.id, DialogState.paused_at.is_(None))
        .values(paused_at=now)
    )


async def waiting(session: AsyncSession, actor: Person) -> Dialog | None:
    """The unfinished dialog to be offered for continuing, if any."""
    row = await session.get(DialogState, actor.id)
    return _dialog_of(row) if row is not None else None


async def remember_screen(session: AsyncSession, actor: Person, message_id: int) -> None:
    """Keep which message counts the parts of the album that is coming in."""
    await session.execute(
        update(DialogState).where(DialogState.person_id == actor.id).values(screen_message_id=message_id)
    )


async def _row_or_none(session: AsyncSession, actor: Person) -> DialogState | None:
    return await session.scalar(select(DialogState).where(DialogState.person_id == actor.id).with_for_update())


async def _row(session: AsyncSession, actor: Person) -> DialogState:
    row = await _row_or_none(session, actor)
    if row is None or _dialog_of(row) is None:
        raise DialogOver
    return row


def _dialog_of(row: DialogState) -> Dialog | None:
    return DIALOGS.get(row.state.partition(":")[0])


def _place(row: DialogState) -> tuple[Dialog, Question | None]:
    """The dialog and its present question (None: the summary). A question renamed since falls back to the first one unanswered."""
    name, _, key = row.state.partition(":")
    dialog = DIALOGS[name]
    if key == SUMMARY:
        return dialog, None
    question = dialog.question(key)
    if question is None:
        asked = dialog.asked(row.answers)
        question = next((one for one in asked if one.key not in row.answers), asked[0])
        row.state = f"{dialog.name}:{question.key}"
    return dialog, question


async def _present(
    session: AsyncSession, actor: Person, dialog_name: str, key: str
) -> tuple[DialogState, Dialog, Question]:
    row = await _row(session, actor)
    dialog, question = _place(row)
    if question is None or dialog.name != dialog_name or question.key != key:
        raise QuestionAnswered
    return row, dialog, question


def _meta(row: DialogState) -> dict[str, Any]:
    return dict(row.answers.get(META, {}))


def _set(row: DialogState, given: Answers | None = None, *, meta: dict[str, Any] | None = None) -> None:
    row.answers = {**row.answers, **(given or {}), META: meta if meta is not None else _meta(row)}


def _touch(row: DialogState, update_id: int, now: datetime) -> None:
    row.update_id = update_id
    row.updated_at = now
    row.paused_at = None


def _move(row: DialogState, dialog: Dialog, key: str) -> None:
    row.state = f"{dialog.name}:{key}"
    row.screen_message_id = None
    _set(row, meta={"arg": _meta(row).get("arg", 0)})


async def _advance(session: AsyncSession, row: DialogState, dialog: Dialog, question: Question, given: Answers) -> Step:
    """Keep the answer and go to the next question; back to the summary when the person came from there and nothing new is asked."""
    returning = bool(_meta(row).get("return"))
    _set(row, given)
    asked = dialog.asked(row.answers)
    following = asked[asked.index(question) + 1 :]
    if returning:
        following = [one for one in following if one.key not in row.answers]
    _move(row, dialog, following[0].key if following else SUMMARY)
    if returning and following:
        _set(row, meta={**_meta(row), "return": True})
    return await _step(session, row)


async def _step(
    session: AsyncSession, row: DialogState, *, refusal: WrongAnswer | None = None, same_album: bool = False
) -> Step:
    dialog, question = _place(row)
    asked = dialog.asked(row.answers)
    meta = _meta(row)
    place = Step(
        dialog=dialog,
        question=question,
        answers=dict(row.answers),
        number=asked.index(question) + 1 if question in asked else len(asked),
        total=len(asked),
        returning=bool(meta.get("return")),
        refusal=refusal,
        screen_message_id=row.screen_message_id,
        same_album=same_album,
    )
    if not isinstance(question, Pick | Choices):
        return place
    return await _with_options(session, place, question, page=meta.get("page", 0), query=meta.get("query"))


async def _with_options(
    session: AsyncSession, place: Step, question: Pick | Choices, *, page: int, query: str | None
) -> Step:
    size = CHOICES_PAGE if isinstance(question, Choices) else PICK_PAGE
    if isinstance(question, Pick) and question.search_only and query is None:
        return replace(place, page_size=size)
    source = SOURCES[question.source]
    options, total = await source.page(session, query=query, offset=page * size, limit=size)
    return replace(place, options=options, options_total=total, page=page, page_size=size, query=query)
