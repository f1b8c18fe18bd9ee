"""The walker itself: each thing it looks for is found in a small bot that does just that."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest
import structlog
from aiogram import Dispatcher, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from sqlalchemy import delete, func, select

from handlers.show import keyboard
from models import Person
from sandbox.view import Button as Seen
from screens import addresses
from screens.screen import Button, Screen
from tests.support.house import House
from tests.walker.memory import Memory
from tests.walker.sight import Sight, address_of, says_where
from tests.walker.walker import Walk, Walker

MENU = Button("☰ Меню", addresses.OpenMenu())
HELP = Button("Помощь", addresses.OpenHelp())
GOOD = "<b>Меню</b>\n\nЗдесь всё хорошо."

Press = Callable[[CallbackQuery], Awaitable[object]]


def _markup(*labels: Button) -> InlineKeyboardMarkup | None:
    return keyboard(Screen("", tuple((button,) for button in labels)))


async def _walk(house: House, press: Press) -> Walk:
    """Walk through a bot with a good menu, whose button «Помощь» does `press`."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def say(message: Message) -> None:
        await message.answer(GOOD, reply_markup=_markup(HELP))

    @dispatcher.callback_query(addresses.OpenMenu.filter())
    async def open_menu(call: CallbackQuery) -> None:
        await _edit(call, GOOD, HELP)
        await call.answer()

    dispatcher.callback_query(F.data)(press)
    house = replace(house, dispatcher=dispatcher)
    house.world.attach(house.bot.token, lambda update: dispatcher.feed_update(house.bot, update))
    memory = Memory(house.db)
    try:
        return await Walker(house, memory, house.visitor("Анна")).go(["/start"])
    finally:
        memory.close()


async def _edit(call: CallbackQuery, text: str, *buttons: Button) -> None:
    assert isinstance(call.message, Message)
    with suppress(TelegramBadRequest):  # it looks so already
        await call.message.edit_text(text, reply_markup=_markup(*buttons))


def _drawing(text: str, *buttons: Button) -> Press:
    async def press(call: CallbackQuery) -> None:
        await _edit(call, text, *buttons)
        await call.answer()

    return press


async def _keep_spinning(call: CallbackQuery) -> None:
    await _edit(call, "<b>Помощь</b>", MENU)


async def _answer_twice(call: CallbackQuery) -> None:
    await call.answer()
    await call.answer("Ещё раз")


async def _write_broken_html(call: CallbackQuery) -> None:
    await call.answer()
    await call.bot.send_message(call.from_user.id, "<b>Помощь")  # type: ignore[union-attr]  # it has its bot


async def _send_a_lost_file(call: CallbackQuery) -> None:
    await call.answer()
    with suppress(TelegramBadRequest):
        await call.bot.send_document(call.from_user.id, "of-another-bot")  # type: ignore[union-attr]  # it has its bot


async def _log_an_error(call: CallbackQuery) -> None:
    await call.answer("Что-то не так")
    structlog.get_logger("tests").error("the roof leaks")


async def _have_a_library_log_an_error(call: CallbackQuery) -> None:
    await call.answer("Что-то не так")
    logging.getLogger("some.library").error("the cellar is wet")


async def _change_nothing(call: CallbackQuery) -> None:
    await call.answer()


async def _raise(call: CallbackQuery) -> None:
    await call.answer()
    raise RuntimeError("the door is stuck")


def _numbered(count: int) -> list[Button]:
    return [Button(f"{n}. Сеть", addresses.OpenNetwork(network_id=n)) for n in range(count)]


def _paging(count: int) -> list[Button]:
    return [Button("Дальше »", addresses.OpenForms(page=n)) for n in range(count)]


