"""A whole city at once, over HTTP: nobody is lost, nobody is doubled, everybody is told the right words, and every button is answered.

The figures are printed (`pytest -s`) and never asserted: how fast a machine is, is no promise of the bot's. That no button
spins longer than Telegram lets it be answered is one, and the sandbox writes it down as a fault.
"""

from __future__ import annotations

import asyncio
import signal
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psutil
import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import (
    Audit,
    Consent,
    Database,
    DialogState,
    Event,
    Network,
    Notification,
    NotificationState,
    Person,
    Registration,
    RegistrationState,
)
from sandbox import Limits, Visitor
from services import events
from tests.e2e.conftest import NETWORK, StartBot, at_rest, count, settled
from tests.support.events import lead, plan_event, put_in
from tests.support.processes import Forged
from tests.support.telegram import Telegram

NEWCOMERS = 200
MEMBERS = 300
SEATS = 30
BATCH = 100
"""So many updates at most does Telegram give at a time."""

TITLE = "Дроби без слёз"
PATIENCE = 120.0
"""Seconds after which somebody waits in vain."""

AS_FAST_AS_IT_CAN = {"SEND_RATE": "1000"}
"""2 000 answers at Telegram's thirty a second are 67 seconds, in which the bot would rest more than it works."""

FORM: tuple[tuple[str, bool, str], ...] = (
    ("/start", False, "мне нужно ваше согласие"),
    ("Даю согласие", True, "Как вас зовут?"),
    ("{name}", False, "Где вы работаете?"),
    ("Моей организации нет", True, "Как называется ваша организация?"),
    ("{organisation}", False, "Ваша должность?"),
    ("Учитель", True, "Что вы ведёте?"),
    ("Математика", True, "Выбрано: Математика"),
    ("Готово", True, "Сколько полных лет"),
    ("{years}", False, "Проверьте, всё ли верно"),
    ("Всё верно", True, "вы зарегистрированы"),
)
"""What each says or, if true, taps, and what they wait to see before they go on."""

pytestmark = pytest.mark.parametrize("city_url", ["sqlite", "postgresql"], indirect=True)


class Crowd:
    """Waits for what people see without looking all the time: hundreds of eyes would take the core from the bot."""

    def __init__(self, telegram: Telegram) -> None:
        self.waits: list[float] = []
        """How long each deed took to be answered."""
        self._stirred: dict[int, asyncio.Event] = {}
        telegram.world.listen(self._notice)

    def _notice(self, kind: str, facts: dict[str, Any]) -> None:
        if kind in ("message", "edit"):
            self._stir(facts["message"].chat_id)
        elif kind == "answer":
            self._stir(facts["callback"].person_id)

    def _stir(self, person_id: int) -> None:
        if (stirred := self._stirred.get(person_id)) is not None:
            stirred.set()

    async def sees(self, person: Visitor, condition: Callable[[], object]) -> None:
        """Wait until `condition()` holds for this person. Raises AssertionError."""
        begun = time.monotonic()
        stirred = self._stirred[person.id] = asyncio.Event()
        while not condition():
            try:
                await asyncio.wait_for(stirred.wait(), begun + PATIENCE - time.monotonic())
            except TimeoutError:
                raise AssertionError(f"{person!r} waits in vain and sees {person.sees!r}") from None
            stirred.clear()
        self.waits.append(time.monotonic() - begun)


async def test_two_hundred_register_at_once(telegram: Telegram, start_bot: StartBot, city: Database) -> None:
    people = [telegram.visitor(f"Гость {number}") for number in range(NEWCOMERS)]
    bot = start_bot(**AS_FAST_AS_IT_CAN)
    await settled(telegram, city)
    crowd = Crowd(telegram)
    async with measured(f"{NEWCOMERS} registrations", crowd, bot, city):
        await asyncio.gather(*(registers(person, number, crowd) for number, person in enumerate(people)))
    await at_rest(telegram, city, PATIENCE)
    await each_registered_once(city, people)
    nothing_went_wrong(telegram, bot)


