"""What a person is likely to type or send as the answer to each kind of question, right and wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dialogs import Choice, Choices, DayToCome, Moment, Number, Pick, Pieces, Question, Text
from sandbox import Visitor
from sandbox.pictures import plain_png
from services.sources import SOURCES, SOURCES_ABOUT

Doing = Callable[[Visitor], Awaitable[object]]

QUERIES = {
    "persons": "иванова",
    "topics": "подготовка",
    "topics-to-ask": "подготовка",
    "organisations": "лицей",
    "coordinated-networks": "учителя",
    "networks": "учителя",
    "own-events": "математика",
    "own-networks": "учителя",
    "own-products": "математика",
    "network-forms": "объединение",
    "positions": "учитель",
    "subjects": "математика",
    "time-zones": "омск",
    "applicants": "иванова",
    "members": "иванова",
    "readers": "иванова",
    "topic-people": "иванова",
}
"""A word that finds something, for every supply of options."""

assert QUERIES.keys() == SOURCES.keys() | SOURCES_ABOUT.keys(), (
    "say what people type to find something in the new source"
)

NOWHERE = "ыъьэ"
"""A word that finds nothing."""


def saying(text: str) -> tuple[str, Doing]:
    """Type it."""
    shown = text if len(text) < 40 else f"{text[:20]}… ({len(text)})"
    return f"types {shown!r}", lambda person: person.says(text)


def _album(person: Visitor) -> Awaitable[object]:
    return person.sends_album([("photo", "1.png", plain_png()), ("photo", "2.png", plain_png())], "Два снимка")


PHOTO: tuple[str, Doing] = ("sends a photo", lambda person: person.sends_photo())
ALBUM: tuple[str, Doing] = ("sends an album", _album)
FILE: tuple[str, Doing] = ("sends a file", lambda person: person.sends_file("план.txt", "План".encode()))
VOICE: tuple[str, Doing] = ("sends a voice message", lambda person: person.sends_voice())


def answers_to(question: Question) -> list[tuple[str, Doing]]:
    """The right ones first. Raises TypeError for a kind of question nobody has told about here."""
    match question:
        case Text():
            return [saying("Петрова Мария Ивановна"), saying("🙂"), saying("Ж" * 5000), PHOTO]
        case Number(lowest=lowest):
            return [saying(str(lowest + 2)), saying("много"), saying("100000"), PHOTO]
        case Choice():
            return [saying("что-нибудь"), PHOTO]
        case Pick(source=source):
            return [saying(QUERIES[source]), saying(NOWHERE), saying("<b>"), VOICE]
        case Choices(source=source):
            return [saying(QUERIES[source]), saying(NOWHERE), VOICE]
        case Moment():
            return [saying("завтра 15:00"), saying("завтра"), saying("вчера 10:00"), saying(NOWHERE)]
        case DayToCome():
            return [saying("через месяц"), saying("31 мая"), saying("вчера"), saying(NOWHERE)]
        case Pieces(files_needed=True):
            return [FILE, saying("Вот что я думаю"), ALBUM, VOICE, PHOTO]
        case Pieces():
            return [saying("Вот что я думаю"), ALBUM, FILE, VOICE, PHOTO]
    raise TypeError(f"what do people answer to {type(question).__name__}?")


LIST: tuple[str, Doing] = (
    "sends a list",
    lambda person: person.sends_file("список.csv", "ФИО;Организация\nСерова Вера;Лицей № 1\nСеров;".encode()),
)

WISHES = [
    saying("математика"),
    saying(NOWHERE),
    saying("<i>привет</i> & пока"),
    saying("/чего-нет"),
    PHOTO,
    VOICE,
    LIST,
]
"""What people type and send when nothing was asked."""
