"""A post is answered 200 only when its update is finished or stored; each is served once, one person's in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import Update
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import inbox as inbox_module
from bot.settings import Settings
from bot.webhook import secret_of
from models import Database
from sandbox import Visitor
from tests.support.post import Gate, Post, until
from tests.support.posting import House, said, webhook_house


@pytest.fixture
async def house(db: Database, unused_tcp_port: int) -> AsyncIterator[House]:
    async with webhook_house(db, unused_tcp_port) as house:
        yield house


@pytest.fixture
def anna(house: House) -> Visitor:
    return house.post.world.visitor("Анна")


# --- the answer


async def test_a_quick_update_is_finished_before_the_answer_and_costs_no_write(house: House, anna: Visitor) -> None:
    house.settle()
    commits: list[None] = []
    house.post.db.after_commit(lambda _notes: commits.append(None))
    (update,) = await said(house, anna, "раз")
    assert await house.posts(update) == 200
    assert house.post.served == ["раз"]
    assert house.post.replayed == []
    assert commits == []


async def test_a_slow_one_is_stored_before_the_answer(house: House, anna: Visitor) -> None:
    house.settle()
    house.post.handle = gate = Gate("долго")
    (update,) = await said(house, anna, "долго")
    assert await house.posts(update) == 200
    assert house.post.served == []
    assert await house.post.rows() == {"долго": 0}
    gate.open.set()
    assert await house.post.inbox.finish() == 0
    assert house.post.served == ["долго"]
    assert await house.post.rows() == {}


async def test_there_is_no_answer_while_the_database_refuses_and_503_when_told_to_stop(
    house: House, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.settle()
    monkeypatch.setattr("bot.patience.FIRST_PAUSE_SECONDS", 0.01)

    async def refuse(updates: list[Update]) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(house.post.inbox, "_store", refuse)
    house.post.handle = Gate("долго")
    (update,) = await said(house, anna, "долго")
    answer = asyncio.create_task(house.posts(update))
    with capture_logs() as logs:
        await until(lambda: len(logs) >= 3)
    assert not answer.done()
    house.post.stop.set()
    assert await answer == 503


async def test_told_to_stop_it_takes_no_more_and_answers_what_it_has(house: House, anna: Visitor) -> None:
    boris = house.post.world.visitor("Борис")
    house.settle()
    house.post.handle = gate = Gate("долго")
    (slow,) = await said(house, anna, "долго")
    (late,) = await said(house, boris, "поздно")
    answer = asyncio.create_task(house.posts(slow))
    await until(lambda: gate.reached)
    house.post.stop.set()
    assert await house.posts(late) == 503
    closing = asyncio.create_task(house.webhook.close())
    assert await answer == 200
    await closing
    gate.open.set()
    await house.post.inbox.finish()
    assert house.post.served == ["долго"]


# --- who may post


@pytest.mark.parametrize("secret", [None, "", "Geheim", "секрет", "geheim" * 50])
async def test_a_post_without_the_secret_is_refused_and_told_of_once(
    house: House, anna: Visitor, secret: str | None
) -> None:
    (update,) = await said(house, anna, "раз")
    with capture_logs() as logs:
        assert [await house.posts(update, secret=secret) for _ in range(3)] == [403] * 3
    assert [log["event"] for log in logs] == ["post-refused"]
    assert "geheim" not in str(logs)
    assert house.post.served == []
    assert await house.post.rows() == {}


@pytest.mark.parametrize("body", ["", "{", "[]", '{"update_id": "x", "message": {"text": "тайна"}}'])
async def test_what_cannot_be_read_is_told_of_and_does_not_hold_the_others_back(house: House, body: str) -> None:
    with capture_logs() as logs:
        assert await house.posts(body=body) == 200
    assert [log["event"] for log in logs] == ["update-not-read"]
    assert "тайна" not in str(logs)


def test_the_secret_is_the_operators_or_made_from_the_token() -> None:
    given = Settings(_env_file=None, webhook_secret=SecretStr("geheim"))
    assert secret_of(given, "1:a") == "geheim"
    none = Settings(_env_file=None)
    made = secret_of(none, "1:a")
    assert made == secret_of(none, "1:a") != secret_of(none, "1:b")
    assert Settings(_env_file=None, webhook_secret=SecretStr(made)).webhook_secret == SecretStr(made)


# --- each once, in order


async def test_one_that_comes_again_is_confirmed_and_not_served(house: House, anna: Visitor) -> None:
    house.settle()
    house.post.handle = gate = Gate("долго")
    slow, quick = await said(house, anna, "долго", "быстро")
    assert await asyncio.gather(*(house.posts(slow) for _ in range(3))) == [200] * 3
    gate.open.set()
    assert await house.posts(quick) == 200
    assert await asyncio.gather(*(house.posts(update) for update in (slow, quick))) == [200, 200]
    await house.post.inbox.finish()
    assert house.post.served == ["долго", "быстро"]


async def test_what_a_dead_process_left_is_not_served_again_when_it_is_posted(house: House, anna: Visitor) -> None:
    house.settle()
    house.post.handle = Gate("долго")
    (update,) = await said(house, anna, "долго")
    await house.posts(update)
    for task in [task for task in asyncio.all_tasks() if task.get_name().startswith("update-")]:
        task.cancel()
    house.webhook._inbox = after = Post(house.post.db, house.post.world, house.post.bot).inbox
    assert await after.replay() == 1
    await after.finish()
    assert await house.posts(update) == 200
    assert await house.post.rows() == {}
    assert update.update_id in after._recent


async def test_two_posts_of_one_person_are_taken_one_after_another(
    house: House, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message and a tap come over two connections; the second begins when the first is confirmed."""
    monkeypatch.setattr(inbox_module, "MOMENT_SECONDS", 0.3)
    house.settle()
    boris = house.post.world.visitor("Борис")
    house.post.handle = gate = Gate("раз", "два", "три")
    first, second = await said(house, anna, "раз", "два")
    (other,) = await said(house, boris, "три")
    posted = [asyncio.create_task(house.posts(update)) for update in (first, second, other)]
    await until(lambda: {"раз", "три"} <= set(gate.reached))
    await asyncio.sleep(0.1)
    assert second.update_id not in house.post.inbox._recent, "it is not begun"
    assert await house.post.rows() == {}
    assert await asyncio.gather(*posted) == [200] * 3
    assert await house.post.rows() == {"раз": 0, "два": 0, "три": 0}
    gate.open.set()
    await house.post.inbox.finish()
    assert [text for text in house.post.served if text != "три"] == ["раз", "два"]


