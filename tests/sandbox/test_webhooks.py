"""Webhooks as the real thing: posted until taken, in order for each chat, with the secret, one way of delivery at a time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from sandbox import World, webhooks
from sandbox.server import serve
from sandbox.webhooks import pause_after
from tests.sandbox.conftest import House, Page, http_bot, keyboard, refused

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
Answer = Callable[[], Awaitable[web.Response]]


class Receiver:
    """A bot's server: writes down what is posted and answers as told, by default 200."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/hook"
        self.got: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[Answer | web.Response] = []
        self.at_once = self.most_at_once = 0
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.headers.append(dict(request.headers))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if isinstance(answer, web.Response):
            return answer
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await answer()
        finally:
            self.at_once -= 1

    @property
    def texts(self) -> list[str]:
        """What the posted messages say."""
        return [update["message"]["text"] for update in self.got if "message" in update]

    async def gets(self, *texts: str) -> None:
        """Wait until exactly these messages have been posted."""
        await until(lambda: len(self.texts) >= len(texts))
        assert self.texts == list(texts)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # conditions of many kinds
            await asyncio.sleep(0.005)


def answers_after(seconds: float) -> Answer:
    async def answer() -> web.Response:
        await asyncio.sleep(seconds)
        return web.Response()

    return answer


@asynccontextmanager
async def served(world: World, receiver: Receiver) -> AsyncIterator[Bot]:
    """The world on HTTP with its webhook set."""
    server = await serve(world)
    bot = http_bot(server.url, world.only_bot().token)
    await bot.set_webhook(receiver.url)
    yield bot
    await bot.session.close()
    await server.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    receiver = Receiver(port)
    await receiver.open()
    yield receiver
    await receiver.close()


def _failed(house: House) -> bool:
    """Whether the webhook has failed ever."""
    webhook = house.world.state.bots[house.bot.id].webhook
    return webhook is not None and webhook.last_error_date is not None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries ten times as fast as Telegram's."""
    monkeypatch.setattr(webhooks, "pause_after", lambda failures: pause_after(failures) / 10)


# --- setting it


async def test_a_webhook_and_polling_exclude_each_other(door: House) -> None:
    await door.anna.says("раз")
    poll = asyncio.create_task(door.bot.get_updates(offset=200_000_000, timeout=50))
    await asyncio.sleep(0.05)
    await door.bot.set_webhook("http://127.0.0.1:1/hook", max_connections=1000)
    with pytest.raises(TelegramConflictError) as caught:
        await poll
    assert caught.value.message == "Conflict: terminated by setWebhook request"
    await refused(door.bot.get_updates(), TelegramConflictError, ACTIVE)
    info = await door.bot.get_webhook_info()
    assert (info.url, info.max_connections, info.has_custom_certificate) == ("http://127.0.0.1:1/hook", 100, False)
    await door.bot.delete_webhook()
    info = await door.bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == ("", None, 0)
    assert await door.bot.get_updates() == []


async def test_an_empty_address_removes_it_and_what_waits_stays_unless_dropped(house: House) -> None:
    await house.bot.set_webhook("http://127.0.0.1:1/hook", allowed_updates=["message"])
    await house.anna.says("раз")
    await house.bot.set_webhook("")
    info = await house.bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == ("", 1, ["message"])
    await house.bot.set_webhook("http://127.0.0.1:1/hook", drop_pending_updates=True)
    info = await house.bot.get_webhook_info()
    assert (info.pending_update_count, info.allowed_updates) == (0, ["message"])
    await house.anna.says("два")
    await house.bot.delete_webhook(drop_pending_updates=True)
    assert await house.bot.get_updates() == []


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("example.org/hook", None, "invalid webhook URL specified"),
        ("https://[::1/hook", None, "invalid webhook URL specified"),
        ("https://example.org:port/hook", None, "invalid webhook URL specified"),
        ("ftp://127.0.0.1/hook", None, "invalid webhook URL specified"),
        ("http://example.org/hook", None, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "https://example.org:8080/hook",
            None,
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ("https://example.org/hook", None, "bad webhook: Failed to resolve host: Name or service not known"),
        ("http://127.0.0.1:1/hook", "s" * 257, "secret token is too long"),
        ("http://127.0.0.1:1/hook", "sécret", "secret token contains unallowed characters"),
        ("http://127.0.0.1:1/hook", "a b", "secret token contains unallowed characters"),
    ],
)
async def test_wrong_ones_are_refused(door: House, url: str, secret: str | None, words: str) -> None:
    await refused(door.bot.set_webhook(url, secret_token=secret), TelegramBadRequest, f"Bad Request: {words}")
    assert (await door.bot.get_webhook_info()).url == ""


