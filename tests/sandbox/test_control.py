"""The control API as the web chat uses it, its live events and its guard."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from aiohttp import ClientResponse, FormData

from sandbox import World
from sandbox.pictures import plain_png
from sandbox.remote import RemoteVisitor
from sandbox.server import Server, make_app, serve
from tests.sandbox.conftest import House, Page, keyboard


class Events:
    """A stream of server-sent events."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response

    async def next(self, kind: str) -> Any:
        while True:
            line = await asyncio.wait_for(self.response.content.readline(), 5)
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                event = json.loads(line[6:])
                if event["type"] == kind:
                    return event


async def test_a_visit(page: Page, http: House) -> None:
    bot = http.bot
    vera = await page.post("/people", first_name="Вера", note="эксперт", pinned=True, group="Эксперты")
    state = await page.get("/state")
    assert state["bot"] == {"id": bot.id, "username": "metodset_bot", "first_name": "Методсеть", "description": ""}
    assert (state["connected"], state["shift_seconds"], state["people"][0]) == (False, 0, vera)
    assert vera | {"id": 0} == {
        "id": 0,
        "first_name": "Вера",
        "last_name": "",
        "username": "",
        "language_code": "ru",
        "note": "эксперт",
        "group": "Эксперты",
        "pinned": True,
        "unread": 0,
        "blocked": False,
        "last_message": None,
    }
    person = f"/people/{vera['id']}"
    await page.post(f"{person}/start", payload="abc")
    markup = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Да", callback_data="yes")],
            [InlineKeyboardButton(text="Сайт", url="https://x.ru/")],
        ]
    )
    await bot.send_message(vera["id"], "<b>Да</b> или <i>нет</i>?", parse_mode="HTML", reply_markup=markup)
    rows = [[KeyboardButton(text="Меню")]]
    await bot.send_message(vera["id"], "клавиатура", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    await bot.set_my_commands([BotCommand(command="menu", description="Меню")])
    assert await page.get(f"{person}/commands") == [{"command": "menu", "description": "Меню"}]
    facts = await page.get(f"{person}/messages")
    started, question, _ = facts["messages"]
    assert (started["text"], started["from_me"], facts["has_more"]) == ("/start abc", True, False)
    assert facts["reply_keyboard"]["rows"] == [["Меню"]]
    assert question["html"] == "<b>Да</b> или <i>нет</i>?"
    assert question["keyboard"] == [
        [{"text": "Да", "url": None, "kind": "callback"}],
        [{"text": "Сайт", "url": "https://x.ru/", "kind": "url"}],
    ]
    assert (await page.get("/state"))["people"][0]["unread"] == 2
    await page.post(f"{person}/read")
    known = (await page.get("/state"))["people"][0]
    assert (known["unread"], known["last_message"]["text"], known["last_message"]["from_me"]) == (
        0,
        "клавиатура",
        False,
    )
    await page.post(f"{person}/text", text="нет", reply_to=question["message_id"])
    await page.post(f"{person}/edit", message_id=4, text="да")
    await page.post(f"{person}/forward", message_id=question["message_id"])
    facts = await page.get(f"{person}/messages?limit=2")
    assert facts["has_more"] is True
    answer, forwarded = facts["messages"]
    assert (answer["text"], answer["reply_to"]["text"], answer["edit_date"] is not None) == (
        "да",
        "Да или нет?",
        True,
    )
    assert forwarded["forward"] == {"name": "Методсеть"}
    older = await page.get(f"{person}/messages?before={answer['message_id']}&limit=50")
    assert ([message["message_id"] for message in older["messages"]], older["has_more"]) == ([1, 2, 3], False)
    await page.post(f"{person}/block")
    assert (await page.get("/state"))["people"][0]["blocked"] is True
    refusal = await page.post(f"{person}/text", status=400, text="а")
    assert "blocked" in refusal["error"]
    await page.post(f"{person}/unblock")
    await page.post(f"{person}/text", text="а")


async def test_pressing_and_its_answer(page: Page, http: House) -> None:
    bot, anna = http.bot, http.anna
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])
    sent = await bot.send_message(anna.id, "да?", reply_markup=markup)
    async with page.session.get(f"{page.url}/control/events") as response:
        events = Events(response)
        pressed = await page.post(f"/people/{anna.id}/tap", message_id=sent.message_id, row=0, column=0)
        updates = await bot.get_updates()
        assert updates[0].callback_query is not None
        assert updates[0].callback_query.id == pressed["callback_id"]
        await bot.answer_callback_query(pressed["callback_id"], "принято", show_alert=True)
        answer = await events.next("answer")
        assert answer | {"type": ""} == {
            "type": "",
            "person_id": anna.id,
            "callback_id": pressed["callback_id"],
            "message_id": sent.message_id,
            "text": "принято",
            "alert": True,
            "url": "",
        }
    for place in ({"row": 1, "column": 0}, {"row": 0, "column": -1}):
        await page.post(f"/people/{anna.id}/tap", status=400, message_id=sent.message_id, **place)


