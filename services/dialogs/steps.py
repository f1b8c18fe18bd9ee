"""The steps of a dialog: begun, answered, turned, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import META, SUMMARY, Answers, Choices, Dialog, Pieces, Question, WrongAnswer
from dialogs.questions import Said
from models import DialogState, Person
from services import answers as reading
from services.dialogs import place
from services.dialogs.parts import Part
from services.dialogs.place import Step, Unfinished
from services.errors import QuestionAnswered

SILENCE = timedelta(hours=12)
"""After so long a silence a typed text is no longer taken for an answer: «Продолжить анкету?» is asked instead."""


async def begin(
    session: AsyncSession,
    actor: Person,
    dialog: Dialog,
    *,
    arg: int = 0,
    known: Answers | None = None,
    instead: str = "",
    given: Answers | None = None,
    below: int = 0,
    update_id: int,
    now: datetime,
) -> Step | Unfinished:
    """Open `dialog` about `arg` (the id of what it is about, 0 for nothing) with what is `known` already.

    What is known is not asked. Where all of it is known it is there to be changed: from the summary, if there is one.
    The same dialog left open goes on where it stopped. Another one with answers in it is not thrown away, unless it is the one
    that the person was asked about (`instead` is its name). `given` are answers that the person gave before the dialog began (a
    text typed in the menu): the same dialog, left open with other such answers, is another one. `below` is the message under which
    the question is shown.
    """
    row = await place.row_or_none(session, actor)
    if row is not None:
        left = place.dialog_of(row)
        meta = place.meta_of(row)
        if left is dialog and meta.get("arg", 0) == arg and not given:
            place.stand_below(row, below)
            place.touch(row, now, update_id)
            return await place.step_of(session, row)
        if left is not None and left.name != instead and meta.get("touched"):
            return Unfinished(left, dialog, arg)
    answers: Answers = {**(known or {}), **(given or {})}
    first = dialog.missing(answers)
    skipped = [one.key for one in dialog.asked(answers) if not one.is_open(answers)] if first is not None else []
    answers[META] = {"arg": arg, "known": skipped, **({"touched": True} if given else {})}
    state = f"{dialog.name}:{_first_place(dialog, first, answers)}"
    if row is None:
        row = DialogState(person_id=actor.id, state=state, answers=answers, updated_at=now)
        try:
            async with session.begin_nested():
                session.add(row)
        except IntegrityError:  # opened in this very moment by another update of this person: go on with that one
            return await begin(
                session,
                actor,
                dialog,
                arg=arg,
                known=known,
                given=given,
                instead=instead,
                below=below,
                update_id=update_id,
                now=now,
            )
    row.state = state
    row.answers = answers
    place.stand_below(row, below)
    row.screen_message_id = None
    place.touch(row, now, update_id)
    return await place.step_of(session, row)


def _first_place(dialog: Dialog, missing: Question | None, answers: Answers) -> str:
    if missing is not None:
        return missing.key
    return SUMMARY if dialog.summary else dialog.asked(answers)[0].key


async def resume(session: AsyncSession, actor: Person, *, below: int = 0, update_id: int, now: datetime) -> Step:
    """Go on where it stopped, shown below the message `below`. Raises DialogOver."""
    row = await place.open_row(session, actor)
    place.stand_below(row, below)
    place.touch(row, now, update_id)
    return await place.step_of(session, row)


async def answer_said(
    session: AsyncSession, actor: Person, said: Said, *, zone: tzinfo, update_id: int, now: datetime
) -> Step:
    """Take a message as the answer to the present question; what is wrong with it comes back as `refusal`. Raises DialogOver."""
    row = await place.open_row(session, actor)
    dialog, question = place.place_of(row)
    summary = row.screen_message_id if question is None else None
    if row.update_id == update_id:
        return await place.step_of(session, row, replaces=summary)
    part = Part.of(said, place.meta_of(row))
    if not part.continues:
        place.stand_below(row, said.message_id)
    at_summary = question is None
    replaces = summary if not part.continues else None
    try:
        if question is None:
            question = _collecting_before_summary(dialog, row.answers, said)
        if isinstance(question, Pieces) and place.has_message(row, question, said.message_id):
            return await place.step_of(session, row, continues=True)  # served once more: it is in the answer already
        if part.is_rest_of_album and said.text is None and not isinstance(question, Pieces):
            if place.meta_of(row).get("refused"):
                raise WrongAnswer("dialog-wrong-need-text")
            return await place.step_of(session, row, continues=True)  # its caption was the answer already
        value, looked_up = await reading.read_said(
            session, actor.id, question, row.answers, said, zone=zone, now=now, came_before=part.letters_before
        )
    except WrongAnswer as refusal:
        place.touch(row, now)
        notes = {**part.notes, "refused": True, "understood": refusal.understood}
        place.keep(row, meta={**place.meta_of(row), **notes})
        return await place.step_of(
            session,
            row,
            refusal=refusal,
            continues=part.continues,
            more_may_come=part.more_may_come,
            replaces=replaces,
        )
    place.touch(row, now, update_id)
    if dialog.previewed and at_summary:  # the preview is no longer true: collect until «Готово» again
        place.move(row, dialog, question.key, returning=True)
    meta = {**place.meta_of(row), **part.notes, "refused": False}
    if looked_up is not None:
        place.keep(row, meta={**meta, "query": looked_up, "page": 0})
    elif isinstance(question, Pieces):
        place.keep(row, {question.key: value}, meta=meta)
        if question.flowing and not at_summary:
            place.advance(row, dialog, question, {question.key: value})
    elif isinstance(question, Choices):
        place.keep(row, {question.key: value}, meta={**meta, "query": None, "page": 0})
    else:
        place.keep(row, meta=meta)
        place.advance(row, dialog, question, {question.key: value})
    return await place.step_of(
        session, row, continues=part.continues, more_may_come=part.more_may_come, replaces=replaces
    )


async def answer_typed(
    session: AsyncSession,
    actor: Person,
    dialog_name: str,
    key: str,
    said: Said,
    *,
    zone: tzinfo,
    update_id: int,
    now: datetime,
) -> Step:
    """Take what was typed while the dialog waited at question `key`, as `answer_said` does.

    Raises DialogOver, QuestionAnswered (the dialog is at another question by now, or these words are in its answer already).
    """
    row = await place.open_row(session, actor)
    dialog, question = place.place_of(row)
    if row.update_id != update_id:
        if dialog.name != dialog_name or key != (question.key if question else SUMMARY):
            raise QuestionAnswered
        pieces = place.collecting(dialog, row.answers)
        if pieces is not None and place.has_message(row, pieces, said.message_id):
            raise QuestionAnswered
    return await answer_said(session, actor, said, zone=zone, update_id=update_id, now=now)


def _collecting_before_summary(dialog: Dialog, answers: Answers, said: Said) -> Question:
    """At the summary a further message belongs to the pieces, if the dialog collects any. Raises WrongAnswer."""
    pieces = place.collecting(dialog, answers)
    if pieces is None or (pieces.files_needed and not said.files):
        raise WrongAnswer("dialog-wrong-confirm")
    return pieces


async def answer_tapped(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, value: str, *, update_id: int, now: datetime
) -> Step:
    """Take a tapped button as the answer. Raises DialogOver, QuestionAnswered (the button is of an earlier question)."""
    row, dialog, question = await place.present(session, actor, dialog_name, key)
    if row.update_id == update_id:
        return await place.step_of(session, row)
    try:
        answer = await reading.read_tapped(
            session, actor.id, question, row.answers, place.meta_of(row).get("query"), value, now=now
        )
    except WrongAnswer as refusal:
        place.touch(row, now)
        return await place.step_of(session, row, refusal=refusal)
    place.touch(row, now, update_id)
    if isinstance(question, Choices | Pieces):
        place.keep(row, {question.key: answer})
    else:
        place.advance(row, dialog, question, {question.key: answer})
    return await place.step_of(session, row)


async def turn_page(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, page: int, *, update_id: int, now: datetime
) -> Step:
    """Show another page of the options; a negative one forgets the typed query. Raises DialogOver, QuestionAnswered."""
    row, _dialog, _question = await place.present(session, actor, dialog_name, key)
    meta = place.meta_of(row)
    place.keep(row, meta={**meta, "page": page} if page >= 0 else {**meta, "page": 0, "query": None})
    place.touch(row, now, update_id)
    return await place.step_of(session, row)


async def done(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """«Готово» of ticks and pieces. Raises DialogOver, QuestionAnswered."""
    row, dialog, question = await place.present(session, actor, dialog_name, key)
    if row.update_id == update_id:
        return await place.step_of(session, row)
    given = row.answers.get(question.key)
    refusal = None
    if not question.optional and not given:
        refusal = WrongAnswer("dialog-wrong-choose" if isinstance(question, Choices) else "dialog-wrong-nothing-yet")
    elif isinstance(question, Pieces) and question.text_needed and given and not given["texts"]:
        refusal = WrongAnswer("dialog-wrong-need-text")
    if refusal is not None:
        place.touch(row, now)
        return await place.step_of(session, row, refusal=refusal)
    place.touch(row, now, update_id)
    place.advance(row, dialog, question, {question.key: given})
    return await place.step_of(session, row)


async def skip(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """Leave an optional question without an answer. Raises DialogOver, QuestionAnswered."""
    row, dialog, question = await place.present(session, actor, dialog_name, key)
    if row.update_id != update_id and question.optional:
        place.touch(row, now, update_id)
        place.advance(row, dialog, question, {question.key: None})
    return await place.step_of(session, row)


async def back(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """Ask the question before; what was answered stays. From a correction it leads back to the summary, or, when the correction
    opened a question, to what must be answered first. Raises DialogOver, QuestionAnswered.
    """
    row = await place.open_row(session, actor)
    dialog, question = place.place_of(row)
    if row.update_id == update_id:
        return await place.step_of(session, row)
    if dialog.name != dialog_name or key != (question.key if question else SUMMARY):
        raise QuestionAnswered
    asked = place.steps_of(row, dialog)
    here = asked.index(question) if question in asked else len(asked)
    before = asked[here - 1].key if here else asked[0].key
    if place.meta_of(row).get("return"):
        missing = dialog.missing(row.answers)
        if missing is None:
            place.move(row, dialog, SUMMARY)
        else:
            place.move(row, dialog, before if missing is question else missing.key, returning=True)
    else:
        place.move(row, dialog, before)
    place.touch(row, now, update_id)
    return await place.step_of(session, row)


async def correct(
    session: AsyncSession, actor: Person, dialog_name: str, key: str, *, update_id: int, now: datetime
) -> Step:
    """From the summary, ask question `key` again and come back. Raises DialogOver, QuestionAnswered."""
    row = await place.open_row(session, actor)
    dialog, question = place.place_of(row)
    if row.update_id == update_id:
        return await place.step_of(session, row)
    wanted = dialog.question(key)
    if dialog.name != dialog_name or question is not None or wanted not in dialog.asked(row.answers):
        raise QuestionAnswered
    place.move(row, dialog, key, returning=True)
    place.touch(row, now, update_id)
    return await place.step_of(session, row)
