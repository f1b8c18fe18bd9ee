"""The HTTP Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

from aiohttp import web

from sandbox import gate
from sandbox.gate import Answer, refused
from sandbox.keys import WORLD
from sandbox.parser import Request, Upload
from sandbox.refusals import Refusal, bad_request, too_large, unauthorized


def _reply(request: web.Request, answer: Answer) -> web.Response:
    if answer.lost and request.transport is not None:
        request.transport.abort()  # the caller sees a broken connection and never learns the outcome
    return web.json_response(answer.body, status=answer.status)


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Fields and files of a request, from the query, a form, a multipart body or JSON; refuses broken ones."""
    fields: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method != "POST":
        return fields, files
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except (JSONDecodeError, UnicodeDecodeError):
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected")
        return fields | body, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read(), value.content_type)
        elif isinstance(value, bytearray | bytes):
            fields[name] = bytes(value).decode(errors="replace")
        else:
            fields[name] = value
    return fields, files


async def call_method(request: web.Request) -> web.Response:
    """Serve one call of the Bot API."""
    world = request.app[WORLD]
    token, name = request.match_info["token"], request.match_info["method"]
    try:
        fields, files = await _read(request)
    except web.HTTPRequestEntityTooLarge:
        world.journal.call(name, 0.0, error_code=413, description=too_large().description)
        return _reply(request, refused(too_large()))
    except Refusal as refusal:
        return _reply(request, refused(refusal))
    return _reply(request, await gate.call(world, Request(token, name, fields, files)))


async def download(request: web.Request) -> web.Response:
    """Give the bytes of a file to the bot whose it is."""
    world = request.app[WORLD]
    bot = world.bot_of(request.match_info["token"])
    if bot is None:
        return _reply(request, refused(unauthorized()))
    record = world.library.by_path(bot.id, request.match_info["path"])
    if record is None:
        return _reply(request, refused(Refusal(404, "Not Found")))
    return web.Response(body=world.library.data(record), content_type="application/octet-stream")


async def nothing_here(request: web.Request) -> web.Response:
    """What Telegram answers on any other path."""
    return _reply(request, refused(Refusal(404, "Not Found")))


def routes() -> list[web.RouteDef]:
    """The routes of this door."""
    return [
        web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", call_method),
        web.get("/file/bot{token:[^/]+}/{path:.+}", download),
        web.route("*", "/bot{rest:.*}", nothing_here),
        web.route("*", "/file/{rest:.*}", nothing_here),
    ]
