"""The limiter on a loop whose time is ours: rates, order, holds, and nothing left behind."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    GetMe,
    SendChatAction,
    SendMediaGroup,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import InputMediaPhoto

from bot.limiter import (
    BURST,
    CHAT_BURST,
    KNOWN_CHATS,
    RECOVERY_SECONDS,
    SLOWER,
    SLOWEST,
    Limiter,
    NotSent,
    Passage,
    TooLate,
    sending,
)
from models import Priority

BOT = Bot("1:test")


class FakeTimeLoop(asyncio.SelectorEventLoop):
    """A loop that never sleeps: with nothing to do it jumps to its next timer."""

    def __init__(self) -> None:
        self.passed = 0.0
        super().__init__()

    def time(self) -> float:
        return self.passed

    def _run_once(self) -> None:
        ready, scheduled = self._ready, self._scheduled  # type: ignore[attr-defined]  # the loop's own queues
        if not ready and scheduled:
            self.passed = max(self.passed, scheduled[0]._when)
        super()._run_once()  # type: ignore[misc]  # the private step of BaseEventLoop


def on_fake_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test on such a loop."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with asyncio.Runner(loop_factory=FakeTimeLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


class Telegram:
    """What went out, and when."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, TelegramMethod[Any]]] = []
        self.refusals: list[TelegramRetryAfter] = []
        self.seconds = 0.0

    async def __call__(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        self.calls.append((asyncio.get_running_loop().time(), method))
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.refusals:
            raise self.refusals.pop(0)
        return True

    @property
    def moments(self) -> list[float]:
        return [moment for moment, _ in self.calls]

    @property
    def texts(self) -> list[str]:
        return [method.text for _, method in self.calls if isinstance(method, SendMessage)]


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


def message(chat_id: int, text: str = "x") -> SendMessage:
    return SendMessage(chat_id=chat_id, text=text)


def album(chat_id: int, parts: int) -> SendMediaGroup:
    return SendMediaGroup(chat_id=chat_id, media=[InputMediaPhoto(media="id") for _ in range(parts)])


def too_many(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(method=message(1), message="Too Many Requests", retry_after=seconds)


Send = Callable[[TelegramMethod[Any]], Coroutine[Any, Any, Any]]


def through(limiter: Limiter, telegram: Telegram) -> Send:
    async def send(method: TelegramMethod[Any]) -> Any:
        return await limiter(telegram, BOT, method)

    return send


async def announce(send: Send, method: TelegramMethod[Any]) -> None:
    with sending(Priority.ANNOUNCEMENT):
        await send(method)


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize("rate", [1, 30, 400])
@on_fake_time
async def test_the_rate_is_kept_within_five_percent_and_used_whole(rate: int, telegram: Telegram) -> None:
    send = through(Limiter(rate), telegram)
    number = rate * 3 + BURST
    await asyncio.gather(*(send(message(chat_id)) for chat_id in range(1, number + 1)))
    assert now() == pytest.approx(3, rel=0.05)
    for second in range(3):
        within = sum(second < moment <= second + 1 for moment in telegram.moments)
        assert within == pytest.approx(rate, rel=0.05, abs=1)


@on_fake_time
async def test_replies_overtake_reminders_and_reminders_overtake_announcements(telegram: Telegram) -> None:
    send = through(Limiter(10), telegram)

    async def say(text: str, priority: Priority, chat_id: int) -> None:
        with sending(priority):
            await send(message(chat_id, text))

    tasks = [asyncio.create_task(say(f"announcement {n}", Priority.ANNOUNCEMENT, n)) for n in range(1, 20)]
    await asyncio.sleep(0.55)
    went = len(telegram.calls)
    tasks += [
        asyncio.create_task(say("reminder", Priority.REMINDER, 50)),
        asyncio.create_task(say("reply", Priority.REPLY, 51)),
    ]
    asked = now()
    await asyncio.gather(*tasks)
    assert telegram.texts[went : went + 2] == ["reply", "reminder"]
    assert telegram.moments[went] - asked <= 0.1 + 1e-6, "a reply waits for one token at most"
    assert telegram.texts[went + 2 :] == [f"announcement {n}" for n in range(went + 1, 20)], (
        "equal ones keep their order"
    )


@on_fake_time
async def test_one_chat_gets_a_burst_then_one_a_second_and_holds_up_nobody(telegram: Telegram) -> None:
    send = through(Limiter(1000), telegram)
    crowd = asyncio.gather(*(send(message(7)) for _ in range(int(CHAT_BURST) + 5)))
    await asyncio.sleep(0.1)
    assert len(telegram.calls) == CHAT_BURST
    await send(message(8))
    assert now() < 0.2
    await crowd
    assert now() == pytest.approx(5, abs=0.1)


@on_fake_time
async def test_a_group_gets_twenty_a_minute(telegram: Telegram) -> None:
    send = through(Limiter(1000), telegram)
    await asyncio.gather(*(send(message(-7)) for _ in range(int(CHAT_BURST) + 2)))
    assert now() == pytest.approx(6, abs=0.1)


@on_fake_time
async def test_an_album_costs_as_much_as_its_parts(telegram: Telegram) -> None:
    send = through(Limiter(10), telegram)
    for number in range(5):
        await send(album(number + 1, 10))
    await send(message(9))
    assert now() == pytest.approx((50 - BURST) / 10 + 0.1, rel=0.1)


@on_fake_time
async def test_an_album_waits_until_its_chat_bears_all_of_it(telegram: Telegram) -> None:
    send = through(Limiter(1000), telegram)
    await asyncio.gather(*(send(message(7)) for _ in range(15)))
    await send(album(7, 10))
    assert now() == pytest.approx(5, abs=0.2), "five tokens were left of the burst, ten are needed"


@on_fake_time
async def test_what_telegram_does_not_limit_passes_at_once(telegram: Telegram) -> None:
    limiter = Limiter(1)
    send = through(limiter, telegram)
    await asyncio.gather(*(send(message(chat_id)) for chat_id in range(1, BURST + 1)))
    free: list[TelegramMethod[Any]] = [
        GetMe(),
        AnswerCallbackQuery(callback_query_id="1"),
        SendChatAction(chat_id=1, action="typing"),
    ]
    for method in [*free, SetMyCommands(commands=[])]:
        await send(method)
    assert now() == 0


@on_fake_time
async def test_too_many_requests_holds_everybody_and_is_tried_again(telegram: Telegram) -> None:
    send = through(Limiter(100), telegram)
    telegram.refusals.append(too_many(4))
    first = asyncio.create_task(send(message(1, "first")))
    await asyncio.sleep(0.01)
    await asyncio.gather(first, *(send(message(chat_id, "other")) for chat_id in range(2, 12)))
    assert first.result() is True
    assert telegram.texts.count("first") == 2
    assert min(telegram.moments[1:]) == pytest.approx(4, abs=0.05), "nobody went out during the hold"


@on_fake_time
async def test_after_too_many_requests_it_goes_slower_and_gains_the_old_speed_little_by_little(
    telegram: Telegram,
) -> None:
    limiter = Limiter(30)
    send = through(limiter, telegram)
    telegram.refusals.append(too_many(2))
    whole = RECOVERY_SECONDS * (1 - SLOWER)
    chats = itertools.count(1)

    async def crowd() -> None:
        while now() < whole + 10:
            await send(message(next(chats)))

    await asyncio.gather(*(crowd() for _ in range(40)))
    assert telegram.moments[1] >= 2

    def within(start: float) -> int:
        return sum(start <= moment < start + 1 for moment in telegram.moments)

    assert within(3) == pytest.approx(30 * SLOWER, abs=2)
    assert within(3) < within(2 + whole / 2) < within(3 + whole)
    assert within(3 + whole) == pytest.approx(30, abs=1)
    assert limiter.rate == 30, "and never more than what was set"


@on_fake_time
async def test_those_that_were_refused_together_slow_it_down_once(telegram: Telegram) -> None:
    """They were on their way when the first of them was refused."""
    limiter = Limiter(30)
    telegram.seconds = 0.05
    send = through(limiter, telegram)
    telegram.refusals += [too_many(1)] * BURST
    await asyncio.gather(*(send(message(chat_id)) for chat_id in range(1, BURST + 1)))
    assert limiter.rate == pytest.approx(30 * SLOWER, rel=0.05)


@on_fake_time
async def test_it_never_stands_still(telegram: Telegram) -> None:
    limiter = Limiter(30)
    send = through(limiter, telegram)
    for chat_id in range(1, 30):
        telegram.refusals.append(too_many(1))
        await send(message(chat_id))
    assert 30 * SLOWEST <= limiter.rate < 30 * SLOWEST + 3


@on_fake_time
async def test_what_was_refused_keeps_its_place_in_the_line(telegram: Telegram) -> None:
    send = through(Limiter(10), telegram)
    telegram.refusals.append(too_many(2))
    first = asyncio.create_task(announce(send, message(1, "first")))
    await asyncio.sleep(0)
    await asyncio.gather(first, *(announce(send, message(chat_id, "other")) for chat_id in range(2, 20)))
    assert telegram.texts[:3] == ["first", "first", "other"]


@on_fake_time
async def test_who_gets_their_turn_too_late_has_not_been_heard_of_and_keeps_the_place(telegram: Telegram) -> None:
    limiter = Limiter(1)
    send = through(limiter, telegram)
    await asyncio.gather(*(send(message(chat_id)) for chat_id in range(1, BURST + 1)))
    passage = Passage(Priority.ANNOUNCEMENT, fresh_until=0.5)

    async def tell(text: str) -> None:
        with sending(passage.priority, passage):
            await send(message(50, text))

    told = asyncio.create_task(tell("old"))
    await asyncio.sleep(0)
    crowd = [asyncio.create_task(announce(send, message(chat_id, "later"))) for chat_id in range(60, 63)]
    with pytest.raises(TooLate):
        await told
    assert now() == pytest.approx(1, abs=0.05)
    passage.fresh_until = 10
    await tell("new")
    await asyncio.gather(*crowd)
    assert telegram.texts[BURST:] == ["later", "new", "later", "later"], "the token of that moment was not lost"
    assert telegram.moments[BURST] == pytest.approx(1, abs=0.05)


@on_fake_time
async def test_what_follows_a_message_that_is_out_is_never_too_late(telegram: Telegram) -> None:
    send = through(Limiter(0.1), telegram)
    passage = Passage(Priority.ANNOUNCEMENT, fresh_until=1)
    with sending(passage.priority, passage):
        for number in range(BURST + 2):
            await send(message(7, str(number)))
    assert telegram.texts == [str(number) for number in range(BURST + 2)]
    assert now() > 15


@on_fake_time
async def test_a_long_wait_is_raised_at_once_and_holds_the_others(telegram: Telegram) -> None:
    send = through(Limiter(100), telegram)
    telegram.refusals.append(too_many(60))
    with pytest.raises(TelegramRetryAfter):
        await send(message(1))
    assert now() < 1
    await send(message(2))
    assert now() == pytest.approx(60, abs=0.1)


@on_fake_time
async def test_the_third_refusal_is_raised(telegram: Telegram) -> None:
    send = through(Limiter(100), telegram)
    telegram.refusals += [too_many(1), too_many(1), too_many(1)]
    with pytest.raises(TelegramRetryAfter):
        await send(message(1))
    assert len(telegram.calls) == 3


@on_fake_time
async def test_whoever_gives_up_waiting_blocks_nobody_and_was_not_sent(telegram: Telegram) -> None:
    limiter = Limiter(1)
    send = through(limiter, telegram)
    for chat_id in range(BURST):
        await send(message(chat_id + 1))
    waiting = [asyncio.create_task(send(message(20 + n, "given up"))) for n in range(50)]
    last = asyncio.create_task(send(message(99, "patient")))
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    given_up = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in given_up)
    await last
    assert now() == pytest.approx(1, abs=0.05)
    assert "given up" not in telegram.texts


@on_fake_time
async def test_a_cancelled_waiter_says_that_telegram_never_heard_of_it(telegram: Telegram) -> None:
    limiter = Limiter(1)
    for chat_id in range(BURST):
        await limiter(telegram, BOT, message(chat_id + 1))
    caught: list[BaseException] = []

    async def wait() -> None:
        try:
            await limiter(telegram, BOT, message(9))
        except asyncio.CancelledError as error:
            caught.append(error)
            raise

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert isinstance(caught[0], NotSent)


@on_fake_time
async def test_idle_it_leaves_no_timer(telegram: Telegram) -> None:
    limiter = Limiter(10)
    await asyncio.gather(*(limiter(telegram, BOT, message(chat_id)) for chat_id in range(1, 30)))
    await asyncio.sleep(5)
    loop = asyncio.get_running_loop()
    assert [timer for timer in loop._scheduled if not timer.cancelled()] == []  # type: ignore[attr-defined]  # the loop's own


@on_fake_time
async def test_it_forgets_chats_that_have_been_silent(telegram: Telegram) -> None:
    limiter = Limiter(1000)
    for start in range(1, 6_001, 3000):
        await asyncio.gather(*(announce(through(limiter, telegram), message(start + n)) for n in range(3000)))
        assert len(limiter._chats) <= KNOWN_CHATS + 2 * 1000, "those of the last two seconds at most come on top"
