"""Token buckets on a clock of the test's own."""

from __future__ import annotations

from sandbox import Limits
from sandbox.limits import Limiter


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_off_by_default() -> None:
    limiter = Limiter(None)
    assert [limiter.take(1, 5) for _ in range(1000)] == [0] * 1000


def test_a_chat_has_a_burst_and_then_one_a_second() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(), seconds)
    assert [limiter.take(1, 5) for _ in range(20)] == [0] * 20
    assert limiter.take(1, 5) == 1
    seconds.now += 1
    assert (limiter.take(1, 5), limiter.take(1, 5)) == (0, 1)
    seconds.now += 1000
    assert [limiter.take(1, 5) for _ in range(20)] == [0] * 20
    assert limiter.take(1, 5) == 1


def test_all_chats_together_have_thirty_a_second() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(), seconds)
    assert [limiter.take(1, chat) for chat in range(1, 31)] == [0] * 30
    assert limiter.take(1, 99) == 1
    assert limiter.take(2, 99) == 0
    seconds.now += 0.5
    assert [limiter.take(1, chat) for chat in range(100, 115)] == [0] * 15
    assert limiter.take(1, 99) == 1


def test_a_group_has_twenty_a_minute() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(), seconds)
    assert [limiter.take(1, -100) for _ in range(20)] == [0] * 20
    assert limiter.take(1, -100) == 3


def test_what_is_refused_costs_nothing() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(chat_burst=3), seconds)
    assert limiter.take(1, 5, 10) == 7
    assert limiter.take(1, 5, 3) == 0
    limiter.change(Limits(chat_burst=3))
    assert limiter.take(1, 5, 3) == 0
    limiter.change(None)
    assert limiter.take(1, 5, 100) == 0
