"""Inline queries: asked in any chat, answered once and in time by what Telegram takes, and kept by it for a while."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedDocument,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from sandbox import Impossible, InProcessSession, Visitor, World, inline as inline_module
from sandbox.clock import real_seconds
from sandbox.server import serve
from tests.sandbox.conftest import House, http_bot, refused

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(id: str = "1", title: str = "Физика", text: str = "<b>Сеть</b> физиков", **more: Any) -> Any:
    content = InputTextMessageContent(message_text=text, parse_mode="HTML")
    return InlineQueryResultArticle(id=id, title=title, input_message_content=content, **more)


@pytest.fixture(params=["in process", "http"])
async def inline(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A bot with inline mode, behind either door."""
    world = World()
    account = world.add_bot(inline=True)
    anna = world.visitor("Анна")
    if request.param == "in process":
        yield House(world, Bot(account.token, session=InProcessSession(world)), anna)
        return
    server = await serve(world)
    bot = http_bot(server.url, account.token)
    yield House(world, bot, anna)
    await bot.session.close()
    await server.close()


async def asked(house: House, query: str = "физика", offset: str = "") -> str:
    """Anna asks; gives the number of the query."""
    return (await house.anna.asks_inline(query, offset=offset)).id


def offered(person: Visitor) -> list[str] | None:
    """What a person is offered now."""
    return person.offers


async def test_a_query_reaches_the_bot_and_its_answer_the_person(inline: House) -> None:
    assert (await inline.bot.get_me()).supports_inline_queries
    number = await asked(inline, "ф" * 300, "дальше")
    (update,) = await inline.bot.get_updates()
    assert update.inline_query is not None
    query = update.inline_query
    assert (query.id, query.from_user.id, query.query, query.offset) == (number, inline.anna.id, "ф" * 256, "дальше")
    assert offered(inline.anna) is None
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Открыть", callback_data="x")]])
    button = InlineQueryResultsButton(text="Анкета", start_parameter="join")
    results = [article(reply_markup=markup), article("2", "Химия", "химики", description="сеть")]
    assert await inline.bot.answer_inline_query(number, results, next_offset="2", button=button)
    assert offered(inline.anna) == ["Физика", "Химия"]
    answer = inline.world.state.inline_queries[number].answer
    assert answer is not None
    assert (answer.next_offset, answer.button) == ("2", {"text": "Анкета", "start_parameter": "join"})
    first, second = answer.results
    assert (first["text"], first["entities"][0]["type"], first["reply_markup"]["inline_keyboard"][0][0]["text"]) == (
        "Сеть физиков",
        "bold",
        "Открыть",
    )
    assert second["description"] == "сеть"


async def test_nothing_found_is_an_answer_too(inline: House) -> None:
    await inline.bot.answer_inline_query(await asked(inline), [])
    assert offered(inline.anna) == []


async def test_it_is_answered_once_by_its_own_bot_and_in_time(inline: House, monkeypatch: pytest.MonkeyPatch) -> None:
    number = await asked(inline)
    await inline.bot.answer_inline_query(number, [article()], cache_time=0)
    for wrong in (number, "7"):
        await refused(inline.bot.answer_inline_query(wrong, [article()]), TelegramBadRequest, TOO_OLD)
    other = Bot(inline.world.add_bot("other_bot", inline=True).token, session=InProcessSession(inline.world))
    await refused(other.answer_inline_query(await asked(inline), [article()]), TelegramBadRequest, TOO_OLD)
    monkeypatch.setattr(inline_module, "real_seconds", lambda: real_seconds() - 16)
    await refused(
        inline.bot.answer_inline_query(await asked(inline, "давно"), [article()]), TelegramBadRequest, TOO_OLD
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article(title="Химия")]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [article("ы" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(text="а" * 4097)]}, "message is too long"),
        (
            {"results": [article(text="<b>")]},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"results": [], "next_offset": "ы" * 33}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": InlineQueryResultsButton(text="Да")}, "START_PARAM_EMPTY"),
        ({"results": [], "button": InlineQueryResultsButton(text="Да", start_parameter="да")}, "START_PARAM_INVALID"),
        (
            {"results": [InlineQueryResultCachedDocument(id="1", title="план", document_file_id="x")]},
            "RESULT_TYPE_INVALID",
        ),
    ],
)
async def test_what_telegram_does_not_take(inline: House, answer: dict[str, Any], words: str) -> None:
    number = await asked(inline)
    await refused(inline.bot.answer_inline_query(number, **answer), TelegramBadRequest, f"Bad Request: {words}")
    assert offered(inline.anna) is None
    await inline.bot.answer_inline_query(number, [article(str(number)) for number in range(50)])
    assert offered(inline.anna) == ["Физика"] * 50


async def test_answers_are_kept_for_everybody_or_for_the_person(inline: House, monkeypatch: pytest.MonkeyPatch) -> None:
    boris = inline.world.visitor("Борис")
    await inline.bot.answer_inline_query(await asked(inline), [article()])
    await boris.asks_inline("физика")
    assert offered(boris) == ["Физика"]
    await inline.bot.answer_inline_query(await asked(inline, "моё"), [article()], is_personal=True)
    await asked(inline, "моё")
    assert offered(inline.anna) == ["Физика"]
    await boris.asks_inline("моё")
    await boris.asks_inline("физика", offset="2")
    assert offered(boris) is None
    await inline.bot.answer_inline_query(await asked(inline, "новости"), [article()], cache_time=0)
    await asked(inline, "новости")
    assert offered(inline.anna) is None
    queries = [update.inline_query for update in await inline.bot.get_updates()]
    assert [query.query for query in queries if query is not None] == [
        "физика",
        "моё",
        "моё",
        "физика",
        "новости",
        "новости",
    ]
    monkeypatch.setattr(inline_module, "real_seconds", lambda: real_seconds() + 301)
    await asked(inline)
    assert offered(inline.anna) is None


async def test_an_attached_bot_answers_at_once_and_old_queries_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline_module, "KEPT_QUERIES", 3)
    world = World()
    bot = Bot(world.add_bot(inline=True).token, session=InProcessSession(world))
    dispatcher = Dispatcher()

    @dispatcher.inline_query()
    async def offer(query: InlineQuery) -> None:
        await query.answer([article(title=query.query)], cache_time=0)

    world.attach(bot.token, lambda update: dispatcher.feed_update(bot, update), bot)
    anna = world.visitor("Анна")
    for query in "абвгд":
        await anna.asks_inline(query)
        assert anna.offers == [query]
    assert len(world.state.inline_queries) == 3


async def test_who_cannot_ask(house: House) -> None:
    with pytest.raises(Impossible, match="@metodset_bot has no inline mode"):
        await house.anna.asks_inline("физика")
    bot = house.world.add_bot("asked_bot", inline=True)
    vera = house.world.visitor("Вера", bot=bot)
    await vera.deletes_account()
    with pytest.raises(Impossible, match="Вера has deleted the account"):
        await vera.asks_inline("физика")
