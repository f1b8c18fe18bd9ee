"""Updates are served beside each other and in order, Telegram is asked again, nothing is remembered of what is done."""

from __future__ import annotations

import asyncio
import gc

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.types import Update
from structlog.testing import capture_logs

from bot.inbox import MOST_ATTEMPTS, MOST_IN_FLIGHT
from models import Database
from sandbox import Visitor
from tests.support.post import Gate, Post, make_post, past_the_first_batch, says, text_of, until


@pytest.fixture
def post(db: Database) -> Post:
    return make_post(db)


@pytest.fixture
def anna(post: Post) -> Visitor:
    return post.world.visitor("Анна")


# --- beside each other


async def test_one_slow_person_delays_nobody_and_keeps_their_own_order(post: Post, anna: Visitor) -> None:
    await past_the_first_batch(post)
    boris = post.world.visitor("Борис")
    post.handle = gate = Gate("долго")
    await says(anna, "долго", "потом")
    await says(boris, "быстро")
    await post.takes()
    assert post.served == ["быстро"]
    gate.open.set()
    await post.inbox.finish()
    assert post.served == ["быстро", "долго", "потом"]


async def test_a_fault_in_one_handler_stops_nobody(post: Post, anna: Visitor) -> None:
    async def fail(update: Update) -> None:
        if text_of(update) == "ошибка":
            raise ValueError("a fault")

    post.handle = fail
    await says(anna, "ошибка", "дальше")
    with capture_logs() as logs:
        await post.takes()
        await post.inbox.finish()
    assert post.served == ["дальше"]
    assert [log["event"] for log in logs] == ["update-failed"]
    assert await post.rows() == {}


async def test_nothing_is_kept_of_a_thousand_people(post: Post) -> None:
    people = [post.world.visitor(f"Человек {number}") for number in range(1000)]
    post.handle = gate = Gate("500", "501", "502")
    for number, person in enumerate(people):
        await person.says(str(number))
    polling = asyncio.create_task(post.inbox.poll())
    await until(lambda: len(post.served) == 997)
    assert post.inbox.remembered == 3
    gate.open.set()
    await until(lambda: len(post.served) == 1000)
    post.stop.set()
    await polling
    assert await post.inbox.finish() == 0
    gc.collect()
    assert post.inbox.remembered == 0
    assert post.isolation.held == 0
    assert await post.rows() == {}
    assert await post.given() == []


async def test_no_more_are_taken_while_too_many_are_in_flight(post: Post) -> None:
    people = [post.world.visitor(f"Человек {number}") for number in range(MOST_IN_FLIGHT + 150)]
    post.handle = gate = Gate("ждёт")
    for person in people:
        await person.says("ждёт")
    polling = asyncio.create_task(post.inbox.poll())
    await until(lambda: len(gate.reached) >= MOST_IN_FLIGHT)
    await asyncio.sleep(0.1)
    assert len(gate.reached) < MOST_IN_FLIGHT + 100
    post.stop.set()
    async with asyncio.timeout(1):
        await polling
    gate.open.set()
    assert await post.inbox.finish() == 0


# --- the end


async def test_what_does_not_finish_in_time_is_served_at_the_next_start(post: Post, anna: Visitor) -> None:
    await past_the_first_batch(post)
    post.handle = Gate("вечно")
    await says(anna, "вечно")
    await post.takes()
    assert await post.inbox.finish(timeout_seconds=0.05) == 1
    assert await post.rows() == {"вечно": 0}
    process = post
    for _ in range(MOST_ATTEMPTS + 1):  # a stop is no crash: nobody is put aside for it
        process = await process.dies()
        process.handle = Gate("вечно")
        assert await process.inbox.replay() == 1
        assert await process.inbox.finish(timeout_seconds=0.01) == 1
    after = await process.dies()
    assert await after.inbox.replay() == 1
    await after.inbox.finish()
    assert after.served == ["вечно"]


async def test_polling_ends_at_once_when_told_to_and_confirms_what_was_served(post: Post, anna: Visitor) -> None:
    polling = asyncio.create_task(post.inbox.poll())
    await says(anna, "привет")
    await until(lambda: post.served)
    post.stop.set()
    async with asyncio.timeout(1):
        await polling
    assert await post.given() == []


# --- Telegram out of reach


@pytest.mark.parametrize(("code", "retry_after", "pauses"), [(502, 0, [0.01, 0.02]), (429, 1, [1.0]), (409, 0, [0.01])])
async def test_polling_is_tried_again(
    code: int, retry_after: int, pauses: list[float], post: Post, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.patience.FIRST_PAUSE_SECONDS", 0.01)
    post.world.fail_next("getUpdates", code, times=len(pauses), retry_after=retry_after)
    await says(anna, "привет")
    with capture_logs() as logs:
        polling = asyncio.create_task(post.inbox.poll())
        await until(lambda: post.served)
        post.stop.set()
        await polling
    assert [log["retry_in_seconds"] for log in logs if log["event"] == "no-updates"] == [
        round(pause, 1) for pause in pauses
    ]
    assert logs[-1]["event"] == "updates-again"
    assert ("one token serves one process" in str(logs)) == (code == 409)


async def test_a_revoked_token_ends_polling(post: Post) -> None:
    post.world.fail_next("getUpdates", 401)
    with pytest.raises(TelegramUnauthorizedError):
        await post.inbox.poll()


async def test_the_last_batch_stays_unconfirmed_when_telegram_is_gone_at_the_end(post: Post, anna: Visitor) -> None:
    await says(anna, "привет")
    await post.takes()
    post.world.fail_next("getUpdates", 500)
    post.stop.set()
    with capture_logs() as logs:
        await post.inbox.poll()
    assert [log["event"] for log in logs] == ["not-confirmed"]


# --- what is stored can be read back


async def test_every_kind_of_update_survives_being_stored(post: Post, anna: Visitor) -> None:
    await anna.says("/start")
    shown = await post.bot.send_message(anna.id, "<b>Меню</b>", parse_mode="HTML")
    (said,) = await anna.replies(anna.screen, "ответ <b>жирный</b> 😀")
    await anna.edits(said, "исправлено")
    await anna.forwards(anna.screen)
    await anna.sends_photo(caption="фото")
    await anna.sends_file("план.pdf", b"%PDF-1.4")
    await anna.sends_voice()
    await anna.sends_album([("document", "a.txt", b"a"), ("document", "b.txt", b"b")], "альбом")
    await anna.presses(anna.screen, "m")
    await anna._send_press(shown.message_id, "m", inaccessible=True)
    await anna.blocks()
    await anna.unblocks()
    updates = await post.given()
    assert {update.event_type for update in updates} == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    for update in updates:
        stored = update.model_dump_json(exclude_unset=True)
        assert Update.model_validate_json(stored, context={"bot": post.bot}) == update
