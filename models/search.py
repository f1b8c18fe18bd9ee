"""The words by which things are found."""

from __future__ import annotations

import enum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, words

# Found by a range of beginnings, so the order must be that of the letters' codes on PostgreSQL too.
Word = String(60).with_variant(String(60, collation="C"), "postgresql")


class Found(enum.StrEnum):
    """What can be found by typing."""

    ORGANISATION = "organisation"
    NETWORK = "network"
    PERSON = "person"
    EVENT = "event"
    PRODUCT = "product"


class SearchWord(Base):
    """One folded word (lower case, ё as е) of one thing's title. Looked up by its beginning."""

    __tablename__ = "search_words"
    __table_args__ = (Index("ix_search_words_kind_object_id_word", "kind", "object_id", "word"),)

    kind: Mapped[Found] = mapped_column(words(Found, "kind"), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)
    object_id: Mapped[int] = mapped_column(Id, primary_key=True)