async def test_live_events(page: Page, http: House) -> None:
    bot, anna = http.bot, http.anna
    async with page.session.get(f"{page.url}/control/events") as response:
        assert response.content_type == "text/event-stream"
        events = Events(response)
        sent = await bot.send_message(anna.id, "раз")
        message = await events.next("message")
        assert (message["person_id"], message["message"]["text"], message["unread"]) == (anna.id, "раз", 1)
        call = await events.next("call")
        assert (call["method"], call["ok"], call["error"], call["person_id"]) == ("sendMessage", True, None, anna.id)
        await bot.edit_message_text("два", chat_id=anna.id, message_id=sent.message_id)
        edited = await events.next("edit")
        assert (edited["message"]["text"], edited["message"]["edit_date"] is None) == ("два", False)
        await bot.send_chat_action(anna.id, "typing")
        assert (await events.next("action"))["action"] == "typing"
        await bot.delete_message(anna.id, sent.message_id)
        assert (await events.next("delete"))["message_ids"] == [sent.message_id]
        rows = [[KeyboardButton(text="Меню")]]
        await bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardMarkup(keyboard=rows, is_persistent=True))
        keyboard = await events.next("keyboard")
        assert (keyboard["reply_keyboard"]["rows"], keyboard["reply_keyboard"]["is_persistent"]) == ([["Меню"]], True)
        await page.post("/time", advance_seconds=3600)
        assert (await events.next("time"))["shift_seconds"] == 3600
        await page.post("/people", first_name="Борис")
        assert (await events.next("people"))["person"]["first_name"] == "Борис"
        http.world.journal.fault("крутится")
        assert (await events.next("fault"))["text"] == "крутится"
        await bot.get_updates()
        assert (await events.next("connected"))["connected"] is True


async def test_the_own_number(page: Page, http: House) -> None:
    keys = [[KeyboardButton(text="Мой номер", request_contact=True)], [KeyboardButton(text="Не сейчас")]]
    anna = http.anna
    await anna.says("/start")
    await http.bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardMarkup(keyboard=keys, one_time_keyboard=True))
    person = f"/people/{anna.id}"
    shown = (await page.get(f"{person}/messages"))["reply_keyboard"]["rows"]
    assert shown == [[{"text": "Мой номер", "request_contact": True}], ["Не сейчас"]]
    await page.post(f"{person}/contact")
    facts = await page.get(f"{person}/messages")
    assert facts["messages"][-1]["contact"]["user_id"] == anna.id
    assert facts["reply_keyboard"] is None
    (line,) = [one for one in (await page.get("/state"))["people"] if one["id"] == anna.id]
    assert line["last_message"]["media"] == "contact"


