"""Structured logs on standard error: update and person ids, never a token or a person's message."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")  # in addresses it follows the letters «bot»
_INPUT = re.compile(r"(?<=input_value=).*?(?=, input_type=)", re.DOTALL)
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@]+@")  # it may have slashes in it


def set_up(level: str) -> None:
    """Send everything, ours and the libraries', through one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_inputs,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
            if not sys.stderr.isatty()
            else structlog.dev.ConsoleRenderer(),
            hide_secrets,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # aiogram writes a line an update on INFO, aiohttp one a request: ours carry more and cost less. aiosqlite writes every
    # statement with its values on DEBUG: people's names among them.
    for name in ("aiogram.event", "aiogram.dispatcher", "aiohttp.access", "aiosqlite", "apscheduler", "alembic"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def hide_inputs(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Leave out what pydantic quotes in a traceback of the values that it could not read: people wrote them."""
    if "exception" in event:
        event["exception"] = _INPUT.sub("…", event["exception"])
    return event


def hide_secrets(_logger: Any, _name: str, line: Any) -> str:
    """Blot out bot tokens and passwords in the finished line, wherever a library put them: in words, objects, tracebacks."""
    return without_secrets(str(line))


def without_secrets(text: str) -> str:
    """`text` with every bot token and every password in an address blotted out."""
    return _PASSWORD.sub(r"\1…@", _TOKEN.sub("<token>", text))
