"""The texts as they are written: messages of Fluent, their variables, the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from screens.l10n import LOCALES


@dataclass(frozen=True)
class Text:
    """One message: where it stands, the variables it needs, and all its wordings without placeables."""

    key: str
    file: str
    variables: frozenset[str]
    words: str


class Faulty(ValueError):
    """A file that Fluent would read only in part."""


class _Collector(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.words: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # Fluent's own name
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # Fluent's own name
        self.words.append(node.value)


def read(source: str, file: str) -> list[Text]:
    """The texts of one file. Raises Faulty for what Fluent would pass over: syntax, a second text of the same key, one without words."""
    texts: dict[str, Text] = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            raise Faulty(f"{file}: {entry.annotations[0].message}: {(entry.content or '').strip()[:60]!r}")
        if isinstance(entry, ast.Message):
            if entry.id.name in texts or entry.value is None:
                raise Faulty(f"{file}: {entry.id.name} is written twice, or not at all")
            collector = _Collector()
            collector.visit(entry)
            texts[entry.id.name] = Text(entry.id.name, file, frozenset(collector.variables), "\n".join(collector.words))
    return list(texts.values())


@cache
def texts_of(language: str) -> dict[str, Text]:
    """All texts of a language by their keys. Raises Faulty, also for a key in two files."""
    found: dict[str, Text] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for text in read(path.read_text(encoding="utf-8"), path.name):
            if text.key in found:
                raise Faulty(f"{text.key} stands in {found[text.key].file} and in {text.file}")
            found[text.key] = text
    return found


_MARKUP = re.compile(r"</?[a-z-]+(?: [^>]*)?>|(?<!\w)/[a-z]+")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
NAMES = frozenset({"Telegram", "Excel", "XLSX", "XLS", "CSV", "UTF", "xlsx"})
"""Names, of formats of files as well, that are written with Latin letters in Russian too."""


def foreign_words(text: Text, language: str) -> Iterator[str]:
    """Latin words in a Russian text, Cyrillic ones in an English text; tags, commands and quoted examples may be what they are."""
    words = _MARKUP.sub(" ", text.words)
    if language == "ru":
        yield from (word for word in re.findall(r"[A-Za-z]{2,}", words) if word not in NAMES)
    else:
        while _QUOTED.search(words):
            words = _QUOTED.sub(" ", words)
        yield from re.findall(r"[А-Яа-яЁё]{2,}", words)