async def test_files(page: Page, http: House) -> None:
    async def send(kind: str, caption: str, *files: tuple[str, bytes, str]) -> int:
        form = FormData()
        for name, data, mime in files:
            form.add_field("files", data, filename=name, content_type=mime)
        form.add_field("kind", kind)
        form.add_field("caption", caption)
        path = f"{page.url}/control/people/{http.anna.id}/files"
        async with page.session.post(path, data=form) as response:
            return response.status

    picture = plain_png(30, 20)
    assert await send("auto", "две", ("а.png", picture, "image/png"), ("б.png", picture, "image/png")) == 200
    assert await send("document", "", ("а.png", picture, "image/png")) == 200
    assert await send("auto", "план", ("план.html", b"<script>alert(1)</script>", "text/html")) == 200
    assert await send("voice", "", ("г.ogg", b"OggS", "audio/ogg")) == 200
    assert await send("photo", "", ("а.txt", b"text", "text/plain")) == 400
    assert await send("auto", "") == 400
    messages = (await page.get(f"/people/{http.anna.id}/messages"))["messages"]
    assert [message["media"]["kind"] for message in messages] == ["photo", "photo", "document", "document", "voice"]
    assert messages[0]["media_group_id"] == messages[1]["media_group_id"] is not None
    assert (messages[0]["text"], messages[0]["media"]["width"], messages[3]["media"]["size"]) == ("две", 30, 25)
    async with page.session.get(f"{page.url}/control/files/{messages[0]['media']['file_id']}") as response:
        assert (await response.read(), response.content_type) == (picture, "image/png")
    async with page.session.get(f"{page.url}/control/files/{messages[3]['media']['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    updates = await http.bot.get_updates()
    assert len(updates) == 5
    await http.bot.send_photo(http.anna.id, BufferedInputFile(picture, "c.png"))
    assert http.anna.screen.media == "photo"


async def test_time_limits_and_failures(page: Page, http: House) -> None:
    moved = await page.post("/time", advance_seconds=86400)
    assert moved["shift_seconds"] == 86400
    assert (await page.get("/state"))["now"][:10] == moved["now"][:10]
    assert (await page.post("/time", reset=True))["shift_seconds"] == 0
    await page.post("/fail", method="sendMessage", code=500, times=1)
    await page.post("/limits", chat_burst=2, chat_rate=0)
    outcomes = []
    for number in range(4):
        url = f"{page.url}/bot{http.token}/sendMessage"
        async with page.session.get(url, params={"chat_id": http.anna.id, "text": str(number)}) as response:
            outcomes.append(response.status)
    assert outcomes == [500, 200, 200, 429]
    calls = await page.get("/calls")
    assert [call["ok"] for call in calls] == [False, True, True, False]
    assert [call["error_code"] for call in calls] == [500, None, None, 429]
    assert await page.get(f"/calls?after={calls[1]['number']}") == calls[2:]
    assert await page.get(f"/calls?after={calls[0]['number']}&limit=2") == calls[1:3]
    assert await page.get("/calls?after=99") == []
    for wrong in ("after=-1", "limit=all"):
        async with page.session.get(f"{page.url}/control/calls?{wrong}") as response:
            assert (response.status, await response.json()) == (400, {"error": "after and limit must be whole numbers"})
    assert await page.get("/faults") == []
    await page.post("/limits", off=True)
    await http.bot.send_message(http.anna.id, "можно")


async def test_a_bad_day_begins_and_ends(page: Page, http: House) -> None:
    await page.post("/weather", method="sendMessage", shares={"500": 1.0}, seed=1)
    with pytest.raises(TelegramServerError):
        await http.bot.send_message(http.anna.id, "раз")
    await page.post("/weather", shares={})
    await http.bot.send_message(http.anna.id, "два")
    assert http.anna.sees == "два"


async def test_slow_answers_that_the_caller_does_not_wait_for(page: Page, http: House) -> None:
    """The deed is done: whoever gives up does not know it."""
    await page.post("/slow", method="sendMessage", seconds=30)
    with pytest.raises(TelegramNetworkError):
        await http.bot.send_message(http.anna.id, "раз", request_timeout=1)
    assert http.anna.sees == "раз"
    (call,) = await page.get("/calls")
    assert (call["ok"], call["ms"] >= 30_000) == (True, True)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/people", {}, "first_name must be of type str"),
        ("/people", {"first_name": " "}, "first_name must not be empty"),
        ("/people", {"first_name": "А", "id": True}, "id must be of type int"),
        ("/time", {"advance_seconds": "час"}, "advance_seconds must be of type float"),
        ("/time", {"advance_seconds": 1e12}, "time can be moved by twenty years at most"),
        ("/fail", {"method": "getMe", "code": 200}, 'code must be 400 to 599, "drop" or "break"'),
        ("/weather", {"shares": {"200": 0.1}}, "a code is 400 to 599, drop or break"),
        ("/weather", {"shares": {"429": 0.6, "500": 0.6}}, "shares lie between 0 and 1, all of them together too"),
        ("/weather", {"shares": {"429": "often"}}, "could not convert string to float: 'often'"),
        ("/slow", {"method": "getMe", "seconds": -1}, "seconds must be 0 to 3600"),
        ("/slow", {"method": "getMe", "seconds": "nan"}, "seconds must be of type float"),
        ("/limits", {"chat_burst": -1}, "limits are not negative"),
        ("/people/{anna}/text", {"text": "  "}, "an app does not send an empty message"),
        ("/people/{anna}/tap", {"message_id": 9, "row": 0, "column": 0}, "this message is not there any more"),
        ("/people/{anna}/forward", {"message_id": 9}, "this message is not there any more"),
    ],
)
async def test_input_that_makes_no_sense(page: Page, http: House, path: str, body: Any, words: str) -> None:
    answer = await page.post(path.format(anna=http.anna.id), status=400, **body)
    assert answer == {"error": words}