async def test_an_empty_list_of_kinds_is_the_usual_ones(page: Page, http: House) -> None:
    await http.bot.set_webhook("http://127.0.0.1:1/hook", allowed_updates=["message"])
    body = {"url": "http://127.0.0.1:1/hook", "allowed_updates": []}  # aiogram leaves empty lists out
    async with page.session.post(f"{page.url}/bot{http.token}/setWebhook", json=body) as response:
        assert response.status == 200
    assert (await http.bot.get_webhook_info()).allowed_updates is None


# --- posting


@pytest.mark.parametrize("secret", [None, "aZ09_-" * 42 + "1234"])
async def test_what_waits_and_what_comes_is_posted_with_the_secret(
    http: House, receiver: Receiver, secret: str | None
) -> None:
    await http.anna.says("раньше")
    await http.bot.set_webhook(receiver.url, secret_token=secret)
    await receiver.gets("раньше")
    await http.anna.says("потом")
    await receiver.gets("раньше", "потом")
    assert [headers.get("X-Telegram-Bot-Api-Secret-Token") for headers in receiver.headers] == [secret] * 2
    assert receiver.headers[0]["Content-Type"].startswith("application/json")
    await until(lambda: not http.world.delivery.pending(http.bot.id))
    assert http.world.delivery.connected(http.bot.id)


@pytest.mark.usefixtures("quick")
async def test_one_that_is_not_taken_is_posted_again_and_holds_back_those_behind_it(
    http: House, receiver: Receiver
) -> None:
    boris = http.world.visitor("Борис", started=True)
    await http.bot.set_webhook(receiver.url)
    receiver.answers = [web.Response(status=500) for _ in range(3)]
    await http.anna.says("раз")
    await http.anna.says("два")
    await until(lambda: len(receiver.got) == 2)
    info = await http.bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        2,
        "Wrong response from the webhook: 500 Internal Server Error",
    )
    assert info.last_error_date is not None
    assert not http.world.delivery.connected(http.bot.id)
    await receiver.gets("раз", "раз", "раз", "раз", "два")
    await boris.says("три")
    await until(lambda: "три" in receiver.texts)


async def test_others_do_not_wait_for_the_one_who_is_held_back(http: House, receiver: Receiver) -> None:
    """With the real pauses: Anna's second post again comes two seconds after her first."""
    boris = http.world.visitor("Борис", started=True)
    await http.bot.set_webhook(receiver.url)
    receiver.answers = [web.Response(status=503), web.Response(status=503)]
    await http.anna.says("раз")
    await until(lambda: len(receiver.got) == 2)
    await boris.says("два")
    await receiver.gets("раз", "раз", "два")
    await receiver.gets("раз", "раз", "два", "раз")


def test_pauses_grow_as_telegrams_do() -> None:
    assert [pause_after(failures) for failures in range(8)] == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_it_waits_as_long_as_the_bot_asks(http: House, receiver: Receiver) -> None:
    await http.bot.set_webhook(receiver.url)
    receiver.answers = [web.Response(status=429, headers={"Retry-After": "1"})]
    begun = asyncio.get_running_loop().time()
    await http.anna.says("раз")
    await receiver.gets("раз", "раз")
    assert asyncio.get_running_loop().time() - begun >= 1


@pytest.mark.usefixtures("quick")
async def test_a_bot_that_is_down_gets_everything_when_it_is_back(http: House, receiver: Receiver) -> None:
    await http.bot.set_webhook(receiver.url)
    await receiver.close()
    await http.anna.says("раз")
    await http.anna.says("два")
    await until(lambda: _failed(http))
    assert (await http.bot.get_webhook_info()).last_error_message == "Connection refused"
    await receiver.open()
    await receiver.gets("раз", "два")


