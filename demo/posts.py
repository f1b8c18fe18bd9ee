"""Where everybody works and what they teach: 83 managers and 780 teachers, spread evenly over 28 organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from demo import words
from demo.words import NetworkWords, OrganisationWords

SCHOOL = "school"
KINDERGARTEN = "kindergarten"
MANAGERS = "managers"
"""The network that managers, and nobody else, are specialists of."""

AUDIENCES = {SCHOOL: "schools", KINDERGARTEN: "kindergartens"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One person's work before the person has a name. `main` is the network of their chief subject;
    `outside` are those who have not joined it. `men` of a hundred with such work are men."""

    organisation: int
    kind: str
    position: str
    subject: str
    main: str
    men: int
    is_head: bool = False
    outside: bool = False

    @property
    def is_manager(self) -> bool:
        """Whether this is a director, a head or a deputy."""
        return self.main == MANAGERS


def posts() -> list[Post]:
    """All 863 in one fixed order: managers, teachers of schools, teachers of kindergartens."""
    return [*_managers(), *_teachers(SCHOOL), *_teachers(KINDERGARTEN)]


def spread(shares: Sequence[int], count: int) -> list[int]:
    """Give `count` things out in turns, as evenly as `shares` allow: the number of the receiver for each thing.

    As many things as the shares add up to give each receiver exactly its share.
    """
    turns = sorted(((turn + 0.5) / share, which) for which, share in enumerate(shares) for turn in range(count))
    return [which for _, which in turns[:count]]


def _managers() -> list[Post]:
    (subject,) = words.networks()[MANAGERS].subjects
    called = words.managers()
    return [
        Post(
            organisation=number,
            kind=organisation.kind,
            position=called[organisation.kind].deputy if place else called[organisation.kind].head,
            subject=subject,
            main=MANAGERS,
            men=called[organisation.kind].men,
            is_head=place == 0,
        )
        for number, organisation in enumerate(words.organisations())
        for place in range(organisation.managers)
    ]


def _teachers(kind: str) -> list[Post]:
    networks = [network for network in words.networks().values() if network.audience == AUDIENCES[kind]]
    places = _places(kind, sum(network.specialists for network in networks))
    result: list[Post] = []
    for network in networks:
        result.extend(_specialists(network, kind, places[len(result) : len(result) + network.specialists]))
    return result


def _places(kind: str, count: int) -> list[int]:
    """In which organisation each of the teachers works: those of one subject stand side by side and so are dealt out evenly."""
    schools: list[tuple[int, OrganisationWords]] = [
        (number, organisation) for number, organisation in enumerate(words.organisations()) if organisation.kind == kind
    ]
    return [schools[which][0] for which in spread([school.teachers for _, school in schools], count)]


def _specialists(network: NetworkWords, kind: str, places: Sequence[int]) -> list[Post]:
    positions = list(network.staff)
    held = spread(list(network.staff.values()), len(places))
    joined = len(places) - network.outside
    return [
        Post(
            organisation=place,
            kind=kind,
            position=positions[held[number]],
            subject=network.subjects[number % len(network.subjects)],
            main=network.key,
            men=network.men,
            outside=number >= joined,
        )
        for number, place in enumerate(places)
    ]
