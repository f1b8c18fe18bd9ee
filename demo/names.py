"""Full names that real people could bear: gender agrees, traditions do not mix, nobody is called like somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from demo import words

OLDER_FROM = 25
YOUNGER_UNDER = 8


class Names:
    """A supply of full names («Фамилия Имя Отчество»), none of them twice and none of those `taken` before."""

    def __init__(self, rng: Random, taken: Iterable[str]) -> None:
        self._rng = rng
        self._taken = set(taken)
        self._traditions = words.traditions()
        self._shares = [tradition.share for tradition in self._traditions]

    def take(self, *, is_man: bool, experience: int) -> str:
        """One more name, with a first name that was in fashion when somebody of this experience was born."""
        while True:
            name = self._invent(is_man=is_man, experience=experience)
            if name not in self._taken:
                self._taken.add(name)
                return name

    def _invent(self, *, is_man: bool, experience: int) -> str:
        tradition = self._rng.choices(self._traditions, self._shares)[0]
        first_names = tradition.men if is_man else tradition.women
        if experience >= OLDER_FROM:
            fashion = first_names.older
        elif experience < YOUNGER_UNDER:
            fashion = first_names.younger
        else:
            fashion = first_names.middle
        form = 0 if is_man else 1
        surname = self._rng.choice(tradition.surnames)[form]
        return f"{surname} {self._rng.choice(fashion)} {self._rng.choice(tradition.patronymics)[form]}"
