"""How a dialog ends or waits: finished with its act, thrown away, left for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import Answers, Dialog
from models import DialogState, Person
from services.dialogs.place import Waiting, dialog_of, open_row, place_of, question_of, row_or_none, stands_below
from services.errors import DialogOver, QuestionAnswered


async def finish(session: AsyncSession, actor: Person, dialog_name: str) -> Answers:
    """Take the answers and remove the row: the caller acts in this same transaction.

    Raises DialogOver on a second tap, QuestionAnswered when something is still asked.
    """
    row = await open_row(session, actor)
    dialog, question = place_of(row)
    if dialog.name != dialog_name:
        raise DialogOver
    if question is not None:
        raise QuestionAnswered
    answers = dict(row.answers)
    gone = await session.execute(delete(DialogState).where(DialogState.person_id == actor.id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a DELETE's result counts its rows
        raise DialogOver
    session.expunge(row)
    return answers


async def cancel(session: AsyncSession, actor: Person) -> Dialog | None:
    """Throw the open dialog away, if there is one, and tell which it was."""
    row = await row_or_none(session, actor)
    if row is None:
        return None
    dialog = dialog_of(row)
    await session.delete(row)
    return dialog


async def pause(session: AsyncSession, actor: Person, *, redrawn: int | None = None, now: datetime) -> bool:
    """The person went elsewhere: what they type next is no answer. The dialog waits. Gives whether it was left.

    `redrawn` is the message in which they see the other place. Where it stands above the dialog's question, that question is still
    the last thing they were asked, and what they type next is the answer: nothing happens then.
    """
    row = await row_or_none(session, actor)
    if row is None or row.paused_at is not None or (redrawn is not None and redrawn <= stands_below(row)):
        return False
    row.paused_at = now
    return True


async def waiting(session: AsyncSession, actor: Person) -> Dialog | None:
    """The unfinished dialog to be offered for continuing, if any."""
    row = await session.get(DialogState, actor.id)
    return dialog_of(row) if row is not None else None


async def waiting_question(session: AsyncSession, actor: Person) -> Waiting | None:
    """The same, with the question that it waits at."""
    row = await session.get(DialogState, actor.id)
    dialog = dialog_of(row) if row is not None else None
    if row is None or dialog is None:
        return None
    return Waiting(dialog, question_of(row, dialog), row.answers)


async def remember_screen(session: AsyncSession, actor: Person, message_id: int) -> None:
    """Keep which message shows the parts that are coming in."""
    await session.execute(
        update(DialogState).where(DialogState.person_id == actor.id).values(screen_message_id=message_id)
    )