@pytest.mark.parametrize(
    ("press", "fault"),
    [
        (_drawing("<b>Помощь</b>"), "a dead end: there is no way on from here"),
        (_change_nothing, "a dead end: whatever one does here, nothing changes"),
        (_keep_spinning, "their button keeps spinning"),
        (_keep_spinning, "the button was answered 0 times"),
        (_answer_twice, "the button was answered 2 times"),
        (_write_broken_html, "the sandbox refused sendMessage: Bad Request: can't parse entities"),
        (_send_a_lost_file, "the sandbox refused sendDocument: Bad Request: wrong file identifier"),
        (_log_an_error, "logged: the roof leaks"),
        (_have_a_library_log_an_error, "logged: the cellar is wet"),
        (_raise, "escaped: RuntimeError('the door is stuck')"),
        (_drawing("<b>Помощь</b>", Button("Я" * 31, addresses.OpenMenu())), "has 31 characters, 30 fit"),
        (_drawing("<b>Сети</b>", *_numbered(9), MENU), "9 content buttons, 8 at most"),
        (_drawing("<b>Сети</b>", *_paging(2), MENU), "3 rows of navigation, 2 at most"),
        (_drawing("Помощь\n<b>для всех</b>", MENU), "the first line does not say where I am: 'Помощь'"),
    ],
)
async def test_a_fault_is_found_with_the_way_to_it(house: House, press: Press, fault: str) -> None:
    walk = await _walk(house, press)
    ways = [path for problem, path in walk.faults.items() if fault in problem]
    assert ways, walk.report()
    assert ways[0][0] == "types '/start'"
    assert fault in walk.report()


async def test_a_good_bot_has_no_faults(house: House) -> None:
    link = Button("Чат сети", url="https://t.me/some_chat")
    walk = await _walk(house, _drawing("<b>Помощь</b>\n\nЗдесь тоже.", link, *_numbered(7), *_paging(1), MENU))
    assert walk.faults == {}
    assert walk.pressed == {"OpenHelp", "OpenMenu", "OpenNetwork", "OpenForms"}


async def test_whoever_says_nothing_is_found(house: House) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(F.text == "/start")
    async def say(message: Message) -> None:
        await message.answer(GOOD, reply_markup=_markup(HELP))

    house.world.attach(house.bot.token, lambda update: dispatcher.feed_update(house.bot, update))
    memory = Memory(house.db)
    walk = await Walker(replace(house, dispatcher=dispatcher), memory, house.visitor("Анна")).go(["/start", "/menu"])
    memory.close()
    assert walk.faults["nothing was said to this"] == ("types '/menu'",)


async def test_the_database_goes_back_and_forth(house: House) -> None:
    memory = Memory(house.db)
    empty = memory.now
    assert memory.now is empty
    anna = house.visitor("Анна")
    await anna.says("/start")
    remembered = memory.now
    assert await _persons(house) == 1
    memory.return_to(empty)
    assert await _persons(house) == 0
    memory.return_to(remembered)
    assert await _persons(house) == 1
    memory.close()


async def test_rows_that_changed_or_went_come_back(house: House) -> None:
    await house.visitor("Анна").says("/start")
    await house.visitor("Борис").says("/start")
    memory = Memory(house.db)
    city = memory.now
    async with house.db.write() as session:
        anna, boris = await session.scalars(select(Person).order_by(Person.id))
        anna.telegram_id, ids = None, (anna.telegram_id, boris.telegram_id)
        await session.flush()
        boris.telegram_id = ids[0]  # what is unique changes hands
        await session.flush()
        anna.telegram_id = ids[1]
    exchanged = memory.now
    async with house.db.write() as session:
        await session.execute(delete(Person))
    memory.return_to(exchanged)
    assert await _telegram_ids(house) == [*reversed(ids)]
    memory.return_to(city)
    assert await _telegram_ids(house) == [*ids]
    memory.close()


async def _telegram_ids(house: House) -> list[int | None]:
    async with house.db.read() as session:
        return list(await session.scalars(select(Person.telegram_id).order_by(Person.id)))


async def _persons(house: House) -> int:
    async with house.db.read() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<b>Меню</b>\n\nАнна, здравствуйте", True),
        ("🗂 <b>Сети</b>", True),
        ("Анкета · шаг 2 из 6\n\nКак вас зовут?", True),
        ("Registration · step 2 of 6", True),
        ("❗️ Здесь нужен текст.\n\nАнкета · шаг 1 из 6", True),
        ("Здравствуйте", False),
        ("Анкета · шаг два", False),
    ],
)
def test_the_first_line_says_where_i_am(html: str, says: bool) -> None:
    assert says_where(Sight("", html.replace("<b>", "").replace("</b>", ""), html, ())) is says


def test_a_button_of_no_class_is_named() -> None:
    with pytest.raises(LookupError, match="zz:1"):
        address_of(Seen({"text": "Старое", "callback_data": "zz:1"}))
