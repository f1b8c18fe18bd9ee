"""Many rows at a time: read, drawn and written down together, and still none suffers for another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.methods import Response, SendMessage, TelegramMethod
from sqlalchemy import delete, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

import bot.sender
import bot.settler
from bot import pace
from bot.limiter import Limiter
from jobs import DRAWS, DRAWS_ALL, Drawn, Recipient, draws_all
from models import Database, Notification, NotificationState, Person, Priority
from sandbox import Visitor
from screens.l10n import L10n
from screens.screen import Screen
from tests.support.house import House, make_house
from tests.support.notices import Held, Rows, enrolled, heard, running, until

SENT, PENDING = NotificationState.SENT, NotificationState.PENDING
RATE = 30

TOGETHER = "told-together"


@pytest.fixture
def each_house(each_db: Database) -> House:
    """A house on either database."""
    return make_house(each_db)


@pytest.fixture
def drawn_together() -> Iterator[list[int]]:
    """A kind that is drawn for many at once; gives how many each time. «!» in a text is more than its drawer bears."""
    numbers: list[int] = []

    @draws_all(TOGETHER)
    async def draw(session: AsyncSession, recipients: Sequence[Recipient], now: datetime) -> Mapping[int, Drawn]:
        numbers.append(len(recipients))
        texts = {one.notification.id: one.notification.payload["texts"] for one in recipients}
        if any("!" in text for told in texts.values() for text in told):
            raise ValueError("!")
        return {row_id: [Screen(text) for text in told] for row_id, told in texts.items() if told}

    yield numbers
    del DRAWS[TOGETHER], DRAWS_ALL[TOGETHER]


async def _states(house: House) -> dict[NotificationState, int]:
    async with house.db.read() as session:
        query = select(Notification.state, func.count()).group_by(Notification.state)
        return dict((await session.execute(query)).all())


async def test_thirty_rows_are_read_and_written_in_a_handful_of_statements(
    house: House, rows: Rows, drawn_together: list[int]
) -> None:
    people = await enrolled(house, *(f"П{n}" for n in range(30)))
    for person in people:
        await rows.put(person, "раз", kind=TOGETHER)
    asked: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *arguments: Any) -> None:
        asked.append(statement)

    event.listen(house.db.engine.sync_engine, "before_cursor_execute", count)
    assert await house.sender.send_due() == 30
    event.remove(house.db.engine.sync_engine, "before_cursor_execute", count)
    assert all(heard(person) == ["раз"] for person in people)
    assert await _states(house) == {SENT: 30}
    assert drawn_together == [30]
    assert len(asked) < 15


async def test_who_is_left_out_is_told_nothing(
    house: House, anna: Visitor, rows: Rows, drawn_together: list[int]
) -> None:
    (boris,) = await enrolled(house, "Борис")
    nothing, something = await rows.put(anna, kind=TOGETHER), await rows.put(boris, "раз", kind=TOGETHER)
    await house.delivers()
    assert (await rows.get(nothing)).state is NotificationState.CANCELLED
    assert (await rows.get(something)).state is SENT
    assert (heard(anna), heard(boris)) == ([], ["раз"])


async def test_what_spoils_the_drawing_of_many_spoils_only_its_own(
    house: House, anna: Visitor, rows: Rows, drawn_together: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    boris, clara, dina = await enrolled(house, "Борис", "Клара", "Дина")
    good = [await rows.put(anna, "раз", kind=TOGETHER)]
    bad = await rows.put(boris, "!", kind=TOGETHER)
    good += [await rows.put(clara, "раз", kind=TOGETHER), await rows.put(dina, "два")]
    await house.sender.send_due()
    assert [(await rows.get(one)).state for one in good] == [SENT] * 3
    row = await rows.get(bad)
    assert (row.state, row.attempts, row.error) == (PENDING, 1, "ValueError")
    assert "notification-failed" in capsys.readouterr().out


async def test_a_drawer_that_fails_does_not_spoil_the_reading_of_those_after_it(
    each_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a statement that fails ends the transaction for everybody."""
    anna, boris = await enrolled(each_house, "Анна", "Борис")
    rows = Rows(each_house)

    async def broken(session: AsyncSession, row: Notification, person: Person, t: L10n, now: datetime) -> list[Screen]:
        await session.execute(select(func.no_such_function()))
        return []

    async def whole(session: AsyncSession, row: Notification, person: Person, t: L10n, now: datetime) -> list[Screen]:
        return [Screen(str(await session.scalar(select(Person.full_name).where(Person.id == person.id))))]

    monkeypatch.setitem(DRAWS, "broken-kind", broken)
    monkeypatch.setitem(DRAWS, "whole-kind", whole)
    bad, good = await rows.put(anna, kind="broken-kind"), await rows.put(boris, kind="whole-kind")
    await each_house.sender.send_due()
    assert (await rows.get(bad)).state is PENDING
    assert (await rows.get(good)).state is SENT
    assert heard(boris) == ["Блова Борис Петровна"]