async def test_three_hundred_want_thirty_seats_at_once(
    telegram: Telegram, start_bot: StartBot, city: Database, noon: str
) -> None:
    people = [telegram.visitor(f"Участник {number}", started=True) for number in range(MEMBERS)]
    event_id = await announced(city, people)
    herald = start_bot(**AS_FAST_AS_IT_CAN, TIMEZONE=noon)
    await telegram.waits(lambda: all(TITLE in person.sees for person in people), PATIENCE)
    await everybody_is_told(city)
    herald.signal(signal.SIGTERM)
    assert await herald.ends() == 0

    telegram.world.limiter.change(Limits())
    bot = start_bot(TIMEZONE=noon)  # at the pace that Telegram allows, and now refuses to be exceeded
    await settled(telegram, city)
    crowd = Crowd(telegram)
    async with measured(f"{MEMBERS} sign-ups, buttons", crowd, bot, city):
        for person in people:
            await person.taps("Записаться")
        await asyncio.gather(*(crowd.sees(person, partial(has_toast, person)) for person in people))
    async with measured("their screens", crowd, bot, city):
        await asyncio.gather(*(crowd.sees(person, partial(knows_the_place, person)) for person in people))
    await at_rest(telegram, city, PATIENCE)
    await seats_and_queue_are_right(city, event_id, people)
    nothing_went_wrong(telegram, bot)


def own_name(number: int) -> str:
    """A surname of one's own: a name has no digits."""
    first, second = divmod(number, 20)
    return f"Ш{chr(ord('а') + first)}{chr(ord('а') + second)}рова Анна Петровна"


async def registers(person: Visitor, number: int, crowd: Crowd) -> None:
    for does, is_tap, sees in FORM:
        words = does.format(name=own_name(number), organisation=f"Лицей № {number}", years=number % 40)
        await (person.taps(words) if is_tap else person.says(words))
        await crowd.sees(person, partial(is_told, person, sees))