@pytest.mark.usefixtures("quick")
async def test_a_bot_that_dies_with_a_post_gets_it_again(http: House, receiver: Receiver) -> None:
    async def never() -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    await http.bot.set_webhook(receiver.url)
    receiver.answers = [never]
    await http.anna.says("раз")
    await until(lambda: receiver.at_once)
    await receiver.close()
    await until(lambda: _failed(http))
    await receiver.open()
    await receiver.gets("раз", "раз")


async def test_a_bot_that_does_not_answer_is_given_up_after_a_minute(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert webhooks.PATIENCE == 60
    monkeypatch.setattr(webhooks, "PATIENCE", 0.1)
    receiver.answers = [answers_after(0.5)]
    async with served(world, receiver) as bot:
        await world.visitor("Анна").says("раз")
        await receiver.gets("раз", "раз")
        assert (await bot.get_webhook_info()).last_error_message == "Read timeout expired"


@pytest.mark.parametrize(("most", "reached"), [(3, 3), (None, 8)])
async def test_chats_are_served_side_by_side_within_the_bounds(
    http: House, receiver: Receiver, most: int | None, reached: int
) -> None:
    await http.bot.set_webhook(receiver.url, max_connections=most)
    receiver.answers = [answers_after(0.1) for _ in range(16)]
    people = [http.world.visitor(f"Человек {number}", started=True) for number in range(8)]
    for number, person in enumerate(people):
        await person.says(f"{number}a")
        await person.says(f"{number}b")
    await until(lambda: len(receiver.got) == 16)
    assert receiver.most_at_once == reached
    for number in range(8):
        assert receiver.texts.index(f"{number}a") < receiver.texts.index(f"{number}b")


async def test_the_same_webhook_again_changes_nothing_another_begins_anew(http: House, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500) for _ in range(3)]
    await http.bot.set_webhook(receiver.url)
    await http.anna.says("раз")
    await until(lambda: len(receiver.got) == 2)  # the next one comes in two seconds
    await http.bot.set_webhook(receiver.url)
    await asyncio.sleep(0.2)
    assert len(receiver.got) == 2
    assert (await http.bot.get_webhook_info()).last_error_message
    await http.bot.delete_webhook()
    await http.bot.set_webhook(receiver.url)
    await until(lambda: len(receiver.got) >= 4)


async def test_only_asked_kinds_are_posted(http: House, receiver: Receiver) -> None:
    await http.bot.set_webhook(receiver.url, allowed_updates=["callback_query"])
    shown = await http.bot.send_message(http.anna.id, "да?", reply_markup=keyboard("Да"))
    await http.anna.says("мимо")
    await http.anna.taps("Да")
    await until(lambda: receiver.got)
    assert [update["callback_query"]["message"]["message_id"] for update in receiver.got] == [shown.message_id]


async def test_an_answer_with_a_method_is_performed(http: House, receiver: Receiver) -> None:
    chat = http.anna.id
    receiver.answers = [
        web.json_response({"method": "sendMessage", "chat_id": chat, "text": "вот"}),
        web.Response(
            body=f"method=SENDMESSAGE&chat_id={chat}&text=form", content_type="application/x-www-form-urlencoded"
        ),
        web.json_response({"method": "sendMessage", "chat_id": chat}),
        web.json_response({"method": "deleteWebhook"}),
        web.Response(text="{", content_type="application/json"),
    ]
    await http.bot.set_webhook(receiver.url)
    for number in range(6):
        await http.anna.says(str(number))
    await receiver.gets(*"012345")
    await until(lambda: not http.world.delivery.pending(http.bot.id))
    assert [message.text for message in http.anna.messages if message.from_bot] == ["вот", "form"]
    assert [(call.method, call.error_code) for call in http.world.calls[1:]] == [
        ("sendMessage", None),
        ("sendMessage", None),
        ("sendMessage", 400),
    ]
    assert (await http.bot.get_webhook_info()).url == receiver.url


async def test_a_world_that_is_served_again_goes_on(world: World, receiver: Receiver) -> None:
    async with served(world, receiver):
        await world.visitor("Анна").says("раз")
        await receiver.gets("раз")
    await world.visitor("Анна").says("два")
    await asyncio.sleep(0.05)
    server = await serve(world)
    await receiver.gets("раз", "два")
    await server.close()
