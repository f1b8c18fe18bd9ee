"""What a region has of what, and who stands first in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bench.region.rows import Rows
from models import Found, SearchWord
from services import search

ADMINISTRATOR, COORDINATOR, LEAF_COORDINATOR, EXPERT = 1, 2, 3, 4
"""Of everything; of the first network and so of half the tree; of the last network alone; of a few topics, with a long queue."""

TEACHERS = range(5, 45)
"""Members of several networks who have asked, signed up and handed in."""

EVERYBODY, BY_APPLICATION = 1, 2
"""The network that all are members of, with an agreement that half have accepted; the one where applications wait."""

BIG = 1
"""The first event, the first announcement, the first topic: the one that has more of everything."""

FEWEST = 800
"""Participants of the smallest region: every list has a second page already."""

_TOPS = 8
_FIRST_TELEGRAM_ID = 1_000_000


@dataclass(frozen=True, slots=True)
class Region:
    """How many there are of what."""

    participants: int
    networks: int
    organisations: int
    now: datetime

    @property
    def leaf(self) -> int:
        """The last network, four levels deep."""
        return self.networks

    @property
    def topics(self) -> int:
        """How many topics of consultations there are."""
        return max(40, self.networks // 20)

    def parent(self, network_id: int) -> int | None:
        """The tree: eight tops, under them a few dozen, under these a tenth of all, under these the rest. Half hangs on the first."""
        second = _TOPS + max(16, self.networks // 50)
        third = second + max(16, self.networks // 10)
        if network_id <= _TOPS:
            return None
        if network_id == self.leaf:
            return third
        if network_id <= second:
            return EVERYBODY if network_id % 2 else network_id % _TOPS + 1
        if network_id <= third:
            return _TOPS + 1 + (network_id - second) % (second - _TOPS)
        return second + 1 + (network_id - third) % (third - second)

    def networks_of(self, person_id: int) -> set[int]:
        """Where a person is a member: everybody's network, one or two others, and the last one for the teachers of the sights."""
        there = {EVERYBODY, person_id * 7919 % self.networks + 1}
        if person_id % 2:
            there.add(person_id * 104729 % self.networks + 1)
        if person_id % 10 == 3:
            there.add(BY_APPLICATION)
        if person_id in TEACHERS:
            there |= {self.leaf, *(person_id * step % (self.networks - 1) + 2 for step in range(1, 10))}
        return there

    def somebody(self, number: int) -> int:
        """A participant who is none of the sights' people."""
        return TEACHERS.stop + number % (self.participants - TEACHERS.stop) + 1


def telegram_id(person_id: int) -> int:
    """Whose updates are this person's."""
    return _FIRST_TELEGRAM_ID + person_id


def found(kind: Found, object_id: int, text: str) -> Rows:
    """The rows by which a thing is found."""
    for word in dict.fromkeys(search.fold(text)):
        yield SearchWord, {"kind": kind, "word": word, "object_id": object_id}
