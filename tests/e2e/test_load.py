"""A whole city at once, over HTTP: nobody is lost, nobody is doubled, and every tap is answered.

The figures are printed (`pytest -s`) and never asserted. The bot's own pace is set as high as it goes: what it keeps
for Telegram's sake, 30 messages a second, would be all that is measured.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import psutil
import pytest
from sqlalchemy import select

from models import (
    Audit,
    Consent,
    Database,
    DialogState,
    Event,
    Network,
    Person,
    Registration,
    RegistrationState,
)
from sandbox import Visitor
from tests.e2e.conftest import StartBot, at_rest, count, settled
from tests.support.events import lead, plan_event, put_in
from tests.support.processes import Forged
from tests.support.telegram import Telegram

NEWCOMERS = 200
MEMBERS = 300
SEATS = 30
LOOKS_EVERY = 0.1
"""Seconds between two looks at a screen: hundreds of people looking more often would take the core from the bot."""
PATIENCE = 120.0
Waits = list[float]
"""How long each answer took."""
TITLE = "Дроби без слёз"
AS_FAST_AS_IT_CAN = {"SEND_RATE": "1000"}
FORM: tuple[tuple[str, bool, str], ...] = (
    ("/start", False, "мне нужно ваше согласие"),
    ("Даю согласие", True, "Как вас зовут?"),
    ("{name}", False, "Где вы работаете?"),
    ("Моей организации нет", True, "Как называется ваша организация?"),
    ("Лицей № 1", False, "Ваша должность?"),
    ("Учитель", True, "Что вы ведёте?"),
    ("Математика", True, "Выбрано: Математика"),
    ("Готово", True, "Сколько полных лет"),
    ("12", False, "Проверьте, всё ли верно"),
    ("Всё верно", True, "вы зарегистрированы"),
)
"""What each says or, if true, taps, and what they wait to see before they go on."""

pytestmark = pytest.mark.parametrize("city_url", ["sqlite", "postgresql"], indirect=True)


async def test_two_hundred_register_at_once(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    people = [telegram.visitor(f"Гость {number}") for number in range(NEWCOMERS)]
    bot = start_bot(**AS_FAST_AS_IT_CAN)
    await settled(telegram, city)
    await _all_at_once(
        "registrations", bot, city, [partial(_registers, person, _name(n)) for n, person in enumerate(people)]
    )
    await at_rest(telegram, city)
    await _each_registered_once(city, people)
    _nothing_went_wrong(telegram, bot)


async def test_three_hundred_want_thirty_seats_at_once(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    people = [telegram.visitor(f"Участник {number}", started=True) for number in range(MEMBERS)]
    event_id = await _announced(city, people)
    bot = start_bot(**AS_FAST_AS_IT_CAN)
    await settled(telegram, city)
    await _all_at_once("cards opened", bot, city, [partial(_opens_card, person) for person in people])
    await at_rest(telegram, city, PATIENCE)
    await _all_at_once("sign-ups", bot, city, [partial(_signs_up, person) for person in people])
    await at_rest(telegram, city, PATIENCE)
    await _seats_and_queue_are_right(city, event_id, people)
    _nothing_went_wrong(telegram, bot)


def _name(number: int) -> str:
    """A surname of one's own: a name has no digits."""
    first, second = divmod(number, 20)
    return f"Ш{chr(ord('а') + first)}{chr(ord('а') + second)}рова Анна Петровна"


async def _registers(person: Visitor, name: str, waits: Waits) -> None:
    for does, is_tap, sees in FORM:
        words = does.format(name=name)
        await (person.taps(words) if is_tap else person.says(words))
        await _timed(person, partial(_is_told, person, sees), waits)


def _is_told(person: Visitor, words: str) -> bool:
    return words in person.sees


async def _signs_up(person: Visitor, waits: Waits) -> None:
    await person.taps("Записаться")
    await _timed(person, lambda: person.toast, waits)


async def _timed(person: Visitor, seen: Callable[[], object], waits: Waits) -> None:
    """Wait until `seen()` and note how long it took."""
    begun = time.monotonic()
    while not seen():
        if time.monotonic() - begun > PATIENCE:
            raise AssertionError(f"{person!r} waits in vain and sees {person.sees!r}")
        await asyncio.sleep(LOOKS_EVERY)
    waits.append(time.monotonic() - begun)


