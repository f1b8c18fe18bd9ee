"""Buttons as a phone shows them, and no more of them than product.md allows."""

from __future__ import annotations

import pytest

import screens.invitations
import screens.organisations
import screens.registry
import screens.roles
import screens.team
from models import Invitation, InvitationTarget, Network, Person, Topic
from screens.addresses import BeginDialog, ListUndelivered, SendMembers
from screens.l10n import LANGUAGES, L10n
from screens.navigation import PAGE
from screens.roles import MANAGED
from screens.screen import LABEL, Button, Screen, fitting
from services.invitations import Offer
from services.managing import Line, Managed
from services.moderators import Team
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
    managed = Managed([], total=MANY, applications=MANY, products=MANY, coordinates=True)
    usual = _content(t, screens.organisations.admin(t, registry=MANY, undelivered=0, managed=managed))
    in_trouble = _content(t, screens.organisations.admin(t, registry=MANY, undelivered=MANY, managed=managed))
    assert in_trouble[0].address == ListUndelivered(), "what did not go out comes first"
    assert [button.address for button in in_trouble[1:]] == [button.address for button in usual]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_registry_with_everything_waiting_is_not_crowded(language: str) -> None:
    t = L10n(language)
    numbers = Numbers(organisations=MANY, proposed=MANY, people=MANY, recognised=MANY, doubts=MANY)
    assert len(_content(t, screens.registry.overview(t, numbers))) == MOST_CONTENT


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
    helped = screens.roles.members(t, network, people, total=MANY, page=1, may_manage=False)
    assert len(_content(t, helped)) == PAGE + 1, "no file for a moderator"
    lines = [
        Line(Network(id=number, title="Сеть " * 30), applications=MANY, products=MANY) for number in range(MANAGED)
    ]
    managed = Managed(lines, total=3 * PAGE, applications=MANY, products=MANY, coordinates=True)
    listed = screens.roles.managed(t, managed, 1, is_administrator=True)
    assert len(_content(t, listed)) == MOST_CONTENT
    assert [button.label for button in _content(t, listed)][2].endswith(f" · {2 * MANY}"), "what waits is never cut off"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_roles_are_not_crowded(language: str) -> None:
    t = L10n(language)
    network = Network(id=1, title="Сеть " * 30)
    people = [Person(id=number, full_name="Длиннофамильцева Александра Константиновна") for number in range(PAGE)]
    team = screens.team.team(t, Team(network, people, people, total=MANY, topics=MANY), 1)
    assert len(_content(t, team)) == MOST_CONTENT
    assert len(_content(t, screens.team.administrators(t, people, MANY, 1))) == 1 + PAGE
    topic = Topic(id=1, title="Тема " * 30, network=network, network_id=1)
    assert len(_content(t, screens.roles.topic(t, topic, people * 3, 1))) == 1 + PAGE
    topics = [topic] * screens.invitations.TOPICS
    assert len(_content(t, screens.invitations.choose_topic(t, 1, topics, MANY, 1))) == MOST_CONTENT
    invitation = Invitation(id=1, target=InvitationTarget.MODERATOR, network_id=1, most=1, used=0)
    offers = [Offer(invitation, network)] * MANY
    made = screens.invitations.of_network(t, network, offers, 1, has_topics=True, is_administrator=True)
    assert len(_content(t, made)) == MOST_CONTENT