async def test_an_outcome_that_cannot_be_written_is_no_other_rows_fault(
    each_house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody is deleted while their message is on its way: there is no row any more that its number could belong to."""
    monkeypatch.setattr(bot.settler, "SETTLE_PAUSES", ())
    people = await enrolled(each_house, "Анна", "Борис", "Клара")
    rows, held = Rows(each_house), Held()
    each_house.bot.session.middleware(held)
    ids = [await rows.put(person, "раз") for person in people]
    sending = asyncio.create_task(each_house.sender.send_due())
    await until(lambda: held.reached == 3)
    async with each_house.db.write() as session:
        await session.execute(delete(Person).where(Person.telegram_id == people[1].id))
    held.open.set()
    await sending
    for row_id in (ids[0], ids[2]):
        row = await rows.get(row_id)
        assert (row.state, row.maybe_twice) == (SENT, False)
    assert "notifications-not-settled-together" in capsys.readouterr().out


async def test_the_last_outcome_is_written_at_once(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outcomes are gathered only while others are to come."""
    monkeypatch.setattr(bot.settler, "GATHER_SECONDS", 60)
    (boris,) = await enrolled(house, "Борис")
    await rows.put(anna, "раз")
    await rows.put(boris, "раз")
    async with asyncio.timeout(5):
        await house.delivers()
    assert await _states(house) == {SENT: 2}


async def _most_ahead(house: House, seconds: float) -> int:
    """The most rows that were claimed at any moment and had not left for Telegram yet."""
    most = 0
    for _ in range(int(seconds / 0.05)):
        claimed = sum(number for state, number in (await _states(house)).items() if state is not PENDING)
        most = max(most, claimed - len([call for call in house.world.calls if call.method == "sendMessage"]))
        await asyncio.sleep(0.05)
    return most


async def test_little_is_claimed_ahead_of_the_limit(house: House, rows: Rows) -> None:
    """After a crash all that was claimed is in doubt."""
    people = await enrolled(house, *(f"П{n}" for n in range(120)))
    _put_limiter(house, RATE)
    for person in people:
        await rows.put(person, "раз", priority=Priority.ANNOUNCEMENT)
    async with running(house.sender):
        assert 0 < await _most_ahead(house, 2) <= RATE


async def test_a_slow_network_does_not_slow_the_sending(house: House, rows: Rows) -> None:
    """A second there and back: the limit is the limit, and not the round trip."""
    people = await enrolled(house, *(f"П{n}" for n in range(120)))
    left: list[float] = []

    async def slow(
        make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        if isinstance(method, SendMessage):
            left.append(asyncio.get_running_loop().time())
            await asyncio.sleep(1)
        return await make_request(bot, method)

    _put_limiter(house, RATE)
    house.bot.session.middleware(slow)
    for person in people:
        await rows.put(person, "раз", priority=Priority.ANNOUNCEMENT)
    async with running(house.sender):
        await until(lambda: len(left) >= 2.5 * RATE, timeout=10)
    assert left[2 * RATE] - left[0] == pytest.approx(2, rel=0.1)


def _put_limiter(house: House, rate: float) -> None:
    """The limiter stands before whatever else a test puts in, and before the note of who has left."""
    house.bot.session.middleware._middlewares.insert(0, Limiter(rate))


async def test_what_is_taken_back_while_it_waits_for_its_turn_is_not_said(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """«Too many requests» holds everybody; meanwhile the world changes."""
    monkeypatch.setattr(bot.sender, "FRESH_SECONDS", 0.2)
    boris, clara = await enrolled(house, "Борис", "Клара")
    _put_limiter(house, RATE)
    drawn: list[str] = []
    words = {"Борис": "старое", "Клара": "старое"}

    async def draw(session: AsyncSession, row: Notification, person: Person, t: L10n, now: datetime) -> Drawn:
        name = str(person.full_name).split()[1]
        drawn.append(name)
        return [Screen(words[name])] if name in words else None

    monkeypatch.setitem(DRAWS, "of-the-moment", draw)
    house.world.fail_next("sendMessage", code=429, retry_after=1)
    async with running(house.sender):
        await rows.put(anna, "раз")
        await until(lambda: bool(house.world.calls) and house.world.calls[-1].error_code == 429)
        kept, taken_back = await rows.put(boris, kind="of-the-moment"), await rows.put(clara, kind="of-the-moment")
        await until(lambda: drawn == ["Борис", "Клара"])
        words["Борис"] = "новое"
        del words["Клара"]
        await until(lambda: heard(boris) == ["новое"])
    assert (heard(anna), heard(clara)) == (["раз"], [])
    assert drawn == ["Борис", "Клара"] * 2
    for row_id, state in ((kept, SENT), (taken_back, NotificationState.CANCELLED)):
        row = await rows.get(row_id)
        assert (row.state, row.attempts, row.maybe_twice) == (state, 1, False)


async def test_what_waits_to_be_drawn_anew_is_given_back_at_the_end(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.sender, "FRESH_SECONDS", 0.05)
    _put_limiter(house, RATE)
    house.world.fail_next("sendMessage", code=429, retry_after=1)
    notification_id = await rows.put(anna, "раз")
    async with running(house.sender) as stop:
        await until(lambda: bool(house.world.calls) and house.world.calls[-1].error_code == 429)
        stop.set()
    row = await rows.get(notification_id)
    assert (row.state, row.attempts, row.maybe_twice) == (PENDING, 0, False)


def test_the_pace_is_what_left_in_the_last_moments() -> None:
    measured = pace.Pace()
    assert measured.ahead(100.0) == pace.LEAST
    for number in range(60):
        if number % 6 == 0:
            assert measured.ahead(100.0 + number / 60) <= pace.MOST
        measured.leaves()
    assert measured.ahead(101.1) == pytest.approx(60 * pace.AHEAD_SECONDS, rel=0.35)
    assert measured.ahead(102.0) == pace.LEAST, "nobody has left since"
    for _ in range(1000):
        measured.leaves()
    assert measured.ahead(102.05) == pace.MOST, "a spurt is seen at once"
