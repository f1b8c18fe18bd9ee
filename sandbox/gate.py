"""The one way into the world for bots: who calls, what, planned failures, the deed, the journal."""

from __future__ import annotations

import asyncio
import inspect
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram.methods import GetUpdates, TelegramMethod

from sandbox.entities import utf16_length
from sandbox.html_parser import parse_html
from sandbox.methods import HANDLERS, Context
from sandbox.parser import Request, known_methods, parse
from sandbox.records import Json
from sandbox.refusals import Refusal, made_to_fail, method_not_found, unauthorized
from sandbox.world import Plan, World


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gets: an HTTP status and a body; `lost` when nobody shall hear of it (200: the deed was done)."""

    status: int
    body: Json
    lost: bool = False


class _BrokenOff(Exception):
    """The connection breaks before anything is done."""


def refused(refusal: Refusal) -> Answer:
    """A refusal as Telegram sends it."""
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return Answer(refusal.code, body)


async def call(world: World, request: Request) -> Answer:
    """Serve one call from either door; every refusal comes back as an Answer, never as an exception."""
    begun = time.perf_counter()
    method: TelegramMethod[Any] | None = None
    plan: Plan | None = None
    name = request.method
    try:
        bot = world.bot_of(request.token)
        if bot is None:
            raise unauthorized()
        known = known_methods().get(name.lower())
        if known is not None:
            name = known.__api_method__
        plan = world.take_plan(name)
        if plan is not None and isinstance(plan.code, int):
            raise made_to_fail(plan.code, plan.description, plan.retry_after)
        if plan is not None and plan.code == "break":
            raise _BrokenOff
        method = parse(request)
        handler = HANDLERS.get(type(method))
        if handler is None:
            world.journal.fault(f"the sandbox does not serve {name}")
            raise method_not_found()
        result = handler(Context(world, bot, request.files), method)
        if inspect.isawaitable(result):
            result = await result
    except Refusal as refusal:
        answer = refused(refusal)
    except _BrokenOff:
        answer = Answer(502, {"description": "the connection broke off"}, lost=True)
    else:
        answer = Answer(200, {"ok": True, "result": result}, lost=plan is not None and plan.code == "drop")
    slowness = plan.seconds if plan is not None else 0.0
    if not (isinstance(method, GetUpdates) and answer.status == 200 and not answer.body["result"]):
        _write_down(world, name, method, request, answer, time.perf_counter() - begun + slowness)
    if slowness:
        await asyncio.sleep(slowness)
    return answer


def _write_down(
    world: World, name: str, method: TelegramMethod[Any] | None, request: Request, answer: Answer, seconds: float
) -> None:
    chat = getattr(method, "chat_id", None) if method is not None else request.fields.get("chat_id")
    callback = world.state.callbacks.get(str(getattr(method, "callback_query_id", "")))
    person = callback.person_id if callback is not None else chat
    known = isinstance(person, int) and person in world.state.people
    world.journal.call(
        name,
        seconds,
        error_code=None if answer.status == 200 else answer.status,
        description="the answer was lost" if answer.lost and answer.status == 200 else answer.body.get("description"),
        summary=summary(method, answer),
        person_id=person if known else None,
    )


def summary(method: TelegramMethod[Any] | None, answer: Answer) -> str:
    """What a call was about, in a line for the developers' panel."""
    if method is None:
        return ""
    if isinstance(method, GetUpdates):
        updates = answer.body.get("result") or []
        return f"{len(updates)} update(s)" if updates else ""
    words = getattr(method, "text", None) or getattr(method, "caption", None) or ""
    with suppress(Refusal):  # broken HTML is shown as it came
        words = parse_html(words)[0]
    words = " ".join(words.split())
    if utf16_length(words) > 60:
        words = words[:59] + "…"
    keyboard = getattr(getattr(method, "reply_markup", None), "inline_keyboard", None) or []
    labels = " | ".join(button.text for row in keyboard for button in row)
    facts = [
        f"chat {chat}" if (chat := getattr(method, "chat_id", None)) is not None else "",
        f"message {number}" if (number := getattr(method, "message_id", None)) is not None else "",
        f"«{words}»" if words else "",
        f"[{labels[:80]}]" if labels else "",
    ]
    return " ".join(fact for fact in facts if fact)
