"""kill -9 at every step of a registration and a joining: nothing is lost, nothing is done twice, an answer always comes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Audit, Consent, Database, DialogState, InboxUpdate, Membership, Person
from sandbox import Visitor
from tests.e2e.conftest import NETWORK, StartBot, count, settled
from tests.support.processes import Forged
from tests.support.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Step:
    """One message or one tap, and what the person sees then, also when the step was served a second time."""

    does: str
    sees: tuple[str, ...]
    taps: bool = False


def says(text: str, *sees: str) -> Step:
    return Step(text, sees)


def taps(label: str, *sees: str) -> Step:
    return Step(label, sees, taps=True)


STORY = (
    says("/start", "мне нужно ваше согласие"),
    taps("Даю согласие", "Как вас зовут?"),
    says("Иванова Анна Петровна", "Где вы работаете?"),
    taps("Моей организации нет", "Как называется ваша организация?"),
    says("Лицей № 1", "Ваша должность?"),
    taps("Учитель", "Что вы ведёте?"),
    taps("Математика", "Выбрано: Математика"),
    taps("Готово", "Сколько полных лет"),
    says("12", "Проверьте, всё ли верно"),
    taps("Всё верно", "вы зарегистрированы", "Анна Петровна"),
    says("/networks", "Сети"),
    taps(NETWORK, "Пока никого"),
    taps("Вступить", "Вы участник этой сети"),
)
KILLS = ("idle", "locked", "unheard", "stored", "told")


@pytest.mark.parametrize("first", range(len(KILLS)), ids=KILLS)
async def test_a_teacher_registers_and_joins_though_the_bot_is_killed_at_every_step(
    first: int, telegram: Telegram, start_bot: StartBot, city: Database, tmp_path: Path
) -> None:
    """Each of the five runs kills at each step in another way, so every step is killed in every way."""
    await _lives_through(KILLS[first:] + KILLS[:first], telegram, start_bot, city, tmp_path)


@pytest.mark.parametrize("city_url", ["postgresql"], indirect=True)
async def test_the_same_on_postgresql(telegram: Telegram, start_bot: StartBot, city: Database, tmp_path: Path) -> None:
    await _lives_through(tuple(kill for kill in KILLS if kill != "locked"), telegram, start_bot, city, tmp_path)


async def test_the_same_through_the_webhook(
    telegram: Telegram, start_bot: StartBot, city: Database, tmp_path: Path, by_webhook: dict[str, str]
) -> None:
    kills = tuple(kill for kill in KILLS if kill != "locked")
    await _lives_through(kills, telegram, partial(start_bot, **by_webhook), city, tmp_path)
    assert not any(call.method == "getUpdates" for call in telegram.world.calls)


async def _lives_through(
    kills: tuple[str, ...], telegram: Telegram, start_bot: StartBot, city: Database, tmp_path: Path
) -> None:
    anna = telegram.visitor("Анна")
    bot = start_bot()
    await settled(telegram, city)
    answered = 0
    for number, step in enumerate(STORY):
        kill = kills[number % len(kills)]
        async with _killed(kill, bot, telegram, city, tmp_path / "test.sqlite3", step):
            await _does(anna, step)
        bot = start_bot()
        await settled(telegram, city)
        assert any(words in anna.sees for words in step.sees), f"{kill} at {step.does!r}: {anna.sees!r}"
        if not step.taps or kill == "idle":
            assert len(telegram.world.faults) == answered, (
                f"{kill} at {step.does!r}: {telegram.world.faults[answered:]}"
            )
        answered = _answered_again(telegram)
    await _everything_once(city, anna)
    assert all(callback.answered for callback in telegram.world.state.callbacks)
    assert "event=surprise" not in bot.said


def _answered_again(telegram: Telegram) -> int:
    """How many presses were answered by a dead process and by the next one: each once more at most, and no other fault.

    A button is answered beside its screen. Killed before both are known to be done, the bot answers again with the next start, and
    Telegram says that the query is too old, which nobody sees: the one fault that a kill in the middle may cause.
    """
    presses = [fault.text for fault in telegram.world.faults]
    assert all(text.endswith("was answered twice") for text in presses), presses
    assert len(presses) == len(set(presses)), presses
    return len(presses)


async def _does(person: Visitor, step: Step) -> None:
    await (person.taps(step.does) if step.taps else person.says(step.does))


@asynccontextmanager
async def _killed(
    kill: str, bot: Forged, telegram: Telegram, city: Database, file: Path, step: Step
) -> AsyncIterator[None]:
    """The bot is gone when this ends: before the deed inside («idle»), or in the middle of serving it.

    «locked»: nothing is committed yet; «unheard»: committed, Telegram knows nothing, the update perhaps not stored;
    «stored»: the same, the update is stored and confirmed; «told»: Telegram did what was asked, the bot never learned it.
    """
    if kill == "idle":
        await bot.dies()
        yield
        return
    if kill == "locked":
        lock = sqlite3.connect(file, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        calls = len(telegram.world.calls)
        yield
        await telegram.waits(lambda: any(call.method == "getUpdates" for call in telegram.world.calls[calls:]))
        await asyncio.sleep(0.1)
        await bot.dies()
        lock.close()
        return
    hold = telegram.hold("editMessageText" if step.taps else "sendMessage", after=kill == "told")
    yield
    await telegram.waits(lambda: hold.reached)
    if kill == "stored":
        await telegram.waits(lambda: telegram.waiting == 0)
        assert await count(city, InboxUpdate) == 1
    await bot.dies()
    hold.release()


async def _everything_once(city: Database, anna: Visitor) -> None:
    async with city.read() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == anna.id))).one()
        deeds = list(await session.scalars(select(Audit.deed).where(Audit.actor_id == person.id).order_by(Audit.id)))
        memberships = list(await session.scalars(select(Membership).where(Membership.person_id == person.id)))
    assert person.full_name == "Иванова Анна Петровна"
    assert person.registered_at is not None
    assert len(memberships) == 1
    assert deeds == sorted(set(deeds), key=deeds.index), "a deed was done twice"
    assert "network.join" in deeds
    assert await count(city, Consent) == 1
    assert await count(city, DialogState) == 0
