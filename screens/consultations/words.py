"""What all screens of a consultation share: names, the heading, long texts cut into messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from models import Consultation, Person, StoredFile
from screens.l10n import Html, L10n
from screens.screen import Media

MESSAGE = 3900
"""The most characters put into one message: the platform's 4096 (telegram.md) with some room for signs that count twice."""


def name(t: L10n, person: Person | None) -> str:
    """Whom others see: the full name, or «участник» of somebody who left."""
    return (person.full_name if person is not None else None) or t.plain("consultation-somebody")


def asker(t: L10n, consultation: Consultation) -> str:
    """The asker with the organisation."""
    organisation = consultation.asker.organisation
    who = name(t, consultation.asker)
    return who if organisation is None else f"{who}, {organisation.title}"


def heading(t: L10n, consultation: Consultation) -> Html:
    """«Вопрос № 12 · Математика»."""
    return Html(t("consultation-heading", number=str(consultation.id), topic=consultation.topic.title))


def promise(t: L10n, consultation: Consultation, *, now: datetime) -> str:
    """Until when an answer is promised, or was, while there is none."""
    if consultation.first_answered_at is not None:
        return ""
    key = "consultation-promised-before" if consultation.promised_at <= now else "consultation-promised"
    return t(key, moment=t.date_time(consultation.promised_at, now=now))


def parts_of(texts: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """What was typed, message by message, as HTML with its length in people's eyes."""
    return [(part["html"] or "", len(part["text"])) for part in texts]


def packed(parts: Iterable[tuple[str, int]], longest: int = MESSAGE) -> list[str]:
    """Join pieces of HTML, given with their lengths, into as few messages as fit; none is cut."""
    messages: list[str] = []
    room = 0
    for text, length in parts:
        if messages and length + 2 <= room:
            messages[-1] += f"\n\n{text}"
            room -= length + 2
        else:
            messages.append(text)
            room = longest - length
    return messages


def cut(text: str, longest: int) -> list[str]:
    """Cut a long plain text at paragraphs, lines or words."""
    pieces = []
    while len(text) > longest:
        head = text[:longest]
        at = next((head.rfind(sign) for sign in ("\n\n", "\n", " ") if head.rfind(sign) > longest // 2), longest)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text]


def media(files: Iterable[StoredFile]) -> tuple[Media, ...]:
    """Files as they are sent."""
    return tuple(Media(file.kind.value, file.telegram_file_id) for file in files)


def quote(text: str, longest: int) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def joined(*parts: str) -> Html:
    """Paragraphs, the empty ones left out."""
    return Html("\n\n".join(part for part in parts if part))
