"""Telegram is told where to post, watched while it does, and asked to keep what comes when the bot is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.start import StartError
from bot.webhook import Webhook
from models import Database
from sandbox import Visitor
from sandbox.records import Webhook as WebhookRecord
from tests.support.post import Gate, text_of, until
from tests.support.posting import House, said, webhook_house


@pytest.fixture
async def house(db: Database, unused_tcp_port: int) -> AsyncIterator[House]:
    async with webhook_house(db, unused_tcp_port) as house:
        yield house


@pytest.fixture
def anna(house: House) -> Visitor:
    return house.post.world.visitor("Анна")


async def test_telegram_is_told_where_to_post_what_and_with_which_secret(house: House, anna: Visitor) -> None:
    await said(house, anna, "раньше")
    serving = asyncio.create_task(house.webhook.serve())
    await until(lambda: house.known)
    assert house.known == WebhookRecord(house.url, "geheim")
    assert house.post.world.state.bots[house.post.bot.id].allowed_updates == ("message",)
    house.post.stop.set()
    await serving
    await house.webhook.close()
    assert house.known is not None, "Telegram keeps what comes meanwhile"
    assert len(await house.given()) == 1, "nothing is dropped"


async def test_telling_is_tried_again_while_telegram_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.patience.FIRST_PAUSE_SECONDS", 0.01)
    house.post.world.fail_next("getWebhookInfo", 502, times=2)
    house.post.world.fail_next("setWebhook", 429, retry_after=1)
    with capture_logs() as logs:
        serving = asyncio.create_task(house.webhook.serve())
        await until(lambda: house.known)
    assert [log["event"] for log in logs][:3] == ["webhook-not-set"] * 3
    assert logs[2]["retry_in_seconds"] == 1
    assert "geheim" not in str(logs)
    house.post.stop.set()
    await serving


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (400, StartError, r"^WEBHOOK_URL: Telegram refuses it \(Bad Request: bad webhook\)\.$"),
        (401, TelegramUnauthorizedError, "Unauthorized"),
    ],
)
async def test_a_refusal_ends_it(house: House, code: int, kind: type[Exception], words: str) -> None:
    description = "Bad Request: bad webhook" if code == 400 else None
    house.post.world.fail_next("setWebhook", code, description=description)
    with pytest.raises(kind, match=words):
        await house.webhook.serve()


@pytest.mark.parametrize(
    ("error_age", "waiting", "is_set_anew"), [(10, 1, True), (10, 0, False), (3600, 1, False), (None, 1, False)]
)
async def test_updates_that_wait_out_pauses_come_at_once(
    house: House, anna: Visitor, error_age: int | None, waiting: int, is_set_anew: bool
) -> None:
    """Set again as it is, a webhook keeps its growing pauses: up to two minutes after the bot is back."""
    world, bot_id = house.post.world, house.post.bot.id
    if waiting:
        await said(house, anna, "раз")
    failed_at = None if error_age is None else int(datetime.now(UTC).timestamp()) - error_age
    world.delivery.set_webhook(bot_id, WebhookRecord(house.url, "geheim", 40, failed_at, "Connection refused"))
    serving = asyncio.create_task(house.webhook.serve())
    await until(lambda: any(call.method == "setWebhook" for call in world.calls))
    assert ("deleteWebhook" in [call.method for call in world.calls]) == is_set_anew
    assert len(await house.given()) == waiting
    house.post.stop.set()
    await serving


async def test_it_watches_that_telegram_posts(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.webhook.WATCH_SECONDS", 0.02)
    world, bot_id = house.post.world, house.post.bot.id
    delivery = world.delivery

    def heard(logs: list[Any], event: str) -> bool:
        return any(log["event"] == event for log in logs)

    with capture_logs() as logs:
        serving = asyncio.create_task(house.webhook.serve())
        await until(lambda: house.known)
        soon = int(datetime.now(UTC).timestamp()) + 5
        failed = WebhookRecord(house.url, "geheim", 40, soon, "Connection refused")
        delivery.set_webhook(bot_id, failed)
        await until(lambda: heard(logs, "webhook-trouble"))
        asked = len(world.calls)
        await until(lambda: len(world.calls) >= asked + 3)  # the same trouble is told of once
        world.fail_next("getWebhookInfo", 502)
        await until(lambda: heard(logs, "webhook-not-checked"))
        delivery.set_webhook(bot_id, None)
        await until(lambda: house.known)
        delivery.set_webhook(bot_id, WebhookRecord("http://127.0.0.1:1/other"))
        await until(lambda: heard(logs, "webhook-elsewhere"))
        world.fail_next("getWebhookInfo", 401)
        with pytest.raises(TelegramUnauthorizedError):
            await serving
    assert heard(logs, "webhook-gone")
    assert [log["reason"] for log in logs if log["event"] == "webhook-trouble"] == ["Connection refused"]


async def test_a_telegram_that_does_not_answer_does_not_hold_the_stop_up(house: House) -> None:
    house.post.world.slow_next("getWebhookInfo", 60)
    serving = asyncio.create_task(house.webhook.serve())
    await until(lambda: house.post.world.calls)
    house.post.stop.set()
    async with asyncio.timeout(2):
        await serving


# --- back to polling


async def test_what_came_by_a_webhook_tells_nothing_of_what_came_before(
    house: House, anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Boris's update still waits at Telegram when the later one of Anna is stored: polling must not pass over it."""
    monkeypatch.setattr("bot.patience.FIRST_PAUSE_SECONDS", 0.01)
    boris = house.post.world.visitor("Борис")
    house.settle()
    house.post.handle = Gate("после")
    await said(house, boris, "до")
    (later,) = await said(house, anna, "после")
    house.post.world.delivery.set_webhook(house.post.bot.id, WebhookRecord(house.url, "geheim"))
    await house.posts(later)
    polled = await house.post.dies()
    assert await polled.inbox.replay() == 1
    assert [text_of(update) for update in await house.given()] == ["до", "после"]
    polling = asyncio.create_task(polled.inbox.poll())
    await until(lambda: "до" in polled.served)
    polled.stop.set()
    await polling
    assert house.known is None


# --- the port


async def test_a_port_or_an_address_that_cannot_be_had_is_told_in_a_sentence(house: House) -> None:
    post = house.post
    anywhere = Webhook(post.inbox, post.bot, Settings(_env_file=None, http_port=0), house.url, post.stop)
    with pytest.raises(StartError, match=r"^HTTP_PORT: with WEBHOOK_URL it must be the port"):
        await anywhere.open()
    port = house.webhook._address[1]
    for host, words in (
        ("127.0.0.1", rf"^HTTP_PORT: cannot listen on 127\.0\.0\.1:{port} \(Address already in use\)\.$"),
        ("192.0.2.1", rf"^HTTP_HOST: cannot listen on 192\.0\.2\.1:{port} \(Cannot assign requested address\)\.$"),
    ):
        settings = Settings(_env_file=None, http_host=host, http_port=port)
        second = Webhook(post.inbox, post.bot, settings, house.url, post.stop)
        with pytest.raises(StartError, match=words):
            await second.open()
        await second.close()
