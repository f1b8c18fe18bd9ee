"""Telegram's refusals, in Telegram's words, through both doors."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from sandbox import Limits, World
from sandbox.weather import Mishap
from tests.sandbox.conftest import House, keyboard, refused


def row(count: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="1", callback_data="x") for _ in range(count)]]
    )


async def test_a_chat_nobody_has(door: House) -> None:
    await refused(door.bot.send_message(12345, "а"), TelegramBadRequest, "Bad Request: chat not found")
    await refused(door.bot.send_message("@nobody", "а"), TelegramBadRequest, "Bad Request: chat not found")
    assert door.anna.messages == []


async def test_a_person_who_never_wrote(door: House) -> None:
    boris = door.world.visitor("Борис")
    await refused(
        door.bot.send_message(boris.id, "а"),
        TelegramForbiddenError,
        "Forbidden: bot can't initiate conversation with a user",
    )
    await refused(door.bot.get_chat(boris.id), TelegramBadRequest, "Bad Request: chat not found")
    await boris.says("привет")
    await door.bot.send_message(boris.id, "а")
    assert boris.sees == "а"


async def test_a_person_who_blocked_the_bot(door: House) -> None:
    sent = await door.bot.send_message(door.anna.id, "до")
    await door.anna.blocks()
    words = "Forbidden: bot was blocked by the user"
    await refused(door.bot.send_message(door.anna.id, "а"), TelegramForbiddenError, words)
    await refused(door.bot.send_chat_action(door.anna.id, "typing"), TelegramForbiddenError, words)
    await door.bot.edit_message_text("правка", chat_id=door.anna.id, message_id=sent.message_id)
    assert [message.text for message in door.anna.messages] == ["правка"]
    await door.anna.unblocks()
    await door.bot.send_message(door.anna.id, "после")


async def test_a_person_who_left_telegram(door: House) -> None:
    await door.anna.deletes_account()
    words = "Forbidden: user is deactivated"
    await refused(door.bot.send_message(door.anna.id, "а"), TelegramForbiddenError, words)


async def test_the_bot_itself(door: House) -> None:
    await refused(
        door.bot.send_message(door.bot.id, "а"), TelegramForbiddenError, "Forbidden: bots can't send messages to bots"
    )


async def test_a_group_without_the_bot(door: House) -> None:
    group = door.world.group("Учителя", members=[door.anna], bots=[])
    words = "Forbidden: bot is not a member of the supergroup chat"
    await refused(door.bot.send_message(group.id, "а"), TelegramForbiddenError, words)
    await door.anna.invites_bot(group)
    await door.bot.send_message(group.id, "а")
    await door.anna.kicks_bot(group)
    words = "Forbidden: bot was kicked from the supergroup chat"
    await refused(door.bot.send_message(group.id, "а"), TelegramForbiddenError, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: text must be non-empty"),
        ("а" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),
    ],
)
async def test_texts_too_short_and_too_long(door: House, text: str, words: str) -> None:
    await refused(door.bot.send_message(door.anna.id, text), TelegramBadRequest, words)
    assert door.anna.messages == []


async def test_length_is_counted_after_entities(door: House) -> None:
    await door.bot.send_message(door.anna.id, f"<b>{'а' * 4096}</b>", parse_mode="HTML")
    await refused(
        door.bot.send_message(door.anna.id, f"<b>{'а' * 4097}</b>", parse_mode="HTML"),
        TelegramBadRequest,
        "Bad Request: message is too long",
    )
    await door.bot.send_message(door.anna.id, "😀" * 2048)
    assert len(door.anna.messages) == 2


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>х", 'Can\'t find end tag corresponding to start tag "b"'),
        ("Да <p>х</p>", 'Unsupported start tag "p" at byte offset 5'),
        ("х</b>", "Unexpected end tag at byte offset 2"),
        ("<b>х</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
async def test_broken_html(door: House, html: str, words: str) -> None:
    await refused(
        door.bot.send_message(door.anna.id, html, parse_mode="HTML"),
        TelegramBadRequest,
        f"Bad Request: can't parse entities: {words}",
    )
    assert door.anna.messages == []


async def test_other_parse_modes(door: House) -> None:
    await refused(
        door.bot.send_message(door.anna.id, "а", parse_mode="bold"),
        TelegramBadRequest,
        "Bad Request: unsupported parse_mode",
    )
    await refused(
        door.bot.send_message(door.anna.id, "*а*", parse_mode="MarkdownV2"),
        TelegramBadRequest,
        "Bad Request: the sandbox reads HTML only, not MarkdownV2",
    )
    assert [fault.text for fault in door.world.faults] == ["parse_mode MarkdownV2 is not read by the sandbox: use HTML"]


async def test_entities_beyond_the_text(door: House) -> None:
    entities = [MessageEntity(type="bold", offset=1, length=9)]
    await refused(
        door.bot.send_message(door.anna.id, "абв", entities=entities),
        TelegramBadRequest,
        "Bad Request: entity beyond the end of the text",
    )


async def test_captions(door: House) -> None:
    photo = await door.anna.sends_photo()
    assert photo.file is not None
    await door.bot.send_photo(door.anna.id, photo.file.file_id, caption="а" * 1024)
    await refused(
        door.bot.send_photo(door.anna.id, photo.file.file_id, caption="а" * 1025),
        TelegramBadRequest,
        "Bad Request: message caption is too long",
    )


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard("а", data="я" * 33), "BUTTON_DATA_INVALID"),
        (keyboard("а", data=""), "BUTTON_DATA_INVALID"),
        (keyboard("", data="x"), "inline keyboard button text must be non-empty"),
        (keyboard(*["а"] * 101), "reply markup is too long"),
        (row(9), "reply markup is too long"),
        (
            InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="а")]]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="а", url="не адрес")]]),
            "inline keyboard button URL 'не адрес' is invalid: Wrong HTTP URL",
        ),
        (ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="")]]), "keyboard button text must be non-empty"),
    ],
)
async def test_keyboards(door: House, markup: InlineKeyboardMarkup, words: str) -> None:
    await refused(
        door.bot.send_message(door.anna.id, "а", reply_markup=markup), TelegramBadRequest, f"Bad Request: {words}"
    )
    assert door.anna.messages == []


async def test_keyboards_at_the_limits(door: House) -> None:
    await door.bot.send_message(door.anna.id, "а", reply_markup=keyboard(*["а"] * 100, data="я" * 32))
    await door.bot.send_message(door.anna.id, "а", reply_markup=row(8))
    assert len(door.anna.buttons) == 8


async def test_copying_and_forwarding_what_is_not_there(door: House) -> None:
    bot, anna = door.bot, door.anna
    words = "Bad Request: message to {} not found"
    await refused(bot.copy_message(anna.id, anna.id, 9), TelegramBadRequest, words.format("copy"))
    await refused(bot.forward_message(anna.id, anna.id, 9), TelegramBadRequest, words.format("forward"))
    protected = await bot.send_message(anna.id, "тайна", protect_content=True)
    await refused(
        bot.copy_message(anna.id, anna.id, protected.message_id),
        TelegramBadRequest,
        "Bad Request: message can't be copied",
    )
    await refused(
        bot.copy_messages(anna.id, anna.id, [9, 10]), TelegramBadRequest, "Bad Request: there are no messages to copy"
    )


async def test_a_wrong_chat_action(door: House) -> None:
    await refused(
        door.bot.send_chat_action(door.anna.id, "dancing"),
        TelegramBadRequest,
        "Bad Request: wrong parameter action in request",
    )


async def test_a_wrong_token(door: House) -> None:
    stranger = Bot("1:wrong", session=door.bot.session)
    await refused(stranger.get_me(), TelegramUnauthorizedError, "Unauthorized")


async def test_unknown_methods(door: House) -> None:
    class Dance(SendMessage):
        __api_method__ = "dance"

    words = "Not Found: method not found"
    await refused(Dance(chat_id=door.anna.id, text="а").as_(door.bot), TelegramNotFound, words)
    assert door.world.faults == []
    await refused(door.bot.set_sticker_set_title(name="а", title="б"), TelegramNotFound, words)
    assert [fault.text for fault in door.world.faults] == ["the sandbox does not serve setStickerSetTitle"]


async def test_calls_that_are_made_to_fail(door: House) -> None:
    bot, anna, world = door.bot, door.anna, door.world
    world.fail_next("sendMessage", code=429, times=2, retry_after=3)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.send_message(anna.id, "а")
        assert caught.value.retry_after == 3
        assert caught.value.message.startswith("Flood control exceeded") or "retry after 3" in caught.value.message
    world.fail_next("SENDMESSAGE", code=502)
    await refused(bot.send_message(anna.id, "а"), TelegramServerError, "Bad Gateway")
    world.fail_next("sendMessage", code=400, description="Bad Request: чудо")
    await refused(bot.send_message(anna.id, "а"), TelegramBadRequest, "Bad Request: чудо")
    assert anna.messages == []
    await bot.send_message(anna.id, "дошло")
    assert anna.sees == "дошло"


async def test_an_answer_that_is_lost(door: House) -> None:
    door.world.fail_next("sendMessage", code="drop")
    with pytest.raises(TelegramNetworkError):
        await door.bot.send_message(door.anna.id, "дошло без ответа")
    assert door.anna.sees == "дошло без ответа"
    assert door.world.calls[-1].description == "the answer was lost"


async def test_a_connection_that_breaks_before_the_deed(door: House) -> None:
    door.world.fail_next("sendMessage", code="break")
    with pytest.raises(TelegramNetworkError):
        await door.bot.send_message(door.anna.id, "не дошло")
    assert door.anna.messages == []
    assert (door.world.calls[-1].ok, door.world.calls[-1].description) == (False, "the connection broke off")
    await door.bot.send_message(door.anna.id, "дошло")
    assert door.anna.sees == "дошло"


async def _a_day(door: House, seed: int) -> list[str]:
    """What became of two hundred messages."""
    door.world.fail_at_random("sendMessage", {429: 0.1, 500: 0.1, "drop": 0.1, "break": 0.1}, seed=seed, retry_after=7)
    outcomes = []
    for number in range(200):
        try:
            await door.bot.send_message(door.anna.id, str(number))
            outcomes.append("sent")
        except TelegramAPIError as error:
            outcomes.append(f"{type(error).__name__} {getattr(error, 'retry_after', '')}".rstrip())
    door.world.fail_at_random("sendMessage", {})
    return outcomes


async def test_what_goes_wrong_by_chance_goes_wrong_alike_for_one_seed(door: House) -> None:
    first = await _a_day(door, 7)
    counts = Counter(first)
    assert set(counts) == {"sent", "TelegramRetryAfter 7", "TelegramServerError", "TelegramNetworkError"}
    assert 90 <= counts["sent"] <= 150
    assert all(counts[name] >= 5 for name in counts)
    lost = sum(call.description == "the answer was lost" for call in door.world.calls)
    assert len(door.anna.messages) == counts["sent"] + lost, "what was lost had arrived, nothing else did"
    assert await _a_day(door, 7) == first
    assert await _a_day(door, 8) != first
    door.world.fail_at_random("sendMessage", {400: 1})
    await door.bot.get_me()
    door.world.fail_next("sendMessage", code=502)
    await refused(door.bot.send_message(door.anna.id, "а"), TelegramServerError, "Bad Gateway")
    await refused(door.bot.send_message(door.anna.id, "а"), TelegramBadRequest, "Bad Request: message is not modified")


@pytest.mark.parametrize("shares", [{429: -0.1}, {429: 1.1}, {429: 0.6, 500: 0.6}])
def test_shares_are_shares(shares: dict[Mishap, float]) -> None:
    with pytest.raises(ValueError, match="shares lie between 0 and 1"):
        World().fail_at_random("sendMessage", shares)


async def test_slow_answers(door: House) -> None:
    door.world.slow_next("sendMessage", 0.5, times=2)
    begun = time.monotonic()
    sending = asyncio.create_task(door.bot.send_message(door.anna.id, "раз"))
    await door.anna.waits(lambda: door.anna.sees == "раз")
    assert not sending.done(), "what is asked is done at once, only the answer is late"
    await sending
    await door.bot.send_message(door.anna.id, "два")
    assert time.monotonic() - begun >= 1.0
    await door.bot.send_message(door.anna.id, "три")
    assert [call.seconds >= 0.5 for call in door.world.calls] == [True, True, False]


async def test_sending_limits(door: House) -> None:
    bot, anna, world = door.bot, door.anna, door.world
    world.limiter.change(Limits(chat_burst=3, chat_rate=0.01))
    for number in range(3):
        await bot.send_message(anna.id, str(number))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(anna.id, "лишнее")
    assert 90 <= caught.value.retry_after <= 100
    assert "Too Many Requests: retry after" in str(caught.value)
    assert anna.sees == "2"
    boris = world.visitor("Борис", started=True)
    await bot.send_message(boris.id, "другой чат")


def _one(deed: str) -> Callable[[House], Awaitable[object]]:
    calls: dict[str, Callable[[House], Awaitable[object]]] = {
        "unknown file": lambda door: door.bot.send_document(door.anna.id, "BQACnothing"),
        "address": lambda door: door.bot.send_photo(door.anna.id, "https://example.org/a.png"),
        "unknown file to get": lambda door: door.bot.get_file("nothing"),
        "unknown press": lambda door: door.bot.answer_callback_query("1"),
        "bad language": lambda door: door.bot.set_my_name("а", language_code="russian"),
    }
    return calls[deed]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("unknown file", "wrong file identifier/HTTP URL specified"),
        ("address", "failed to get HTTP URL content"),
        ("unknown file to get", "wrong file_id or the file is temporarily unavailable"),
        ("unknown press", "query is too old and response timeout expired or query ID is invalid"),
        ("bad language", "invalid language code specified"),
    ],
)
async def test_other_refusals(door: House, deed: str, words: str) -> None:
    await refused(_one(deed)(door), TelegramBadRequest, f"Bad Request: {words}")


async def test_the_journal_tells_what_was_called(door: House) -> None:
    await door.bot.send_message(door.anna.id, "<b>Привет</b>", parse_mode="HTML", reply_markup=keyboard("Да", "Нет"))
    with pytest.raises(TelegramBadRequest):
        await door.bot.send_message(1, "никому")
    sent, failed = door.world.calls
    assert (sent.method, sent.ok, sent.error_code, sent.person_id) == ("sendMessage", True, None, door.anna.id)
    assert sent.summary == f"chat {door.anna.id} «Привет» [Да | Нет]"
    assert 0 < sent.seconds < 5
    assert (failed.ok, failed.error_code, failed.description) == (False, 400, "Bad Request: chat not found")
    assert failed.person_id is None
