"""The control API: what the web chat, end-to-end tests and load generators do to the world. JSON in, JSON out."""

from __future__ import annotations

import asyncio
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from json import JSONDecodeError
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import deeds
from sandbox.control_view import (
    call_json,
    fault_json,
    message_json,
    person_json,
    reply_keyboard_json,
    state_json,
    time_facts,
)
from sandbox.deeds import Attachment, Impossible
from sandbox.files import PHOTO_LIMIT
from sandbox.journal import MOST_CALLS
from sandbox.keys import BOT, HUB, WORLD
from sandbox.limits import Limits
from sandbox.methods.commands import commands_for
from sandbox.pictures import picture_size
from sandbox.records import Message, StoredUpdate
from sandbox.view import MessageView
from sandbox.weather import Mishap
from sandbox.world import World

_background: set[asyncio.Task[None]] = set()
_SHOWN_IN_PLACE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")
LONGEST_SHIFT = 20 * 366 * 86_400
LONGEST_SLOWNESS = 3600


class BadInput(Exception):
    """A control request that makes no sense; answered with 400 and these words."""


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what people cannot do into an answer with words."""
    try:
        return await handler(request)
    except (BadInput, Impossible) as error:
        return web.json_response({"error": str(error)}, status=400)
    except LookupError:
        return web.json_response({"error": "there is nothing of this kind"}, status=404)


async def _body(request: web.Request) -> dict[str, Any]:
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        raise BadInput("this is not JSON") from None
    if not isinstance(body, dict):
        raise BadInput("a JSON object is expected")
    return body


def _take(body: dict[str, Any], name: str, kind: type[Any], default: Any = ...) -> Any:
    value = body.get(name)
    if value is None and default is not ...:
        return default
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadInput(f"{name} must be of type {kind.__name__}")
    return value


def _who(request: web.Request) -> tuple[World, int, int]:
    """World, bot and person of a request; LookupError for somebody unknown."""
    world = request.app[WORLD]
    person_id = int(request.match_info["person_id"])
    if person_id not in world.state.people:
        raise LookupError(person_id)
    return world, request.app[BOT].id, person_id


def _deliver(world: World, updates: Sequence[StoredUpdate]) -> None:
    """Feed an attached bot without letting the page wait for it (queued updates need nothing)."""
    if any(world.delivery.is_attached(update.bot_id) for update in updates):
        task = asyncio.create_task(_hand_over(world, updates))
        _background.add(task)
        task.add_done_callback(_background.discard)


async def _hand_over(world: World, updates: Sequence[StoredUpdate]) -> None:
    try:
        await world.delivery.hand_over(updates)
    except Exception as error:  # noqa: BLE001 — whatever a bot raises must reach the developers' panel, not vanish
        world.journal.fault(f"the bot failed: {error!r}")


def _sent(world: World, messages: Sequence[Message], updates: Sequence[StoredUpdate]) -> web.Response:
    _deliver(world, updates)
    return web.json_response({"message_ids": [message.message_id for message in messages]})


async def state(request: web.Request) -> web.Response:
    """The bot, the time, everybody with unread counts."""
    world = request.app[WORLD]
    return web.json_response(state_json(world, world.state.bots[request.app[BOT].id]))


async def messages(request: web.Request) -> web.Response:
    """A page of a chat, newest page first, oldest message first within it."""
    world, bot_id, person_id = _who(request)
    try:
        before = int(request.query.get("before", "0"))
        limit = min(max(int(request.query.get("limit", "50")), 1), 500)
    except ValueError:
        raise BadInput("before and limit must be whole numbers") from None
    chat = world.state.messages.chat((bot_id, person_id))
    if before:
        chat = [message for message in chat if message.message_id < before]
    return web.json_response(
        {
            "messages": [message_json(world, message) for message in chat[-limit:]],
            "reply_keyboard": reply_keyboard_json(world, bot_id, person_id),
            "has_more": len(chat) > limit,
        }
    )


async def add_person(request: web.Request) -> web.Response:
    """Let somebody open an account (or change, with an `id` that exists)."""
    world, bot, body = request.app[WORLD], request.app[BOT], await _body(request)
    name = _take(body, "first_name", str).strip()
    if not name:
        raise BadInput("first_name must not be empty")
    visitor = world.visitor(
        name,
        _take(body, "last_name", str, ""),
        _take(body, "language_code", str, "ru"),
        _take(body, "id", int, None),
        bot=world.state.bots[bot.id],
        started=_take(body, "started", bool, False),
        username=_take(body, "username", str, ""),
        note=_take(body, "note", str, ""),
        group=_take(body, "group", str, ""),
        pinned=_take(body, "pinned", bool, False),
    )
    return web.json_response(person_json(world, bot.id, visitor.person))


async def send_text(request: web.Request) -> web.Response:
    """Type and send."""
    world, bot_id, person_id = _who(request)
    body = await _body(request)
    reply_to = _take(body, "reply_to", int, None)
    return _sent(world, *deeds.say(world, bot_id, person_id, _take(body, "text", str), reply_to=reply_to))


async def share_contact(request: web.Request) -> web.Response:
    """Press the button that asks for the own number."""
    world, bot_id, person_id = _who(request)
    message, updates = deeds.share_contact(world, bot_id, person_id)
    return _sent(world, [message], updates)


def _kind(wanted: str, data: bytes, mime: str) -> str:
    """What an app makes of a file somebody chose."""
    if wanted == "auto":
        if picture_size(data) is not None and len(data) <= PHOTO_LIMIT:
            return "photo"
        return {"audio": "audio", "video": "video"}.get(mime.split("/")[0], "document")
    if wanted == "photo" and picture_size(data) is None:
        raise BadInput("this is not a picture: send it as a file")
    if wanted not in ("photo", "document", "voice"):
        raise BadInput("kind must be auto, photo, document or voice")
    return wanted


async def send_files(request: web.Request) -> web.Response:
    """Send files; several together are an album."""
    world, bot_id, person_id = _who(request)
    form = await request.post()
    wanted = str(form.get("kind", "auto"))
    chosen: list[Attachment] = []
    for value in form.getall("files", []):
        if isinstance(value, web.FileField):
            data = value.file.read()
            kind = _kind(wanted, data, value.content_type)
            chosen.append(Attachment(kind, value.filename, data, value.content_type, 1 if kind == "voice" else 0))
    return _sent(world, *deeds.send_files(world, bot_id, person_id, chosen, str(form.get("caption", ""))))


async def tap(request: web.Request) -> web.Response:
    """Press a callback button by its place; the answer comes later as an event."""
    world, bot_id, person_id = _who(request)
    body = await _body(request)
    message = world.state.messages.find((bot_id, person_id), _take(body, "message_id", int))
    if message is None:
        raise BadInput("this message is not there any more")
    row, column = _take(body, "row", int), _take(body, "column", int)
    keyboard = MessageView(world.state, message).keyboard
    if not (0 <= row < len(keyboard) and 0 <= column < len(keyboard[row])):
        raise BadInput("there is no button at this place any more")
    data = keyboard[row][column].data
    if data is None:
        raise BadInput("this button does not call the bot")
    callback, updates = deeds.press(world, bot_id, person_id, message.message_id, data)
    _deliver(world, updates)
    return web.json_response({"callback_id": callback.id})


async def edit(request: web.Request) -> web.Response:
    """Change one's own message."""
    world, bot_id, person_id = _who(request)
    body = await _body(request)
    updates = deeds.edit(world, bot_id, person_id, _take(body, "message_id", int), _take(body, "text", str))
    return _sent(world, (), updates)


