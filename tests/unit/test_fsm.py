"""aiogram's finite-state machine on our own table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Chat, Message, Update, User
from sqlalchemy import func, select

from bot.fsm import DialogStorage
from bot.isolation import WeakIsolation
from models import Database, DialogState, Person
from services import dialogs
from services.clock import Clock

ANNA, STRANGER = 7_000_000_001, 7_000_000_002


class Registration(StatesGroup):
    name = State()


@pytest.fixture
async def anna(each_db: Database) -> Person:
    person = Person(telegram_id=ANNA, created_at=datetime.now(UTC))
    async with each_db.write() as session:
        session.add(person)
    return person


def context_of(db: Database, user_id: int = ANNA, clock: Clock | None = None) -> FSMContext:
    key = StorageKey(bot_id=1, chat_id=user_id, user_id=user_id)
    return FSMContext(storage=DialogStorage(db, clock or Clock()), key=key)


async def rows_in(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(DialogState)) or 0


async def test_a_state_and_its_answers_are_kept_and_leave_no_row_behind(each_db: Database, anna: Person) -> None:
    context = context_of(each_db)
    assert await context.get_state() is None
    assert await context.get_data() == {}
    await context.set_state("registration:name")
    await context.update_data(name="Анна")
    await context.set_state("registration:organisation")
    again = context_of(each_db)  # another process
    assert await again.get_state() == "registration:organisation"
    assert await again.get_data() == {"name": "Анна"}
    assert await again.get_value("name") == "Анна"
    await again.clear()
    assert await context.get_state() is None
    assert await context.get_data() == {}
    assert await rows_in(each_db) == 0


async def test_a_state_of_aiograms_own_classes_is_a_string_too(each_db: Database, anna: Person) -> None:
    context = context_of(each_db)
    await context.set_state(Registration.name)
    assert await context.get_state() == "Registration:name"


async def test_who_has_no_dialog_or_is_unknown_gets_no_row(each_db: Database, anna: Person) -> None:
    await context_of(each_db).set_data({"name": "Анна"})
    await context_of(each_db).set_state(None)
    stranger = context_of(each_db, STRANGER)
    await stranger.set_state("registration:name")
    await stranger.set_data({"name": "Ольга"})
    assert await stranger.get_state() is None
    assert await rows_in(each_db) == 0


async def test_a_paused_dialog_has_no_state_and_keeps_its_answers(each_db: Database, anna: Person) -> None:
    context = context_of(each_db)
    await context.set_state("registration:name")
    await context.set_data({"name": "Анна"})
    async with each_db.write() as session:
        await dialogs.pause(session, anna, now=datetime.now(UTC))
    assert await context.get_state() is None
    assert await context.get_data() == {"name": "Анна"}
    await context.set_state("registration:name")
    assert await context.get_state() == "registration:name"


async def test_after_twelve_hours_of_silence_a_text_is_no_answer(each_db: Database, anna: Person) -> None:
    clock = Clock()
    context = context_of(each_db, clock=clock)
    await context.set_state("registration:name")
    clock.shift = timedelta(hours=11, minutes=59)
    assert await context.get_state() == "registration:name"
    clock.shift = timedelta(hours=12, minutes=1)
    assert await context.get_state() is None
    assert await rows_in(each_db) == 1


async def test_aiograms_state_filter_finds_the_question(each_db: Database, anna: Person) -> None:
    """One select an update, and handlers may be filtered the usual way."""
    served: list[tuple[str | None, str]] = []
    router = Router()

    @router.message(StateFilter("registration:name"), F.text)
    async def at_name(message: Message, raw_state: str) -> None:
        served.append((message.text, raw_state))

    @router.message()
    async def elsewhere(message: Message) -> None:
        served.append((message.text, "-"))

    dispatcher = Dispatcher(storage=DialogStorage(each_db, Clock()), events_isolation=WeakIsolation())
    dispatcher.include_router(router)
    bot = Bot("42:secret")

    async def says(text: str, user_id: int = ANNA) -> None:
        user = User(id=user_id, is_bot=False, first_name="Анна")
        message = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=user_id, type="private"), from_user=user)
        message = message.model_copy(update={"text": text})
        await dispatcher.feed_update(bot, Update(update_id=len(served) + 1, message=message).as_(bot))

    await says("до")
    await context_of(each_db).set_state("registration:name")
    await says("Анна")
    await says("чужая", STRANGER)
    await context_of(each_db).set_state("registration:position")
    await says("позже")
    await context_of(each_db).clear()
    await says("после")
    assert served == [
        ("до", "-"),
        ("Анна", "registration:name"),
        ("чужая", "-"),
        ("позже", "-"),
        ("после", "-"),
    ]
