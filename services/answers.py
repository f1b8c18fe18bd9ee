"""What a message or a tap means as the answer to a question. Whatever is no answer raises WrongAnswer with a helpful sentence."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime, tzinfo
from importlib.resources import files
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import META, Answers, Choice, Choices, DayToCome, Moment, Number, Pick, Pieces, Question, Text, WrongAnswer
from dialogs.questions import Said
from services.sources import Source, source

LONGEST_TYPED = 100
"""What is looked up, counted or dated needs no more letters than this."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_DIGITS = re.compile(r"\d+")
_MINUS = tomllib.loads(files("services").joinpath("answers.toml").read_text(encoding="utf-8"))["minus"].split()
_NOT_WHOLE = re.compile("|".join([r"[.,]\d", r"[-−–—]\d", *_MINUS]), re.IGNORECASE)
_LONGEST_ID = 18
_LONGEST_MINUTES = 9
_DAY_DIGITS = 8
_LOOKED_THROUGH = 50


def about(answers: Answers) -> int:
    """The id of what the dialog with these answers is about, 0 for nothing."""
    return int(answers.get(META, {}).get("arg", 0))


async def read_said(
    session: AsyncSession,
    person_id: int,
    question: Question,
    answers: Answers,
    said: Said,
    *,
    zone: tzinfo,
    now: datetime,
    came_before: int = 0,
    understood: str | None = None,
) -> tuple[Any, str | None]:
    """Give the answer that `said` is, or the query to look up among the options. Raises WrongAnswer.

    `came_before` is how many letters of the same typed text came in the messages before (apps cut a long text in several);
    `understood` is what was understood of the answer before.
    """
    if isinstance(question, Pieces):
        return _add_pieces(question, answers.get(question.key), said), None
    if said.text is None:
        raise WrongAnswer("dialog-wrong-need-text")
    typed = _tidy(said.text, one_line=not isinstance(question, Text) or question.longest <= 300)
    longest = question.longest if isinstance(question, Text) else LONGEST_TYPED
    if came_before + len(typed) > longest:
        raise WrongAnswer("dialog-wrong-too-long", longest=longest, length=came_before + len(typed))
    match question:
        case Text():
            return _read_text(question, typed), None
        case Number():
            return _read_number(question, typed), None
        case Moment():
            return _read_moment(typed, answers.get(META, {}).get("query"), zone=zone, now=now)
        case DayToCome():
            return _read_day(typed, zone=zone, now=now), None
        case Choice():
            if typed in question.options:
                return typed, None
            raise WrongAnswer("dialog-wrong-tap")
        case Pick():
            return await _look_up_one(session, _supply(question, person_id, answers), question, typed)
        case Choices():
            supply = _supply(question, person_id, answers)
            return await _look_up_ticks(session, supply, question, answers.get(question.key) or [], typed)
    raise TypeError(f"no way to read an answer to {type(question).__name__}")


def _tidy(text: str, *, one_line: bool) -> str:
    """What people see is what is kept: letters in one piece («й» may come as two), no invisible signs, no stray blanks."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(text.split()) if one_line else text.strip()


async def read_tapped(
    session: AsyncSession,
    person_id: int,
    question: Question,
    answers: Answers,
    query: str | None,
    value: str,
    *,
    now: datetime,
) -> Any:
    """Give the answer behind a tapped button. Raises WrongAnswer when the row it named is gone."""
    match question:
        case Choice() if value in question.options:
            return value
        case Number() if value.isdecimal() and len(value) <= _LONGEST_ID:
            return _read_number(question, value)
        case Pieces() if value == "anew":
            return None
        case Moment() if value.isdecimal() and len(value) <= _LONGEST_MINUTES:
            at = datetime.fromtimestamp(int(value) * 60, UTC)
            if at <= now:
                raise WrongAnswer("dialog-wrong-past")
            return at.isoformat()
        case DayToCome() if value.isdecimal() and len(value) == _DAY_DIGITS:
            return _named_day(value)
        case Pick(absent=True) if value == "absent":
            return {"id": 0, "label": ""}
        case Pick(typed=True) if value == "typed" and query:
            return {"id": None, "label": query}
        case Pick() | Choices() if value.isdecimal() and len(value) <= _LONGEST_ID:
            option = await _supply(question, person_id, answers).one(session, int(value))
            if option is None:
                raise WrongAnswer("dialog-wrong-gone")
            row = option.as_answer()
            if isinstance(question, Choices):
                return _toggle(question, answers.get(question.key) or [], row)
            return row
    raise WrongAnswer("dialog-wrong-gone")


def _read_text(question: Text, typed: str) -> str:
    if not any(character.isalnum() for character in typed):
        raise WrongAnswer("dialog-wrong-letters")
    if len(typed) < question.shortest:
        raise WrongAnswer("dialog-wrong-too-short", shortest=question.shortest)
    return question.read(typed) if question.read else typed


def _read_number(question: Number, typed: str) -> int:
    """«12», «12 лет», «стаж: 12»; not «1,5», «-5», «минус 5», «10-12»."""
    found = _DIGITS.findall(typed)
    if len(found) == 1 and not _NOT_WHOLE.search(typed):
        number = int(found[0])
        if question.lowest <= number <= question.highest:
            return number
    raise WrongAnswer("dialog-wrong-number", lowest=question.lowest, highest=question.highest)


def _read_moment(typed: str, day: str | None, *, zone: tzinfo, now: datetime) -> tuple[str | None, str | None]:
    """The moment, or the day alone: that is kept as the query, and a time typed next is of that `day`."""
    from dialogs import moments

    local = now.astimezone(zone).replace(tzinfo=None)
    at_time = moments.read_time(typed) if day is not None else None
    if day is not None and at_time is not None:
        at = datetime.combine(date.fromisoformat(day), at_time)
        if at <= local:
            raise WrongAnswer("dialog-wrong-past")
        return _utc(at, zone), None
    match moments.read_moment(typed, now=local):
        case moments.Moment(at=at):
            return _utc(at, zone), None
        case moments.DayOnly(on=on):
            return None, on.isoformat()
        case moments.Past():
            raise WrongAnswer("dialog-wrong-past")
        case _:
            raise WrongAnswer("dialog-wrong-time" if day is not None else "dialog-wrong-moment")


def _read_day(typed: str, *, zone: tzinfo, now: datetime) -> str:
    """The day of what was typed; a time beside it is more than was asked, and does no harm."""
    from dialogs import moments

    match moments.read_moment(typed, now=now.astimezone(zone).replace(tzinfo=None)):
        case moments.DayOnly(on=on):
            return on.isoformat()
        case moments.Moment(at=at):
            return at.date().isoformat()
        case moments.Past():
            raise WrongAnswer("dialog-wrong-past")
        case _:
            raise WrongAnswer("dialog-wrong-day")


def _named_day(value: str) -> str:
    """The day of a button («20261231»); whether it is over by now, the act says."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise WrongAnswer("dialog-wrong-gone") from error