async def test_people_and_files_that_are_not_there(page: Page, http: House) -> None:
    await page.post("/people/12345/text", status=404, text="а")
    async with page.session.get(f"{page.url}/control/files/nothing") as response:
        assert response.status == 404


async def test_the_page_itself(page: Page) -> None:
    async with page.session.get(page.url) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    async with page.session.get(f"{page.url}/static/../server.py") as response:
        assert response.status == 404


async def test_an_attached_bot_behind_the_page(page: Page, http: House) -> None:
    heard: list[Update] = []

    async def feed(update: Update) -> None:
        heard.append(update)
        raise RuntimeError("сломался")

    http.world.attach(http.token, feed)
    await page.post(f"/people/{http.anna.id}/text", text="привет")
    await asyncio.sleep(0)
    assert [update.message.text for update in heard if update.message] == ["привет"]
    assert [fault["text"] for fault in await page.get("/faults")] == ["the bot failed: RuntimeError('сломался')"]


async def test_remote_actors(page: Page, http: House) -> None:
    vera = await RemoteVisitor.enter(page.session, page.url, "Вера", started=True)
    assert (await vera.sees(), await vera.buttons()) == ("", [])
    await http.bot.send_message(vera.id, "старое", reply_markup=keyboard("Назад", "Да"))
    await http.bot.send_message(vera.id, "новое", reply_markup=keyboard("Да, конечно", "Да"))
    assert (await vera.sees(), await vera.buttons()) == ("новое", ["Да, конечно", "Да"])
    ids = [await vera.taps("Да"), await vera.taps("Назад"), await vera.taps("конечно")]
    presses = [update.callback_query for update in await http.bot.get_updates()]
    assert [press.id for press in presses if press is not None] == ids
    assert [press.message.message_id for press in presses if press is not None and press.message is not None] == [
        2,
        1,
        2,
    ]
    with pytest.raises(AssertionError, match="no button 'Нет'"):
        await vera.taps("Нет")
    await vera.says("привет")
    waiting = asyncio.create_task(vera.waits_for("ответ"))
    await http.bot.send_message(vera.id, "вот ответ")
    assert (await waiting)["text"] == "вот ответ"
    with pytest.raises(AssertionError, match="in vain for 'нет' and sees 'вот ответ'"):
        await vera.waits_for("нет", timeout=0.05)
    with pytest.raises(AssertionError, match="empty message"):
        await vera.says(" ")


async def test_a_busy_port_and_a_world_without_bots(world: World, server: Server) -> None:
    with pytest.raises(OSError, match=rf"cannot listen on 127.0.0.1:{server.port}: the port is taken"):
        await serve(world, port=server.port)
    with pytest.raises(LookupError, match="add a bot"):
        make_app(World(), host="127.0.0.1")
