"""What the web application carries for its handlers."""

from __future__ import annotations

from aiohttp import web

from sandbox.events import EventHub
from sandbox.records import BotAccount
from sandbox.world import World

WORLD = web.AppKey("WORLD", World)
BOT = web.AppKey("BOT", BotAccount)
HUB = web.AppKey("HUB", EventHub)
