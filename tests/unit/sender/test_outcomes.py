"""The sender against a Telegram that refuses, loses, limits and blocks: whatever happens, each row ends where it belongs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, SendMessage, TelegramMethod
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

import bot.settler
from jobs import DRAWS, Later
from models import Notification, NotificationState, Person, SentMessage
from sandbox import Visitor
from sandbox.pictures import plain_png
from screens.l10n import L10n
from screens.screen import Media, Screen
from services import notifications
from services.notifications import MOST_ATTEMPTS, NETWORK_ATTEMPTS, REFUSED_ATTEMPTS
from tests.support.house import House
from tests.support.notices import KIND, Rows, enrolled, heard, retried_till_settled

SENT, PENDING, FAILED, BLOCKED, CANCELLED = (
    NotificationState.SENT,
    NotificationState.PENDING,
    NotificationState.FAILED,
    NotificationState.BLOCKED,
    NotificationState.CANCELLED,
)


async def test_a_row_becomes_messages_that_can_be_found_again(house: House, anna: Visitor, rows: Rows) -> None:
    notification_id = await rows.put(anna, "первая", "вторая")
    assert await house.delivers() == 1
    assert heard(anna) == ["первая", "вторая"]
    row = await rows.get(notification_id)
    assert (row.state, row.attempts, row.maybe_twice, row.error, row.lease_until) == (SENT, 1, False, None, None)
    async with house.db.read() as session:
        for part in anna.messages[-2:]:
            found = await notifications.answered_by_reply(session, anna.id, part.message_id)
            assert found is not None
            assert found.id == notification_id


async def test_who_blocked_the_bot_is_marked_and_not_called_again_until_they_come_back(
    house: House, anna: Visitor, rows: Rows
) -> None:
    # Blocked without the bot being told, as after a downtime.
    house.world.state.dialogues.put(replace(anna.dialogue, blocked=True))
    first = await rows.put(anna, "раз")
    await house.delivers()
    assert (await rows.get(first)).state is BLOCKED
    assert (await rows.person(anna)).blocked_at is not None
    calls = len(house.world.calls)
    second = await rows.put(anna, "два")
    await house.delivers()
    assert (await rows.get(second)).state is BLOCKED
    assert len(house.world.calls) == calls, "no call for somebody who is known to have blocked the bot"
    await anna.unblocks()
    await anna.says("/start")
    third = await rows.put(anna, "три")
    await house.delivers()
    assert (await rows.get(third)).state is SENT
    assert heard(anna)[-1] == "три"


async def test_a_deleted_account_counts_as_blocked(house: House, anna: Visitor, rows: Rows) -> None:
    await anna.deletes_account()
    notification_id = await rows.put(anna, "раз")
    await house.delivers()
    assert (await rows.get(notification_id)).state is BLOCKED


@pytest.mark.parametrize("words", ["chat not found", "PEER_ID_INVALID", "user is deactivated"])
async def test_so_do_the_other_words_for_somebody_gone(house: House, anna: Visitor, rows: Rows, words: str) -> None:
    house.world.fail_next("sendMessage", code=400, description=f"Bad Request: {words}")
    notification_id = await rows.put(anna, "раз")
    await house.delivers()
    assert (await rows.get(notification_id)).state is BLOCKED


async def test_too_many_requests_waits_as_long_as_it_takes_and_is_no_failure(
    house: House, anna: Visitor, rows: Rows
) -> None:
    house.world.fail_next("sendMessage", code=429, retry_after=100, times=3 * MOST_ATTEMPTS)
    notification_id = await rows.put(anna, "раз")
    assert await retried_till_settled(house, rows, notification_id) == 3 * MOST_ATTEMPTS + 1
    row = await rows.get(notification_id)
    assert (row.state, row.attempts, row.maybe_twice) == (SENT, 1, False)
    assert heard(anna) == ["раз"]


async def test_a_lost_answer_is_retried_and_reported_as_perhaps_twice(house: House, anna: Visitor, rows: Rows) -> None:
    house.world.fail_next("sendMessage", code="drop")
    notification_id = await rows.put(anna, "раз")
    await retried_till_settled(house, rows, notification_id)
    row = await rows.get(notification_id)
    assert (row.state, row.maybe_twice) == (SENT, True)
    assert heard(anna) == ["раз", "раз"]


async def test_a_connection_that_was_never_made_cannot_have_delivered(house: House, anna: Visitor, rows: Rows) -> None:
    async def unreachable(
        make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        raise TelegramNetworkError(method=method, message="ClientConnectorError: Cannot connect to host")

    house.bot.session.middleware(unreachable)
    notification_id = await rows.put(anna, "раз")
    await house.delivers()
    row = await rows.get(notification_id)
    assert (row.state, row.maybe_twice) == (PENDING, False)


async def test_a_telegram_out_of_reach_is_tried_for_hours_then_given_up(
    house: House, anna: Visitor, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    house.world.fail_next("sendMessage", code=502, times=1000)
    notification_id = await rows.put(anna, "раз", urgent=True)
    begun = house.clock.now()
    assert await retried_till_settled(house, rows, notification_id) == NETWORK_ATTEMPTS
    assert house.clock.now() - begun > timedelta(hours=6)
    row = await rows.get(notification_id)
    assert row.state is NotificationState.UNKNOWN, "502: the gateway knows not what became of the message"
    assert row.error
    assert "notification-given-up" in capsys.readouterr().out


async def test_what_telegram_refuses_is_given_up_soon(
    house: House, anna: Visitor, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    notification_id = await rows.put(anna, "<b>не закрыто")
    other = await rows.put(anna, "целое")
    assert await retried_till_settled(house, rows, notification_id) >= REFUSED_ATTEMPTS
    assert (await rows.get(notification_id)).state is FAILED
    assert (await rows.get(other)).state is SENT, "the others do not suffer"
    assert "notification-given-up" in capsys.readouterr().out


async def test_a_drawer_that_raises_is_retried_logged_and_given_up(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*arguments: object) -> list[Screen]:
        raise KeyError("texts")

    monkeypatch.setitem(DRAWS, "broken-kind", broken)
    notification_id = await rows.put(anna, "раз", kind="broken-kind")
    other = await rows.put(anna, "целое")
    assert await retried_till_settled(house, rows, notification_id) >= MOST_ATTEMPTS
    row = await rows.get(notification_id)
    assert (row.state, row.error) == (FAILED, "KeyError")
    assert (await rows.get(other)).state is SENT
    assert "notification-failed" in capsys.readouterr().out
    assert heard(anna) == ["целое"]


async def test_a_kind_of_a_newer_version_waits_for_it_untouched(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    notification_id = await rows.put(anna, "раз", kind="of-tomorrow")
    for _ in range(3):
        house.passes(timedelta(hours=1))
        assert await house.sender.send_due() == 0
    row = await rows.get(notification_id)
    assert (row.state, row.attempts) == (PENDING, 0)
    monkeypatch.setitem(DRAWS, "of-tomorrow", DRAWS[KIND])
    await house.delivers()
    assert heard(anna) == ["раз"]


async def test_nothing_left_to_say_is_cancelled_and_what_cannot_be_said_yet_waits(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = house.clock.now() + timedelta(minutes=20)

    async def wait(session: AsyncSession, row: Notification, person: Person, t: L10n, now: datetime) -> Later | None:
        return Later(later) if now < later else None

    monkeypatch.setitem(DRAWS, "waiting-kind", wait)
    notification_id = await rows.put(anna, "раз", kind="waiting-kind")
    await house.delivers()
    row = await rows.get(notification_id)
    assert (row.state, row.next_at, row.attempts) == (PENDING, later, 0)
    house.passes(timedelta(minutes=21))
    await house.delivers()
    assert (await rows.get(notification_id)).state is CANCELLED
    assert heard(anna) == []


async def test_whoever_is_gone_from_the_database_or_has_no_chat_is_passed_over(
    house: House, anna: Visitor, rows: Rows
) -> None:
    notification_id = await rows.put(anna, "раз")
    async with house.db.write() as session:
        await session.execute(update(Person).where(Person.telegram_id == anna.id).values(telegram_id=None))
    await house.delivers()
    assert (await rows.get(notification_id)).state is CANCELLED


async def test_quiet_hours_hold_all_but_the_urgent_and_keep_the_order(house: House, anna: Visitor, rows: Rows) -> None:
    async with house.db.write() as session:
        await session.execute(update(Person).where(Person.telegram_id == anna.id).values(time_zone="Asia/Vladivostok"))
    house.passes(timedelta(hours=8))  # 18:00 in the centre, 23:00 in Vladivostok
    now = house.clock.now()
    second = await rows.put(anna, "второе", due_at=now - timedelta(minutes=1))
    first = await rows.put(anna, "первое", due_at=now - timedelta(minutes=2))
    urgent = await rows.put(anna, "срочное", urgent=True)
    await house.delivers()
    assert heard(anna) == ["срочное"]
    assert (await rows.get(urgent)).state is SENT
    row = await rows.get(first)
    assert (row.state, row.attempts, row.due_at) == (PENDING, 0, now - timedelta(minutes=2))
    house.passes(row.next_at - house.clock.now() - timedelta(minutes=1))
    await house.delivers()
    assert heard(anna) == ["срочное"]
    house.passes(timedelta(minutes=1))
    await house.delivers()
    assert heard(anna) == ["срочное", "первое", "второе"]
    assert (await rows.get(second)).state is SENT


async def test_one_person_hears_things_in_the_order_in_which_they_were_said(
    house: House, anna: Visitor, rows: Rows
) -> None:
    async def slow_first(
        make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        if isinstance(method, SendMessage) and method.text == "0":
            await asyncio.sleep(0.05)
        return await make_request(bot, method)

    house.bot.session.middleware(slow_first)
    for number in range(10):
        await rows.put(anna, str(number))
    await house.delivers()
    assert heard(anna) == [str(number) for number in range(10)]


@pytest.mark.parametrize(("first", "second"), [(500, 429), (429, 500), (429, 429)])
async def test_what_broke_off_in_the_middle_goes_on_where_it_stopped(
    first: int, second: int, house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = await anna.sends_album([("photo", f"{n}.png", plain_png()) for n in range(3)])
    media = tuple(Media("photo", photo.file.file_id) for photo in photos if photo.file is not None)

    async def draw(*arguments: object) -> list[Screen]:
        return [Screen("начало"), Screen("под снимками", media=media), Screen("конец")]

    monkeypatch.setitem(DRAWS, "long-kind", draw)
    before = len(anna.messages)
    notification_id = await rows.put(anna, kind="long-kind")
    house.world.fail_next("sendMediaGroup", code=first)
    await house.delivers()
    assert [message.text for message in anna.messages[before:]] == ["начало"]
    house.passes(timedelta(minutes=1))
    house.world.fail_next("sendMessage", code=second, retry_after=5)
    await house.delivers()
    await retried_till_settled(house, rows, notification_id)
    assert [message.text for message in anna.messages[before:]] == ["начало", "", "", "", "под снимками", "конец"]
    async with house.db.read() as session:
        parts = list(await session.scalars(select(SentMessage).order_by(SentMessage.part)))
    assert [part.message_id for part in parts] == [message.message_id for message in anna.messages[before:]]
    assert [part.part for part in parts] == list(range(6))


async def test_a_message_that_is_out_is_settled_though_the_database_fails_for_a_moment(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.settler, "SETTLE_PAUSES", (0.01, 0.01))
    failures = [1, 2]

    def refuse(connection: Any, cursor: Any, statement: str, *arguments: Any) -> None:
        if statement.startswith("UPDATE notifications") and "settled_at" in statement and failures:
            failures.pop()
            raise OperationalError("disk full", None, Exception("disk full"))

    notification_id = await rows.put(anna, "раз")
    event.listen(house.db.engine.sync_engine, "before_cursor_execute", refuse)
    await house.delivers()
    event.remove(house.db.engine.sync_engine, "before_cursor_execute", refuse)
    assert not failures
    row = await rows.get(notification_id)
    assert (row.state, row.attempts) == (SENT, 1)
    assert heard(anna) == ["раз"]


async def test_whoever_withdrew_consent_hears_nothing_though_it_was_written_down(
    house: House, anna: Visitor, rows: Rows
) -> None:
    """An announcement may be confirmed in the very moment in which somebody leaves."""
    (boris,) = await enrolled(house, "Борис")
    async with house.db.write() as session:
        await session.execute(update(Person).where(Person.telegram_id == anna.id).values(registered_at=None))
    late, other = await rows.put(anna, "поздно"), await rows.put(boris, "вовремя")
    await house.delivers()
    assert heard(anna) == []
    assert heard(boris) == ["вовремя"]
    assert (await rows.get(late)).state is CANCELLED
    assert (await rows.get(other)).state is SENT
