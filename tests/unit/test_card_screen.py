"""A network's card fits one message, whatever its coordinator wrote, and keeps what matters more than their words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import screens.networks
from models import JoinPolicy, Network, NetworkForm, NetworkStatus, Subject
from screens.l10n import LANGUAGES, L10n
from services.cards import Card, Coordinator

LIMIT = 4096
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def _card(words: str, *, coordinators: int = 5) -> Card:
    network = Network(
        id=1,
        title="Т" * 150,
        form=NetworkForm(id=1, title="Ф" * 100),
        subjects=[Subject(id=number, title="П" * 50) for number in range(8)],
        goal=words,
        description=words,
        status=NetworkStatus.INFORMAL,
        join_policy=JoinPolicy.APPLICATION,
        created_at=NOW,
    )
    named = Coordinator("К" * 120, "1" * 50, date(2026, 9, 1))
    return Card(
        network=network,
        parent=Network(id=2, title="В" * 150),
        members=100_000,
        below=0,
        coordinators=[named] * coordinators,
        is_member=False,
        may_join=False,
        may_apply=True,
        is_following=True,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["ж" * 1000, "&<>" * 333, "слово " * 166, "🙂" * 1000])
def test_the_longest_card_fits(language: str, words: str) -> None:
    t = L10n(language)
    text = screens.networks.card(t, _card(words)).text
    assert len(text.encode("utf-16-le")) // 2 <= LIMIT
    assert t("network-apply-hint") in text
    assert t("network-you-follow") in text
    assert text.count("1" * 50) == 5


def test_usual_words_are_whole() -> None:
    t = L10n("ru")
    text = screens.networks.card(t, _card("Учим думать. " * 20, coordinators=2)).text
    assert text.count("Учим думать.") == 40
    assert "…" not in text
