"""The ways on from every screen: back, menu, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from models import Person
from screens.addresses import OpenMenu
from screens.l10n import L10n
from screens.screen import Button, Row

PAGE = 6
"""Lines of a list on one screen."""


def menu(t: L10n) -> Button:
    """«☰ Меню»."""
    return Button(t.plain("nav-menu"), OpenMenu())


def ways(t: L10n, back: CallbackData | None = None) -> Row:
    """The last row: back (when there is somewhere) and the menu."""
    if back is None:
        return (menu(t),)
    return (Button(t.plain("nav-back"), back), menu(t))


def pages(
    t: L10n, page: int, total: int, address: Callable[[int], CallbackData], *, size: int = PAGE
) -> tuple[Row, ...]:
    """The row that turns pages; nothing when all fits on one."""
    last = max(0, (total - 1) // size)
    if last == 0:
        return ()
    buttons = []
    if page > 0:
        buttons.append(Button(t.plain("nav-previous"), address(page - 1)))
    if page < last:
        buttons.append(Button(t.plain("nav-next"), address(page + 1)))
    return (tuple(buttons),)


def beside(people: Sequence[Person], page: int, other: int) -> dict[str, int]:
    """What an address needs to turn from this page of people by name to the `other` one beside it (services.rolls.Turn)."""
    place = {"page": other}
    if people:
        place |= {"after": people[-1].id} if other > page else {"before": people[0].id}
    return place


def counted(t: L10n, page: int, shown: int, total: int, *, size: int = PAGE) -> str:
    """«7–12 из 25», «25 из 25», or nothing when all is on one page."""
    if total <= size or shown == 0:
        return ""
    first = page * size + 1
    if shown == 1:
        return t("nav-counted-one", number=str(first), total=str(total))
    return t("nav-counted", first=str(first), last=str(first + shown - 1), total=str(total))
