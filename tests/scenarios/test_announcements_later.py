"""An announcement goes out at its time, again and again, or comes back to its coordinators."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from models import Announcement, Appointment, Membership, MembershipState
from sandbox import Visitor
from services import announcement_drafts
from tests.support.composing import announcements_in, composes, mathematicians, without_faults
from tests.support.events import person_of
from tests.support.house import House


@pytest.fixture
async def people(house: House) -> AsyncIterator[list[Visitor]]:
    """Anna and Vera lead the mathematicians, Boris and Clara are among them, Dina is an expert of theirs and no member."""
    yield await mathematicians(house)
    without_faults(house)


async def test_it_waits_for_its_time_is_changed_and_goes_out_then(house: House, people: list[Visitor]) -> None:
    anna, boris, clara, _, vera = people
    await composes(anna)
    await anna.taps("🕒 Когда")
    await anna.taps("Назвать день и время")
    await anna.says("вчера 10:00")
    assert "уже прошл" in anna.sees
    await anna.says("завтра 12:00")
    assert anna.sees.startswith("Запланировать?")
    assert "Когда: 21 ноября, сб, 12:00 (завтра)" in anna.sees
    await anna.taps("🗓 Запланировать")
    assert anna.sees.startswith("🗓 Объявление запланировано")
    assert await house.delivers() == 0

    await vera.says("/manage")
    await vera.taps("Отправленные")
    await vera.taps("📝 Черновики и план · 1")
    assert "1. 🗓 Запланировано на завтра, 12:00, Учителя математики: Завтра в 15:00" in vera.sees
    await vera.taps("1. 🗓")
    await vera.taps("✏️ Текст")
    await vera.taps("Начать это заново")
    await vera.says("Сегодня в 15:00, кабинет 12")
    await vera.taps("Готово")
    assert vera.sees.startswith("🗓 Объявление запланировано")
    await vera.taps("🕒 Когда")
    await vera.taps("Назвать день и время")
    await vera.says("завтра 13:00")
    assert "Когда: 21 ноября, сб, 13:00 (завтра)" in vera.sees

    house.passes(timedelta(hours=26))
    await house.delivers()
    assert announcements_in(boris) == []
    async with house.db.write() as session:
        await session.execute(
            update(Membership)
            .where(Membership.person_id == (await person_of(session, clara)).id)
            .values(state=MembershipState.LEFT)
        )
    house.passes(timedelta(hours=1))
    await house.delivers()
    assert boris.sees == "📣 Объявление: Учителя математики\nАлова Анна Петровна\n\nСегодня в 15:00, кабинет 12"
    assert announcements_in(clara) == []
    await vera.says("/manage")
    await vera.taps("Отправленные")
    assert "дошло 1 из 1" in vera.sees
    assert not any("Черновики" in label for label in vera.buttons)


async def test_what_was_scheduled_can_be_taken_back(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await composes(anna)
    await anna.taps("🕒 Когда")
    await anna.taps("Назвать день и время")
    await anna.says("завтра 12:00")
    await anna.taps("🗓 Запланировать")
    await anna.taps("🚫 Отменить отправку")
    assert anna.sees.startswith("Разослать?")
    house.passes(timedelta(days=2))
    await house.delivers()
    assert announcements_in(boris) == []


async def test_it_is_repeated_every_week_until_that_is_enough(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await composes(anna, "Сдайте журнал!")
    await anna.taps("🕒 Когда")
    await anna.taps("Каждую неделю")
    assert "✅ Каждую неделю" in anna.buttons
    await anna.taps("Назад")
    await anna.taps("📣 Разослать")
    await house.delivers()
    for told in (2, 3):
        house.passes(timedelta(weeks=1))
        await house.delivers()
        assert len(announcements_in(boris)) == told
    await anna.says("/manage")
    await anna.taps("Отправленные")
    await anna.taps("📝 Черновики и план")
    await anna.taps("1. 🗓")
    assert "🔁 Повтор: каждую неделю" in anna.sees
    await anna.taps("🚫 Отменить отправку")
    house.passes(timedelta(weeks=1))
    await house.delivers()
    assert len(announcements_in(boris)) == 3


async def test_what_could_not_go_out_comes_back_to_the_coordinators(house: House, people: list[Visitor]) -> None:
    anna, boris, _, _, vera = people
    await composes(anna)
    await anna.taps("🕒 Когда")
    await anna.taps("Назвать день и время")
    await anna.says("завтра 12:00")
    await anna.taps("🗓 Запланировать")
    async with house.db.write() as session:
        head = await person_of(session, anna)
        await session.execute(
            update(Appointment).where(Appointment.person_id == head.id).values(ended_at=house.clock.now())
        )
    house.passes(timedelta(hours=26))
    before = len(anna.messages)
    await house.delivers()
    assert announcements_in(boris) == []
    assert len(anna.messages) == before, "it is no longer hers to send"
    assert vera.sees.startswith("⚠️ Объявление не разослано")
    assert "больше нет права рассылать" in vera.sees
    await vera.taps("Открыть объявление")
    await vera.taps("📣 Разослать")
    await house.delivers()
    assert len(announcements_in(boris)) == 1


async def test_the_starter_is_woken_bears_a_database_that_is_away_and_stops_at_once(
    house: House, people: list[Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, *_ = people
    await composes(anna)
    await anna.taps("🕒 Когда")
    await anna.taps("Назвать день и время")
    await anna.says("завтра 12:00")
    await anna.taps("🗓 Запланировать")
    house.passes(timedelta(hours=26))
    looked, begun = asyncio.Event(), asyncio.Event()
    is_due = announcement_drafts.is_due

    async def away(session: AsyncSession, *, now: datetime) -> bool:
        looked.set()
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(announcement_drafts, "is_due", away)
    house.db.after_commit(lambda _: begun.set())
    stop = asyncio.Event()
    with capture_logs() as logs:
        running = asyncio.create_task(house.starter.run(stop))
        async with asyncio.timeout(10):
            await looked.wait()
            monkeypatch.setattr(announcement_drafts, "is_due", is_due)
            house.starter.wake()
            await begun.wait()
            stop.set()
            await running
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["nothing-begun"]
    async with house.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Announcement)) == 1
