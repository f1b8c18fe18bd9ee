"""The bank of methodical products: works that members hand in to their network, with every version and remark."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, words
from models.file import StoredFile
from models.network import Network
from models.organisation import Organisation
from models.person import Person


class ProductKind(enum.StrEnum):
    """What kind of work it is (Yurga, §1.5; Novotroitsk, §6.1), the usual ones first."""

    LESSON = "lesson"
    GUIDELINES = "guidelines"
    TESTS = "tests"
    PROGRAMME = "programme"
    PROJECT = "project"
    INNOVATION = "innovation"
    SCORE_SHEET = "score-sheet"
    OTHER = "other"


class ProductState(enum.StrEnum):
    """Where a work stands on its way into the bank."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ProductView(enum.StrEnum):
    """Which works a list shows. The words stand in buttons: short, never reused."""

    NEW = "n"
    KIND = "k"
    NETWORK = "w"
    MINE = "m"
    FOUND = "s"
    QUEUE = "q"


class Product(Base):
    """A work as it stands now. What was handed in, time after time, stands in its versions; `version` is the latest one's number.

    `organisation_id` is where the author worked when they handed it in. `state_at` is when the present state began, `decided_by_id`
    the coordinator who published or returned it. Whoever decides changes a row that still is SUBMITTED with the version they saw:
    of two coordinators at once the database takes one.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index("ix_products_state_state_at_id", "state", "state_at", "id"),
        Index("ix_products_kind_state_state_at", "kind", "state", "state_at"),
        Index("ix_products_state_kind_network_id", "state", "kind", "network_id"),
        Index("ix_products_network_id_state_state_at", "network_id", "state", "state_at"),
        Index("ix_products_author_id_state_at", "author_id", "state_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[ProductKind] = mapped_column(words(ProductKind, "kind"))
    title: Mapped[str] = mapped_column(String(150))
    annotation: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[ProductState] = mapped_column(words(ProductState, "state"), default=ProductState.SUBMITTED)
    state_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]

    network: Mapped[Network] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])


class ProductVersion(Base):
    """A work as it was handed in one time: its words and files stay, whatever is corrected later."""

    __tablename__ = "product_versions"
    __table_args__ = (UniqueConstraint("product_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[ProductKind] = mapped_column(words(ProductKind, "kind"))
    title: Mapped[str] = mapped_column(String(150))
    annotation: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime]

    files: Mapped[list[StoredFile]] = relationship(
        secondary="product_files", lazy="raise", order_by="ProductFile.position", viewonly=True
    )


class ProductFile(Base):
    """A file of one version, in the order of the author."""

    __tablename__ = "product_files"

    version_id: Mapped[int] = mapped_column(ForeignKey("product_versions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)


class ProductRemark(Base):
    """Why a version was returned: what its author is asked to correct."""

    __tablename__ = "product_remarks"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("product_versions.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    author: Mapped[Person | None] = relationship(lazy="raise")
