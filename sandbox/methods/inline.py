"""Answers to inline queries."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from sandbox.clock import real_seconds
from sandbox.methods.content import inline_keyboard, message_words
from sandbox.methods.registry import Context, serves
from sandbox.records import InlineAnswer, Json
from sandbox.refusals import QUERY_TOO_OLD, bad_request
from sandbox.world import CALLBACK_LIFETIME

MOST_RESULTS = 50
LONGEST_ID = 64
LONGEST_OFFSET = 64
USUAL_CACHE_SECONDS = 300
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


@serves(AnswerInlineQuery)
def answer_inline_query(ctx: Context, method: AnswerInlineQuery) -> bool:
    """Offer at most 50 results, kept for 300 s unless told otherwise (https://core.telegram.org/bots/api#answerinlinequery).

    Refuses a query of another bot, one that is too old or answered, and what Telegram does not take as results: the
    words are those of https://core.telegram.org/method/messages.setInlineBotResults.
    """
    if len(method.results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_checked(ctx, result) for result in method.results)
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len((method.next_offset or "").encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = None if method.button is None else _checked_button(method.button)
    asked = ctx.world.state.inline_queries.get(method.inline_query_id)
    now = real_seconds()
    if asked is None or asked.bot_id != ctx.bot.id or asked.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    if now - asked.asked_at > CALLBACK_LIFETIME:
        raise bad_request(QUERY_TOO_OLD)
    kept = USUAL_CACHE_SECONDS if method.cache_time is None else method.cache_time
    answer = InlineAnswer(results, method.next_offset or "", button, bool(method.is_personal), now + kept)
    ctx.world.state.inline_queries.put(replace(asked, answer=answer))
    return True


def _checked(ctx: Context, result: Any) -> Json:
    """An article as Telegram keeps it."""
    if not isinstance(result, InlineQueryResultArticle) or not isinstance(
        result.input_message_content, InputTextMessageContent
    ):
        ctx.world.journal.fault("the sandbox serves inline results of one kind only: articles with a text")
        raise bad_request("RESULT_TYPE_INVALID")
    if not result.id:
        raise bad_request("RESULT_ID_EMPTY")
    if len(result.id.encode()) > LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not result.title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.input_message_content
    words = message_words(ctx, content.message_text, content.parse_mode, content.entities)
    return {
        "id": result.id,
        "title": result.title,
        "description": result.description or "",
        "text": words.text,
        "entities": list(words.entities),
        "reply_markup": inline_keyboard(result.reply_markup),
    }


def _checked_button(button: InlineQueryResultsButton) -> Json:
    """The button over the results: it leads into the chat with the bot, or to a web app."""
    if not button.text:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if button.web_app is None and not button.start_parameter:
        raise bad_request("START_PARAM_EMPTY")
    if button.start_parameter and not _START.fullmatch(button.start_parameter):
        raise bad_request("START_PARAM_INVALID")
    raw: Json = button.model_dump(mode="json", exclude_none=True)
    return raw
