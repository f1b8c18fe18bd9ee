"""Refusals in Telegram's own words and codes.

The words are those of the official Bot API server (https://github.com/tdlib/telegram-bot-api, `Client.cpp`) and of
TDLib beneath it; programs tell errors apart by them, so they are kept to the letter.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A request which Telegram does not grant; becomes `{"ok": false, "error_code": …, "description": …}`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refusal:
    """A 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """A 403 with Telegram's prefix."""
    return Refusal(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    """A 429 which says how long to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def unauthorized() -> Refusal:
    """The token belongs to no bot."""
    return Refusal(401, "Unauthorized")


def method_not_found() -> Refusal:
    """No such method in this Bot API."""
    return Refusal(404, "Not Found: method not found")


def other_poller() -> Refusal:
    """Somebody else began to poll with this token."""
    return Refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def webhook_active() -> Refusal:
    """Updates are posted to a webhook: they cannot be polled for."""
    return Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def webhook_came() -> Refusal:
    """A webhook was set while a poll waited."""
    return Refusal(409, "Conflict: terminated by setWebhook request")


def too_large() -> Refusal:
    """An upload of more than 50 MB."""
    return Refusal(413, "Request Entity Too Large")


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file identifier/HTTP URL specified"

_USUAL = {
    400: "Bad Request: message is not modified",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def made_to_fail(code: int, description: str | None, retry_after: int) -> Refusal:
    """The refusal of a call that was told to fail; a 429 without words speaks as Telegram's own."""
    if code == 429:
        refusal = too_many_requests(retry_after)
        return refusal if description is None else Refusal(429, description, **refusal.parameters)
    return Refusal(code, description or _USUAL.get(code, "Bad Request"))
