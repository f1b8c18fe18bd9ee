"""One thing said outside any dialog may come in several messages: they are gathered, so that it is answered once and asked whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import Answers
from dialogs.questions import Said
from models import Person, Saying
from services.dialogs.parts import Part


async def may_have_parts(session: AsyncSession, actor: Person, said: Said) -> bool:
    """Whether `said` is to be gathered: a part of an album, the head of a cut text, or what goes on with one."""
    row = await session.get(Saying, actor.id)
    return Part.of(said, row.notes if row else {}).more_may_come


async def gather(session: AsyncSession, actor: Person, said: Said, *, now: datetime) -> bool:
    """Put `said` to what came just before it, or begin anew with it. Gives whether it begins something: then it is to be answered.

    The same message once more, after a crash, changes nothing and is answered as it was.
    """
    row = await session.get(Saying, actor.id, with_for_update=True)
    if row is not None and said.message_id in row.pieces["message_ids"]:
        return bool(row.pieces["message_ids"][0] == said.message_id)
    part = Part.of(said, row.notes if row else {})
    if row is None:
        row = Saying(person_id=actor.id)
        session.add(row)
    goes_on = part.continues
    before = row.pieces if goes_on else {"texts": [], "files": [], "message_ids": []}
    row.pieces = {name: [*before[name], *added] for name, added in pieces_of(said).items()}
    row.notes = part.notes
    row.said_at = now
    return not goes_on


async def whole(session: AsyncSession, actor: Person, said: Said) -> Answers:
    """Everything that was said together with this message, as the answer to a question keeps it."""
    row = await session.get(Saying, actor.id)
    return row.pieces if row is not None and said.message_id in row.pieces["message_ids"] else pieces_of(said)


def pieces_of(said: Said) -> dict[str, Any]:
    """One message as the answer to a question that collects pieces."""
    texts = [{"text": said.text, "html": said.html}] if said.text is not None else []
    return {"texts": texts, "files": list(said.files), "message_ids": [said.message_id]}


async def delete_old(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete what was said before `before`, at most `limit` of it. Gives how many."""
    old = select(Saying.person_id).where(Saying.said_at < before).limit(limit).with_for_update(skip_locked=True)
    result = await session.execute(
        delete(Saying).where(Saying.person_id.in_(old)), execution_options={"synchronize_session": False}
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # a DELETE's result counts its rows
