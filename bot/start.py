"""Why the bot could not start, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError

from models import DATABASE_ERRORS


class StartError(Exception):
    """The bot cannot start; the message is one clear sentence for the operator."""


@contextmanager
def opening_database() -> Iterator[None]:
    """Turn whatever hinders the opening of a database into a StartError."""
    try:
        yield
    except CommandError as error:
        raise StartError(
            "DATABASE_URL: the database's tables are of a newer version than this program: start that one."
        ) from error
    except TypeError as error:
        # «?sslmode=require» in the address reaches the driver as an argument that it does not know.
        if "unexpected keyword argument" not in str(error):
            raise
        raise StartError(f"DATABASE_URL: an option in the address is unknown ({first_line(error)}).") from error
    except DATABASE_ERRORS as error:
        raise StartError(f"DATABASE_URL: the database cannot be opened ({first_line(error)}).") from error


def first_line(error: BaseException) -> str:
    """The reason in one line, without the library's prefixes and full stop."""
    cause = getattr(error, "orig", None) or error
    text = str(getattr(cause, "message", None) or cause).strip() or type(cause).__name__
    return text.splitlines()[0].rstrip(".")
