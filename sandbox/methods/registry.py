"""Which function serves which method, and what they all know about the call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from aiogram.methods import TelegramMethod

from sandbox.parser import Upload
from sandbox.records import BotAccount
from sandbox.refusals import too_many_requests
from sandbox.world import World


@dataclass(slots=True)
class Context:
    """One call: whose, in which world, with which files."""

    world: World
    bot: BotAccount
    files: dict[str, Upload] = field(default_factory=dict)

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Count messages against the sending limits; raises the Refusal 429 when they are used up."""
        wait = self.world.limiter.take(self.bot.id, chat_id, messages)
        if wait:
            raise too_many_requests(wait)


Handler: TypeAlias = Callable[[Context, Any], Any | Awaitable[Any]]
HANDLERS: dict[type[TelegramMethod[Any]], Handler] = {}

H = TypeVar("H", bound=Handler)


def serves(*methods: type[TelegramMethod[Any]]) -> Callable[[H], H]:
    """Register a function for methods; it gets the context and the parsed method and gives the JSON result."""

    def register(handler: H) -> H:
        for method in methods:
            HANDLERS[method] = handler
        return handler

    return register