async def test_no_more_are_begun_while_too_many_are_in_flight(
    house: House, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "MOST_IN_FLIGHT", 2)
    house.settle()
    house.post.handle = gate = Gate("долго")
    people = [house.post.world.visitor(f"Человек {number}") for number in range(3)]
    updates = [(await said(house, person, "долго"))[0] for person in people]
    assert await asyncio.gather(*(house.posts(update) for update in updates[:2])) == [200, 200]
    third = asyncio.create_task(house.posts(updates[2]))
    await asyncio.sleep(0.1)
    assert len(gate.reached) == 2
    gate.open.set()
    assert await third == 200


async def test_numbers_are_not_remembered_for_ever(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "MOST_RECENT", 3)
    house.settle()
    for letter in "abcde":
        (update,) = await said(house, house.post.world.visitor(letter), letter)
        await house.posts(update)
    assert list(house.post.inbox._recent) == [update.update_id for update in (await house.given())[-3:]]
    assert len(house.webhook._turns) == 0
    assert house.webhook._came_since_start == set()


# --- after a start


async def test_in_the_first_minutes_an_update_is_stored_before_it_is_served(house: House, anna: Visitor) -> None:
    """It may be the one that killed the last process; what is stored is counted."""
    stored: list[dict[str, int]] = []

    async def look(update: Update) -> None:
        stored.append(await house.post.rows())

    house.post.handle = look
    (update,) = await said(house, anna, "раз")
    assert await house.posts(update) == 200
    await house.post.inbox.finish()
    assert stored == [{"раз": 0}]
    assert await house.post.rows() == {}


async def test_only_the_first_of_a_person_may_have_been_served_before(house: House, anna: Visitor) -> None:
    boris, vera = house.post.world.visitor("Борис"), house.post.world.visitor("Вера")
    house.webhook._started_at = datetime.now(UTC) + timedelta(seconds=5)
    for update in [*await said(house, anna, "раз", "два"), *await said(house, boris, "три")]:
        await house.posts(update)
    house.webhook._started_at = datetime.now(UTC) - timedelta(seconds=5)
    (fresh,) = await said(house, vera, "написано после начала")
    await house.posts(fresh)
    assert house.post.served == ["раз", "два", "три", "написано после начала"]
    assert house.post.replayed == ["раз", "три"]


async def test_the_first_tap_too_may_have_been_served_before_the_first_message(house: House, anna: Visitor) -> None:
    """They come over two connections, in any order."""
    message = (await anna.says("раз"))[0]
    await anna.presses(message, "x")
    await anna.presses(message, "x")
    said_, first_tap, second_tap = await house.given()
    house.webhook._started_at = datetime.now(UTC) + timedelta(seconds=5)
    judged = [house.webhook._judge(update, anna.id) for update in (first_tap, said_, second_tap)]
    assert judged == [(True, True), (True, True), (True, False)]


async def test_posts_wait_until_what_a_dead_process_left_is_begun(house: House, anna: Visitor) -> None:
    house.webhook._ready.clear()
    (update,) = await said(house, anna, "раз")
    answer = asyncio.create_task(house.posts(update))
    await asyncio.sleep(0.1)
    assert house.post.served == []
    serving = asyncio.create_task(house.webhook.serve())
    assert await answer == 200
    assert house.post.served == ["раз"]
    house.post.stop.set()
    await serving
