"""Numbers meet nouns: every text that depends on a number, in both languages, for every way a Russian number ends."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from screens.l10n import LANGUAGES, LOCALES, L10n

COUNTS = (0, 1, 2, 5, 11, 21, 111)

COUNTED: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "counted.toml").read_text(encoding="utf-8"))[
    "texts"
]
"""Each text that depends on a number (once for each of its numbers), with what it says for each of COUNTS."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", COUNTED, ids=lambda text: f"{text['key']}-{text['variable']}")
def test_numbers_meet_nouns(text: dict[str, Any], language: str) -> None:
    t = L10n(language)
    said = [t.plain(text["key"], **text["given"], **{text["variable"]: count}) for count in COUNTS]
    assert said == [sentence.replace("#", str(count)) for sentence, count in zip(text[language], COUNTS, strict=True)]


PLURALS = {"zero", "one", "two", "few", "many"}


class _Choosing(Visitor):
    def __init__(self) -> None:
        self.numbers: set[str] = set()

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        keys = [variant.key for variant in node.variants]
        by_number = any(isinstance(key, ast.NumberLiteral) or key.name in PLURALS for key in keys)
        if by_number and isinstance(node.selector, ast.VariableReference):
            self.numbers.add(node.selector.id.name)
        self.generic_visit(node)


def choosing(source: str) -> set[tuple[str, str]]:
    """The texts that depend on a number, each with the names of its numbers; a choice between words is none."""
    found = set()
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message):
            visitor = _Choosing()
            visitor.visit(entry)
            found |= {(entry.id.name, number) for number in visitor.numbers}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_depends_on_a_number_is_tested(language: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (LOCALES / language).glob("*.ftl")]
    tested = {(text["key"], text["variable"]) for text in COUNTED}
    assert {one for source in sources for one in choosing(source)} == tested


def test_choices_by_numbers_are_found() -> None:
    assert choosing("a = { $n ->\n    [one] год\n   *[many] лет\n    }\nb = { $n }\n") == {("a", "n")}
    assert choosing("a = { $n ->\n    [0] нет\n   *[other] есть\n    }\n") == {("a", "n")}
    assert choosing("a = { $seat ->\n    [yes] да\n   *[no] нет\n    }\n") == set()
