"""The administrator sees what did not go out, by kind and reason, and has it tried again; nobody's words are shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs import DRAWS, Stale
from models import Audit, Notification, NotificationState, Person
from sandbox import Visitor
from services.notifications import NETWORK_ATTEMPTS
from services.notifications.undelivered import plain_reason
from tests.support.announcements import looks_again
from tests.support.events import network_of
from tests.support.house import House
from tests.support.notices import Rows, enrolled, retried_till_settled

SECRET = "<личное> у меня"


@pytest.fixture
def house(watched: House) -> House:
    """Every screen keeps the rules."""
    return watched


@pytest.fixture
async def people(house: House) -> list[Visitor]:
    """Anna leads the mathematicians, Boris, Clara and Dina are among them."""
    people = await enrolled(house, "Анна", "Борис", "Клара", "Дина")
    await network_of(house, *people)
    return people


async def announced(house: House, coordinator: Visitor) -> list[int]:
    """The ids of an announcement's rows."""
    await coordinator.says("/announce")
    await coordinator.says("Завтра в 15:00.")
    await coordinator.taps("Готово")
    await coordinator.taps("📣 Разослать")
    async with house.db.read() as session:
        return list(await session.scalars(select(Notification.id).where(Notification.kind == "announcement")))


async def given_up(house: House, ids: list[int]) -> None:
    for notification_id in ids:
        await retried_till_settled(house, Rows(house), notification_id, most=200)


async def test_what_telegram_refused_is_seen_and_sent_again(house: House, people: list[Visitor]) -> None:
    vera = await house.administrator()
    anna, boris, clara, dina = people
    await vera.says("/admin")
    assert not any("Не доставлено" in label for label in vera.buttons)
    refusal = f'Bad Request: can\'t parse entities: Unsupported start tag "{SECRET}" at byte offset 17'
    ids = await announced(house, anna)
    house.world.fail_next("sendMessage", code=400, times=9, description=refusal)
    await given_up(house, ids)
    await vera.says("/admin")
    await vera.taps("Не доставлено · 3")
    assert "1. Объявления: 3 — " in vera.sees
    assert "can't parse entities: Unsupported start tag … at byte offset …" in vera.sees
    assert SECRET not in vera.sees
    await vera.taps("1. Объявления")
    assert "⚠️ Не дошло: 3" in vera.sees
    assert "Неизвестно" not in vera.sees
    assert SECRET not in vera.sees

    async with house.db.read() as session:
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == clara.id))
    await clara.blocks()
    await vera.taps("Повторить")
    assert vera.toast == "Отправляем снова: 2 сообщения"
    for notification_id in ids:  # pressed again under an old message: only Clara's is left, and she has blocked the bot
        await vera.presses(vera.screen, f"ur:{notification_id}")
        assert vera.toast in ("Повторять нечего", None)
    await house.delivers()
    assert ["Завтра в 15:00." in visitor.sees for visitor in (boris, clara, dina)] == [True, False, True]
    async with house.db.read() as session:
        states = {
            row.person_id: row.state
            for row in await session.execute(select(Notification.person_id, Notification.state))
        }
        retries = list(await session.scalars(select(Audit).where(Audit.deed == "notifications.retry")))
    assert states[person_id] is NotificationState.FAILED
    assert [retry.new for retry in retries] == [{"kind": "announcement", "reason": plain_reason(refusal), "number": 2}]
    await vera.says("/admin")
    await vera.taps("Не доставлено · 1")
    await vera.taps("1. Объявления")
    assert "🚫 Из них остановили бота: 1" in vera.sees
    assert not any("Повторить" in label for label in vera.buttons)


async def test_what_may_have_arrived_says_so_here_and_in_the_report(house: House, people: list[Visitor]) -> None:
    vera, anna = await house.administrator(), people[0]
    ids = await announced(house, anna)
    house.world.fail_next("sendMessage", code=502, times=3 * NETWORK_ATTEMPTS)
    await given_up(house, ids)
    await looks_again(house)
    assert "❔ Неизвестно, дошло ли: 3" in anna.sees
    assert "Не удалось" not in anna.sees
    await vera.says("/admin")
    await vera.taps("Не доставлено · 3")
    await vera.taps("1. Объявления")
    assert "❔ Неизвестно, дошло ли: 3" in vera.sees
    assert "получит его дважды" in vera.sees
    house.passes(timedelta(days=7))
    await vera.taps("Повторить")
    assert "нет" in (vera.alert or "").lower() or "Всё дошло" in vera.sees, "too old by now"
    await vera.says("/admin")
    assert not any("Не доставлено" in label for label in vera.buttons)


async def test_only_the_administrator_sees_and_retries(house: House, people: list[Visitor]) -> None:
    anna, boris = people[:2]
    await boris.says("/menu")
    ids = await announced(house, anna)
    house.world.fail_next("sendMessage", code=400, times=9, description="Bad Request: message is too long")
    await given_up(house, ids)
    for data in ("ul:0", f"uo:{ids[0]}", f"ur:{ids[0]}"):
        for visitor in (anna, boris):
            before = visitor.sees
            await visitor.presses(visitor.screen, data)
            assert "администратор" in (visitor.alert or "").lower()
            assert visitor.sees == before
    assert await house.delivers() == 0


async def test_what_came_too_late_is_counted_beside_it(
    house: House, people: list[Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def passed(*arguments: object) -> Stale:
        return Stale()

    vera = await house.administrator()
    await vera.says("/menu")
    monkeypatch.setitem(DRAWS, "event-reminder", passed)
    rows = Rows(house)
    for visitor in people[:2]:
        await rows.put(visitor, kind="event-reminder")
    await rows.put(people[2], kind="of-nobody")
    monkeypatch.setitem(DRAWS, "of-nobody", lambda *arguments: 1 / 0)
    await given_up(house, [1, 2, 3])
    await vera.presses(vera.screen, "ul:0")
    assert "Напоминания о событиях: 2" in vera.sees
    assert "1. Другое: 1 — ZeroDivisionError" in vera.sees
    async with house.db.read() as session:
        states = list(await session.scalars(select(Notification.state).where(Notification.kind == "event-reminder")))
    assert states == [NotificationState.CANCELLED] * 2


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, ""),
        ("KeyError", "KeyError"),
        ('Unsupported start tag "иванова" at byte offset 12', "Unsupported start tag … at byte offset …"),
        ("button URL 'https://x.y/z' is invalid", "button URL … is invalid"),
        ("can't parse: isn't closed", "can't parse: isn't closed"),
        ("не найдено «моё личное", "не найдено …"),
        ('expected end tag "</b', "expected end tag …"),
        ("x" * 200, "x" * 99 + "…"),
    ],
)
def test_a_reason_quotes_nobody(error: str | None, reason: str) -> None:
    assert plain_reason(error) == reason
