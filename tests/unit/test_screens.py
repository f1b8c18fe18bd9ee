"""Buttons as a phone shows them, and no more of them than product.md allows."""

from __future__ import annotations

import pytest

import screens.organisations
import screens.registry
import screens.roles
from models import Network, Person
from screens.addresses import BeginDialog, ListUndelivered, SendMembers
from screens.l10n import LANGUAGES, L10n
from screens.navigation import PAGE
from screens.screen import LABEL, Button, Screen, fitting
from services.registry import Numbers
from tests.support.stories import MOST_CONTENT

MANY = 1234
"""The centre's whole city, as a number in a label."""


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], []),
        (["Отмена"], [["Отмена"]]),
        (["‹ Назад", "Пропустить", "Отмена"], [["‹ Назад", "Пропустить", "Отмена"]]),
        (["‹ Назад", "Без ограничений", "Отмена"], [["Без ограничений"], ["‹ Назад", "Отмена"]]),
        (["Без ограничений", "Отмена"], [["Без ограничений", "Отмена"]]),
        (["« Раньше", "Показать все", "Дальше »"], [["Показать все"], ["« Раньше", "Дальше »"]]),
        (["Совсем без ограничений", "Отмена", "Далее"], [["Совсем без ограничений"], ["Отмена", "Далее"]]),
        (["Очень длинная подпись", "Ещё одна длинная подпись", "Да"], [["Очень длинная подпись"], ["Ещё одна длинная подпись"], ["Да"]]),
        (["Очень длинная подпись", "Длинноватая подпись"], [["Очень длинная подпись"], ["Длинноватая подпись"]]),
    ],
)  # fmt: skip
def test_labels_too_long_for_their_row_get_one_of_their_own(labels: list[str], rows: list[list[str]]) -> None:
    fitted = fitting([Button(label) for label in labels])
    assert [[button.label for button in row] for row in fitted] == rows


def _content(t: L10n, screen: Screen) -> list[Button]:
    """The buttons that are no navigation; raises AssertionError where there are too many of them or one is too long."""
    ways = {t.plain(key) for key in ("nav-menu", "nav-back", "nav-previous", "nav-next")}
    buttons = [button for row in screen.rows for button in row if button.label not in ways]
    assert len(buttons) <= MOST_CONTENT, [button.label for button in buttons]
    assert [button.label for button in buttons if len(button.label) > LABEL] == []
    return buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_administrators_page_is_never_crowded(language: str) -> None:
    t = L10n(language)
    usual = _content(t, screens.organisations.admin(t, waiting=MANY, undelivered=0))
    in_trouble = _content(t, screens.organisations.admin(t, waiting=MANY, undelivered=MANY))
    assert in_trouble[0].address == ListUndelivered(), "what did not go out comes first"
    assert [button.address for button in in_trouble[1:]] == [button.address for button in usual]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_registry_with_everything_waiting_is_not_crowded(language: str) -> None:
    t = L10n(language)
    numbers = Numbers(organisations=MANY, proposed=MANY, people=MANY, recognised=MANY, doubts=MANY)
    assert len(_content(t, screens.registry.overview(t, numbers))) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coordinators_pages_are_not_crowded(language: str) -> None:
    t = L10n(language)
    network = Network(id=1, title="Сеть " * 30)
    page = screens.roles.manage_network(t, network, members=MANY, products=MANY, applications=MANY)
    assert BeginDialog(dialog="announcement", arg=network.id) in [button.address for button in _content(t, page)]
    people = [Person(id=number, full_name="Длиннофамильцева Александра Константиновна") for number in range(PAGE)]
    middle = screens.roles.members(t, network, people, total=MANY, page=1)
    assert [row[0].address for row in middle.rows[:1]] == [SendMembers(network_id=network.id)]
    assert len(_content(t, middle)) == 1 + PAGE + 1, "the file, everybody on the page, and the search"
    networks = [Network(id=number, title="Сеть " * 30) for number in range(3 * PAGE)]
    assert len(_content(t, screens.roles.managed(t, networks, 1, is_administrator=True))) == MOST_CONTENT
