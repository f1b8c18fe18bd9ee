"""What a person sees, apart from any messenger: text, buttons, a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

LABEL = 30
"""The most characters of a button that a phone shows whole (product.md)."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it says and where it leads, an address of ours or a link."""

    label: str
    address: CallbackData | None = None
    url: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram knows already: `kind` is a word of models.FileKind."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message with its buttons. `text` is HTML. `toast` is said in a notification at the top when a button brought here.

    `media` are files sent before the text, an album where Telegram allows one; with `caption` the text stands under a single file
    where it fits (such a message cannot become another screen by editing). `before` are messages sent ahead of this one. `live` is the
    announcement whose report this is, as long as that goes on: the message follows it.
    """

    text: str
    rows: tuple[Row, ...] = ()
    toast: str | None = None
    media: tuple[Media, ...] = ()
    caption: bool = False
    before: tuple[Screen, ...] = ()
    live: int | None = None


def shorten(label: str, longest: int = LABEL) -> str:
    """Cut a label at a word so that it fits a button, with «…»."""
    label = " ".join(label.split())
    if len(label) <= longest:
        return label
    cut = label[: longest - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > longest // 2 else cut).rstrip(" ,.:;-–—«(") + "…"


def column(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Buttons one under another."""
    return tuple((button,) for button in buttons)


def grid(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def fitting(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Buttons side by side as far as a phone shows their labels whole; those that are too long for it get rows of their own, above."""
    row, alone = list(buttons), []
    while len(row) > 1 and max(len(button.label) for button in row) > LABEL // len(row):
        alone.append(max(row, key=lambda button: len(button.label)))
        row.remove(alone[-1])
    return (*column([button for button in buttons if button in alone]), tuple(row)) if row else ()
