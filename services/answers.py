"""What a message or a tap means as the answer to a question. Whatever is no answer raises WrongAnswer with a helpful sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import Answers, Choice, Choices, Moment, Number, Pick, Pieces, Question, Text, WrongAnswer
from dialogs.questions import Said
from services.sources import SOURCES

_NUMBER = re.compile(r"[^\d.,+-]*(\d{1,9})[^\d.,]*\.?")


async def read_said(
    session: AsyncSession, question: Question, answers: Answers, said: Said, *, zone: tzinfo, now: datetime
) -> tuple[Any, str | None]:
    """Give the answer that `said` is, or the query to look up among the options. Raises WrongAnswer."""
    if isinstance(question, Pieces):
        return _add_pieces(question, answers.get(question.key), said), None
    if said.text is None:
        raise WrongAnswer("dialog-wrong-need-text")
    typed = (
        " ".join(said.text.split()) if not isinstance(question, Text) or question.longest <= 300 else said.text.strip()
    )
    match question:
        case Text():
            return _read_text(question, typed), None
        case Number():
            return _read_number(question, typed), None
        case Moment():
            return _read_moment(typed, zone=zone, now=now), None
        case Choice():
            if typed in question.options:
                return typed, None
            raise WrongAnswer("dialog-wrong-tap")
        case Pick():
            return await _look_up_one(session, question, typed)
        case Choices():
            return await _look_up_ticks(session, question, answers.get(question.key) or [], typed)
    raise TypeError(f"no way to read an answer to {type(question).__name__}")


async def read_tapped(
    session: AsyncSession, question: Question, answers: Answers, query: str | None, value: str
) -> Any:
    """Give the answer behind a tapped button. Raises WrongAnswer when the row it named is gone."""
    match question:
        case Choice() if value in question.options:
            return value
        case Number() if value.isdecimal():
            return _read_number(question, value)
        case Pick(absent=True) if value == "absent":
            return {"id": 0, "label": ""}
        case Pick(typed=True) if value == "typed" and query:
            return {"id": None, "label": query}
        case Pick() | Choices() if value.isdecimal():
            option = await SOURCES[question.source].one(session, int(value))
            if option is None:
                raise WrongAnswer("dialog-wrong-gone")
            row = {"id": option.id, "label": option.label}
            if isinstance(question, Choices):
                return _toggle(question, answers.get(question.key) or [], row)
            return row
    raise WrongAnswer("dialog-wrong-gone")


def _read_text(question: Text, typed: str) -> str:
    if len(typed) > question.longest:
        raise WrongAnswer("dialog-wrong-too-long", longest=question.longest, length=len(typed))
    if not any(character.isalnum() for character in typed):
        raise WrongAnswer("dialog-wrong-letters")
    if len(typed) < question.shortest:
        raise WrongAnswer("dialog-wrong-too-short", shortest=question.shortest)
    return question.read(typed) if question.read else typed


def _read_number(question: Number, typed: str) -> int:
    found = _NUMBER.fullmatch(typed)
    if found is None:
        raise WrongAnswer("dialog-wrong-number", lowest=question.lowest, highest=question.highest)
    number = int(found[1])
    if not question.lowest <= number <= question.highest:
        raise WrongAnswer("dialog-wrong-number", lowest=question.lowest, highest=question.highest)
    return number


def _read_moment(typed: str, *, zone: tzinfo, now: datetime) -> str:
    from dialogs import moments

    local = now.astimezone(zone).replace(tzinfo=None)
    match moments.read_moment(typed, now=local):
        case moments.Moment(at=at):
            return at.replace(tzinfo=zone).astimezone(UTC).isoformat()
        case moments.DayOnly():
            raise WrongAnswer("dialog-wrong-need-time")
        case moments.Past():
            raise WrongAnswer("dialog-wrong-past")
        case _:
            raise WrongAnswer("dialog-wrong-moment")


async def _look_up_one(session: AsyncSession, question: Pick, typed: str) -> tuple[Any, str | None]:
    options, total = await SOURCES[question.source].page(session, query=typed, offset=0, limit=2)
    same = [option for option in options if option.label.casefold() == typed.casefold()]
    if same:
        return {"id": same[0].id, "label": same[0].label}, None
    if total:
        return None, typed
    if question.typed:
        return {"id": None, "label": _read_text(Text(key=question.key, longest=100, shortest=2), typed)}, None
    raise WrongAnswer("dialog-wrong-nothing-found-absent" if question.absent else "dialog-wrong-nothing-found")


async def _look_up_ticks(
    session: AsyncSession, question: Choices, ticked: list[dict[str, Any]], typed: str
) -> tuple[Any, str | None]:
    options, total = await SOURCES[question.source].page(session, query=typed, offset=0, limit=2)
    if total == 0:
        raise WrongAnswer("dialog-wrong-nothing-found")
    if total > 1:
        return None, typed
    row = {"id": options[0].id, "label": options[0].label}
    return (ticked if row in ticked else _toggle(question, ticked, row)), None


def _toggle(question: Choices, ticked: list[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    if any(other["id"] == row["id"] for other in ticked):
        return [other for other in ticked if other["id"] != row["id"]]
    if len(ticked) >= question.most:
        raise WrongAnswer("dialog-wrong-too-many", most=question.most)
    return [*ticked, row]


def _add_pieces(question: Pieces, before: dict[str, Any] | None, said: Said) -> dict[str, Any]:
    pieces = before or {"texts": [], "files": [], "message_ids": []}
    if said.text is None and not said.files:
        raise WrongAnswer("dialog-wrong-kind")
    if len(pieces["files"]) + len(said.files) > question.most:
        raise WrongAnswer("dialog-wrong-too-many-files", most=question.most)
    texts = [{"text": said.text, "html": said.html}] if said.text is not None else []
    return {
        "texts": [*pieces["texts"], *texts],
        "files": [*pieces["files"], *said.files],
        "message_ids": [*pieces["message_ids"], said.message_id],
    }
