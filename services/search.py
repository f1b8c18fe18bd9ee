"""Finding things by typed words: «лицей 1» finds «МОУ «Лицей № 1»», «математике» finds «Учителя математики».

Every title is kept as folded words in `search_words`; each typed word is cut to its stem and looked up by its beginning, so inflected and
unfinished words find, on SQLite and PostgreSQL alike and through an ordinary index. Numbers are matched whole. See docs/adr.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

import snowballstemmer
from sqlalchemy import ColumnElement, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Found, Network, Organisation, SearchWord

_WORD = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 60
_MOST_WORDS = 12
_SHORTEST_STEM = 3

Titled = TypeVar("Titled", Organisation, Network)
"""What has a title of its own in the search."""


@cache
def _stemmer() -> snowballstemmer.Stemmer:
    return snowballstemmer.stemmer("russian")


def fold(text: str) -> list[str]:
    """The words of `text` as they are compared: lower case, ё as е, numbers apart from letters («№1» → «1»)."""
    return [word[:_LONGEST] for word in _WORD.findall(text.lower().replace("ё", "е").replace("№", " "))]


def stems(query: str) -> list[str]:
    """What to look up for a typed query: each word's stem; at most 12 words count."""
    return [_stem(word) for word in dict.fromkeys(fold(query))][:_MOST_WORDS]


def _stem(word: str) -> str:
    if word.isdigit():
        return word
    stem = str(_stemmer().stemWord(word))
    return stem if len(stem) >= _SHORTEST_STEM else word


async def index(session: AsyncSession, kind: Found, object_id: int, *texts: str | None) -> None:
    """Make the thing findable by the words of `texts`, and by nothing else."""
    await session.execute(delete(SearchWord).where(SearchWord.kind == kind, SearchWord.object_id == object_id))
    words = dict.fromkeys(word for text in texts if text for word in fold(text))
    if words:
        await session.execute(
            insert(SearchWord), [{"kind": kind, "word": word, "object_id": object_id} for word in words]
        )


def matching(kind: Found, query: str) -> Select[int] | None:
    """A subquery of the ids of the things that have every word of `query`; None when nothing was typed that could be looked up."""
    looked_up = stems(query)
    if not looked_up:
        return None
    found = select(SearchWord.object_id).where(SearchWord.kind == kind, _begins(looked_up[0]))
    for stem in looked_up[1:]:
        more = select(SearchWord.object_id).where(SearchWord.kind == kind, _begins(stem))
        found = found.where(SearchWord.object_id.in_(more))
    return found.distinct()


def _begins(stem: str) -> ColumnElement[bool]:
    if stem.isdigit():
        return SearchWord.word == stem
    return (SearchWord.word >= stem) & (SearchWord.word < stem + "\U0010ffff")


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
    return await session.scalar(select(func.count()).select_from(found.subquery())) or 0
