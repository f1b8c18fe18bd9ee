"""No update is lost, none is served twice without need, and nothing is remembered of those that are done."""

from __future__ import annotations

import asyncio
import gc
import operator
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.types import Message, Update
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import inbox as inbox_module
from bot.app import make_bot
from bot.inbox import MOST_ATTEMPTS, MOST_IN_FLIGHT, Inbox
from bot.isolation import WeakIsolation
from models import Database, InboxUpdate
from sandbox import InProcessSession, Visitor, World

Handle = Callable[[Update], Awaitable[None]]


@dataclass
class Post:
    """A Telegram, a bot that writes down what it serves, and its inbox; `dies` plays kill -9."""

    db: Database
    world: World
    bot: Bot
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    served: list[str] = field(default_factory=list)
    replayed: list[str] = field(default_factory=list)
    isolation: WeakIsolation = field(default_factory=WeakIsolation)
    handle: Handle | None = None

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(events_isolation=self.isolation)
        self.dispatcher.message.register(self._serve)
        self.inbox = Inbox(self.db, self.bot, self.dispatcher, self.stop)

    async def _serve(self, message: Message, event_update: Update, replayed: bool) -> None:
        update = event_update
        if self.handle is not None:
            await self.handle(update)
        self.served.append(text_of(update))
        if replayed:
            self.replayed.append(text_of(update))

    async def given(self) -> list[Update]:
        """What Telegram gives at this moment, without confirming anything."""
        return await self.bot.get_updates()

    async def takes(self) -> None:
        """One round of polling."""
        await self.inbox.take(await self.given())

    async def rows(self) -> dict[str, int]:
        """The stored updates, by their text, with the attempts counted."""
        async with self.db.read() as session:
            rows = await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))
            return {text_of(Update.model_validate_json(row.payload)): row.attempts for row in rows}

    async def dies(self) -> Post:
        """The process is gone in the middle of whatever it does; gives the next one over the same database."""
        for task in [task for task in asyncio.all_tasks() if task.get_name().startswith("update-")]:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        return Post(self.db, self.world, self.bot)


def text_of(update: Update) -> str:
    return (update.message and update.message.text) or ""


@pytest.fixture
def post(db: Database) -> Post:
    world = World()
    account = world.add_bot()
    return Post(db, world, make_bot(account.token, InProcessSession(world)))


@pytest.fixture
def anna(post: Post) -> Visitor:
    return post.world.visitor("Анна")


async def says(person: Visitor, *texts: str) -> None:
    for text in texts:
        await person.says(text)


class Gate:
    """Handlers of these texts wait until `open`."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.reached: list[str] = []
        self.open = asyncio.Event()

    async def __call__(self, update: Update) -> None:
        if text_of(update) in self.texts:
            self.reached.append(text_of(update))
            await self.open.wait()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # conditions of many kinds, none of which tells when it changes
            await asyncio.sleep(0.001)


async def past_the_first_batch(post: Post) -> None:
    await post.inbox.take([])


async def _message(post: Post, person: Visitor) -> Message:
    await person.says("старое")
    (update,) = await post.given()
    await post.bot.get_updates(offset=update.update_id + 1)
    assert update.message is not None
    return update.message


# --- confirmed only when finished or stored


async def test_an_update_that_takes_long_is_stored_until_it_is_finished(post: Post, anna: Visitor) -> None:
    await past_the_first_batch(post)
    post.handle = gate = Gate("долго")
    await says(anna, "долго")
    await post.takes()
    assert await post.rows() == {"долго": 0}
    assert post.served == []
    gate.open.set()
    assert await post.inbox.finish() == 0
    assert post.served == ["долго"]
    assert await post.rows() == {}


async def test_quick_updates_cost_no_write(post: Post) -> None:
    await past_the_first_batch(post)
    commits: list[None] = []
    post.db.after_commit(lambda: commits.append(None))
    for letter in "abcdef":
        await post.world.visitor(letter).says(letter)
    await post.takes()
    assert post.served == [*"abcdef"]
    assert commits == []


async def test_nothing_is_confirmed_that_is_neither_finished_nor_stored(
    post: Post, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses for a while: the inbox waits for it, or for the handlers, whichever comes first."""
    await past_the_first_batch(post)
    monkeypatch.setattr("bot.patience.FIRST_PAUSE_SECONDS", 0.01)
    refused = 0
    store = post.inbox._store

    async def refuse(updates: list[Update]) -> None:
        nonlocal refused
        refused += 1
        if refused < 3:
            raise OperationalError("INSERT", {}, Exception("disk full"))
        await store(updates)

    monkeypatch.setattr(post.inbox, "_store", refuse)
    post.handle = gate = Gate("долго")
    await says(anna, "долго")
    with capture_logs() as logs:
        await post.takes()
    assert refused == 3
    assert [log["event"] for log in logs] == ["not-stored", "not-stored"]
    assert await post.rows() == {"долго": 0}
    gate.open.set()
    await post.inbox.finish()
    assert await post.rows() == {}


