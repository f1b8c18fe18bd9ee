"""Finding things by typed words: «лицей 1» finds «МОУ «Лицей № 1»», «математике» finds «Учителя математики».

Every title is kept as folded words in `search_words`; each typed word is cut to its stem and looked up by its beginning, so inflected and
unfinished words find, on SQLite and PostgreSQL alike and through an ordinary index. Numbers are matched whole. A stem of two letters
(«бой», «боя») begins too many words: it is looked up in its forms. See docs/adr.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

import snowballstemmer
from sqlalchemy import ColumnElement, Select, SelectBase, and_, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models import Found, Network, Organisation, SearchWord

_WORD = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 60
_MOST_WORDS = 12
_SHORTEST_STEM = 3
_VOCABULARY = tomllib.loads(files("services").joinpath("search.toml").read_text(encoding="utf-8"))
_SMALL_WORDS = frozenset(_VOCABULARY["small"].split())
_ENDINGS = ("", *_VOCABULARY["endings"].split())

Titled = TypeVar("Titled", Organisation, Network)
"""What has a title of its own in the search."""


@cache
def _stemmer() -> snowballstemmer.Stemmer:
    return snowballstemmer.stemmer("russian")


def fold(text: str) -> list[str]:
    """The words of `text` as they are compared: lower case, ё as е, numbers apart from letters («№1» → «1»)."""
    return [word[:_LONGEST] for word in _WORD.findall(text.lower().replace("ё", "е").replace("№", " "))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed word: found in every word that begins so, and in those that are one of its `forms`; a number is found whole."""

    beginning: str
    forms: Sequence[str] = ()

    def finds(self, word: str) -> bool:
        """Whether a folded word is meant."""
        if self.beginning.isdigit():
            return word == self.beginning
        return word.startswith(self.beginning) or word in self.forms

    def ids(self, kind: Found) -> SelectBase:
        """The ids of the things of `kind` with such a word. A union, for with OR SQLite leaves the index of words unused."""
        ids = select(SearchWord.object_id).where(SearchWord.kind == kind)
        if self.beginning.isdigit():
            return ids.where(SearchWord.word == self.beginning)
        begin = ids.where(SearchWord.word >= self.beginning, SearchWord.word < self.beginning + "\U0010ffff")
        return begin.union_all(ids.where(SearchWord.word.in_(self.forms))) if self.forms else begin

    def is_word_of(self, kind: Found, object_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """The condition that this very thing has such a word: for walking through many things, most of which may have it."""
        if self.beginning.isdigit():
            meant = SearchWord.word == self.beginning
        else:
            meant = and_(SearchWord.word >= self.beginning, SearchWord.word < self.beginning + "\U0010ffff")
        if self.forms:
            meant |= SearchWord.word.in_(self.forms)
        return exists().where(SearchWord.kind == kind, SearchWord.object_id == object_id, meant)


def wanted(query: str) -> list[Wanted]:
    """What to look up for a typed query: each of its words, without small ones if others are there; at most 12 words count."""
    words = list(dict.fromkeys(fold(query)))
    telling = [word for word in words if word not in _SMALL_WORDS]
    return [_wanted(word) for word in telling or words][:_MOST_WORDS]


def _wanted(word: str) -> Wanted:
    if word.isdigit():
        return Wanted(word)
    stem = str(_stemmer().stemWord(word))
    if len(stem) >= _SHORTEST_STEM:
        return Wanted(stem)
    return Wanted(word, _forms(stem) if len(stem) > 1 else ())


@lru_cache(maxsize=1000)
def _forms(stem: str) -> tuple[str, ...]:
    """The words with this very stem, as far as nouns go, and not the small ones: «из» is no form of «изо»."""
    forms = (stem + ending for ending in _ENDINGS)
    return tuple(form for form in forms if form not in _SMALL_WORDS and _stemmer().stemWord(form) == stem)


def has_all(title: str, sought: Sequence[Wanted]) -> bool:
    """Whether each of the typed words is found among those of `title`."""
    words = fold(title)
    return all(any(one.finds(word) for word in words) for one in sought)


async def index(session: AsyncSession, kind: Found, object_id: int, *texts: str | None) -> None:
    """Make the thing findable by the words of `texts`, and by nothing else."""
    await session.execute(delete(SearchWord).where(SearchWord.kind == kind, SearchWord.object_id == object_id))
    words = dict.fromkeys(word for text in texts if text for word in fold(text))
    if words:
        await session.execute(
            insert(SearchWord), [{"kind": kind, "word": word, "object_id": object_id} for word in words]
        )


def matching(kind: Found, query: str) -> Select[int] | None:
    """A subquery of the ids of the things that have every word of `query`; None when nothing was typed that could be looked up.

    It is for `in_`: an id may stand in it twice.
    """
    sought = wanted(query)
    if not sought:
        return None
    first = sought[0].ids(kind).subquery()
    found = select(first.c.object_id)
    for one in sought[1:]:
        found = found.where(first.c.object_id.in_(one.ids(kind)))
    return found


async def same_title(session: AsyncSession, kind: Found, table: type[Titled], title: str) -> Titled | None:
    """The row of `table` called the same in the eyes of people: «Лицей № 1», «лицей №1»."""
    found = matching(kind, title)
    if found is None:
        return await session.scalar(select(table).where(table.title == title))
    rows = await session.scalars(select(table).where(table.id.in_(found)).order_by(table.id))
    return next((row for row in rows if fold(row.title) == fold(title)), None)


async def count(session: AsyncSession, kind: Found, query: str) -> int:
    """How many things `query` finds."""
    found = matching(kind, query)
    if found is None:
        return 0
    return await session.scalar(select(func.count()).select_from(found.distinct().subquery())) or 0
