"""The invented city on paper, before any database: who lives in it, in which networks, in which roles.

The same every time: each question is answered by a `random.Random` of its own, seeded with a word, so that a change in one answer
does not shuffle the others. Moments are kept as «so many days ago», because the city is as old on every day it is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from demo import words
from demo.appointing import appoint
from demo.joining import YOUNG_UNDER, join
from demo.names import Names
from demo.posts import Post, posts
from demo.words import PlayerWords

FIRST_TELEGRAM_ID = 5_000_000_001

EXPERIENCE = ((3, 5, 11), (6, 10, 17), (11, 20, 31), (21, 30, 27), (31, 42, 14))
"""Years from and to, and how many of a hundred teachers have so many."""
MANAGERS_EXPERIENCE = ((9, 15, 25), (16, 25, 40), (26, 40, 35))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitant:
    """One of the 863. `joined` maps the key of a network to the days that passed between registering and joining."""

    telegram_id: int
    full_name: str
    post: Post
    subjects: tuple[str, ...]
    experience: int
    joined: Mapping[str, int]
    roles: Mapping[str, str]
    registered_days_ago: int
    registered_minute: int
    player: PlayerWords | None

    @property
    def language(self) -> str:
        """The language of their Telegram."""
        return self.player.language_code if self.player else "ru"


@cache
def inhabitants() -> tuple[Inhabitant, ...]:
    """Everybody, in the order of their Telegram ids: the players first."""
    all_posts = posts()
    players = _placed(all_posts)
    experience = _experience(all_posts, players)
    joined = join(all_posts, players, experience, _rng("joining"))
    appointed = appoint(all_posts, players, experience, joined, _rng("appointing"))
    names = Names(_rng("names"), (player.full_name for player in players.values()))
    gender, calendar = _rng("gender"), _rng("calendar")
    order = [*players, *(number for number in range(len(all_posts)) if number not in players)]
    result = []
    for telegram_id, number in enumerate(order, start=FIRST_TELEGRAM_ID):
        post, player = all_posts[number], players.get(number)
        is_man = gender.random() * 100 < post.men
        result.append(
            Inhabitant(
                telegram_id=telegram_id,
                full_name=player.full_name if player else names.take(is_man=is_man, experience=experience[number]),
                post=post,
                subjects=joined.subjects[number],
                experience=experience[number],
                joined={network: calendar.randint(0, 14) for network in joined.of(number)},
                roles=appointed.get(number, {}),
                registered_days_ago=_came(calendar, first=_is_first(player), early=number in appointed),
                registered_minute=calendar.randint(3 * 60, 15 * 60),
                player=player,
            )
        )
    return tuple(result)


def _came(rng: Random, *, first: bool, early: bool) -> int:
    """How many days ago they registered: the administrator first, then whoever was to be appointed, then everybody else."""
    if first:
        return 310
    return rng.randint(245, 300) if early else rng.randint(21, 240)


def _is_first(player: PlayerWords | None) -> bool:
    return player is not None and player.key == "administrator"


def _rng(question: str) -> Random:
    return Random(f"the invented city: {question}")


def _placed(all_posts: list[Post]) -> dict[int, PlayerWords]:
    """Give each player a post of their network: the first still free one of a member (of managers: of a deputy)."""
    placed: dict[int, PlayerWords] = {}
    for player in words.players():
        if player.main is not None:
            number = next(
                number
                for number, post in enumerate(all_posts)
                if number not in placed and post.main == player.main and not post.outside and not post.is_head
            )
            placed[number] = player
    return placed


def _experience(all_posts: list[Post], players: Mapping[int, PlayerWords]) -> list[int]:
    """Years of work of each; under three years have exactly as many as the School of the Young Teacher has members."""
    rng = _rng("experience")
    young_players = sum(player.experience < YOUNG_UNDER for player in players.values())
    school = next(network for network in words.networks().values() if network.for_young_specialists)
    teachers = [
        number
        for number, post in enumerate(all_posts)
        if post.kind == "school" and not post.is_manager and not post.outside and number not in players
    ]
    young = set(rng.sample(teachers, school.members - young_players))
    return [
        players[number].experience
        if number in players
        else rng.randrange(YOUNG_UNDER)
        if number in young
        else _years(rng, MANAGERS_EXPERIENCE if post.is_manager else EXPERIENCE)
        for number, post in enumerate(all_posts)
    ]


def _years(rng: Random, table: tuple[tuple[int, int, int], ...]) -> int:
    first, last, _ = rng.choices(table, [share for _, _, share in table])[0]
    return rng.randint(first, last)
