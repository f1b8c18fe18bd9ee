"""The guides for people quote the bot: what they call «Взять» is called so on the screen."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest

from tests.rules.reading import ROOT
from tests.rules.written import Text, texts_of

GUIDES = ("coordinators.md", "experts.md")
"""In Russian; an example of what to type stands there in *italics*, so that «…» is always a word of the bot."""

LANGUAGE = "ru"
_QUOTED = re.compile(r"«([^»]*)»")
_COMMAND = re.compile(r"`/([a-z]+)`")
_SIGNS = re.compile(r"^\W+")
"""Pictures and arrows that a label begins with."""


def labels(texts: Collection[Text]) -> set[str]:
    """What the texts of one line say, without the picture before it."""
    return {_SIGNS.sub("", text.words.strip()) for text in texts if "\n" not in text.words.strip()}


def unknown(guide: str, texts: dict[str, Text]) -> list[str]:
    """Words and commands that the guide quotes and the bot does not have."""
    known = labels(texts.values())
    words = [word for word in _QUOTED.findall(guide) if word not in known]
    return words + [f"/{name}" for name in _COMMAND.findall(guide) if f"command-{name}" not in texts]


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_quotes_what_the_bot_says(name: str) -> None:
    guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert len(_QUOTED.findall(guide)) > 10
    assert unknown(guide, texts_of(LANGUAGE)) == []


def test_a_word_and_a_command_that_are_not_there_are_found() -> None:
    texts = {
        "consultation-take": Text("consultation-take", "sample.ftl", frozenset(), "✋ Взять"),
        "command-queue": Text("command-queue", "sample.ftl", frozenset(), "Очередь эксперта"),
    }
    guide = "Нажмите «Взять» или «Забрать»: `/queue`, `/quue`."
    assert unknown(guide, texts) == ["Забрать", "/quue"]