async def test_told_to_stop_while_the_database_refuses_it_leaves_the_updates_to_telegram(
    post: Post, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(updates: list[Update]) -> None:
        post.stop.set()
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(post.inbox, "_store", refuse)
    await says(anna, "привет")
    async with asyncio.timeout(5):
        await post.takes()
        await post.inbox.poll()
    assert post.served == []
    assert await post.inbox.finish() == 0
    assert [text_of(update) for update in await post.given()] == ["привет"]


# --- after a crash


async def test_what_a_dead_process_left_is_served_first_and_in_order(post: Post, anna: Visitor) -> None:
    post.handle = Gate("раз")
    await says(anna, "раз", "два", "три")
    await post.takes()
    after = await post.dies()
    await says(anna, "четыре")
    assert await after.inbox.replay() == 3
    await after.takes()
    await after.inbox.finish()
    assert after.served == ["раз", "два", "три", "четыре"]
    assert after.replayed == ["раз", "два", "три", "четыре"], "the first of a person in the first batch may be one too"
    assert await after.rows() == {}


async def test_stored_but_unconfirmed_updates_are_served_once(post: Post, anna: Visitor) -> None:
    post.handle = Gate("раз", "два")
    await says(anna, "раз", "два")
    updates = await post.given()
    post.world.fail_next("getUpdates", 502)  # stored, but the confirmation does not come through
    await post.inbox.take(updates)
    assert len(await post.given()) == 2
    after = await post.dies()
    await after.inbox.replay()
    assert await after.given() == []
    await after.inbox.finish()
    assert after.served == ["раз", "два"]


async def test_a_failed_confirmation_is_made_up_for(post: Post, anna: Visitor) -> None:
    post.handle = Gate("раз")
    await says(anna, "раз")
    await post.takes()
    after = await post.dies()
    after.world.fail_next("getUpdates", 502)
    with capture_logs() as logs:
        await after.inbox.replay()
    assert [log["event"] for log in logs] == ["not-confirmed"]
    await says(anna, "два")
    polling = asyncio.create_task(after.inbox.poll())
    await until(lambda: len(after.served) == 2)
    after.stop.set()
    await polling
    assert after.served == ["раз", "два"]


async def test_after_a_quiet_week_telegram_counts_anew(post: Post, anna: Visitor) -> None:
    """A lower number then must not be taken for one that was served long ago."""
    update = Update(update_id=10**9, message=(await _message(post, anna)))
    async with post.db.write() as session:
        session.add(
            InboxUpdate(
                update_id=update.update_id,
                payload=update.model_dump_json(exclude_unset=True),
                received_at=datetime.now(UTC) - timedelta(days=8),
            )
        )
    await says(anna, "новое")
    assert await post.inbox.replay() == 1
    assert "новое" in [text_of(update) for update in await post.given()]
    await post.inbox.finish()
    assert post.served == ["старое"]


async def test_the_first_batch_is_stored_and_confirmed_before_it_is_served(post: Post, anna: Visitor) -> None:
    """An update that kills at once would otherwise be given again for ever, uncounted."""
    stored: list[dict[str, int]] = []

    async def look(update: Update) -> None:
        stored.append(await post.rows())
        assert text_of(update) == "три" or await post.given() == []

    post.handle = look
    await says(anna, "раз", "два")
    await post.takes()
    await post.inbox.finish()
    assert stored[0] == {"раз": 0, "два": 0}
    assert await post.rows() == {}
    assert post.replayed == ["раз"], "served once already perhaps; the second of two taps is told apart"
    await says(anna, "три")
    await post.inbox.take((await post.given())[-1:])
    assert post.replayed == ["раз"]


async def test_two_updates_of_one_person_do_not_come_again_together(post: Post, anna: Visitor) -> None:
    """Served again after the second one, the first would answer another question."""
    await past_the_first_batch(post)
    stored: list[dict[str, int]] = []
    waiting: list[list[Update]] = []

    async def look(update: Update) -> None:
        stored.append(await post.rows())
        waiting.append(await post.given())

    post.handle = look
    await says(anna, "раз", "два")
    await post.takes()
    await post.inbox.finish()
    assert stored == [{"раз": 0, "два": 0}, {"два": 0}]
    assert waiting == [[], []]
    assert post.replayed == []


async def test_only_the_culprit_is_put_aside(post: Post, anna: Visitor) -> None:
    """Three people wait when Olga's update kills the process, and kills it at every start again."""
    olga, boris = post.world.visitor("Ольга"), post.world.visitor("Борис")
    await says(anna, "до")
    await says(olga, "яд")
    await says(boris, "после")
    post.handle = Gate("до", "яд", "после")
    await post.takes()
    process, served = post, []
    for attempts in range(1, MOST_ATTEMPTS + 1):
        process = await process.dies()
        # At the first start all three are served beside each other, and none is finished when the process dies.
        process.handle = gate = Gate("до", "яд", "после") if attempts == 1 else Gate("яд")
        replaying = asyncio.create_task(process.inbox.replay())
        await until(partial(operator.contains, gate.reached, "яд"))
        assert (await process.rows())["яд"] == attempts
        replaying.cancel()
        await asyncio.gather(replaying, return_exceptions=True)
        served += process.served
    process = await process.dies()
    with capture_logs() as logs:
        await process.inbox.replay()
        await process.inbox.finish()
    served += process.served
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["update-put-aside"]
    assert await process.given() == []
    assert served == ["до", "после"]
    assert await process.rows() == {"яд": MOST_ATTEMPTS}


async def test_an_update_that_cannot_be_read_is_put_aside_and_forgotten_after_two_days(post: Post) -> None:
    async with post.db.write() as session:
        session.add(InboxUpdate(update_id=7, payload='{"update_id": "?"}', received_at=datetime.now(UTC)))
    with capture_logs() as logs:
        assert await post.inbox.replay() == 0
    assert [(log["event"], log["update_id"]) for log in logs] == [("update-put-aside", 7)]
    assert "?" not in str(logs)
    async with post.db.write() as session:
        row = await session.get_one(InboxUpdate, 7)
        assert row.attempts == MOST_ATTEMPTS
        row.received_at -= timedelta(days=3)
    with capture_logs() as logs:
        assert await (await post.dies()).inbox.replay() == 0
    assert logs == []
    assert await post.rows() == {}


async def test_a_row_that_could_not_be_removed_is_only_served_again(
    post: Post, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past_the_first_batch(post)
    post.handle = gate = Gate("долго")
    await says(anna, "долго")
    await post.takes()
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(post.inbox, "_db", None)
        patch.setattr(inbox_module, "DATABASE_ERRORS", (AttributeError,))
        gate.open.set()
        assert await post.inbox.finish() == 0
    assert [log["event"] for log in logs] == ["not-forgotten"]
    after = await post.dies()
    await after.inbox.replay()
    await after.inbox.finish()
    assert after.replayed == ["долго"]


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
    after = await post.dies()
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
