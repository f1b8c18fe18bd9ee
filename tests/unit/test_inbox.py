"""No update is lost, and none is served twice without need, whenever the process dies."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiogram.types import Message, Update
from sqlalchemy import Delete, delete
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import inbox as inbox_module
from bot.inbox import MOST_ATTEMPTS
from models import Database, InboxUpdate
from sandbox import Visitor
from tests.support.post import Gate, Post, make_post, past_the_first_batch, says, text_of, until


@pytest.fixture
def post(db: Database) -> Post:
    return make_post(db)


@pytest.fixture
def anna(post: Post) -> Visitor:
    return post.world.visitor("Анна")


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
    post.db.after_commit(lambda _notes: commits.append(None))
    for letter in "abcdef":
        await post.world.visitor(letter).says(letter)
    await post.takes()
    assert post.served == [*"abcdef"]
    assert commits == []


async def test_what_many_finish_at_once_is_removed_at_once(post: Post) -> None:
    await past_the_first_batch(post)
    post.handle = gate = Gate("ждёт")
    for number in range(50):
        await post.world.visitor(f"Человек {number}").says("ждёт")
    await post.takes()
    commits: list[None] = []
    post.db.after_commit(lambda _notes: commits.append(None))
    async with post.db.write():  # somebody else writes meanwhile
        gate.open.set()
        await until(lambda: len(post.served) == 50)
    assert await post.inbox.finish() == 0
    assert await post.rows() == {}
    assert len(commits) <= 4, "theirs, the first one's, the others' together; one to spare"
    assert post.inbox.remembered == 0


async def test_what_could_not_be_removed_does_not_keep_the_rest(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    await past_the_first_batch(post)
    post.handle = gate = Gate("первое", "второе")
    await says(post.world.visitor("Анна"), "первое")
    await says(post.world.visitor("Борис"), "второе")
    await post.takes()
    monkeypatch.setattr(inbox_module, "delete", _Refusing(delete))
    gate.open.set()
    with capture_logs() as logs:
        assert await post.inbox.finish() == 0
    assert [log["event"] for log in logs] == ["not-forgotten"]
    assert await post.rows() == {"первое": 0}, "served again at the next start"


class _Refusing:
    """The first statement that is asked for cannot be had."""

    def __init__(self, make: Callable[[type[InboxUpdate]], Delete]) -> None:
        self._make = make
        self._refused = False

    def __call__(self, table: type[InboxUpdate]) -> Delete:
        if not self._refused:
            self._refused = True
            raise OperationalError("DELETE", {}, Exception("disk full"))
        return self._make(table)


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