async def forward(request: web.Request) -> web.Response:
    """Forward a message of this chat into it."""
    world, bot_id, person_id = _who(request)
    original = world.state.messages.find((bot_id, person_id), _take(await _body(request), "message_id", int))
    if original is None:
        raise BadInput("this message is not there any more")
    message, updates = deeds.forward(world, bot_id, person_id, original)
    return _sent(world, [message], updates)


async def start(request: web.Request) -> web.Response:
    """Open a deep link and press «Start»."""
    world, bot_id, person_id = _who(request)
    payload = _take(await _body(request), "payload", str, "")
    return _sent(world, *deeds.follow_link(world, bot_id, person_id, payload))


def _blocking(*, blocked: bool) -> Handler:
    async def change(request: web.Request) -> web.StreamResponse:
        world, bot_id, person_id = _who(request)
        return _sent(world, (), deeds.set_blocked(world, bot_id, person_id, blocked=blocked))

    return change


async def read(request: web.Request) -> web.Response:
    """Look at the chat: nothing in it is unread."""
    world, bot_id, person_id = _who(request)
    deeds.read(world, bot_id, person_id)
    return web.json_response({"unread": 0})


async def commands(request: web.Request) -> web.Response:
    """The `/` menu this person sees."""
    world, bot_id, person_id = _who(request)
    return web.json_response(commands_for(world, bot_id, person_id))


async def calls(request: web.Request) -> web.Response:
    """What the bot called after the given number, oldest first: at most `limit` calls, so that a long journal is read in pages."""
    after, limit = request.query.get("after", "0"), request.query.get("limit", str(MOST_CALLS))
    if not (after.isdecimal() and limit.isdecimal()):
        raise BadInput("after and limit must be whole numbers")
    kept = request.app[WORLD].calls
    begin = bisect_right(kept, int(after), key=lambda call: call.number)
    page = kept[begin : begin + min(int(limit), MOST_CALLS)]
    return web.json_response([call_json(one) for one in page])