async def _announced(city: Database, people: Sequence[Visitor]) -> int:
    """The people are registered members of the network, where an event is announced. Gives its id."""
    now = datetime.now(UTC)
    async with city.write() as session:
        network = (await session.scalars(select(Network))).one()
        coordinator = (await session.scalars(select(Person))).one()
        members = [
            Person(
                telegram_id=person.id,
                telegram_language="ru",
                full_name=_name(number),
                created_at=now,
                registered_at=now,
            )
            for number, person in enumerate(people)
        ]
        session.add_all(members)
        await lead(session, network, coordinator, now=now)
        await put_in(session, network, *members, now=now)
        event = await plan_event(
            session, coordinator, network.id, starts_at=now + timedelta(days=3), now=now, seats=SEATS, title=TITLE
        )
        return event.id


async def _opens_card(person: Visitor, waits: Waits) -> None:
    await person.says("/events")
    await _timed(person, lambda: person.buttons, waits)
    await person.taps(TITLE)
    await _timed(person, lambda: "Записаться" in str(person.buttons), waits)


async def _each_registered_once(city: Database, people: Sequence[Visitor]) -> None:
    async with city.read() as session:
        rows = list(await session.scalars(select(Person).where(Person.registered_at.is_not(None))))
        deeds = Counter((deed, actor) for deed, actor in await session.execute(select(Audit.deed, Audit.actor_id)))
        consents = Counter(await session.scalars(select(Consent.person_id)))
    assert sorted((row.telegram_id, row.full_name) for row in rows) == sorted(
        (person.id, _name(number)) for number, person in enumerate(people)
    )
    for row in rows:
        assert deeds["person.register", row.id] == deeds["consent.give", row.id] == consents[row.id] == 1
    assert await count(city, DialogState) == 0


async def _seats_and_queue_are_right(city: Database, event_id: int, people: Sequence[Visitor]) -> None:
    async with city.read() as session:
        event = await session.get_one(Event, event_id)
        rows = list(await session.scalars(select(Registration).order_by(Registration.turn)))
        deeds = Counter(
            (deed, actor)
            for deed, actor in await session.execute(
                select(Audit.deed, Audit.actor_id).where(Audit.deed.like("event.%"))
            )
        )
        telegram_ids = {one.id: one.telegram_id for one in await session.scalars(select(Person))}
    assert (event.taken, event.last_turn) == (SEATS, MEMBERS)
    assert [row.turn for row in rows] == list(range(1, MEMBERS + 1))
    states = [RegistrationState.REGISTERED] * SEATS + [RegistrationState.WAITING] * (MEMBERS - SEATS)
    assert [row.state for row in rows] == states
    assert {telegram_ids[row.person_id] for row in rows} == {person.id for person in people}
    by_id = {person.id: person for person in people}
    for row in rows:
        person = by_id[telegram_ids[row.person_id] or 0]
        deed, place = ("event.register", 0) if row.turn <= SEATS else ("event.wait", row.turn - SEATS)
        assert deeds[deed, row.person_id] == 1
        assert (f"Вы в листе ожидания: {place}-е место" if place else "Вы записаны.") in person.sees
        assert person.toast == ("Мест нет: вы в листе ожидания" if place else "Вы записаны")
    assert sum(number for (deed, _), number in deeds.items() if deed != "event.create") == MEMBERS


def _nothing_went_wrong(telegram: Telegram, bot: Forged) -> None:
    assert telegram.world.faults == []
    assert all(callback.answered for callback in telegram.world.state.callbacks)
    assert bot.exit_code is None
    for level in ("error", "critical", "warning"):
        assert f"level={level}" not in bot.said, bot.said[-4000:]


async def _all_at_once(
    deeds: str, bot: Forged, city: Database, does: Sequence[Callable[[Waits], Awaitable[None]]]
) -> None:
    """All do it at once; then print the figures. The bot's own seconds of a core do not depend on who else is busy."""
    waits: Waits = []
    busy, begun = _core_seconds(bot), time.monotonic()
    await asyncio.gather(*(one(waits) for one in does))
    seconds, busy = time.monotonic() - begun, _core_seconds(bot) - busy
    print(
        f"\n{len(does)} {deeds} on {city.url.get_backend_name()}: {len(waits)} updates in {seconds:.1f} s,"
        f" {len(waits) / seconds:.0f} a second; the bot's part {busy:.1f} s of a core, {1000 * busy / len(waits):.1f} ms each;"
        f" answered after {statistics.median(waits):.2f} s (median), {statistics.quantiles(waits, n=20)[-1]:.2f} s"
        f" (95 of 100), {max(waits):.2f} s (longest)"
    )


def _core_seconds(bot: Forged) -> float:
    times = psutil.Process(bot.pid).cpu_times()
    return times.user + times.system
