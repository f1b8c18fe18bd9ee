"""Who is in which network, and what everybody teaches: whoever is in a subject's network teaches that subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from demo import words
from demo.posts import AUDIENCES, SCHOOL, Post
from demo.words import NetworkWords, PlayerWords

YOUNG_UNDER = 3
"""Under so many years of experience one belongs to the School of the Young Teacher."""

CLASS_TEACHERS = "upbringing"
CLASS_TEACHERS_SHARE = 8
"""So many of a hundred school teachers name their class as a subject too, and find that network among those «for them»."""


@dataclass(frozen=True, slots=True)
class Joined:
    """People are numbers in the list of posts. `networks` maps the key of a network to its members."""

    networks: Mapping[str, Sequence[int]]
    subjects: Sequence[tuple[str, ...]]

    def of(self, number: int) -> list[str]:
        """The keys of the networks this person is in."""
        return [key for key, members in self.networks.items() if number in members]


def join(posts: Sequence[Post], players: Mapping[int, PlayerWords], experience: Sequence[int], rng: Random) -> Joined:
    """Bring everybody into their networks; `rng` picks who is in a second one."""
    subjects = [_taught(post, players.get(number), rng) for number, post in enumerate(posts)]
    networks: dict[str, list[int]] = {}
    lent = set(players)
    for network in words.networks().values():
        members = _members(network, posts, experience)
        if network.borrowed:
            lenders = [number for number in _specialists(posts, network.lender) if number not in lent]
            borrowed = rng.sample(lenders, network.borrowed)
            lent.update(borrowed)
            for number in borrowed:
                subjects[number] = [*subjects[number], network.subjects[0]]
            members = sorted([*members, *borrowed])
        networks[network.key] = members
    return Joined(networks, [tuple(dict.fromkeys(taught)) for taught in subjects])


def _members(network: NetworkWords, posts: Sequence[Post], experience: Sequence[int]) -> list[int]:
    if network.for_young_specialists:
        return [number for number, years in enumerate(experience) if years < YOUNG_UNDER]
    if network.audience in AUDIENCES.values():
        return _specialists(posts, network.key)
    if network.audience == "managers":
        return _newest_managers(posts, experience)
    return []


def _specialists(posts: Sequence[Post], key: str | None) -> list[int]:
    return [number for number, post in enumerate(posts) if post.main == key and not post.outside]


def _newest_managers(posts: Sequence[Post], experience: Sequence[int]) -> list[int]:
    """Each organisation sends the manager with the fewest years behind them."""
    newest: dict[int, int] = {}
    for number, post in enumerate(posts):
        if post.is_manager:
            best = newest.setdefault(post.organisation, number)
            newest[post.organisation] = min(best, number, key=lambda one: (experience[one], one))
    return sorted(newest.values())


def _taught(post: Post, player: PlayerWords | None, rng: Random) -> list[str]:
    leads_a_class = rng.random() * 100 < CLASS_TEACHERS_SHARE
    if player is not None:
        return [post.subject, *player.more_subjects]
    if post.kind == SCHOOL and not post.is_manager and leads_a_class:
        return [post.subject, *words.networks()[CLASS_TEACHERS].subjects]
    return [post.subject]