async def announced(city: Database, people: Sequence[Visitor]) -> int:
    """The people are registered members of the network, and its coordinator invites them to an event. Gives its id."""
    now = datetime.now(UTC)
    async with city.write() as session:
        network = (await session.scalars(select(Network).where(Network.title == NETWORK))).one()
        coordinator = (await session.scalars(select(Person))).one()
        members = [
            Person(
                telegram_id=person.id,
                telegram_language="ru",
                full_name=own_name(number),
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
        assert await events.invite_members(session, coordinator, event.id, now=now) == MEMBERS
        return event.id


async def everybody_is_told(city: Database) -> None:
    """Wait until the bot has written down that it told everybody: else the next one would tell some again."""
    deadline = time.monotonic() + PATIENCE
    told = select(Notification.state).where(Notification.kind == "event-new")
    while True:
        async with city.read() as session:
            states = Counter(await session.scalars(told))
        if states == {NotificationState.SENT: MEMBERS}:
            return
        assert time.monotonic() < deadline, states
        await asyncio.sleep(0.1)


def is_told(person: Visitor, words: str) -> bool:
    """Whether these words are on the screen."""
    return words in person.sees


def has_toast(person: Visitor) -> bool:
    """Whether the button was answered with words."""
    return person.toast is not None


def knows_the_place(person: Visitor) -> bool:
    """Whether the screen says where one stands."""
    return is_told(person, "Вы записаны.") or is_told(person, "Вы в листе ожидания")


async def each_registered_once(city: Database, people: Sequence[Visitor]) -> None:
    """Everybody stands in the database once, with what they themselves said, and no form is left open."""
    async with city.read() as session:
        registered = select(Person).where(Person.registered_at.is_not(None), Person.telegram_id != 1)
        rows = list(
            await session.scalars(
                registered.options(selectinload(Person.organisation), selectinload(Person.subjects)).order_by(
                    Person.telegram_id
                )
            )
        )
        deeds = Counter((deed, actor) for deed, actor in await session.execute(select(Audit.deed, Audit.actor_id)))
        consents = Counter(await session.scalars(select(Consent.person_id)))
    said = [
        (person.id, own_name(number), f"Лицей № {number}", "Учитель", ["Математика"], number % 40)
        for number, person in enumerate(people)
    ]
    assert [
        (
            row.telegram_id,
            row.full_name,
            row.organisation and row.organisation.title,
            row.position,
            [subject.title for subject in row.subjects],
            row.experience_years,
        )
        for row in rows
    ] == said
    for row in rows:
        assert deeds["person.register", row.id] == deeds["consent.give", row.id] == consents[row.id] == 1
    assert await count(city, DialogState) == 0


async def seats_and_queue_are_right(city: Database, event_id: int, people: Sequence[Visitor]) -> None:
    """The first in turn have the seats and the others wait behind them, in the order in which the database took them;

    that order is the one in which they pressed, but for those who were served side by side.
    """
    async with city.read() as session:
        event = await session.get_one(Event, event_id)
        rows = list(await session.scalars(select(Registration).order_by(Registration.turn)))
        taken = select(Audit.deed, Audit.actor_id).where(Audit.deed.in_(["event.register", "event.wait"]))
        deeds = [(deed, actor) for deed, actor in await session.execute(taken.order_by(Audit.id))]
        telegram_ids = {one.id: one.telegram_id for one in await session.scalars(select(Person))}
    assert (event.taken, event.last_turn) == (SEATS, MEMBERS)
    assert [row.turn for row in rows] == list(range(1, MEMBERS + 1))
    states = [RegistrationState.REGISTERED] * SEATS + [RegistrationState.WAITING] * (MEMBERS - SEATS)
    assert [row.state for row in rows] == states
    names = ["event.register"] * SEATS + ["event.wait"] * (MEMBERS - SEATS)
    assert deeds == [(name, row.person_id) for name, row in zip(names, rows, strict=True)]

    order = [telegram_ids[row.person_id] for row in rows]
    assert set(order) == {person.id for person in people}
    by_id = {person.id: person for person in people}
    for row in rows:
        person = by_id[telegram_ids[row.person_id] or 0]
        if row.turn <= SEATS:
            told, toast = "Вы записаны.", "Вы записаны"
        else:
            told, toast = f"Вы в листе ожидания: {row.turn - SEATS}-е место", "Мест нет: вы в листе ожидания"
        assert told in person.sees
        assert person.toast == toast
    shifts = [abs(order.index(person.id) - pressed) for pressed, person in enumerate(people)]
    assert max(shifts) < BATCH, "nobody overtook those who came with an earlier batch"
    print(f"from one's press to one's turn: {statistics.mean(shifts):.1f} places on average, {max(shifts)} at most")


def nothing_went_wrong(telegram: Telegram, bot: Forged) -> None:
    """Telegram refused nothing, every button was answered in time and once, and the log has nothing to regret."""
    assert [call for call in telegram.world.calls if not call.ok] == []
    assert telegram.world.faults == []
    assert all(callback.answered for callback in telegram.world.state.callbacks)
    assert bot.exit_code is None
    for level in ("error", "critical", "warning"):
        assert f"level={level}" not in bot.said, bot.said[-4000:]


@asynccontextmanager
async def measured(deeds: str, crowd: Crowd, bot: Forged, city: Database) -> AsyncIterator[None]:
    """Print what is done inside cost. The bot's own seconds of a core depend little on who else is busy."""
    crowd.waits.clear()
    busy, begun = core_seconds(bot), time.monotonic()
    yield
    seconds, busy, waits = time.monotonic() - begun, core_seconds(bot) - busy, crowd.waits
    print(
        f"\n{deeds} on {city.url.get_backend_name()}: {len(waits)} answers in {seconds:.1f} s; the bot's part"
        f" {busy:.1f} s of a core, {1000 * busy / len(waits):.1f} ms each; one waited {statistics.median(waits):.2f} s"
        f" (median), {statistics.quantiles(waits, n=20)[-1]:.2f} s (95 of 100), {max(waits):.2f} s (longest)"
    )


def core_seconds(bot: Forged) -> float:
    """What the process has used so far."""
    times = psutil.Process(bot.pid).cpu_times()
    return times.user + times.system
