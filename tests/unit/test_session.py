"""A call goes as JSON and says what aiogram's form says; only a file makes it a form."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.enums import ChatAction
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetUpdates,
    SendChatAction,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import make_bot, make_session
from bot.settings import Settings

TOKEN = "42:token"  # of nobody: it never leaves this machine
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Взять", callback_data="c:1"),
            InlineKeyboardButton(text="Сайт", url="https://ya.ru"),
        ]
    ]
)
PHOTO = InputMediaPhoto(media="photo-1", caption="<b>Урок</b>")

CALLS = [
    SendMessage(chat_id=7, text="<b>Привет</b> & «до» завтра 🙂", reply_markup=BUTTONS),
    SendMessage(
        chat_id=7, text="Ответ", reply_parameters=ReplyParameters(message_id=3, allow_sending_without_reply=True)
    ),
    SendMessage(chat_id=-100, text="Что?", disable_notification=False, reply_markup=ForceReply(selective=True)),
    SendMessage(chat_id="@channel", text="Всё", parse_mode=None, reply_markup=ReplyKeyboardRemove()),
    EditMessageText(chat_id=7, message_id=1, text="Иначе", reply_markup=InlineKeyboardMarkup(inline_keyboard=[])),
    AnswerCallbackQuery(callback_query_id="9", text="", show_alert=True),
    SendMediaGroup(chat_id=7, media=[PHOTO, InputMediaPhoto(media="photo-2")]),
    SendChatAction(chat_id=7, action=ChatAction.TYPING),
    GetUpdates(offset=0, timeout=30, allowed_updates=["message", "callback_query"]),
    SetMyCommands(
        commands=[BotCommand(command="menu", description="Меню")],
        scope=BotCommandScopeChat(chat_id=7),
        language_code="ru",
    ),
]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    session = make_session(Settings(_env_file=None))
    made = make_bot(TOKEN, session)
    yield made
    await session.close()


def without_nothings(value: Any) -> Any:
    """What is not there says the same as null."""
    if isinstance(value, dict):
        return {key: without_nothings(one) for key, one in value.items() if one is not None}
    return [without_nothings(one) for one in value] if isinstance(value, list) else value


def said_by_form(bot: Bot, call: TelegramMethod[Any]) -> dict[str, Any]:
    form = AiohttpSession().build_form_data(bot, call)
    return {options["name"]: value for options, _, value in form._fields}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
async def test_json_says_what_the_form_says(bot: Bot, call: TelegramMethod[Any]) -> None:
    session = make_session(Settings(_env_file=None))
    for _ in range(2):  # the second time the bot's defaults are known
        payload = session.build_form_data(bot, call)()
        assert payload.content_type == "application/json"
        said = json.loads(payload.decode())
        form = said_by_form(bot, call)
        assert said.keys() == form.keys()
        for name, value in said.items():
            written = form[name] if isinstance(value, str) else json.loads(form[name])
            assert without_nothings(value) == without_nothings(written), name


@pytest.mark.parametrize(
    "call",
    [
        SendDocument(chat_id=7, document=BufferedInputFile(b"%PDF", "plan.pdf"), caption="План"),
        SendMediaGroup(
            chat_id=7,
            media=[InputMediaDocument(media=BufferedInputFile(b"1", "1.txt")), InputMediaDocument(media="known")],
        ),
    ],
    ids=["document", "album"],
)
async def test_a_file_goes_in_a_form(bot: Bot, call: TelegramMethod[Any]) -> None:
    assert make_session(Settings(_env_file=None)).build_form_data(bot, call).is_multipart


async def test_it_arrives_so() -> None:
    seen: list[tuple[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append((request.content_type, await request.json()))
        chat = {"id": 7, "type": "private"}
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 0, "chat": chat}})

    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", take)
    async with TestServer(app) as server:
        session = make_session(Settings(_env_file=None, bot_api_url=str(server.make_url(""))))
        message = await make_bot(TOKEN, session).send_message(7, "Привет 🙂", reply_markup=BUTTONS)
        await session.close()
    assert message.message_id == 1
    ((content_type, body),) = seen
    assert content_type == "application/json"
    assert body == {
        "chat_id": 7,
        "text": "Привет 🙂",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [[{"text": "Взять", "callback_data": "c:1"}, {"text": "Сайт", "url": "https://ya.ru"}]]
        },
    }
