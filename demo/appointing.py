"""Who coordinates, moderates and answers as an expert: people with years of work behind them, each in one network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from demo import words
from demo.joining import Joined
from demo.posts import SCHOOL, Post
from demo.words import NetworkWords, PlayerWords

COORDINATOR, MODERATOR, EXPERT = "coordinator", "moderator", "expert"
MENTOR_FROM = 15
"""Whoever teaches the young has worked at least so many years."""


def appoint(
    posts: Sequence[Post],
    players: Mapping[int, PlayerWords],
    experience: Sequence[int],
    joined: Joined,
    rng: Random,
) -> dict[int, dict[str, str]]:
    """Give each network a coordinator and each association a moderator and 2 to 4 experts too: person → network → role.

    Players have the roles that are written for them and no others.
    """
    appointed = {number: dict(player.roles) for number, player in players.items()}

    def fill(network: NetworkWords, role: str, count: int, candidates: Sequence[int]) -> None:
        standing = sum(roles.get(network.key) == role for roles in appointed.values())
        free = [number for number in candidates if number not in appointed]
        free.sort(key=lambda number: (-experience[number], number))
        wanted = count - standing
        for number in rng.sample(free[: max(wanted, len(free) // 2)], wanted):
            appointed[number] = {network.key: role}

    for network in words.networks().values():
        members = joined.networks[network.key]
        leaders, mentors = _pools(network, posts, experience, members)
        fill(network, COORDINATOR, 1, leaders)
        if members:
            fill(network, EXPERT, 2 + (len(members) >= 20) + (len(members) >= 50), mentors)
            fill(network, MODERATOR, 1, members)
    return {number: roles for number, roles in appointed.items() if roles}


def _pools(
    network: NetworkWords, posts: Sequence[Post], experience: Sequence[int], members: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """From whom the coordinator and from whom the experts are taken. A subject is led by those who teach it;
    whoever learns in a School is not led by another learner."""
    deputies = [n for n, post in enumerate(posts) if post.is_manager and post.kind == SCHOOL and not post.is_head]
    if network.for_young_specialists:
        teachers = [n for n, post in enumerate(posts) if post.kind == SCHOOL and not post.is_manager]
        return deputies, [number for number in teachers if experience[number] >= MENTOR_FROM]
    if network.audience == "managers":
        heads = [n for n, post in enumerate(posts) if post.is_head and n not in members]
        return heads, heads
    return (members, members) if members else (deputies, [])
