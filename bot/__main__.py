"""`python -m bot …`: the command line. Commands that do not talk to Telegram do not import aiogram (it takes seconds)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs, settings
from bot.start import StartError

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="«Методсеть»: a city's professional network of teachers.",
    pretty_exceptions_enable=False,  # its frames show the values of variables, a token among them
)


def main() -> None:
    """Run a command; what hinders it is told in one sentence with a non-zero exit."""
    try:
        cli()
    except (StartError, settings.SettingsError) as error:
        print(logs.without_secrets(str(error)), file=sys.stderr)  # noqa: T201  # the operator's terminal is where this belongs
        sys.exit(1)


def _load() -> settings.Settings:
    loaded = settings.load()
    logs.set_up(loaded.log_level)
    return loaded


def _run(work: Coroutine[Any, Any, None]) -> None:
    import uvloop

    uvloop.run(work)


@cli.command()
def run() -> None:
    """Serve Telegram; without BOT_TOKEN, the demo city with its web chat."""
    loaded = _load()
    if loaded.bot_token is None:
        from bot.demo import demo as serve_demo

        _run(serve_demo(loaded))
        return
    from aiogram.exceptions import TelegramUnauthorizedError

    from bot.serve import serve
    from services.clock import Clock

    try:
        _run(serve(loaded, Clock(loaded.zone)))
    except TelegramUnauthorizedError as error:
        raise StartError(
            "BOT_TOKEN: Telegram does not know this token any more; take it from @BotFather again."
        ) from error


@cli.command()
def demo() -> None:
    """Serve the demo city on our own Telegram sandbox, with a web chat on loopback."""
    from bot.demo import demo as serve_demo

    _run(serve_demo(_load()))


@cli.command("demo-data")
def demo_data() -> None:
    """Put the demo city into an empty database (refused on any other)."""
    from bot.data import fill_with_demo_city

    asyncio.run(fill_with_demo_city(_load()))


@cli.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="An XLSX or CSV list of people, organisations, or both.")],
    check: Annotated[bool, typer.Option("--check", help="Only say what taking it would do.")] = False,
) -> None:
    """Take a list of people and organisations into the registry; wrong rows go into a file beside it."""
    from bot.lists import take_list

    print(asyncio.run(take_list(_load(), file, only_check=check)))  # noqa: T201  # the operator's terminal is where this belongs


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to this version."""
    from bot.data import migrate as bring_up_to_date

    asyncio.run(bring_up_to_date(_load()))


@cli.command()
def invite(
    role: Annotated[str, typer.Option(help="Whom to invite; «admin» is the only one that needs the server.")] = "admin",
) -> None:
    """Make a one-off link for an administrator of the centre, in force for a day."""
    from bot.inviting import invite_administrator

    if role != "admin":
        raise StartError("--role: «admin» is the only role to invite from here; the others are invited in the bot.")
    asyncio.run(invite_administrator(_load()))


if __name__ == "__main__":
    main()