def _utc(local: datetime, zone: tzinfo) -> str:
    return local.replace(tzinfo=zone).astimezone(UTC).isoformat()


async def _look_up_one(session: AsyncSession, supply: Source, question: Pick, typed: str) -> tuple[Any, str | None]:
    same, total = await _look_up(session, supply, typed)
    if same is not None:
        return same, None
    if total:
        return None, typed
    if question.typed:
        return {"id": None, "label": _read_text(Text(key=question.key, longest=LONGEST_TYPED, shortest=2), typed)}, None
    raise WrongAnswer("dialog-wrong-nothing-found-absent" if question.absent else "dialog-wrong-nothing-found")


async def _look_up_ticks(
    session: AsyncSession, supply: Source, question: Choices, ticked: list[dict[str, Any]], typed: str
) -> tuple[Any, str | None]:
    """A word that only one option has ticks it, and leaves it ticked when it was."""
    same, total = await _look_up(session, supply, typed)
    if total == 0:
        raise WrongAnswer("dialog-wrong-nothing-found")
    if same is None and total == 1:
        options, _ = await supply.page(session, query=typed, offset=0, limit=1)
        same = options[0].as_answer()
    if same is None:
        return None, typed
    return (ticked if any(row["id"] == same["id"] for row in ticked) else _toggle(question, ticked, same)), None


def _supply(question: Pick | Choices, person_id: int, answers: Answers) -> Source:
    return source(question.source, person_id, about(answers))


async def _look_up(session: AsyncSession, supply: Source, typed: str) -> tuple[dict[str, Any] | None, int]:
    """The option with this very title, if any, and how many options the words find."""
    options, total = await supply.page(session, query=typed, offset=0, limit=_LOOKED_THROUGH)
    for option in options:
        if option.label.casefold() == typed.casefold():
            return option.as_answer(), total
    return None, total


def _toggle(question: Choices, ticked: list[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    if any(other["id"] == row["id"] for other in ticked):
        return [other for other in ticked if other["id"] != row["id"]]
    if len(ticked) >= question.most:
        raise WrongAnswer("dialog-wrong-too-many", most=question.most)
    return [*ticked, row]


def _add_pieces(question: Pieces, before: dict[str, Any] | None, said: Said) -> dict[str, Any]:
    pieces = before or {"texts": [], "files": [], "message_ids": []}
    if question.files_needed and not said.files:
        raise WrongAnswer("dialog-wrong-need-files")
    if said.text is None and not said.files:
        raise WrongAnswer("dialog-wrong-kind")
    texts = [{"text": said.text, "html": said.html}] if said.text is not None else []
    added = said.together or {"texts": texts, "files": said.files, "message_ids": [said.message_id]}
    if len(pieces["files"]) + len(added["files"]) > question.most:
        if question.most == 0:
            raise WrongAnswer("dialog-wrong-need-text")
        raise WrongAnswer("dialog-wrong-too-many-files", most=question.most)
    together = {name: [*pieces[name], *added[name]] for name in ("texts", "files", "message_ids")}
    origins = list(pieces.get("origins", []))
    if said.origin is not None and said.origin not in origins:
        origins.append(said.origin)
    return {**together, "origins": origins} if origins else together