async def faults(request: web.Request) -> web.Response:
    """What the bot did wrong in people's eyes."""
    return web.json_response([fault_json(one) for one in request.app[WORLD].faults])


async def file(request: web.Request) -> web.Response:
    """The bytes of a file; only pictures, sound and films open in the browser, the rest is downloaded."""
    world = request.app[WORLD]
    record = world.state.files[request.match_info["file_id"]]
    response = web.Response(body=world.library.data(record), content_type=record.mime or "application/octet-stream")
    if not record.mime.startswith(_SHOWN_IN_PLACE):
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


async def move_time(request: web.Request) -> web.Response:
    """Move the world's wall time, or bring it back to the present."""
    world, body = request.app[WORLD], await _body(request)
    if _take(body, "reset", bool, False):
        world.set_shift(timedelta())
    else:
        seconds = _take(body, "advance_seconds", float)
        if not math.isfinite(seconds) or abs(world.clock.offset.total_seconds() + seconds) > LONGEST_SHIFT:
            raise BadInput("time can be moved by twenty years at most")
        world.shift(timedelta(seconds=seconds))
    return web.json_response(time_facts(world))


async def fail(request: web.Request) -> web.Response:
    """Make the next calls of a method fail; the code "drop" loses only the answer, "break" the call."""
    body = await _body(request)
    code = body.get("code")
    if code not in ("drop", "break") and (
        not isinstance(code, int) or isinstance(code, bool) or not 400 <= code <= 599
    ):
        raise BadInput('code must be 400 to 599, "drop" or "break"')
    request.app[WORLD].fail_next(
        _take(body, "method", str),
        code,
        times=_take(body, "times", int, 1),
        retry_after=_take(body, "retry_after", int, 3),
        description=_take(body, "description", str, None),
    )
    return web.json_response({})


async def weather(request: web.Request) -> web.Response:
    """From now on shares of a method's calls fail by chance: {"method", "shares": {"429": 0.01, "drop": 0.01}, "seed"}; none: fair."""
    body = await _body(request)
    given = _take(body, "shares", dict, {})
    try:
        shares: dict[Mishap, float] = {}
        for name, share in given.items():
            code = name if name in ("drop", "break") else int(name)
            if isinstance(code, int) and not 400 <= code <= 599:
                raise ValueError("a code is 400 to 599, drop or break")
            shares[code] = float(share)
        request.app[WORLD].fail_at_random(
            _take(body, "method", str, "sendMessage"),
            shares,
            seed=_take(body, "seed", int, 0),
            retry_after=_take(body, "retry_after", int, 1),
        )
    except (TypeError, ValueError) as error:
        raise BadInput(str(error)) from error
    return web.json_response({})


async def slow(request: web.Request) -> web.Response:
    """Make the answers to the next calls of a method come late; what they ask is done at once."""
    body = await _body(request)
    method, seconds = _take(body, "method", str), _take(body, "seconds", float)
    if not 0 <= seconds <= LONGEST_SLOWNESS:
        raise BadInput("seconds must be 0 to 3600")
    request.app[WORLD].slow_next(method, seconds, times=_take(body, "times", int, 1))
    return web.json_response({})


async def limits(request: web.Request) -> web.Response:
    """Switch the sending limits on (with other numbers if given), or off by {"off": true}."""
    body = await _body(request)
    names = [one.name for one in fields(Limits)]
    given = {name: _take(body, name, float) for name in names if name in body}
    if any(value < 0 for value in given.values()):
        raise BadInput("limits are not negative")
    request.app[WORLD].limiter.change(None if _take(body, "off", bool, False) else Limits(**given))
    return web.json_response({})


async def events(request: web.Request) -> web.StreamResponse:
    """Live events."""
    return await request.app[HUB].stream(request)


def routes() -> list[web.RouteDef]:
    """The routes of the control API, relative to `/control`."""
    person = r"/people/{person_id:\d+}"
    return [
        web.get("/state", state),
        web.get("/events", events),
        web.get("/calls", calls),
        web.get("/faults", faults),
        web.get("/files/{file_id}", file),
        web.post("/time", move_time),
        web.post("/fail", fail),
        web.post("/slow", slow),
        web.post("/weather", weather),
        web.post("/limits", limits),
        web.post("/people", add_person),
        web.get(person + "/messages", messages),
        web.get(person + "/commands", commands),
        web.post(person + "/text", send_text),
        web.post(person + "/contact", share_contact),
        web.post(person + "/files", send_files),
        web.post(person + "/tap", tap),
        web.post(person + "/edit", edit),
        web.post(person + "/forward", forward),
        web.post(person + "/start", start),
        web.post(person + "/block", _blocking(blocked=True)),
        web.post(person + "/unblock", _blocking(blocked=False)),
        web.post(person + "/read", read),
    ]
